"""From a block of mentions that may be one incident to its clusters, under reviewers' law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.link.cluster import NEVER, Sets, average_linkage
from dateline.link.columns import Columns
from dateline.link.comparable import Comparable
from dateline.link.law import Law
from dateline.link.score import Weights
from dateline.link.sparse import Floats, Ints
from dateline.link.spread import spread
from dateline.model import Focus

Block = Sequence[int]  # mentions by position

_FOREMOST = {focus: rank for rank, focus in enumerate(Focus)}
_SCORED_TOGETHER = 200_000  # pairs of mentions whose scores are asked for at once


@dataclass(frozen=True, slots=True)
class Clustering:
    """What clusters of mentions are made by; mentions are told by their position in `table`.

    `foremost` ranks them: first those that their report is about, then as they stand in its text.
    """

    table: Columns
    law: Law
    weights: Weights
    foremost: Ints

    @classmethod
    def of(cls, items: Sequence[Comparable], table: Columns, law: Law, weights: Weights) -> Clustering:
        """Return what the clusters of `items` are made by."""
        focus = np.array([_FOREMOST[item.focus] for item in items], np.int64)
        start = np.array([item.anchor.start for item in items], np.int64)
        foremost = np.empty(len(items), np.int64)
        foremost[np.lexsort((start, focus))] = np.arange(len(items))
        return cls(table, law, weights, foremost)

    def over(self, blocks: Iterable[Block], workers: int = 1) -> Iterator[list[int]]:
        """Yield the clusters of blocks of mentions."""
        kept = ([at for at in block if at not in self.law.out] for block in blocks)
        for found in spread(self._of_some, _batches(block for block in kept if block), workers):
            yield from found

    def _of_some(self, blocks: Sequence[Block]) -> list[list[int]]:
        found: list[list[int]] = []
        for members, total in _matrices(blocks, self.table, self.weights):
            found += map(list, self._of_one(members, total))
        return found

    def _of_one(self, members: Block, total: Floats) -> Sequence[Block]:
        """Return the clusters of a block, given the scores of its pairs.

        A judgement that two mentions are one incident joins the whole incidents that they are in, unless
        another keeps some of these apart: then it holds for the two and what follows from them alone.
        """
        if len(members) == 1:
            return [members]
        law, heads = self.law, self._heads(members)
        position = {member: at for at, member in enumerate(members)}
        chosen = [position[head] for head in heads]
        settled = average_linkage(heads, total[np.ix_(chosen, chosen)] + _demands(heads, law))
        found = average_linkage(members, total + _demands(members, law, settled))
        whole = _joined(found, law)
        if any(_broken(cluster, law) for cluster in whole):
            strict = _demands(members, law, [[m for m in members if law.group(m) == g] for g in members])
            whole = average_linkage(members, total + strict)
        return whole

    def _heads(self, members: Block) -> list[int]:
        """Return the mention of each report that it is about: the first of the foremost focus.

        They are clustered first, lest an aside take the place of a main incident in another's cluster.
        """
        first: dict[int, int] = {}
        for at in sorted(members, key=self.foremost.__getitem__):
            first.setdefault(int(self.table.report[at]), at)
        return sorted(first.values())


def _batches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield blocks together, as many as are scored at once."""
    waiting: list[Block] = []
    pairs = 0
    for block in blocks:
        waiting.append(block)
        pairs += len(block) ** 2 // 2
        if pairs >= _SCORED_TOGETHER:
            yield waiting
            waiting, pairs = [], 0
    if waiting:
        yield waiting


def _matrices(blocks: Sequence[Block], table: Columns, weights: Weights) -> Iterator[tuple[Block, Floats]]:
    """Yield each block with the scores of its pairs, as a symmetric matrix; all are scored at once."""
    corners = [np.triu_indices(len(block), 1) for block in blocks]
    indexes = [np.asarray(block, np.int64) for block in blocks]
    none = np.zeros(0, np.int64)
    left = np.concatenate([none, *(index[rows] for index, (rows, _) in zip(indexes, corners, strict=True))])
    right = np.concatenate([none, *(index[cols] for index, (_, cols) in zip(indexes, corners, strict=True))])
    scores, start = weights.scores(table, left, right), 0
    for block, (rows, cols) in zip(blocks, corners, strict=True):
        total = np.zeros((len(block), len(block)))
        total[rows, cols] = total[cols, rows] = scores[start : start + len(rows)]
        start += len(rows)
        yield block, total


def _joined(clusters: Sequence[Sequence[int]], law: Law) -> list[list[int]]:
    """Return clusters with those made one that judgements, or copies, join."""
    sets = Sets(len(clusters))
    home = {member: at for at, cluster in enumerate(clusters) for member in cluster}
    for one, other in law.same:
        if one in home and other in home:
            sets.join(home[one], home[other])
    groups = sets.groups(range(len(clusters)))
    return [sorted(member for at in group for member in clusters[at]) for group in groups]


def _broken(cluster: Sequence[int], law: Law) -> bool:
    inside = frozenset(cluster)
    return any(one in inside and other in inside for one, other in law.apart)


def _demands(members: Sequence[int], law: Law, settled: Sequence[Sequence[int]] = ()) -> Floats:
    """Return what is added to the scores of each pair: nothing, or what settles it for good."""
    demands = np.zeros((len(members), len(members)))
    position = {member: index for index, member in enumerate(members)}
    for one, other in law.apart:
        if one in position and other in position:
            demands[position[one], position[other]] = demands[position[other], position[one]] = NEVER
    for cluster in settled:
        inside = [position[member] for member in cluster]
        demands[np.ix_(inside, inside)] = -NEVER
    np.fill_diagonal(demands, 0.0)
    return demands
