"""Mentions of one incident brought together across reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from dateline.link.blocking import candidate_pairs, keys
from dateline.link.cluster import NEVER, Sets, average_linkage, blocks
from dateline.link.columns import Columns, bags_of, columns
from dateline.link.law import Contradiction, Law, law_of
from dateline.link.linkable import Linkable
from dateline.link.score import Explanation, Weights, explained
from dateline.link.sparse import Floats, Ints
from dateline.link.words import Rarity
from dateline.model import Focus, Judgement
from dateline.model.comparison import Parents

_FOREMOST = {focus: rank for rank, focus in enumerate(Focus)}
NO_PARENTS: Parents = MappingProxyType({})


def link(
    items: Iterable[Linkable],
    judgements: Iterable[Judgement] = (),
    *,
    parents: Mapping[str, str] = NO_PARENTS,
    weights: Weights | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Return clusters of mention ids, each one incident, whatever the order of the items.

    Two mentions in one report are never one incident unless a reviewer says so; mentions that a
    reviewer found to be no incident are in no cluster. `parents` maps a group's canonical name to
    that of the group it is a branch of.
    """
    ordered = _in_order(items)
    law = law_of(ordered, judgements)
    bags = bags_of(ordered, Rarity.shipped())
    table = columns(ordered, bags, parents)
    chosen = weights or Weights.shipped()
    left, right = candidate_pairs(ordered, bags, table, parents)
    scores = chosen.scores(table, left, right)
    clusters: list[tuple[str, ...]] = []
    for block in blocks(len(ordered), left, right, scores, law.same):
        members = [at for at in block if at not in law.out]
        clusters += _clusters(members, ordered, table, law, chosen)
    return tuple(sorted(clusters))


def _in_order(items: Iterable[Linkable]) -> list[Linkable]:
    unique = {item.id: item for item in items}
    return [unique[mention_id] for mention_id in sorted(unique)]


def _clusters(
    members: Sequence[int], items: Sequence[Linkable], table: Columns, law: Law, weights: Weights
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
    settled = average_linkage(heads, score, _demands(heads, table, law))
    found = average_linkage(members, score, _demands(members, table, law, settled))
    whole = _joined(found, law)
    if any(_broken(cluster, law) for cluster in whole):
        strict = _demands(members, table, law, [[m for m in members if law.group(m) == g] for g in members])
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


def _heads(members: Sequence[int], items: Sequence[Linkable]) -> list[int]:
    """Return the mention of each report that it is about: the first of the foremost focus.

    They are clustered first, lest an aside take the place of a main incident in another's cluster.
    """
    first: dict[str, int] = {}
    for at in sorted(
        members, key=lambda at: (_FOREMOST[items[at].mention.focus], items[at].anchor.start, at)
    ):
        first.setdefault(items[at].report_id, at)
    return sorted(first.values())


def _demands(
    members: Sequence[int], table: Columns, law: Law, settled: Sequence[Sequence[int]] = ()
) -> Floats:
    """Return what is added to the scores of each pair: nothing, or what settles it for good."""
    at = np.asarray(members, np.int64)
    demands = np.where(table.report[at][:, None] == table.report[at][None, :], NEVER, 0.0)
    position = {member: index for index, member in enumerate(members)}
    for one, other in law.apart:
        if one in position and other in position:
            demands[position[one], position[other]] = demands[position[other], position[one]] = NEVER
    for cluster in settled:
        inside = [position[member] for member in cluster]
        demands[np.ix_(inside, inside)] = -NEVER
    np.fill_diagonal(demands, 0.0)
    return demands


def contradictions(items: Iterable[Linkable], judgements: Iterable[Judgement]) -> tuple[Contradiction, ...]:
    """Return the judgements that newer ones overrule, each with the reason."""
    return law_of(_in_order(items), judgements).contradictions


@dataclass(frozen=True, slots=True)
class Near:
    """Two mentions that were compared, and how far they lie above the threshold, in log-odds."""

    one: str
    other: str
    score: float

    @property
    def doubt(self) -> float:
        """Return 1 for a pair on the threshold, going to 0 for one that is surely the same or another."""
        return 1 - abs(math.tanh(self.score / 2))  # 2p - 1 is tanh(log-odds / 2)


def nearest(
    items: Iterable[Linkable],
    judgements: Iterable[Judgement] = (),
    *,
    within: float,
    parents: Mapping[str, str] = NO_PARENTS,
    weights: Weights | None = None,
) -> tuple[Near, ...]:
    """Return the pairs of mentions at most `within` log-odds from the threshold, nearest first.

    Only pairs that share a block are looked at; what reviewers decided, and what one report tells
    apart, is in no doubt.
    """
    ordered = _in_order(items)
    law, bags = law_of(ordered, judgements), bags_of(ordered, Rarity.shipped())
    table = columns(ordered, bags, parents)
    left, right = candidate_pairs(ordered, bags, table, parents)
    scores = (weights or Weights.shipped()).scores(table, left, right)
    near = (np.abs(scores) <= within) & (table.report[left] != table.report[right])
    found = [
        Near(ordered[a].id, ordered[b].id, float(score))
        for a, b, score in zip(left[near].tolist(), right[near].tolist(), scores[near], strict=True)
        if not _is_decided(law, a, b)
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.doubt, pair.one, pair.other)))


def _is_decided(law: Law, one: int, other: int) -> bool:
    pairs = {(one, other), (other, one)}
    return one in law.out or other in law.out or law.group(one) == law.group(other) or bool(pairs & law.apart)


def shared_keys(
    one: Linkable, other: Linkable, *, parents: Mapping[str, str] = NO_PARENTS
) -> tuple[str, ...]:
    """Return the block keys that two mentions share; without one they are never compared."""
    first, second = (
        set(keys(item, bag, parents))
        for item, bag in zip((one, other), bags_of([one, other], Rarity.shipped()), strict=True)
    )
    return tuple(sorted(first & second))


def explain(
    one: Linkable,
    other: Linkable,
    judgements: Iterable[Judgement] = (),
    *,
    parents: Mapping[str, str] = NO_PARENTS,
    weights: Weights | None = None,
) -> Explanation:
    """Return what joins or parts two mentions: every feature, its value, its weight, and any law."""
    pair = [one, other]
    table = columns(pair, bags_of(pair, Rarity.shipped()), parents)
    found = explained(weights or Weights.shipped(), table)
    return Explanation(found.score, found.parts, _law_between(pair, law_of(pair, judgements)) or found.law)


def _law_between(pair: Sequence[Linkable], law: Law) -> str | None:
    if law.same:
        return "joined: the same words of one text" if _is_copy(*pair) else "joined by a reviewer"
    if law.apart:
        return "parted by a reviewer"
    return "parted: one report, one incident" if pair[0].report_id == pair[1].report_id else None


def _is_copy(one: Linkable, other: Linkable) -> bool:
    return one.anchor.id == other.anchor.id
