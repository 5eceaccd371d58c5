"""Mentions of one incident brought together across reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dateline.link.blocking import keys
from dateline.link.cluster import blocks
from dateline.link.clusters import Clustering
from dateline.link.columns import Columns
from dateline.link.comparable import Comparable, comparables
from dateline.link.edges import Edges, edges
from dateline.link.law import Contradiction, Law, law_of
from dateline.link.linkable import Linkable
from dateline.link.score import Explanation, Weights, explained
from dateline.link.words import Rarity, word_bag
from dateline.model import Judgement
from dateline.model.comparison import Parents

NO_PARENTS: Parents = MappingProxyType({})


def link(
    items: Iterable[Linkable],
    judgements: Iterable[Judgement] = (),
    *,
    parents: Mapping[str, str] = NO_PARENTS,
    weights: Weights | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Return clusters of mention ids, each one incident, whatever the order of the items.

    Two mentions in one report are two incidents unless what other reports say of both outweighs it; mentions
    that a reviewer found to be no incident are in no cluster. `parents` maps a group's canonical name to
    that of the group it is a branch of.
    """
    return link_all(comparables(items, parents), judgements, weights)[0]


def link_all(
    known: Sequence[Comparable],
    judgements: Iterable[Judgement] = (),
    weights: Weights | None = None,
    workers: int = 1,
) -> tuple[tuple[tuple[str, ...], ...], Edges]:
    """Return the clusters of mentions, which stand in the order of their ids, and the edges among them.

    `workers` processes share the work where there is enough of it; the result is the same.
    """
    table = Columns.of(item.traits for item in known)
    law, chosen = law_of(known, judgements), weights or Weights.shipped()
    found = edges(known, table, chosen, workers=workers)
    clusters = Clustering.of(known, table, law, chosen).over(blocks(len(known), found, law.same), workers)
    return tuple(sorted(tuple(sorted(known[at].id for at in cluster)) for cluster in clusters)), found


def contradictions(items: Iterable[Linkable], judgements: Iterable[Judgement]) -> tuple[Contradiction, ...]:
    """Return the judgements that newer ones overrule, each with the reason."""
    return law_of(comparables(items, NO_PARENTS), judgements).contradictions


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
    known = comparables(items, parents)
    law, table = law_of(known, judgements), Columns.of(item.traits for item in known)
    met = edges(known, table, weights or Weights.shipped(), -within)
    close = met.scores <= within
    sides = (side[close].tolist() for side in (met.left, met.right, met.scores))
    found = [
        Near(known[a].id, known[b].id, score)
        for a, b, score in zip(*sides, strict=True)
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
    first, second = (keys(item, word_bag(item.words, Rarity.shipped()), parents) for item in (one, other))
    return tuple(sorted({*first} & {*second}))


def explain(
    one: Linkable,
    other: Linkable,
    judgements: Iterable[Judgement] = (),
    *,
    parents: Mapping[str, str] = NO_PARENTS,
    weights: Weights | None = None,
) -> Explanation:
    """Return what joins or parts two mentions: every feature, its value, its weight, and any law."""
    pair = [Comparable.of(item, parents) for item in (one, other)]
    table = Columns.of(item.traits for item in pair)
    found = explained(weights or Weights.shipped(), table)
    return Explanation(found.score, found.parts, _law_between(pair, law_of(pair, judgements)) or found.law)


def _law_between(pair: Sequence[Comparable], law: Law) -> str | None:
    if law.same:
        return "joined: the same words of one text" if _is_copy(*pair) else "joined by a reviewer"
    return "parted by a reviewer" if law.apart else None


def _is_copy(one: Comparable, other: Comparable) -> bool:
    return one.place == other.place
