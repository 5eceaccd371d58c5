"""Sparse rows of weighted terms, and the products of many pairs of rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_LOOKED_UP = 2_000_000  # terms looked up at a time, which bounds the memory that products take: some 100 MB


class SparseRows:
    """Rows of (term, weight), laid out so that any list of row pairs is multiplied by look-up."""

    def __init__(self, rows: Sequence[Mapping[int, float]]) -> None:
        lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
        self._starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        terms = [term for row in rows for term in sorted(row)]
        weights = [row[term] for row in rows for term in sorted(row)]
        self._terms: Ints = np.asarray(terms, np.int64)
        self._weights: Floats = np.asarray(weights, np.float64)
        self._width = int(self._terms.max(initial=0)) + 1
        owners = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
        self._keys: Ints = owners * self._width + self._terms

    def dot(self, left: Ints, right: Ints, other: SparseRows | None = None) -> Floats:
        """Return the sum of products over shared terms for each pair of rows, `right` being rows of `other`.

        Rows of two tables are multiplied only if their terms are numbered alike.
        """
        second = other or self
        if not len(self._keys) or not len(second._keys):
            return np.zeros(len(left))
        size = max(1, _LOOKED_UP // int(np.diff(self._starts).max(initial=1)))
        chunks = range(0, len(left), size)
        found = [self._dot(left[at : at + size], right[at : at + size], second) for at in chunks]
        return np.concatenate(found) if found else np.zeros(0)

    def _dot(self, left: Ints, right: Ints, other: SparseRows) -> Floats:
        lengths = self._starts[left + 1] - self._starts[left]
        pair = np.repeat(np.arange(len(left)), lengths)
        first = np.repeat(self._starts[left] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        at = np.arange(len(pair)) + first
        terms = self._terms[at]
        sought = right[pair] * other._width + terms
        found = np.minimum(np.searchsorted(other._keys, sought), len(other._keys) - 1)
        hit = (other._keys[found] == sought) & (terms < other._width)
        products = np.where(hit, self._weights[at] * other._weights[found], 0.0)
        return np.bincount(pair, products, len(left)).astype(np.float64)
