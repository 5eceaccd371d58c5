"""The terms of many mentions, and what pairs of them share, bag by bag."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dateline.link.traits import SPACE, Bag

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SIZE = SPACE * len(Bag)
_LOW = 2**16 - 1
_LOWER_HALF = 0 if sys.byteorder == "little" else 1  # of the two halves of a term's number
_GATHERED = 1_000_000  # terms gathered at a time, which bounds the memory that products take: some 30 MB


class Bags:
    """The bags of mentions, one mention after the other, laid out so that any pairs are multiplied."""

    def __init__(
        self, lengths: NDArray[np.uint16], terms: NDArray[np.uint32], weights: NDArray[np.float32]
    ) -> None:
        self._lengths = lengths.reshape(-1, len(Bag))
        self._terms = terms
        self._weights = weights
        ends = np.cumsum(self._lengths.sum(axis=1, dtype=np.int64))
        self._starts: Ints = np.concatenate(([0], ends))
        self._longest = int(np.diff(self._starts).max(initial=0))
        self._sought = np.zeros(_SIZE, np.float32)
        # By the lower half of their numbers: a table for the fastest memory, which tells nearly all apart.
        self._may_be_sought = np.zeros(_LOW + 1, np.bool_)

    def products(self, left: Ints, right: Ints, first: Bag = Bag.WORDS) -> Floats:
        """Return for each pair and bag, from `first` on, the sum of the products of shared terms' weights.

        WHERE holds the share of the right one's place name that the left one's text names, NAMED the
        share of the left one's that the right one's text names: the words of a place are sought among the
        names and the other way round. Pairs with one `left` that stand together are multiplied together.
        """
        found = np.zeros((len(left), len(Bag) - first))
        for start, end in self._runs(left):
            terms, weights = self._of(int(left[start]), first)
            self._sought[terms], self._may_be_sought[terms & _LOW] = weights, True
            found[start:end] = self._shared(right[start:end], first)
            self._sought[terms], self._may_be_sought[terms & _LOW] = 0.0, False
        return found

    def _runs(self, left: Ints) -> Iterator[tuple[int, int]]:
        """Yield the runs of pairs with one left mention, none with too many terms at once."""
        if not len(left):
            return
        most = max(1, _GATHERED // max(1, self._longest))
        ends = np.concatenate((np.flatnonzero(np.diff(left)) + 1, [len(left)])).tolist()
        start = 0
        for end in ends:
            for first in range(start, end, most):
                yield first, min(end, first + most)
            start = end

    def _of(self, at: int, first: Bag) -> tuple[Ints, NDArray[np.float32]]:
        """Return the terms that are sought for a mention, from the bag `first` on, and their weights."""
        lengths = self._lengths[at].tolist()
        end = int(self._starts[at + 1])
        start = end - sum(lengths[first:])
        terms = self._terms[start:end].astype(np.int64)
        named, where = len(terms) - lengths[Bag.NAMED], len(terms) - sum(lengths[Bag.WHERE :])
        terms[named:] -= SPACE * (Bag.NAMED - Bag.WHERE)
        terms[where:named] += SPACE * (Bag.NAMED - Bag.WHERE)
        return terms, self._weights[start:end]

    def _shared(self, right: Ints, first: Bag) -> Floats:
        """Return the sums of one left mention, whose terms are sought, and each right one."""
        bags = len(Bag) - first
        lengths = self._lengths[right, first:]
        sizes = lengths.sum(axis=1, dtype=np.int64)
        ends = self._starts[right + 1]
        starts = ends - sizes  # the bags from `first` on are a mention's last terms
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        terms = np.concatenate([self._terms[start:end] for start, end in spans])
        likely = np.flatnonzero(self._may_be_sought[terms.view(np.uint16)[_LOWER_HALF::2]])
        weights = self._sought[terms[likely]]
        met, weights = likely[weights > 0], weights[weights > 0]
        behind = np.cumsum(sizes)
        pair = np.searchsorted(behind, met, side="right")
        products = weights * self._weights[met + (ends - behind)[pair]]
        bag = np.searchsorted(np.cumsum(lengths.ravel(), dtype=np.int64), met, side="right")
        sums = np.bincount(bag, products, len(right) * bags)
        return np.asarray(sums, np.float64).reshape(-1, bags)
