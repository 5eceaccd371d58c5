"""What the extractor finds in one document: mentions of times, places, numbers, actors and speakers,
and the mentions of incidents that they are arguments of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.model.codebook import (
    CaptivityStatus,
    Field,
    Focus,
    IncidentType,
    PerpetratorCategory,
    Reality,
    SpeakerKind,
    TargetCategory,
    Who,
)
from dateline.model.document import Span
from dateline.model.identity import identity
from dateline.model.value import UNKNOWN_DATE, Actor, Count, DateRange, Place, Value


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and the days it stands for.

    `value` is its TIMEX3 value ("2024-06", "P2D", "PRESENT_REF") and `kind` its TIMEX3 type
    (DATE, TIME, DURATION, SET); only DATE and TIME have a range. `relative` says that the range
    was reckoned from the publication date or from another mention.
    """

    span: Span
    range: DateRange
    kind: str
    value: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name and what it was resolved to; `place` is None when no candidate fits.

    `is_location` is False for a name that stands for a government, a team or a person.
    """

    span: Span
    place: Place | None
    kind: str = "place"  # "country", "admin1", "admin2", "city", "region", "site"
    score: float = 1.0
    is_location: bool = True


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number in words or digits, as an interval (codebook, section 4)."""

    span: Span
    low: int | None
    high: int | None
    vague: bool = False


STATE = "state"  # the head of a mention of a whole country


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Someone or something that can do it or suffer it: the words as a coder would quote them.

    `head` is the noun in the singular without its number ("gunman"; "group" for a named group,
    "state" for a state, "name" for a named person). `perpetrator`, `target` and `who` say what
    they are in each role; None when they cannot have it or nothing is known. `name` is the
    canonical name of a group, state or state's force. `definite` tells "the gunmen" from "gunmen".
    """

    span: Span
    head: str
    name: str | None = None
    perpetrator: PerpetratorCategory | None = None
    target: TargetCategory | None = None
    who: Who | None = None
    plural: bool = False
    definite: bool = False

    @property
    def is_state(self) -> bool:
        """Return whether a whole country is meant ("Russia denied it"), which is nobody to be counted."""
        return self.head == STATE


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something: the words that name the speaker, their station, and how firmly.

    `words` is None with a `kind` when only the station is clear, and all is empty when the
    outlet itself speaks. `name` is the speaker as an entity, resolved within the report ("the
    news agency" may be Reuters).
    """

    words: str | None = None
    kind: SpeakerKind | None = None
    name: str | None = None
    hedged: bool = False
    denies: bool = False

    @property
    def speaker(self) -> str | None:
        """Return the speaker's name if it is known, else the words for it."""
        return self.name or self.words


OUTLET = Attribution()


@dataclass(frozen=True, slots=True)
class StatementMention:
    """A reported statement: source, cue and content, as spans, with what they make of the speaker."""

    source: Span | None
    cue: Span
    content: Span
    attribution: Attribution
    content_parts: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """One value of one field of an incident mention: the words, the speaker and a score in 0 to 1.

    `inferred` marks a value that no words say, such as the publication day taken as the day of a
    breaking report; its span is then the mention's own.
    """

    field: Field
    value: Value
    span: Span
    attribution: Attribution = OUTLET
    score: float = 1.0
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class IncidentMention:
    """The place in one report that speaks of one incident; one report, one incident.

    `span` is the quote that best says it; `sentences` are the offsets (start, end) of all
    sentences that tell of it, for display and for linking.
    """

    report_id: str
    type: IncidentType
    focus: Focus
    reality: Reality
    span: Span
    arguments: tuple[Argument, ...] = ()
    also: tuple[IncidentType, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    retold: bool = False  # told as like or before the main one ("a similar incident this summer")
    score: float = 1.0

    @property
    def id(self) -> str:
        """Return the mention's id: the hash of report, span and type."""
        return identity("m", self.report_id, self.span.start, self.span.end, self.type.value)

    def of(self, field: Field) -> Iterator[Argument]:
        """Yield the arguments of one field, in the order in which they were found."""
        return (argument for argument in self.arguments if argument.field is field)

    def first(self, field: Field) -> Argument | None:
        """Return the first argument of a field, or None."""
        return next(self.of(field), None)

    def _value(self, field: Field, default: Any) -> Any:
        found = self.first(field)
        return found.value if found else default

    @property
    def date(self) -> DateRange:
        """Return the range of days on which the incident began; unknown when not said."""
        found: DateRange = self._value(Field.DATE, UNKNOWN_DATE)
        return found

    @property
    def place(self) -> Place | None:
        """Return where it happened, or None when not said."""
        found: Place | None = self._value(Field.PLACE, None)
        return found

    @property
    def status(self) -> CaptivityStatus | None:
        """Return how the captivity stands, or None."""
        found: CaptivityStatus | None = self._value(Field.STATUS, None)
        return found

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return all counts."""
        return tuple(a.value for a in self.of(Field.COUNT) if isinstance(a.value, Count))

    def actors(self, field: Field) -> tuple[Actor, ...]:
        """Return the actors of PERPETRATOR, TARGET or CLAIMED_BY."""
        return tuple(a.value for a in self.of(field) if isinstance(a.value, Actor))
