"""A cheap look at a report before it is read: whether it can tell of an incident at all.

Most news tells of none. A sum of weights of the words that stand in a report, learned by
`training.reader.gate`, passes nearly all that do and stops most of the others in a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

LOOKED_AT = 8_000  # characters of a report; one that tells of an incident says so in its first 1,300 words
FILE = "gate.npz"
_WORD = re.compile(r"[a-z]{3,}")


def words_of(text: str) -> set[str]:
    """Return the words of a report that the gate looks at, in lower case."""
    return set(_WORD.findall(text[:LOOKED_AT].lower()))


@dataclass(frozen=True, slots=True)
class Gate:
    """The weight of each word, and the sum from which a report is read."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    @classmethod
    def load(cls, path: Path) -> Gate:
        """Return the gate that a training wrote; OSError or KeyError when the file is not that."""
        with np.load(path, allow_pickle=False) as stored:
            words, weights = stored["words"].tolist(), stored["weights"].astype(np.float64).tolist()
            return cls(
                dict(zip(words, weights, strict=True)), float(stored["bias"]), float(stored["threshold"])
            )

    def score(self, text: str) -> float:
        """Return the log-odds that a report tells of an incident."""
        return self.bias + sum(self.weights.get(word, 0.0) for word in sorted(words_of(text)))

    def passes(self, text: str) -> bool:
        """Return whether a report is to be read."""
        return self.score(text) >= self.threshold
