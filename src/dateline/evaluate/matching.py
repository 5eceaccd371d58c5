"""When two names, dates, counts or incidents count as the same for scoring, and who is paired with whom."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from dateline.language import lexicon
from dateline.model import Actor, Attribution, Count, DateRange, IncidentAnnotation, IncidentType, Quoted

T = TypeVar("T")

CLOSE_DAYS = 7  # ranges that overlap and whose ends lie no further apart are half right
SHARED_WORDS = 0.5  # of the shorter name's content words, for two names to be the same
LEAST_LIKENESS = 1.2  # below it two incidents are never paired

_FAMILIES = (
    frozenset({IncidentType.HIJACKING, IncidentType.HOSTAGE_TAKING, IncidentType.KIDNAPPING}),
    frozenset(
        {
            IncidentType.SUICIDE_BOMBING,
            IncidentType.BOMBING,
            IncidentType.AIR_STRIKE,
            IncidentType.SHELLING,
        }
    ),
    frozenset(
        {
            IncidentType.ASSASSINATION,
            IncidentType.ARMED_CLASH,
            IncidentType.ARMED_ASSAULT,
            IncidentType.SEXUAL_VIOLENCE,
            IncidentType.UNARMED_ASSAULT,
            IncidentType.OTHER_VIOLENCE,
            IncidentType.EXECUTION,
        }
    ),
    frozenset({IncidentType.ARSON, IncidentType.SABOTAGE, IncidentType.ROBBERY}),
    frozenset({IncidentType.RIOT, IncidentType.PRISON_RIOT, IncidentType.PROTEST}),
    frozenset({IncidentType.SECURITY_OPERATION, IncidentType.ARREST}),
)
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s|\n")


def fold(words: str) -> str:
    """Return `words` without case and accents."""
    decomposed = unicodedata.normalize("NFKD", words)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=8)
def _empty_words(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "scoring")["empty"])


@lru_cache(maxsize=4096)
def content_words(words: str, language: str = "en") -> frozenset[str]:
    """Return the folded words of a quote or a name that carry content."""
    return frozenset(_WORD.findall(fold(words))) - _empty_words(language)


def share_content(a: str, b: str) -> bool:
    """Return whether two quotes share at least half the content words of the shorter one."""
    mine, other = content_words(a), content_words(b)
    return bool(mine & other) and len(mine & other) / min(len(mine), len(other)) >= SHARED_WORDS


def same_name(a: str, b: str) -> bool:
    """Return whether two names are one, by content words or, where one has none, letter by letter."""
    if not content_words(a) or not content_words(b):
        return fold(a) == fold(b)
    return share_content(a, b)


def same_actor(a: Quoted[Actor], b: Quoted[Actor]) -> bool:
    """Return whether two actors are one, by canonical name or by the words of their quotes."""
    names = (a.value.name, b.value.name)
    if names[0] and names[1] and fold(names[0]) == fold(names[1]):
        return True
    return share_content(a.quote or "", b.quote or "")


def date_closeness(a: DateRange, b: DateRange) -> float:
    """Return 1 for equal ranges, 1/2 for close ones, else 0."""
    if a == b:
        return 1.0
    near = _near(a.earliest, b.earliest) and _near(a.latest, b.latest)
    return 0.5 if near and a.meet(b) is not None else 0.0


def _near(a: date | None, b: date | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs((a - b).days) <= CLOSE_DAYS


CountKey = tuple[str, int | None, int | None, bool]


def count_key(count: Count) -> CountKey:
    """Return what must be equal for two counts to be the same number, whoever is counted."""
    return (count.what.value, count.low, count.high, count.vague)


def same_speaker(a: Quoted[Count], b: Quoted[Count]) -> bool:
    """Return whether the same number is said by the same speaker, by words or else by kind."""
    if count_key(a.value) != count_key(b.value):
        return False
    mine, other = a.attribution, b.attribution
    if mine.words and other.words:
        return same_name(mine.words, other.words)
    return mine.kind is not None and mine.kind is other.kind


def is_spoken(attribution: Attribution) -> bool:
    """Return whether anybody other than the outlet speaks."""
    return bool(attribution.words or attribution.kind)


def pairs(a: Iterable[T], b: Sequence[T], same: Callable[[T, T], bool]) -> int:
    """Return how many of `a` find a partner of their own in `b`, first come first served."""
    free = list(b)
    found = 0
    for mine in a:
        partner = next((i for i, other in enumerate(free) if same(mine, other)), None)
        if partner is not None:
            del free[partner]
            found += 1
    return found


def align(
    text: str, reference: Sequence[IncidentAnnotation], predicted: Sequence[IncidentAnnotation]
) -> tuple[tuple[int, int], ...]:
    """Return pairs of indexes (reference, predicted) one to one, the likest first."""
    ranked = sorted(
        (-likeness(text, mine, other), i, j)
        for i, mine in enumerate(reference)
        for j, other in enumerate(predicted)
    )
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    chosen: list[tuple[int, int]] = []
    for negative, i, j in ranked:
        if -negative >= LEAST_LIKENESS and i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            chosen.append((i, j))
    return tuple(chosen)


def likeness(text: str, a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    """Return how much two incidents of one report look alike: type, sentences, date, place, counts."""
    return (
        _type_likeness(a, b)
        + _sentence_likeness(text, a, b)
        + _date_likeness(a, b)
        + _country_likeness(a, b)
        + _place_likeness(a, b)
        + _count_likeness(a, b)
    )


def _type_likeness(a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    if a.type is b.type:
        return 1.0
    return 0.6 if any(a.type in family and b.type in family for family in _FAMILIES) else 0.0


def _sentence_likeness(text: str, a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    mine, other = sentence_numbers(text, a), sentence_numbers(text, b)
    return 1.5 * len(mine & other) / min(len(mine), len(other)) if mine and other else 0.0


def _date_likeness(a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    if not a.date or not b.date:
        return 0.0
    return 0.7 if date_closeness(a.date.value, b.date.value) else -0.3


def _country_likeness(a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    mine, other = (x.place.value.country if x.place else None for x in (a, b))
    if not mine or not other:
        return 0.0
    return 0.2 if mine == other else -0.5


def _place_likeness(a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    mine, other = (x.place.value.name if x.place else None for x in (a, b))
    return 0.6 if mine and other and same_name(mine, other) else 0.0


def _count_likeness(a: IncidentAnnotation, b: IncidentAnnotation) -> float:
    mine, other = (Counter(count_key(c.value) for c in x.counts) for x in (a, b))
    if not mine or not other:
        return 0.0
    return 0.8 * (mine & other).total() / min(mine.total(), other.total())


def sentence_numbers(text: str, incident: IncidentAnnotation) -> frozenset[int]:
    """Return which sentences of `text` the incident's quotes stand in, by their first occurrence."""
    located: tuple[Quoted[Any] | None, ...] = (incident.date, incident.place)
    listed: tuple[Quoted[Any], ...] = (
        *incident.perpetrators,
        *incident.targets,
        *incident.weapons,
        *incident.counts,
    )
    quotes = [incident.quote, *(item.quote for item in (*located, *listed) if item)]
    starts = (text.find(quote) for quote in quotes if quote)
    ends = _sentence_ends(text)
    return frozenset(_sentence_of(start, ends) for start in starts if start >= 0)


@lru_cache(maxsize=16)
def _sentence_ends(text: str) -> tuple[int, ...]:
    return (*(end.end() for end in _SENTENCE_END.finditer(text)), len(text))


def _sentence_of(start: int, ends: Sequence[int]) -> int:
    return next(number for number, end in enumerate(ends) if start < end)
