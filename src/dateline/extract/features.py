"""What is known of a candidate without the encoder, as numbers: the finders' and the rules' knowledge.

The model learns how far to trust each of them. All features lie in about -1 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dateline.extract.assembly import FAMILIES, Draft
from dateline.extract.candidates import Candidate, CandidateKind
from dateline.extract.counts import Numbered
from dateline.extract.passages import Passage
from dateline.extract.reading import Role
from dateline.extract.triggers import Trigger
from dateline.extract.weapons import WeaponMention
from dateline.model import (
    ActorMention,
    DateRange,
    Focus,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    PlaceMention,
    Reality,
    SpeakerKind,
    TargetCategory,
    TimeMention,
    WeaponKind,
    Who,
)

Floats = NDArray[np.float32]
ROLES = tuple(role for role in Role if role.is_told and role is not Role.DEMAND)
PLACE_KINDS = ("country", "region", "admin1", "admin2", "city", "locality", "area", "site")
AGES = (-1, 1, 3, 10, 60, 400)  # days before publication that part news from what is retold
SINGLE = ("a", "an", "one")
LEAD = 2  # sentences at the head of a report that tell one story
STEM = 5  # letters of a word that are compared


def _members(prefix: str, members: Iterable[object]) -> list[str]:
    return [f"{prefix}={member}" for member in members]


NAMES: tuple[str, ...] = (
    *_members("kind", CandidateKind),
    *_members("hint", ROLES),
    *_members("trigger", IncidentType),
    *_members("perpetrator", PerpetratorCategory),
    *_members("target", TargetCategory),
    *_members("who", Who),
    *_members("weapon", WeaponKind),
    *_members("place", PLACE_KINDS),
    *_members("age", range(len(AGES) + 1)),
    *_members("said", SpeakerKind),
    *_members("reality", Reality),
    *_members("draft", IncidentType),
    *_members("focus", Focus),
    *_members("draft_reality", Reality),
    *("weight", "location", "relative", "undated", "named", "plural", "definite", "number", "vague"),
    *("single", "zero", "year", "cited", "hedged", "in_title", "retells", "takes_up", "introduces"),
    *("general", "on_scene", "mishap", "drafted", "several_drafts", "first_draft", "triggers"),
)
_AT = {name: at for at, name in enumerate(NAMES)}


class Describer:
    """Describes the candidates of one document."""

    def __init__(
        self, published: DateRange, drafts: Sequence[Draft], mentions: Sequence[IncidentMention]
    ) -> None:
        self._published = published
        self._drafts = drafts
        self._mentions = mentions

    def features(self, candidates: Sequence[Candidate]) -> Floats:
        """Return one row of `NAMES` a candidate."""
        out = np.zeros((len(candidates), len(NAMES)), dtype=np.float32)
        for row, candidate in enumerate(candidates):
            for name, value in self._named(candidate):
                out[row, _AT[name]] = value
        return out

    def _named(self, candidate: Candidate) -> Iterator[tuple[str, float]]:
        yield f"kind={candidate.kind}", 1.0
        yield from ((f"hint={role}", 1.0) for role in candidate.hints)
        yield from self._of_value(candidate)
        yield from _of_passage(candidate)
        said = candidate.said
        if said.kind:
            yield f"said={said.kind}", 1.0
        yield "cited", float(said.speaker is not None)
        yield "hedged", float(said.hedged)
        yield from self._of_drafts(candidate)

    def _of_value(self, candidate: Candidate) -> Iterator[tuple[str, float]]:
        match candidate.found:
            case Trigger(type=kind, weight=weight):
                yield f"trigger={kind}", 1.0
                yield "weight", weight
            case TimeMention() as when:
                yield from self._of_time(when)
            case PlaceMention(kind=kind, is_location=is_location):
                if kind in PLACE_KINDS:
                    yield f"place={kind}", 1.0
                yield "location", float(is_location)
            case ActorMention() as actor:
                yield from _of_actor(actor)
            case Numbered(quantity=quantity, actor=actor):
                low = quantity.low if quantity.low is not None else quantity.high
                yield "number", math.log1p(low or 0) / 8
                yield "vague", float(quantity.vague)
                yield "zero", float(quantity.high == 0)
                yield "single", float(quantity.span.quote.lower() in SINGLE)
                yield "year", float(1900 <= (low or 0) <= 2100 and low == quantity.high)
                if actor is not None:
                    yield from _of_actor(actor)
            case WeaponMention(kind=kind):
                yield f"weapon={kind}", 1.0

    def _of_time(self, when: TimeMention) -> Iterator[tuple[str, float]]:
        yield "relative", float(when.relative)
        latest, published = when.range.latest, self._published.latest
        if latest is None or published is None:
            yield "undated", 1.0
            return
        days = (published - latest).days
        yield f"age={sum(days >= bound for bound in AGES)}", 1.0

    def _of_drafts(self, candidate: Candidate) -> Iterator[tuple[str, float]]:
        yield "drafted", float(bool(candidate.drafts))
        yield "several_drafts", float(len(candidate.drafts) > 1)
        yield "first_draft", float(0 in candidate.drafts)
        for number in candidate.drafts:
            yield f"draft={self._drafts[number].type}", 1.0
            yield f"focus={self._mentions[number].focus}", 1.0
            yield f"draft_reality={self._mentions[number].reality}", 1.0


def _of_actor(actor: ActorMention) -> Iterator[tuple[str, float]]:
    if actor.perpetrator:
        yield f"perpetrator={actor.perpetrator}", 1.0
    if actor.target:
        yield f"target={actor.target}", 1.0
    if actor.who:
        yield f"who={actor.who}", 1.0
    yield "named", float(actor.name is not None or actor.head == "name")
    yield "plural", float(actor.plural)
    yield "definite", float(actor.definite)


def _of_passage(candidate: Candidate) -> Iterator[tuple[str, float]]:
    passage = candidate.passage
    yield f"reality={passage.reality}", 1.0
    yield "in_title", float(passage.in_title)
    yield "retells", float(passage.retells)
    yield "takes_up", float(passage.takes_up)
    yield "introduces", float(passage.introduces)
    yield "general", float(passage.is_general)
    yield "on_scene", float(passage.is_on_scene)
    yield "mishap", float(passage.is_mishap)
    yield "triggers", min(len(passage.triggers), 4) / 4


class Between(StrEnum):
    """What is known of two candidates together; order is that of the model's inputs."""

    SAME_SENTENCE = "same_sentence"
    NEXT_SENTENCE = "next_sentence"
    SENTENCES = "sentences"
    LETTERS = "letters"
    SAME_DRAFT = "same_draft"
    OTHER_DRAFT = "other_draft"
    BOTH_OPEN = "both_open"
    SAME_TYPE = "same_type"
    SAME_FAMILY = "same_family"
    OTHER_FAMILY = "other_family"
    SAME_NAME = "same_name"
    DATES_PART = "dates_part"
    PLACES_PART = "places_part"
    RETOLD_APART = "retold_apart"
    BROUGHT_IN = "brought_in"
    DATES_MEET = "dates_meet"
    PLACES_MEET = "places_meet"
    SAME_WORD = "same_word"
    SAME_NUMBER = "same_number"
    OTHER_NUMBER = "other_number"
    BOTH_LEAD = "both_lead"
    REALITIES_PART = "realities_part"
    TAKES_UP = "takes_up"


def pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and second member of each pair of `count` candidates."""
    one, other = np.triu_indices(count, 1)
    return one, other


def between(candidates: Sequence[Candidate]) -> Floats:
    """Return one row of `Between` for each of the `pairs` of the candidates, in their order."""
    one, other = pairs(len(candidates))
    sentences = np.array([c.passage.index for c in candidates], dtype=np.int64)
    apart = np.abs(sentences[one] - sentences[other])
    starts, ends = (np.array([getattr(c.span, end) for c in candidates]) for end in ("start", "end"))
    gaps = np.maximum(0, np.maximum(starts[one], starts[other]) - np.minimum(ends[one], ends[other]))
    drafts = np.array([sum(1 << min(d, 60) for d in c.drafts) for c in candidates], dtype=np.int64)
    shared, neither = drafts[one] & drafts[other], (drafts[one] | drafts[other]) == 0
    both = (drafts[one] != 0) & (drafts[other] != 0)
    types = np.array([_type(c) for c in candidates], dtype=np.int64)
    told = (types[one] >= 0) & (types[other] >= 0)
    same_type, family = told & (types[one] == types[other]), told & _FAMILY[types[one], types[other]]
    names = _numbered([_name(c) for c in candidates])
    dates_part, places_part, dates_meet, places_meet = _passages_part(candidates)
    retells, brought_in, takes_up = (
        np.array([getattr(c.passage, told) for c in candidates], dtype=bool)
        for told in ("retells", "is_of_another", "takes_up")
    )
    words = _numbered([_word(c) for c in candidates])
    numbers, counted = (_numbered([f(c) for c in candidates]) for f in (_number, _counted))
    both_counted = (numbers[one] >= 0) & (numbers[other] >= 0) & (counted[one] == counted[other])
    realities = np.array([c.passage.reality is Reality.ACTUAL for c in candidates], dtype=bool)
    lead = sentences < LEAD
    later = np.where(starts[one] < starts[other], takes_up[other], takes_up[one])
    columns: dict[Between, NDArray[np.generic]] = {
        Between.SAME_SENTENCE: apart == 0,
        Between.NEXT_SENTENCE: apart == 1,
        Between.SENTENCES: np.log1p(apart) / 3,
        Between.LETTERS: np.where(apart == 0, np.log1p(gaps) / 8, 1.0),
        Between.SAME_DRAFT: shared != 0,
        Between.OTHER_DRAFT: both & (shared == 0),
        Between.BOTH_OPEN: neither,
        Between.SAME_TYPE: same_type,
        Between.SAME_FAMILY: family,
        Between.OTHER_FAMILY: told & ~family & ~same_type,
        Between.SAME_NAME: (names[one] >= 0) & (names[one] == names[other]),
        Between.DATES_PART: dates_part[one, other],
        Between.PLACES_PART: places_part[one, other],
        Between.RETOLD_APART: retells[one] != retells[other],
        Between.BROUGHT_IN: brought_in[one] != brought_in[other],
        Between.DATES_MEET: dates_meet[one, other],
        Between.PLACES_MEET: places_meet[one, other],
        Between.SAME_WORD: (words[one] >= 0) & (words[one] == words[other]),
        Between.SAME_NUMBER: both_counted & (numbers[one] == numbers[other]),
        Between.OTHER_NUMBER: both_counted & (numbers[one] != numbers[other]),
        Between.BOTH_LEAD: lead[one] & lead[other],
        Between.REALITIES_PART: realities[one] != realities[other],
        Between.TAKES_UP: later,
    }
    return np.stack([columns[name] for name in Between], axis=1).astype(np.float32)


def _numbered(names: Sequence[str | None]) -> NDArray[np.int64]:
    """Return one number for each name, -1 where there is none."""
    known = {name: at for at, name in enumerate(dict.fromkeys(names))}
    return np.array([-1 if name is None else known[name] for name in names], dtype=np.int64)


def _passages_part(candidates: Sequence[Candidate]) -> tuple[NDArray[np.bool_], ...]:
    """Return for each two candidates whether their sentences name days that do not meet, other places,
    days that meet, and one place that is more than a country.
    """
    passages = list({c.passage.index: c.passage for c in candidates}.values())
    rows = {passage.index: at for at, passage in enumerate(passages)}
    dates, places, meet, shared = (np.zeros((len(passages), len(passages)), dtype=bool) for _ in range(4))
    days = [_days(passage) for passage in passages]
    named = [_places(passage) for passage in passages]
    narrow = [_places(passage, countries=False) for passage in passages]
    for a, b in combinations(range(len(passages)), 2):
        does_meet = any(x.meet(y) for x in days[a] for y in days[b])
        meet[a, b] = meet[b, a] = does_meet
        dates[a, b] = dates[b, a] = bool(days[a] and days[b]) and not does_meet
        places[a, b] = places[b, a] = bool(named[a] and named[b]) and not named[a] & named[b]
        shared[a, b] = shared[b, a] = bool(narrow[a] & narrow[b])
    own = [rows[c.passage.index] for c in candidates]
    return tuple(table[np.ix_(own, own)] for table in (dates, places, meet, shared))


def _days(passage: Passage) -> list[DateRange]:
    return [t.range for t in passage.times if t.range.is_known and t.kind in ("DATE", "TIME")]


def _places(passage: Passage, countries: bool = True) -> set[str | None]:
    return {
        p.place.name
        for p in passage.places
        if p.place is not None and p.is_location and (countries or p.kind != "country")
    }


def _type(candidate: Candidate) -> int:
    """Return the precedence of the type that a trigger speaks for, -1 for what is no trigger."""
    return candidate.found.type.precedence if isinstance(candidate.found, Trigger) else -1


def _word(candidate: Candidate) -> str | None:
    """Return the words of a trigger as they stand, without their endings."""
    if not isinstance(candidate.found, Trigger):
        return None
    return " ".join(word[:STEM] for word in candidate.span.quote.lower().split())


def _number(candidate: Candidate) -> str | None:
    """Return the interval that a number says."""
    if not isinstance(candidate.found, Numbered):
        return None
    quantity = candidate.found.quantity
    return f"{quantity.low}-{quantity.high}"


def _counted(candidate: Candidate) -> str | None:
    """Return what the rules count with a number, the first in the order of roles."""
    return next((role.value for role in ROLES if role.what and role in candidate.hints), None)


def _name(candidate: Candidate) -> str | None:
    match candidate.found:
        case ActorMention(name=str(name)):
            return name
        case PlaceMention(place=place) if place is not None:
            return place.name
    return None


def _families() -> NDArray[np.bool_]:
    """Return which two types, by precedence, are of one family of the rules."""
    kinds = list(IncidentType)
    return np.array([[any({a, b} <= members for members in FAMILIES) for b in kinds] for a in kinds])


_FAMILY = _families()
