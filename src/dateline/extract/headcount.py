"""Of which side the people are that an incident counts, as its counts tell of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.language import lexicon
from dateline.model import Argument, Count, Scope, What, Who

_FIGHTERS = frozenset({Who.MILITANTS, Who.PERPETRATORS})
_OTHERS = re.compile(r"\b(?:others?|more)\b(?! than)")
_BEHIND = 12  # characters behind a number in which "others" stands
_HURT = frozenset({What.KILLED, What.WOUNDED})
_ONE = (1, 1)
_SENTENCE_END = re.compile(r"[.!?…][\"”’']?\s|\n")
_WORD = re.compile(r"[^\W_]+")
_AGE = re.compile(r"\b\d{1,2}\b")
_SINCE = 250  # characters between those counted before and the others


def of_one_side(counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts of an incident, the same number told twice being of the same people.

    "Seven dead" in the title are the seven civilians of the text; and who was killed as a militant in one
    sentence is not an attacker killed in the next.
    """
    sides: dict[tuple[object, ...], dict[Who, float]] = {}
    for argument in counts:
        if isinstance(count := argument.value, Count):
            votes = sides.setdefault(_number(count), {})
            votes[count.who] = votes.get(count.who, 0.0) + argument.score
    for argument in counts:
        count = argument.value
        yield (
            replace(argument, value=_sided(count, sides[_number(count)]))
            if isinstance(count, Count)
            else argument
        )


def _number(count: Count) -> tuple[object, ...]:
    return count.what, count.low, count.high, count.vague, count.of_whom


def _sided(count: Count, votes: dict[Who, float]) -> Count:
    """Return the count with the side that the same number has elsewhere, where that leaves no choice."""
    known = {who: vote for who, vote in votes.items() if who is not Who.UNSPECIFIED}
    if count.who is Who.UNSPECIFIED:
        return replace(count, who=next(iter(known))) if len(known) == 1 else count
    fighters = {who: vote for who, vote in known.items() if who in _FIGHTERS}
    return (
        replace(count, who=max(fighters, key=lambda who: fighters[who])) if count.who in _FIGHTERS else count
    )


def with_others(low: str, counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts of an incident, "others" being of the side of those counted before them.

    "Eight civilians were killed and nine others hurt": nine civilians. `low` is the text in lower case.
    """
    told: list[Argument] = []
    for argument in counts:
        count, now = argument.value, argument
        if isinstance(count, Count) and count.who is Who.UNSPECIFIED and _are_others(low, argument):
            now = replace(argument, value=replace(count, who=_side_before(argument, told)))
        told.append(now)
        yield now


def _are_others(low: str, argument: Argument) -> bool:
    return _OTHERS.search(low, argument.span.start, argument.span.end + _BEHIND) is not None


def _side_before(others: Argument, told: Sequence[Argument]) -> Who:
    """Return the side of those counted last before others, if it is one that attackers can hurt."""
    for argument in reversed(told):
        count, gap = argument.value, others.span.start - argument.span.end
        if isinstance(count, Count) and count.what is not What.PERPETRATORS and 0 <= gap < _SINCE:
            return Who.UNSPECIFIED if count.who is Who.PERPETRATORS else count.who
    return Who.UNSPECIFIED


def people_only(counts: Iterable[Argument]) -> Iterator[Argument]:
    """Yield the counts of an incident without the things that were hit: "two cars" are nobody."""
    for argument in counts:
        words = _WORD.findall(argument.span.quote.lower())
        if not (isinstance(argument.value, Count) and words and words[-1] in _descriptions().things):
            yield argument


def parts_of_tolls(low: str, counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts of an incident, a single person as a part of a toll of such people told before.

    "Four people were killed. A guard died at the gate": he is one of the four, be he told as one or not. A
    priest is not one of the four officers, nor the teacher in "killed a teacher and four pupils". `low` is
    the text in lower case.
    """
    for argument in counts:
        count = argument.value
        if (
            isinstance(count, Count)
            and (count.low, count.high) == _ONE
            and count.who is not Who.PERPETRATORS
            and count.what in _HURT
            and any(_may_hold(low, toll, argument) for toll in counts)
        ):
            yield replace(argument, value=replace(count, scope=Scope.PART))
        else:
            yield argument


def _may_hold(low: str, toll: Argument, one: Argument) -> bool:
    """Return whether a toll of several is told in a sentence before a single person whom it may count."""
    several, single = toll.value, one.value
    if not (isinstance(several, Count) and isinstance(single, Count)) or several.what is not single.what:
        return False
    of_side = several.who in (single.who, Who.UNSPECIFIED) and several.scope is Scope.TOTAL
    between = low[toll.span.end : one.span.start]
    return of_side and (several.low or 0) > 1 and _SENTENCE_END.search(between) is not None


def without_the_dead(low: str, counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts of an incident without the single people who were wounded and who died of it.

    "A boy was shot. The boy died in hospital": one killed, nobody wounded. `low` is the text in lower case.
    """
    dead = [each for each in counts if _is_single(each, What.KILLED) and not _is_another(low, each)]
    for argument in counts:
        may_be_dead = _is_single(argument, What.WOUNDED) and not _is_another(low, argument)
        told = (
            one
            for one in dead
            if _are_alike(_described(argument), _described(one)) or _may_be(low, argument, one)
        )
        if not (may_be_dead and any(told)):
            yield argument


def _may_be(low: str, one: Argument, other: Argument) -> bool:
    """Return whether two single people told in different sentences are both minors of no different age."""
    first, last = sorted((one, other), key=lambda each: each.span.start)
    young = [_descriptions().minors.search(each.span.quote.lower()) for each in (one, other)]
    ages = [set(_AGE.findall(each.span.quote)) for each in (one, other)]
    is_apart = _SENTENCE_END.search(low, first.span.end, last.span.start) is not None
    return is_apart and all(young) and (not all(ages) or ages[0] == ages[1])


def _is_another(low: str, argument: Argument) -> bool:
    around = low[max(0, argument.span.start - _BEHIND) : argument.span.end]
    return _descriptions().another.search(around) is not None


def _is_single(argument: Argument, what: What) -> bool:
    count = argument.value
    return isinstance(count, Count) and count.what is what and (count.low, count.high) == _ONE


def _described(argument: Argument) -> frozenset[str]:
    """Return the words that describe a person, and the numbers: an age."""
    return frozenset(_WORD.findall(argument.span.quote.lower())) - _descriptions().nobody


@dataclass(frozen=True, slots=True)
class _Descriptions:
    nobody: frozenset[str]
    things: frozenset[str]
    another: re.Pattern[str]
    minors: re.Pattern[str]


@lru_cache(maxsize=1)
def _descriptions() -> _Descriptions:
    table = lexicon("en", "counts")["descriptions"]
    nobody, things = (frozenset(table[words].split()) for words in ("nobody", "things"))
    return _Descriptions(nobody, things, re.compile(table["another"]), re.compile(table["minors"]))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two descriptions share a word, and do not tell different ages."""
    ages = [{word for word in words if word.isdigit()} for words in (one, other)]
    return bool(one & other) and (not all(ages) or ages[0] == ages[1])
