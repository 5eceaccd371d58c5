"""From a block of mentions that may be one incident to its clusters, under reviewers' law."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dateline.link.cluster import NEVER, Sets, average_linkage
from dateline.link.columns import Columns
from dateline.link.comparable import Comparable
from dateline.link.law import Law
from dateline.link.score import Weights
from dateline.link.sparse import Floats, Ints
from dateline.model import Focus

_FOREMOST = {focus: rank for rank, focus in enumerate(Focus)}


def clusters_of(
    members: Sequence[int], items: Sequence[Comparable], table: Columns, law: Law, weights: Weights
) -> list[tuple[str, ...]]:
    """Return the clusters of a block as mention ids.

    A judgement that two mentions are one incident joins the whole incidents that they are in, unless
    another keeps some of these apart: then it holds for the two and what follows from them alone.
    """
    if not members:
        return []

    def score(left: Ints, right: Ints) -> Floats:
        return weights.scores(table, left, right)

    heads = _heads(members, items)
    settled = average_linkage(heads, score, _demands(heads, law))
    found = average_linkage(members, score, _demands(members, law, settled))
    whole = _joined(found, law)
    if any(_broken(cluster, law) for cluster in whole):
        strict = _demands(members, law, [[m for m in members if law.group(m) == g] for g in members])
        whole = average_linkage(members, score, strict)
    return [tuple(sorted(items[at].id for at in cluster)) for cluster in whole]


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


def _heads(members: Sequence[int], items: Sequence[Comparable]) -> list[int]:
    """Return the mention of each report that it is about: the first of the foremost focus.

    They are clustered first, lest an aside take the place of a main incident in another's cluster.
    """
    first: dict[str, int] = {}
    for at in sorted(members, key=lambda at: (_FOREMOST[items[at].focus], items[at].anchor.start, at)):
        first.setdefault(items[at].report_id, at)
    return sorted(first.values())


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
