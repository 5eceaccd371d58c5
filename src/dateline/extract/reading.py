"""What the trained reader makes of one document: scores, not decisions.

Spans and sentences come with probabilities in 0 to 1; what is an incident, and which value a span
has, is settled by code that can be explained.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dateline.model import (
    CaptivityStatus,
    Focus,
    IncidentType,
    PerpetratorCategory,
    Reality,
    Span,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)


class Role(StrEnum):
    """What a stretch of words does in a report; order is the order of the model's outputs."""

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

    @property
    def is_told(self) -> bool:
        """Return whether the role is one in an incident, and not one in a statement."""
        return self not in (Role.SOURCE, Role.CUE, Role.CONTENT)

    @property
    def what(self) -> What | None:
        """Return what a count in this role counts, or None when the role is no count."""
        return _COUNTED.get(self)


_COUNTED = {role: What(role.value) for role in Role if role.value in {what.value for what in What}}


class PoliceAction(StrEnum):
    """What police do in a sentence (the labels of the India police events corpus)."""

    KILL = "KILL"
    ARREST = "ARREST"
    FAIL = "FAIL"
    FORCE = "FORCE"
    ANY_ACTION = "ANY_ACTION"


# What is told of a span, each with one choice of its vocabulary; order is that of the model's outputs.
SPAN_VOCABULARIES: Mapping[str, tuple[StrEnum, ...]] = {
    "type": tuple(IncidentType),
    "focus": tuple(Focus),
    "reality": tuple(Reality),
    "status": tuple(CaptivityStatus),
    "who": tuple(Who),
    "perpetrator": tuple(PerpetratorCategory),
    "target": tuple(TargetCategory),
    "weapon": tuple(WeaponKind),
    "speaker": tuple(SpeakerKind),
}


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """Words in a role, with the score of the words and the probabilities of what they are.

    `choices` maps a name of `SPAN_VOCABULARIES` to the probability of each of its members.
    """

    span: Span
    role: Role
    score: float
    sentence: int
    choices: Mapping[str, tuple[float, ...]]

    def best(self, vocabulary: str) -> StrEnum:
        """Return the most probable member of a vocabulary; KeyError when there is no such one."""
        scores = self.choices[vocabulary]
        return SPAN_VOCABULARIES[vocabulary][max(range(len(scores)), key=scores.__getitem__)]


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """One sentence: the probability that it tells of a coded incident, and those of police actions."""

    start: int
    end: int
    incident: float
    police: Mapping[PoliceAction, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one document.

    `links` is a symmetric matrix over `spans`: the probability that two of them belong to one
    incident; 0 for speakers' spans (source, cue, content), which belong to statements. `words` are
    the offsets of all words in order, and `chances` the probability that a word stands in a role,
    for each role one number a word.
    """

    sentences: tuple[SentenceReading, ...]
    spans: tuple[RoleSpan, ...]
    links: tuple[tuple[float, ...], ...]
    words: tuple[tuple[int, int], ...] = ()
    chances: Mapping[Role, tuple[float, ...]] = field(default_factory=dict)

    def covers(self, span: Span) -> bool:
        """Return whether the model saw the words; of a very long text it sees the beginning."""
        return bool(self.words) and span.start < self.words[-1][1]

    def chance(self, span: Span, role: Role) -> float:
        """Return the mean probability that the words of any span stand in a role; 0 without words."""
        first = bisect_right(self.words, span.start, key=lambda word: word[1])
        last = bisect_left(self.words, span.end, key=lambda word: word[0])
        inside = self.chances[role][first:last] if self.chances else ()
        return sum(inside) / len(inside) if inside else 0.0

    def of(self, *roles: Role) -> Iterator[tuple[int, RoleSpan]]:
        """Yield position and span of all spans in the given roles, in the order of the text."""
        return ((at, span) for at, span in enumerate(self.spans) if span.role in roles)

    def link(self, one: int, other: int) -> float:
        """Return the probability that two spans, by position, belong to one incident."""
        return self.links[one][other]
