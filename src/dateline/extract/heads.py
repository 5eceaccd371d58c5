"""The reader's small heads, computed with NumPy from what the encoder says of each word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.extract.features import NAMES, ROLES, Floats, pairs
from dateline.extract.reading import VOCABULARIES

NO_BIAS = np.zeros(1, dtype=np.float32)
UNCALIBRATED = np.array([1.0, 0.0], dtype=np.float32)
SUREST = 1e-4  # no probability is nearer to 0 or 1


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

    def calibrated(self, chance: float) -> float:
        """Return the probability that experience gives what the heads give `chance` (Platt scaling)."""
        slope, bias = self.weights.get("calibration", UNCALIBRATED)
        sure = min(max(chance, SUREST), 1 - SUREST)
        logit = math.log(sure / (1 - sure))
        return 1 / (1 + math.exp(-(float(slope) * logit + float(bias))))

    def _linear(self, name: str, inputs: Floats) -> Floats:
        out = inputs @ self.weights[f"{name}.weight"].T + self.weights.get(f"{name}.bias", NO_BIAS)
        return np.asarray(out, dtype=np.float32)

    def sentences(self, described: Floats) -> Floats:
        """Return for each sentence the probabilities of: an incident told, each police action."""
        return sigmoid(self._linear("sentence", described))

    def marks(self, features: Floats) -> Floats | None:
        """Return what is known of each candidate in the encoder's width; None where that was not learned."""
        return self._linear("marks", features) if "marks.weight" in self.weights else None

    def weigh(self, weighed: Floats) -> tuple[Floats, dict[str, Floats]]:
        """Return for each candidate the probability of each role, and those over each vocabulary."""
        inner = np.maximum(self._linear("weigh_inner", weighed), 0)
        known = self._linear("weigh_known", weighed[:, -len(NAMES) :])
        logits = self._linear("weigh_outer", inner) + known
        ends = np.cumsum([len(ROLES), *(len(v) for v in VOCABULARIES.values())])[:-1]
        roles, *parts = np.split(logits, ends, axis=1)
        choices = {name: softmax(part) for name, part in zip(VOCABULARIES, parts, strict=True)}
        return sigmoid(roles), choices

    def joins(self, weighed: Floats, between: Floats) -> Floats:
        """Return the symmetric matrix of probabilities that two candidates belong to one incident.

        `between` has one row for each of the `pairs` of the candidates.
        """
        return self._links("join", weighed, between)

    def foci(self, features: Floats) -> Floats:
        """Return the probabilities of the foci for an incident, given one row of `focus.NAMES`."""
        return softmax(self._linear("focus", features))

    def muc_types(self, described: Floats) -> Floats:
        """Return for each span the probabilities of the incident types of MUC-4."""
        return softmax(self._linear("muc", described))

    def links(self, described: Floats, sentences: Sequence[int]) -> Floats:
        """Return the symmetric matrix of probabilities that two fills belong to one MUC-4 template."""
        one, other = pairs(len(described))
        distance = np.abs(np.asarray(sentences)[one] - np.asarray(sentences)[other])
        between = np.stack([distance == 0, np.log1p(distance) / 3], axis=1)
        return self._links("link", described, between.astype(np.float32))

    def _links(self, head: str, described: Floats, between: Floats) -> Floats:
        one, other = pairs(len(described))
        sides = np.tanh(self._linear(f"{head}.side", described))
        a, b = sides[one], sides[other]
        joined = np.concatenate([a * b, np.abs(a - b), between], axis=1)
        inner = np.maximum(self._linear(f"{head}.inner", joined), 0)
        logits = self._linear(f"{head}.outer", inner) + self._linear(f"{head}.known", between)
        found = np.eye(len(described), dtype=np.float32)
        found[one, other] = found[other, one] = sigmoid(logits[:, 0])
        return found


def pooled(words: Floats, bounds: Sequence[tuple[int, int]]) -> Floats:
    """Return the mean of the words from first to last, both included, for each pair of bounds."""
    means = [words[first : last + 1].mean(axis=0) for first, last in bounds]
    return np.stack(means) if means else np.zeros((0, words.shape[1]), dtype=np.float32)
