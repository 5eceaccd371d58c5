"""A reviewer's decisions: never deleted, only withdrawn, and above every machine run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateline.model.claim import Anchor
from dateline.model.identity import identity


class Verdict(StrEnum):
    """What a reviewer decides."""

    SAME = "same"  # two mentions tell of one incident
    DIFFERENT = "different"  # two mentions tell of two incidents
    ACCEPT = "accept"  # this value is the one
    REJECT = "reject"  # this value is wrong
    RELEVANT = "relevant"  # this mention is an incident that the codebook codes
    IRRELEVANT = "irrelevant"  # this mention is none

    @property
    def takes_pair(self) -> bool:
        """Return whether the verdict is about two mentions."""
        return self in (Verdict.SAME, Verdict.DIFFERENT)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision, by whom, when and why, about what stands at `anchor` (and at `other`)."""

    verdict: Verdict
    anchor: Anchor
    by: str
    at: datetime
    reason: str
    other: Anchor | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    def __post_init__(self) -> None:
        if self.verdict.takes_pair != (self.other is not None):
            raise ValueError(
                f"{self.verdict} takes {'two anchors' if self.verdict.takes_pair else 'one anchor'}"
            )

    @property
    def id(self) -> str:
        """Return the judgement's id: the hash of what was decided, by whom and when."""
        other = self.other.id if self.other else None
        return identity("j", self.verdict.value, self.anchor.id, other, self.by, self.at.isoformat())

    @property
    def stands(self) -> bool:
        """Return whether the judgement has not been withdrawn."""
        return self.withdrawn_at is None
