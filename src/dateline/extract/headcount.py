"""Of which side the people are that an incident counts, as its counts tell of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import Argument, Count, What, Who

_FIGHTERS = frozenset({Who.MILITANTS, Who.PERPETRATORS})
_OTHERS = re.compile(r"\b(?:others?|more)\b(?! than)")
_BEHIND = 12  # characters behind a number in which "others" stands
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
