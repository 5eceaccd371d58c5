"""Which pairs of mentions are worth comparing: those that share a key, in time near linear in their number.

A key joins a day with a place, a place with a month, a named group with a place, or is a rare word.
In a block that is too large each mention meets its nearest neighbours in time only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from dateline.link.columns import OPEN_END, OPEN_START, Columns
from dateline.link.linkable import Linkable
from dateline.link.sparse import Ints
from dateline.link.words import WordBag
from dateline.model import Actor, DateRange, Field, sha256_hex
from dateline.model.comparison import Parents, is_area, lineage, plain

_MOST_DAYS = 10  # a longer range gets month keys only
_MOST_MONTHS = 13
_RARE_WORDS = 8
_NEIGHBOURS = 40


def keys(item: Linkable, bag: WordBag, parents: Parents) -> Iterator[str]:
    """Yield the block keys of one mention."""
    place = item.mention.place
    country = place.country if place else None
    areas = [country or "?"]
    if place and place.admin1:
        areas.append(f"{country}/{plain(place.admin1)}")
    if place and place.name and not is_area(place):
        areas.append(f"{country}//{plain(place.name)}")
    yield from _dated(item.mention.date, areas)
    for group in sorted(_groups(item, parents)):
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


def _groups(item: Linkable, parents: Parents) -> set[str]:
    actors = (*item.mention.actors(Field.PERPETRATOR), *item.mention.actors(Field.CLAIMED_BY))
    return {above for a in actors if isinstance(a, Actor) and a.name for above in lineage(a.name, parents)}


def candidate_pairs(
    items: Sequence[Linkable], bags: Sequence[WordBag], table: Columns, parents: Parents
) -> tuple[Ints, Ints]:
    """Return the pairs (left, right) of mentions, left below right, that share a block; each pair once."""
    owners: list[int] = []
    hashes: list[int] = []
    for at, (item, bag) in enumerate(zip(items, bags, strict=True)):
        for key in set(keys(item, bag, parents)):
            owners.append(at)
            hashes.append(int(sha256_hex(key)[:15], 16))
    if not owners:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    owner, block = np.asarray(owners, np.int64), np.asarray(hashes, np.int64)
    order = np.lexsort((owner, _middle(table)[owner], block))
    return _neighbours(owner[order], block[order], len(items))


def _middle(table: Columns) -> Ints:
    known = (table.first_day > OPEN_START) & (table.last_day < OPEN_END)
    middle: Ints = np.where(known, (table.first_day + table.last_day) // 2, table.published)
    return middle


def _neighbours(owner: Ints, block: Ints, size: int) -> tuple[Ints, Ints]:
    codes: list[Ints] = []
    for step in range(1, _NEIGHBOURS + 1):
        together = block[step:] == block[:-step]
        if not together.any():
            break
        a, b = owner[:-step][together], owner[step:][together]
        codes.append(np.unique(np.minimum(a, b) * size + np.maximum(a, b)))
    found = np.unique(np.concatenate(codes)) if codes else np.zeros(0, np.int64)
    return found // size, found % size
