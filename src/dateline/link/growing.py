"""Linking what is new to what is known: only what a new or gone mention touches is done again.

The result is that of linking all mentions at once. What makes this possible is an index of three
things that never depend on the order of arrival: what is kept of each mention, the blocks it
stands in, and the edges, each with the number of blocks in which its two mentions meet. A mention
that comes into a crowded block parts the neighbours that it comes between; one that goes brings
them together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from dateline.link.blocking import NEIGHBOURS
from dateline.link.cluster import FLOORS, LARGEST
from dateline.link.clusters import Clustering
from dateline.link.columns import Columns
from dateline.link.comparable import Comparable
from dateline.link.edges import scored
from dateline.link.law import law_of
from dateline.link.score import Weights
from dateline.model import Judgement

Pair = tuple[int, int]  # numbers of two mentions, the smaller first
Ties = Mapping[int, Collection[int]]  # the mentions, by number, that judgements join to each


@dataclass(frozen=True, slots=True)
class Edge:
    """Two mentions by number, how far they score above the threshold, and in how many blocks they meet."""

    one: int
    other: int
    score: float
    met: int


class Index(Protocol):
    """What is kept of all mentions for linking; mentions are addressed by `Comparable.number`."""

    def comparables(self, numbers: Collection[int]) -> dict[int, Comparable]:
        """Return what is kept of those mentions that are known, by number."""
        ...

    def around(self, key: int, item: Comparable) -> tuple[list[int], list[int]]:
        """Return the `NEIGHBOURS` mentions of a block before and behind `item`, nearest first."""
        ...

    def edges(self, numbers: Collection[int]) -> Iterator[Edge]:
        """Yield the edges of mentions; one between two of them comes once or twice."""
        ...

    def add(self, items: Sequence[Comparable]) -> None:
        """Take in mentions that are not known."""
        ...

    def remove(self, item: Comparable) -> None:
        """Forget a mention and its edges."""
        ...

    def connect(self, edges: Iterable[Edge]) -> None:
        """Keep edges in place of those between the same mentions; one that meets in no block is forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The clusters that may differ from before, as mention ids, and every mention that was looked at."""

    clusters: tuple[tuple[str, ...], ...] = ()
    touched: frozenset[Comparable] = frozenset()


@dataclass(slots=True)
class Growing:
    """Brings an index from what it was to what it is now, and says what that touched."""

    index: Index
    judgements: Sequence[Judgement]
    weights: Weights
    ties: Ties = field(default_factory=dict)
    _touched: set[int] = field(default_factory=set)
    _gone: list[Comparable] = field(default_factory=list)

    def add(self, item: Comparable) -> None:
        """Take in one mention."""
        met, parted = self._neighbours(item)
        known = self.index.comparables(met)
        found = [Edge(*pair, score, met[_other(pair, item)]) for pair, score in self._scores(item, known)]
        changed = [*found, *self._changed(parted, -1)]
        self._touch({item.number, *_ends(changed)})
        self.index.add([item])
        self._gone = [gone for gone in self._gone if gone.number != item.number]
        self.index.connect(changed)
        self._touch_anew(_ends(edge for edge in changed if edge.met <= 0))

    def remove(self, item: Comparable) -> None:
        """Forget one mention."""
        bereft = _ends(self.index.edges([item.number])) - {item.number}
        self._touch({item.number})
        self.index.remove(item)
        self._gone.append(item)
        self._touched.discard(item.number)
        self._touch_anew(bereft)
        _, joined = self._neighbours(item)
        changed = list(self._changed(joined, 1))
        self._touch(_ends(changed))
        self.index.connect(changed)

    def judge_anew(self, items: Iterable[Comparable], ties: Ties) -> None:
        """Look again at mentions of which reviewers say something else now; `ties` are those of before."""
        now = self.ties
        for self.ties in (ties, now):
            self._touch_anew({item.number for item in items})

    def regrouped(self) -> Regrouped:
        """Return the clusters of all that was touched, as they are now."""
        waiting, clusters, looked_at = set(self._touched), [], list(self._gone)
        while waiting:
            block = self._block(min(waiting))
            waiting -= block
            items = sorted(self.index.comparables(block).values(), key=lambda item: item.id)
            clusters += self._clusters(items)
            looked_at += items
        return Regrouped(tuple(sorted(clusters)), frozenset(looked_at))

    def _neighbours(self, item: Comparable) -> tuple[Counter[int], Counter[Pair]]:
        """Return the mentions near a place in its blocks, and the pairs that a mention there parts."""
        met: Counter[int] = Counter()
        parted: Counter[Pair] = Counter()
        for key in item.keys:
            before, behind = self.index.around(key, item)
            met.update((*before, *behind))
            for steps, one in enumerate(before, 1):
                if len(behind) > NEIGHBOURS - steps:
                    parted[_pair(one, behind[NEIGHBOURS - steps])] += 1
        return met, parted

    def _scores(self, item: Comparable, known: Mapping[int, Comparable]) -> Iterator[tuple[Pair, float]]:
        """Yield the pairs of a mention with others that are edges."""
        others = list(known.values())
        table = Columns.of(each.traits for each in (item, *others))
        right = np.arange(1, len(table))
        for other, score in zip(
            others, scored(table, self.weights, np.zeros_like(right), right).tolist(), strict=True
        ):
            if score > 0:
                yield _pair(item.number, other.number), score

    def _changed(self, pairs: Mapping[Pair, int], sign: int) -> Iterator[Edge]:
        """Yield the edges between pairs as they are after each meets in so many blocks more or less."""
        ends = {end for pair in pairs for end in pair}
        known = {(edge.one, edge.other): edge for edge in self.index.edges(ends)}
        fresh: dict[int, list[int]] = {}
        for pair, times in pairs.items():
            if edge := known.get(pair):
                yield Edge(*pair, edge.score, edge.met + sign * times)
            elif sign > 0:
                fresh.setdefault(pair[0], []).append(pair[1])
        for one, others in fresh.items():
            near = self.index.comparables([one, *others])
            item = near.pop(one)
            for pair, score in self._scores(item, near):
                yield Edge(*pair, score, pairs[pair])

    def _touch(self, numbers: set[int]) -> None:
        """Note mentions with all that they are in one block with: before an edge of theirs changes."""
        for number in numbers - self._touched:
            self._touched |= self._block(number)

    def _touch_anew(self, numbers: set[int]) -> None:
        """Note mentions, and all that they are in one block with now."""
        for number in numbers:
            self._touched |= self._block(number)

    def _block(self, number: int) -> set[int]:
        """Return the mentions that are clustered with one: connected by edges, and few enough."""
        found: set[int] = set()
        for floor in FLOORS:
            found = self._connected(number, floor, LARGEST if floor != FLOORS[-1] else None)
            if len(found) <= LARGEST:
                break
        return found

    def _connected(self, number: int, floor: float, most: int | None) -> set[int]:
        """Return what edges above a score connect; with more than `most`, any `most` + 1 of these or more."""
        found, border = {number}, {number}
        while border and (most is None or len(found) <= most):
            near = _ends(edge for edge in self.index.edges(border) if edge.score > floor)
            near |= {tied for end in border for tied in self.ties.get(end, ())}
            border = near - found - {item.number for item in self._gone}
            found |= border
        return found

    def _clusters(self, items: Sequence[Comparable]) -> list[tuple[str, ...]]:
        texts = {item.anchor.content_sha256 for item in items}
        of_these = [j for j in self.judgements if j.anchor.content_sha256 in texts]
        law, table = law_of(items, of_these), Columns.of(item.traits for item in items)
        found = Clustering.of(items, table, law, self.weights).over([range(len(items))])
        return [tuple(sorted(items[at].id for at in cluster)) for cluster in found]


def ties_of(items: Sequence[Comparable], judgements: Iterable[Judgement]) -> dict[int, set[int]]:
    """Return the mentions that judgements join to each; `items` hold all that these judgements are of."""
    found: dict[int, set[int]] = {}
    for one, other in law_of(items, judgements).same:
        found.setdefault(items[one].number, set()).add(items[other].number)
        found.setdefault(items[other].number, set()).add(items[one].number)
    return found


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _other(pair: Pair, item: Comparable) -> int:
    return pair[1] if pair[0] == item.number else pair[0]


def _ends(edges: Iterable[Edge]) -> set[int]:
    return {end for edge in edges for end in (edge.one, edge.other)}
