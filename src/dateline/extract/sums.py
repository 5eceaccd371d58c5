"""People told one beside the other: "a clerk and his wife" are two of one side (codebook, section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import Argument, Count, Scope, Span, Who

_AND = re.compile(r",?\s+(?:and|as well as|plus|along with|together with)\s+(?:also\s+)?", re.IGNORECASE)
_LISTED = re.compile(r",\s+")
_NUMBER_OF_ONE = re.compile(r"(?:one|1)\b", re.IGNORECASE)
MOST_BESIDE = 2  # counts, of which none can be the sum of the others, and no comma parts them in a list
# People of no known side are of that of the civilians beside them.
_PLAIN = frozenset({Who.CIVILIANS, Who.UNSPECIFIED})


def told_once(counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts without those whose words are in part the words of the same number of the same."""
    kept: list[Argument] = []
    for argument in counts:
        if not any(_is_same(argument, other) for other in kept):
            kept.append(argument)
            yield argument


def _is_same(one: Argument, other: Argument) -> bool:
    a, b = one.value, other.value
    if not (isinstance(a, Count) and isinstance(b, Count)):
        return False
    return one.span.overlaps(other.span) and (a.what, a.low, a.high) == (b.what, b.low, b.high)


def together(text: str, counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts of a text in its order, those of one side that "and" joins as their sum.

    Somebody without a number must be among them, "two guards and a clerk", or all be ones, "one man and one
    woman". Where the sum is told elsewhere they are its parts, and stay apart, as do parts of another number
    and a list that no "and" closes.
    """
    run: list[Argument] = []
    for argument in [*counts, None]:
        if run and (argument is None or not _goes_on(text, run[-1], argument)):
            yield from _closed(text, run, [each for each in counts if each not in run])
            run = []
        if argument is not None:
            run.append(argument)


def _goes_on(text: str, one: Argument, other: Argument) -> bool:
    a, b = one.value, other.value
    if not (isinstance(a, Count) and isinstance(b, Count)) or one.attribution != other.attribution:
        return False
    if a.what is not b.what or not (a.who is b.who or {a.who, b.who} <= _PLAIN):
        return False
    if any(count.scope is Scope.PART or not count.low for count in (a, b)):
        return False
    return any(joint.fullmatch(text, one.span.end, other.span.start) for joint in (_AND, _LISTED))


def _closed(text: str, run: Sequence[Argument], others: Sequence[Argument]) -> Iterator[Argument]:
    ends = [n for n in range(1, len(run)) if _AND.fullmatch(text, run[n - 1].span.end, run[n].span.start)]
    size = ends[-1] + 1 if ends else 0
    if not size:
        yield from run
        return
    if size == MOST_BESIDE and "," in text[run[0].span.end : run[1].span.start]:
        yield from run  # "they found four people, and Ruun died": two clauses
        return
    if _are_listed(run[:size]):
        yield from [run[0], *map(_as_part, run[1:size]), *run[size:]]
        return
    added = _sum(text, run[:size])
    singles = [_is_single(argument) for argument in run[:size]]
    is_told = not all(singles) and any(_is_total(other, added) for other in others)
    one_by_one = all(isinstance(each.value, Count) and each.value.low == 1 for each in run[:size])
    yield from [added] if (any(singles) or one_by_one) and not is_told else run[:size]
    yield from run[size:]


def _are_listed(run: Sequence[Argument]) -> bool:
    """Return whether the first of some counts is the sum of the others: "three, a man and two women"."""
    lows = [count.low or 0 for each in run if isinstance(count := each.value, Count)]
    return len(lows) > MOST_BESIDE and lows[0] == sum(lows[1:])


def _as_part(argument: Argument) -> Argument:
    return (
        replace(argument, value=replace(argument.value, scope=Scope.PART))
        if isinstance(argument.value, Count)
        else argument
    )


def _is_single(argument: Argument) -> bool:
    """Return whether a count is a person without a number: "a clerk", "his wife", a name."""
    count = argument.value
    is_one = isinstance(count, Count) and count.low == count.high == 1
    return is_one and _NUMBER_OF_ONE.match(argument.span.quote) is None


def _is_total(argument: Argument, added: Argument) -> bool:
    one, other = argument.value, added.value
    return (
        isinstance(one, Count) and isinstance(other, Count) and (one.what, one.low) == (other.what, other.low)
    )


def _sum(text: str, run: Sequence[Argument]) -> Argument:
    counts = [argument.value for argument in run if isinstance(argument.value, Count)]
    sides, whom = {count.who for count in counts}, {count.of_whom for count in counts}
    value = replace(
        counts[0],
        who=sides.pop() if len(sides) == 1 else Who.CIVILIANS,
        low=sum(count.low or 0 for count in counts),
        high=None
        if any(count.high is None for count in counts)
        else sum(count.high or 0 for count in counts),
        vague=any(count.vague for count in counts),
        of_whom=whom.pop() if len(whom) == 1 else None,
        includes_perpetrators=any(count.includes_perpetrators for count in counts),
    )
    span = Span.of(text, run[0].span.start, run[-1].span.end)
    return replace(run[0], value=value, span=span, score=min(argument.score for argument in run))
