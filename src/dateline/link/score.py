"""How likely two mentions tell of one incident: a sum of weighted features, so that it can be explained."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from dateline.errors import DataError
from dateline.link.columns import Columns
from dateline.link.features import FEATURES, VETOES, are_elsewhere, compared
from dateline.link.sparse import Floats, Ints

ROUNDING = 1e-6
ONE_REPORT = "one report tells of them apart"
_TOGETHER = 50_000  # pairs whose features are held at once: some 20 MB
# What it says that one report tells of two mentions apart, in log-odds above the threshold: they are two,
# unless what other reports say of both outweighs it, since readers open one incident twice now and then.
# Tuned on SemEval.
TOLD_APART = -3.0
MOST = 8.0  # log-odds beyond which more evidence adds nothing


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each feature, in log-odds, the bias, and the log-odds from which mentions are linked."""

    bias: float
    threshold: float
    by_feature: Mapping[str, float]

    def __post_init__(self) -> None:
        if unknown := set(self.by_feature) ^ set(FEATURES):
            raise DataError(f"link weights and features differ in: {', '.join(sorted(unknown))}")

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Weights:
        """Return the weights of the package (link/weights.toml says how they were made)."""
        table = tomllib.loads(resources.files(__package__).joinpath("weights.toml").read_text("utf-8"))
        return cls(table["bias"], table["threshold"], table["weights"])

    @property
    def vector(self) -> Floats:
        """Return the weights in the order of `FEATURES`."""
        return np.array([self.by_feature[name] for name in FEATURES])

    def scores(self, table: Columns, left: Ints, right: Ints) -> Floats:
        """Return how far each pair lies above the threshold, in log-odds within ±MOST.

        A pair in one report lies at least as far below as `TOLD_APART`.
        """
        vector = self.vector
        found = np.full(len(left), -MOST)
        for first in range(0, len(left), _TOGETHER):
            here = slice(first, first + _TOGETHER)
            some = first + np.flatnonzero(~are_elsewhere(table, left[here], right[here]))
            features, parting = compared(table, left[some], right[some])
            found[some] = np.where(parting.any(axis=1), -MOST, features @ vector + self.bias)
        above: Floats = np.clip(found, -MOST, MOST) - self.threshold
        apart = table.report[left] == table.report[right]
        above[apart] = np.minimum(above[apart], TOLD_APART)
        return above


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two mentions were joined or parted: each feature that is there, its value and what it weighed."""

    score: float  # log-odds above the threshold; positive joins
    parts: tuple[tuple[str, float, float], ...]  # (feature, value, contribution), the weightiest first
    law: str | None = None  # a judgement or a veto

    @property
    def joins(self) -> bool:
        """Return whether the pair by itself would be linked."""
        return self.score > 0

    def __str__(self) -> str:
        lines = [f"{self.law or ('joined' if self.joins else 'parted')}: {self.score:+.2f}"]
        lines += [
            f"  {weighed:+6.2f}  {name}" + ("" if value == 1 else f" = {value:.2f}")
            for name, value, weighed in self.parts
        ]
        return "\n".join(lines)


def explained(weights: Weights, table: Columns) -> Explanation:
    """Return the explanation of the first two mentions of a table."""
    left, right = np.array([0]), np.array([1])
    features, parting = compared(table, left, right)
    values = features[0]
    parts = [
        (name, float(value), float(value) * weights.by_feature[name])
        for name, value in zip(FEATURES, values, strict=True)
        if value
    ]
    parts.append(("any two mentions", 1.0, weights.bias - weights.threshold))
    score = float(weights.scores(table, left, right)[0])
    beyond = score - sum(weighed for _, _, weighed in parts)
    vetoed = [name for name, holds in zip(VETOES, parting[0], strict=True) if holds]
    law = f"parted: {' and '.join(vetoed)}" if vetoed else None
    if not vetoed and abs(beyond) > ROUNDING:
        is_one_report = bool(table.report[0] == table.report[1])
        parts.append((ONE_REPORT if is_one_report else "more than evidence can weigh", 1.0, beyond))
    return Explanation(score, tuple(sorted(parts, key=lambda part: (-abs(part[2]), part[0]))), law)
