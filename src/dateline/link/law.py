"""Reviewers' decisions on pairs of mentions: law for linking, newest first, and transitive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.link.cluster import Sets
from dateline.link.comparable import Comparable
from dateline.model import Anchor, Judgement, Verdict

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A judgement that cannot be kept beside newer ones, and so is not applied."""

    judgement: Judgement
    reason: str


@dataclass(frozen=True, slots=True)
class Law:
    """What reviewers' standing judgements say of the mentions at hand, by position.

    `same` are pairs that must be one incident, `apart` pairs that must not, `out` mentions that
    are no incident at all.
    """

    same: tuple[Pair, ...] = ()
    apart: frozenset[Pair] = frozenset()
    out: frozenset[int] = frozenset()
    contradictions: tuple[Contradiction, ...] = ()
    _sets: Sets = field(default_factory=lambda: Sets(0))

    def group(self, at: int) -> int:
        """Return the smallest mention that `at` must be one incident with, itself when there is none."""
        return self._sets.find(at)


def differing(one: Law, other: Law) -> tuple[int, ...]:
    """Return the mentions, by position, of which two laws on the same mentions say different things."""
    pairs = (set(one.same) ^ set(other.same)) | (one.apart ^ other.apart)
    return tuple(sorted({at for pair in pairs for at in pair} | (one.out ^ other.out)))


class _Anchors:
    """Finds the mentions that an anchor points to, also after a later extraction."""

    def __init__(self, items: Sequence[Comparable]) -> None:
        self._by_content: dict[str, list[tuple[int, Anchor]]] = defaultdict(list)
        for at, item in enumerate(items):
            self._by_content[item.anchor.content_sha256].append((at, item.anchor))

    def at(self, anchor: Anchor | None) -> list[int]:
        if anchor is None:
            return []
        near = self._by_content.get(anchor.content_sha256, [])
        exact = [at for at, own in near if (own.start, own.end) == (anchor.start, anchor.end)]
        return exact or [at for at, own in near if own.start < anchor.end and anchor.start < own.end]


def law_of(items: Sequence[Comparable], judgements: Iterable[Judgement]) -> Law:
    """Return what the standing judgements demand; where two contradict, the newer is law."""
    anchors = _Anchors(items)
    newest_first = sorted((j for j in judgements if j.stands), key=lambda j: (j.at, j.id), reverse=True)
    same = _copies(items)
    sets = Sets(len(items))
    for pair in same:
        sets.join(*pair)
    apart: list[Pair] = []
    refused: list[Contradiction] = []
    for judgement in newest_first:
        if not judgement.verdict.takes_pair:
            continue
        for pair in _pairs(anchors.at(judgement.anchor), anchors.at(judgement.other)):
            reason = _contradicts(judgement, pair, sets, apart)
            if reason:
                refused.append(Contradiction(judgement, reason))
            elif judgement.verdict is Verdict.SAME:
                sets.join(*pair)
                same.append(pair)
            else:
                apart.append(pair)
    out = _irrelevant(anchors, newest_first)
    return Law(tuple(sorted(set(same))), frozenset(apart), out, tuple(refused), sets)


def _copies(items: Sequence[Comparable]) -> list[Pair]:
    """Return the pairs that are one mention in two prints of the same text."""
    first: dict[tuple[object, ...], int] = {}
    pairs: list[Pair] = []
    for at, item in enumerate(items):
        original = first.setdefault(item.place, at)
        if original != at:
            pairs.append((original, at))
    return pairs


def _pairs(left: Sequence[int], right: Sequence[int]) -> list[Pair]:
    return sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})


def _contradicts(judgement: Judgement, pair: Pair, sets: Sets, apart: Sequence[Pair]) -> str | None:
    one, other = map(sets.find, pair)
    if judgement.verdict is Verdict.DIFFERENT:
        return "newer judgements make the two one incident" if one == other else None
    parted = {frozenset((sets.find(a), sets.find(b))) for a, b in apart}
    return "newer judgements keep the two apart" if frozenset((one, other)) in parted else None


def _irrelevant(anchors: _Anchors, newest_first: Iterable[Judgement]) -> frozenset[int]:
    verdicts: dict[int, Verdict] = {}
    for judgement in newest_first:
        if judgement.verdict in (Verdict.RELEVANT, Verdict.IRRELEVANT):
            for at in anchors.at(judgement.anchor):
                verdicts.setdefault(at, judgement.verdict)
    return frozenset(at for at, verdict in verdicts.items() if verdict is Verdict.IRRELEVANT)
