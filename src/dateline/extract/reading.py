"""The words for what the trained reader says of a document: scores, not decisions.

Spans and sentences come with probabilities in 0 to 1; what is an incident, and which value a span
has, is settled by code that can be explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dateline.model import (
    CaptivityStatus,
    Focus,
    IncidentType,
    PerpetratorCategory,
    Reality,
    Scope,
    Span,
    SpeakerKind,
    TargetCategory,
    What,
    Who,
)


class Role(StrEnum):
    """What a stretch of words does in a report; order is the order of the model's outputs.

    Words are tagged with all of them but the last: a site is told of what its finder found.
    """

    INCIDENT = "incident"
    DATE = "date"
    PLACE = "place"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
    WEAPON = "weapon"
    DEMAND = "demand"
    CLAIMED_BY = "claimed_by"
    SPEAKER = "speaker"
    KILLED = "killed"
    WOUNDED = "wounded"
    HOSTAGES = "hostages"
    ABDUCTED = "abducted"
    FREED = "freed"
    ESCAPED = "escaped"
    ARRESTED = "arrested"
    MISSING = "missing"
    PERPETRATORS = "perpetrators"
    SOURCE = "source"
    CUE = "cue"
    CONTENT = "content"
    MUC_INDIVIDUAL = "muc_individual"
    MUC_ORGANISATION = "muc_organisation"
    MUC_TARGET = "muc_target"
    MUC_VICTIM = "muc_victim"
    MUC_WEAPON = "muc_weapon"
    SITE = "site"

    @property
    def is_told(self) -> bool:
        """Return whether the role is one in an incident, and not one in a statement."""
        return self not in (Role.SOURCE, Role.CUE, Role.CONTENT) and not self.is_muc

    @property
    def is_muc(self) -> bool:
        """Return whether the role is a fill of a MUC-4 template, which follows rules of its own."""
        return self.name.startswith("MUC_")

    @property
    def what(self) -> What | None:
        """Return what a count in this role counts, or None when the role is no count."""
        return _COUNTED.get(self)


TAGGED = tuple(role for role in Role if role is not Role.SITE)
_COUNTED = {role: What(role.value) for role in Role if role.value in {what.value for what in What}}


class PoliceAction(StrEnum):
    """What police do in a sentence (the labels of the India police events corpus)."""

    KILL = "KILL"
    ARREST = "ARREST"
    FAIL = "FAIL"
    FORCE = "FORCE"
    ANY_ACTION = "ANY_ACTION"


class MucType(StrEnum):
    """The incident types of MUC-4."""

    ATTACK = "ATTACK"
    BOMBING = "BOMBING"
    KIDNAPPING = "KIDNAPPING"
    ARSON = "ARSON"
    ROBBERY = "ROBBERY"
    HIJACKING = "HIJACKING"


class Voice(StrEnum):
    """Who says a value: a kind of speaker, or the outlet itself."""

    OFFICIAL = "official"
    PERPETRATOR = "perpetrator"
    VICTIM_OR_WITNESS = "victim_or_witness"
    EXPERT_OR_NGO = "expert_or_ngo"
    MEDIA = "media"
    FOOTAGE = "footage"
    UNNAMED = "unnamed"
    OUTLET = "outlet"

    @property
    def kind(self) -> SpeakerKind | None:
        """Return the kind of speaker, or None for the outlet."""
        return None if self is Voice.OUTLET else SpeakerKind(self.value)


# What is told of a candidate, each with one choice of its vocabulary; order is that of the model's outputs.
VOCABULARIES: Mapping[str, tuple[StrEnum, ...]] = {
    "type": tuple(IncidentType),
    "focus": tuple(Focus),
    "reality": tuple(Reality),
    "status": tuple(CaptivityStatus),
    "who": tuple(Who),
    "perpetrator": tuple(PerpetratorCategory),
    "target": tuple(TargetCategory),
    "voice": tuple(Voice),
    "scope": tuple(Scope),
}


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """Words in a role: first and last word of the document, and the probability of its surest word."""

    span: Span
    role: Role
    score: float
    sentence: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence: the probability that it tells of a coded incident, and those of police actions."""

    start: int
    end: int
    incident: float
    police: Mapping[PoliceAction, float]
