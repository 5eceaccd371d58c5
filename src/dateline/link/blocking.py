"""Which pairs of mentions are worth comparing: those that share a key, in time near linear in their number.

A key joins a day with a place, a place with a month, a named group with a place, or is a rare word.
In a block that is too large each mention meets its nearest neighbours in time only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dateline.link.linkable import Linkable
from dateline.link.sparse import Ints
from dateline.link.traits import groups_of
from dateline.link.words import WordBag
from dateline.model import DateRange
from dateline.model.comparison import Parents, is_area, plain

_MOST_DAYS = 10  # a longer range gets month keys only
_MOST_MONTHS = 13
_RARE_WORDS = 8
NEIGHBOURS = 40  # of a block before and behind a mention, by day, that it is compared with
_PORTION = 10_000  # mentions whose pairs are held at once: at most some 150 MB


def keys(item: Linkable, bag: WordBag, parents: Parents) -> Iterator[str]:
    """Yield the block keys of one mention."""
    place = item.mention.place
    country = place.country if place else None
    areas = [country or "?"]
    if place and place.admin1:
        areas.append(f"{country}/{plain(place.admin1)}")
    if place and place.name and not is_area(place):
        areas.append(f"{country}//{plain(place.town or place.name)}")
    yield from _dated(item.mention.date, areas)
    for group in sorted(groups_of(item, parents)):
        yield from (f"group {group} {area}" for area in areas)
    rarest = sorted(bag.weights, key=lambda word: (-bag.weights[word] * (1 + (word in bag.names)), word))
    yield from (f"word {word}" for word in rarest[:_RARE_WORDS])


def _dated(dates: DateRange, areas: Sequence[str]) -> Iterator[str]:
    first, last = dates.earliest, dates.latest
    if first and last and (last - first).days < _MOST_DAYS:
        for day in range(first.toordinal() - 1, last.toordinal() + 2):
            yield from (f"day {day} {area}" for area in areas)
    months = _months(first, last) if first and last else ()
    if not 0 < len(months) <= _MOST_MONTHS:
        months = ("any",)
    narrow = areas[1:] or areas
    yield from (f"month {month} {area}" for month in (*months, "any") for area in narrow)


def _months(first: date, last: date) -> tuple[str, ...]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return tuple(str(month) for month in range(start, end + 1)[: _MOST_MONTHS + 1])


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of many mentions: one row a mention and key, by key and then by day.

    Rows are many: they are numbers of 32 bits, blocks numbered in their order.
    """

    owner: NDArray[np.int32]
    block: NDArray[np.int32]
    size: int  # number of mentions

    @classmethod
    def of(cls, keys_of: Sequence[Sequence[int]], middle: Ints) -> Blocks:
        """Return the blocks of mentions that stand in the order of their ids; `middle` is the day of each."""
        lengths = np.fromiter((len(some) for some in keys_of), np.int64, len(keys_of))
        key = np.fromiter(chain.from_iterable(keys_of), np.int64, int(lengths.sum()))
        owner = np.repeat(np.arange(len(keys_of), dtype=np.int32), lengths)
        order = np.lexsort((owner, middle.astype(np.int32)[owner], key))
        key, owner = key[order], owner[order]
        block = np.zeros(len(key), np.int32)
        np.cumsum(key[1:] != key[:-1], out=block[1:])
        return cls(owner, block, len(keys_of))

    def portions(self) -> list[NDArray[np.int32]]:
        """Return the rows of all mentions, in portions whose pairs fit the memory."""
        by_owner = np.argsort(self.owner, kind="stable").astype(np.int32)
        firsts = np.arange(0, self.size, _PORTION)
        bounds = [*np.searchsorted(self.owner[by_owner], firsts).tolist(), len(by_owner)]
        return [by_owner[start:end] for start, end in pairwise(bounds)]

    def met(self, rows: NDArray[np.int32]) -> tuple[Ints, Ints, Ints]:
        """Return the pairs (left, right) that meet in a block, left below right, and in how many they do.

        The left ones are those that own `rows`; pairs come in their order.
        """
        found: list[Ints] = []
        for direction in (-1, 1):
            here = rows
            for step in range(1, NEIGHBOURS + 1):
                there = here + direction * step
                inside = (there >= 0) & (there < len(self.block))
                here, there = here[inside], there[inside]
                together = self.block[here] == self.block[there]
                here, there = here[together], there[together]  # what ends here ends for all further steps
                one, other = self.owner[here], self.owner[there]
                above = other > one
                found.append(one[above].astype(np.int64) * self.size + other[above])
        codes, times = np.unique(np.concatenate(found), return_counts=True)
        return codes // self.size, codes % self.size, times.astype(np.int64)
