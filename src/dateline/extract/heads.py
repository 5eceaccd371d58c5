"""The reader's small heads, computed with NumPy from what the encoder says of each word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.extract.reading import SPAN_VOCABULARIES

Floats = NDArray[np.float32]


def sigmoid(logits: Floats) -> Floats:
    """Return the logistic function, safe for large arguments."""
    return np.asarray(0.5 * (1 + np.tanh(logits / 2)), dtype=np.float32)


def softmax(logits: Floats) -> Floats:
    """Return the probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def position_features(sentence: int, count: int) -> tuple[float, float, float]:
    """Return where a sentence stands: whether first, how far down, and at which part of the report."""
    return float(sentence == 0), math.log1p(sentence) / 3, sentence / max(count, 1)


@dataclass(frozen=True, slots=True)
class Heads:
    """The matrices of the heads by their names in training (`ReaderModel`)."""

    weights: Mapping[str, Floats]

    @classmethod
    def load(cls, path: Path) -> Heads:
        """Return the heads that the export wrote; OSError or ValueError when the file is not that."""
        with np.load(path, allow_pickle=False) as stored:
            return cls({name: stored[name].astype(np.float32) for name in stored.files})

    def _linear(self, name: str, inputs: Floats) -> Floats:
        out = inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return np.asarray(out, dtype=np.float32)

    def sentences(self, described: Floats) -> Floats:
        """Return for each sentence the probabilities of: an incident told, each police action."""
        return sigmoid(self._linear("sentence", described))

    def choices(self, described: Floats) -> list[dict[str, tuple[float, ...]]]:
        """Return for each span the probabilities over each of the vocabularies."""
        inner = np.maximum(self._linear("span_inner", described), 0)
        logits = self._linear("span_outer", np.asarray(inner, dtype=np.float32))
        ends = np.cumsum([len(v) for v in SPAN_VOCABULARIES.values()])[:-1]
        parts = [softmax(part) for part in np.split(logits, ends, axis=1)]
        return [
            {name: tuple(map(float, part[at])) for name, part in zip(SPAN_VOCABULARIES, parts, strict=True)}
            for at in range(len(described))
        ]

    def links(self, described: Floats, sentences: Sequence[int]) -> Floats:
        """Return the symmetric matrix of probabilities that two spans belong to one incident."""
        count = len(described)
        sides = np.tanh(self._linear("link_side", described))
        one, other = np.triu_indices(count)
        distance = np.abs(np.asarray(sentences)[one] - np.asarray(sentences)[other])
        between = np.stack([distance == 0, np.log1p(distance) / 3], axis=1)
        joined = np.concatenate(
            [sides[one] * sides[other], np.abs(sides[one] - sides[other]), between], axis=1
        )
        inner = np.maximum(self._linear("link_inner", joined.astype(np.float32)), 0)
        found = np.zeros((count, count), dtype=np.float32)
        found[one, other] = found[other, one] = sigmoid(self._linear("link_outer", inner)[:, 0])
        return found


def pooled(words: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
    """Return the mean of the words from first to last, both included, for each pair of bounds."""
    means = [words[first : last + 1].mean(axis=0) for first, last in bounds]
    return np.stack(means) if means else np.zeros((0, words.shape[1]), dtype=np.float32)
