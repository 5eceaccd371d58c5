"""Testimony: what one voice says of one slot. Copies of a story fall together in it.

Counting testimonies by origin, and not claims, is what keeps a wire story that twelve outlets
print from outvoting anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.model import Claim, DateRange, SpeakerKind, Value, canonical_json, value_to_json

# How well placed a speaker is to know. The outlet's own words (None) and a cited medium state as
# fact what they have established, and stand with officials; hedged words stand one step lower.
_PLACED: dict[SpeakerKind | None, int] = {
    SpeakerKind.OFFICIAL: 4,
    None: 4,
    SpeakerKind.MEDIA: 4,
    SpeakerKind.EXPERT_OR_NGO: 3,
    SpeakerKind.FOOTAGE: 3,
    SpeakerKind.VICTIM_OR_WITNESS: 2,
    SpeakerKind.UNNAMED: 2,
    SpeakerKind.PERPETRATOR: 0,
}


@dataclass(frozen=True, slots=True)
class Testimony:
    """One value as one speaker of one origin gives it, with the claims that say so.

    `as_of` is the earliest time at which it was said: a reprint says nothing newer.
    """

    value: Value
    origin: str
    speaker: str | None
    kind: SpeakerKind | None
    hedged: bool
    denies: bool
    inferred: bool
    withdrawn: bool  # said only by reports that their outlets have corrected since
    as_of: DateRange
    claim_ids: tuple[str, ...]

    @property
    def placed(self) -> int:
        """Return how well placed the speaker is to know, 0 for the perpetrators' own word."""
        return max(0, _PLACED[self.kind] - self.hedged)

    @property
    def is_boast(self) -> bool:
        """Return whether the perpetrators themselves say it; every rule discounts that."""
        return self.kind is SpeakerKind.PERPETRATOR

    @property
    def is_official(self) -> bool:
        """Return whether an official says it without words of doubt."""
        return self.kind is SpeakerKind.OFFICIAL and not self.hedged

    @property
    def day(self) -> date:
        """Return the last day on which it may have been said; the earliest day there is when unknown."""
        return self.as_of.latest or self.as_of.earliest or date.min

    @property
    def who(self) -> str:
        """Return the speaker, or else the origin, in words."""
        return self.speaker or self.origin

    @property
    def key(self) -> tuple[str, ...]:
        """Return a text that no other testimony of the slot has, for sorting in one way only."""
        value = canonical_json(value_to_json(self.value))
        flags = f"{self.kind}{self.hedged}{self.denies}{self.inferred}{self.withdrawn}"
        return value, self.origin, self.speaker or "", flags


def origin_of(claim: Claim) -> str:
    """Return whose story a claim is: its origin, or the report itself when none is known."""
    return claim.origin or claim.report_id


def testimonies(claims: Iterable[Claim]) -> tuple[Testimony, ...]:
    """Return what the claims of one slot say, copies merged, in an order that no input order changes."""
    voices: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        said = claim.attribution
        value = canonical_json(value_to_json(claim.value))
        flags = (said.hedged, said.denies, claim.inferred, claim.corrected_by is not None)
        voices[origin_of(claim), said.speaker, said.kind, *flags, value].append(claim)
    return tuple(sorted((_testimony(group) for group in voices.values()), key=lambda t: t.key))


def _testimony(claims: list[Claim]) -> Testimony:
    said = claims[0].attribution
    return Testimony(
        value=claims[0].value,
        origin=origin_of(claims[0]),
        speaker=said.speaker,
        kind=said.kind,
        hedged=said.hedged,
        denies=said.denies,
        inferred=claims[0].inferred,
        withdrawn=claims[0].corrected_by is not None,
        as_of=min((claim.as_of for claim in claims), key=_end),
        claim_ids=tuple(sorted({claim.id for claim in claims})),
    )


def _end(as_of: DateRange) -> tuple[date, date]:
    return as_of.latest or date.max, as_of.earliest or date.max


def is_later(one: Testimony, other: Testimony) -> bool:
    """Return whether `one` was certainly said after `other`."""
    begins, ended = one.as_of.earliest, other.as_of.latest
    return begins is not None and ended is not None and begins > ended


def origins(said: Iterable[Testimony]) -> frozenset[str]:
    """Return the independent origins of what is said."""
    return frozenset(t.origin for t in said)
