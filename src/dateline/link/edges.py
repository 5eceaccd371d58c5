"""The pairs of mentions that by themselves would be one incident: what clusters are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.link.blocking import Blocks
from dateline.link.columns import Columns
from dateline.link.comparable import Comparable
from dateline.link.score import Weights
from dateline.link.sparse import Floats, Ints
from dateline.link.spread import spread

SURE = 100.0  # the score of two prints of one mention: above all that evidence can weigh


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of mentions by position, left below right.

    `scores` are log-odds above the threshold, `met` the number of blocks in which the two meet.
    """

    left: Ints
    right: Ints
    scores: Floats
    met: Ints

    def __iter__(self) -> Iterator[tuple[int, int, float, int]]:
        """Yield (left, right, score, met) of each edge."""
        columns = (self.left, self.right, self.scores, self.met)
        return zip(*(column.tolist() for column in columns), strict=True)

    def __len__(self) -> int:
        return len(self.left)

    def above(self, least: float) -> Edges:
        """Return the edges with a score above `least`."""
        keep = self.scores > least
        return Edges(self.left[keep], self.right[keep], self.scores[keep], self.met[keep])


def scored(table: Columns, weights: Weights, left: Ints, right: Ints) -> Floats:
    """Return the score of pairs of mentions; none in one report are an edge, whatever the words."""
    scores = np.full(len(left), -np.inf)
    apart = table.report[left] != table.report[right]
    scores[apart] = weights.scores(table, left[apart], right[apart])
    scores[apart & (table.print[left] == table.print[right])] = SURE
    return scores


def edges(
    items: Sequence[Comparable], table: Columns, weights: Weights, least: float = 0.0, workers: int = 1
) -> Edges:
    """Return the edges among mentions in the order of their ids, of all pairs that meet in a block."""
    middle = np.array([item.traits.middle for item in items], np.int64)
    blocks = Blocks.of([item.keys for item in items], middle)
    portions = blocks.portions()

    def of_portion(number: int) -> Edges:
        left, right, met = blocks.met(portions[number])
        return Edges(left, right, scored(table, weights, left, right), met).above(least)

    return joined(list(spread(of_portion, range(len(portions)), workers)))


def joined(parts: Sequence[Edges]) -> Edges:
    """Return edges of several portions in one."""
    if not parts:
        none = np.zeros(0, np.int64)
        return Edges(none, none, np.zeros(0), none)
    columns = zip(*((part.left, part.right, part.scores, part.met) for part in parts), strict=True)
    return Edges(*map(np.concatenate, columns))
