"""What the finders found in a document, one by one, for the trained reader to weigh.

A candidate is a stretch of words that may play a part in an incident: words that tell of one, a time,
a place, an actor, a number, a weapon. The finders give its value; whether it plays a part, and which,
is for the model to say. What the rules made of it goes in as features.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from dateline.extract.assembly import Draft
from dateline.extract.counts import CountFinder, Numbered
from dateline.extract.passages import Findings, Passage
from dateline.extract.reading import Role
from dateline.extract.roles import states
from dateline.extract.sites import SiteMention
from dateline.extract.statements import speaker_of
from dateline.extract.triggers import Trigger
from dateline.extract.weapons import WeaponMention
from dateline.model import (
    ActorMention,
    Attribution,
    Count,
    Field,
    IncidentMention,
    PlaceMention,
    Span,
    TimeMention,
)

MOST_CANDIDATES = 600  # of one document; a text with more is a list, and its end is left to the rules


class CandidateKind(StrEnum):
    """Which finder found it."""

    TRIGGER = "trigger"
    TIME = "time"
    PLACE = "place"
    ACTOR = "actor"
    NUMBER = "number"
    WEAPON = "weapon"
    SITE = "site"


Found = Trigger | TimeMention | PlaceMention | ActorMention | Numbered | WeaponMention | SiteMention


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words with what a finder made of them, and what the rules did with it.

    `drafts` are the numbers of the rules' incidents that its sentence tells of, `hints` the roles
    that the rules gave it there.
    """

    kind: CandidateKind
    span: Span
    found: Found
    passage: Passage
    said: Attribution
    drafts: tuple[int, ...] = ()
    hints: frozenset[Role] = frozenset()

    @property
    def is_number(self) -> bool:
        """Return whether the candidate can be a count: a number, or a single person."""
        found = self.found
        is_one = isinstance(found, ActorMention) and not found.plural and not found.is_state
        return self.kind is CandidateKind.NUMBER or is_one


_ROLE_OF_FIELD = {
    Field.DATE: Role.DATE,
    Field.PLACE: Role.PLACE,
    Field.PERPETRATOR: Role.PERPETRATOR,
    Field.TARGET: Role.TARGET,
    Field.WEAPON: Role.WEAPON,
    Field.CLAIMED_BY: Role.CLAIMED_BY,
}
# A value's words hint at candidates of these kinds only: a date in a toll's words is no toll.
_KINDS_OF_ROLE: Mapping[Role, frozenset[CandidateKind]] = {
    Role.DATE: frozenset({CandidateKind.TIME}),
    Role.PLACE: frozenset({CandidateKind.PLACE}),
    Role.PERPETRATOR: frozenset({CandidateKind.ACTOR, CandidateKind.PLACE}),
    Role.TARGET: frozenset({CandidateKind.ACTOR}),
    Role.WEAPON: frozenset({CandidateKind.WEAPON}),
    Role.CLAIMED_BY: frozenset({CandidateKind.ACTOR}),
}
_OF_COUNTS = frozenset({CandidateKind.NUMBER, CandidateKind.ACTOR})


def candidates(
    findings: Findings, drafts: Sequence[Draft], mentions: Sequence[IncidentMention]
) -> tuple[Candidate, ...]:
    """Return all candidates of a document in the order of its text, at most `MOST_CANDIDATES`.

    `mentions` are what the rules made of `drafts`, one of each.
    """
    hints = _hints(mentions)
    homes: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        for passage in draft.passages:
            homes.setdefault(passage.index, []).append(number)
    found: list[Candidate] = []
    for passage, kind, span, value in _all(findings):
        roles = frozenset(role for start, end, role in hints if _is_hinted(kind, role, span, start, end))
        said = speaker_of(span, findings.statements) if kind in _OF_COUNTS else Attribution()
        found.append(Candidate(kind, span, value, passage, said, tuple(homes.get(passage.index, ())), roles))
        if len(found) == MOST_CANDIDATES:
            break
    return tuple(found)


def _is_hinted(kind: CandidateKind, role: Role, span: Span, start: int, end: int) -> bool:
    return kind in _KINDS_OF_ROLE.get(role, _OF_COUNTS) and start < span.end and span.start < end


def _hints(mentions: Sequence[IncidentMention]) -> list[tuple[int, int, Role]]:
    """Return where the rules see which role."""
    found: list[tuple[int, int, Role]] = []
    for argument in chain.from_iterable(mention.arguments for mention in mentions):
        role = _ROLE_OF_FIELD.get(argument.field)
        if isinstance(argument.value, Count):
            role = Role(argument.value.what.value)
        if role is not None and not argument.inferred:
            found.append((argument.span.start, argument.span.end, role))
    return found


def _states(passage: Passage) -> Iterator[ActorMention]:
    """Yield the states named in a passage that are no part of an actor's words ("Syrian troops")."""
    taken = [actor.span for actor in passage.actors]
    return (state for state in states(passage) if not any(state.span.overlaps(span) for span in taken))


def _all(findings: Findings) -> Iterator[tuple[Passage, CandidateKind, Span, Found]]:
    """Yield what was found, passage by passage, in the order of the text."""
    counter = CountFinder(findings.searched, findings.document.language)
    for passage in findings.passages:
        numbers = counter.numbers(passage.end, passage.quantities, passage.actors)
        of_passage: list[tuple[CandidateKind, Span, Found]] = [
            *((CandidateKind.TRIGGER, t.span, t) for t in passage.triggers),
            *((CandidateKind.TIME, t.span, t) for t in passage.times if t.range.is_known),
            *((CandidateKind.PLACE, p.span, p) for p in passage.places if p.place is not None),
            *((CandidateKind.ACTOR, a.span, a) for a in passage.actors),
            *((CandidateKind.ACTOR, s.span, s) for s in _states(passage)),
            *((CandidateKind.NUMBER, n.span, n) for n in numbers),
            *((CandidateKind.WEAPON, w.span, w) for w in passage.weapons),
            *((CandidateKind.SITE, s.span, s) for s in passage.sites),
        ]
        for kind, span, value in sorted(of_passage, key=lambda each: (each[1].start, each[1].end, each[0])):
            yield passage, kind, span, value
