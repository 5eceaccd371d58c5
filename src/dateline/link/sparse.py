"""The terms of many mentions, and what pairs of them share, bag by bag."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dateline.link.traits import SPACE, Bag

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SIZE = SPACE * len(Bag)
_GATHERED = 1_000_000  # terms gathered at a time, which bounds the memory that products take: some 30 MB
# The words of one mention's place are sought among the names in the other's text, and the other way round.
_CROSSED = {Bag.WHERE: Bag.NAMED, Bag.NAMED: Bag.WHERE}


class Bags:
    """The bags of mentions, one mention after the other, laid out so that any pairs are multiplied."""

    def __init__(
        self, lengths: NDArray[np.uint16], terms: NDArray[np.uint32], weights: NDArray[np.float32]
    ) -> None:
        self._lengths = lengths.reshape(-1, len(Bag)).astype(np.int64)
        self._terms = terms
        self._weights = weights
        self._starts: Ints = np.concatenate(([0], np.cumsum(self._lengths.sum(axis=1))))
        self._sought = np.zeros(_SIZE, np.float32)

    def sizes(self, bag: Bag) -> Ints:
        """Return the number of terms that each mention has in a bag."""
        found: Ints = self._lengths[:, bag]
        return found

    def products(self, left: Ints, right: Ints) -> Floats:
        """Return for each pair and bag the sum of the products of the weights of shared terms.

        WHERE holds the share of the right one's place name that the left one's text names, NAMED the
        share of the left one's that the right one's text names. Pairs with one `left` that stand
        together are multiplied together.
        """
        found = np.zeros((len(left), len(Bag)))
        for first, last in self._runs(left, right):
            self._seek(int(left[first]))
            found[first:last] = self._shared(right[first:last])
            self._forget(int(left[first]))
        return found

    def _runs(self, left: Ints, right: Ints) -> Iterator[tuple[int, int]]:
        """Yield the runs of pairs with one left mention, none with too many terms at once."""
        if not len(left):
            return
        longest = int((self._starts[right + 1] - self._starts[right]).max())
        most = max(1, _GATHERED // max(1, longest))
        ends = np.concatenate((np.flatnonzero(np.diff(left)) + 1, [len(left)])).tolist()
        start = 0
        for end in ends:
            for first in range(start, end, most):
                yield first, min(end, first + most)
            start = end

    def _seek(self, at: int) -> None:
        for bag, terms, weights in self._of(at):
            place = _CROSSED.get(bag, bag)
            self._sought[terms + SPACE * (place - bag)] = weights

    def _forget(self, at: int) -> None:
        for bag, terms, _ in self._of(at):
            self._sought[terms + SPACE * (_CROSSED.get(bag, bag) - bag)] = 0.0

    def _of(self, at: int) -> Iterator[tuple[Bag, Ints, NDArray[np.float32]]]:
        start = int(self._starts[at])
        for bag, length in zip(Bag, self._lengths[at].tolist(), strict=True):
            if length:
                terms = self._terms[start : start + length].astype(np.int64)
                yield bag, terms, self._weights[start : start + length]
                start += length

    def _shared(self, right: Ints) -> Floats:
        starts = self._starts[right]
        sizes = self._starts[right + 1] - starts
        before = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        at = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
        products = self._sought[self._terms[at]] * self._weights[at]
        place = np.repeat(np.arange(len(right) * len(Bag)), self._lengths[right].ravel())
        sums = np.bincount(place, products, len(right) * len(Bag))
        return np.asarray(sums, np.float64).reshape(-1, len(Bag))
