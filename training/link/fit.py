"""Fit the weights of the pair features: src/dateline/link/weights.toml.

    python -m training.link.fit BENCH > weights.toml     (BENCH: the folder of annotated sets)

Logistic regression with a Gaussian prior around the hand-set weights of prior.toml, so that a
feature which the data say nothing of keeps its hand-set weight. Data: SemEval-2018 task 5 (train
and dev) as the shipped extractor reads it, and the invented hand-coded reports. Incidents whose
name hashes odd are held out to report how well the fit does.
"""

from __future__ import annotations

import sys
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.extract.places import PlaceFinder
from dateline.extract.reader import shipped_extractor
from dateline.gazetteer import Gazetteer
from dateline.link.blocking import Blocks
from dateline.link.columns import Columns
from dateline.link.comparable import comparables
from dateline.link.features import FEATURES, compared
from dateline.link.score import Weights
from dateline.link.sparse import Floats
from dateline.ontology import ontology
from training.link.worlds import World, annotated, told

PRIOR = Path(__file__).with_name("prior.toml")
SPREAD = 1.5  # standard deviation of a weight around its hand-set value, in log-odds
# How far the shipped weights move towards a new fit: what one archive of one country's reports teaches must
# not outweigh what older fits knew of others (the founding reports, and the invented ones, are the check).
MOVE = 0.25
SHARE = {"docs": 1.0}  # weight of a pair of each world; the others count ANNOTATED
ANNOTATED = 3.0
THRESHOLD = -0.75  # best for clusters of the fitted reports: mean scores of clusters lie below those of pairs
# What the codebook says must part two mentions is not to be learned away from reports that were misread.
CEILING = {"types that exclude each other": -1.0}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs: features, whether they are one incident, weight, held out or not."""

    features: Floats
    same: Floats
    weight: Floats
    held_out: Floats


def pairs_of(world: World) -> Pairs:
    """Return the candidate pairs of a world whose incidents are known and that no veto settles."""
    parents = {g.name: g.parent for g in ontology().groups.values() if g.parent}
    items = comparables(world.items, parents)
    table = Columns.of(item.traits for item in items)
    middle = np.array([item.traits.middle for item in items])
    met = list(Blocks.of([item.keys for item in items], middle).pairs())
    left, right = (np.concatenate([pairs[side] for pairs in met]) for side in (0, 1))
    told = dict(zip((item.id for item in world.items), world.incidents, strict=True))
    names = np.array([told[item.id] or "" for item in items])
    use = (names[left] != "") & (names[right] != "") & (table.report[left] != table.report[right])
    left, right = left[use], right[use]
    features, parting = compared(table, left, right)
    free = ~parting.any(axis=1)
    left, right, features = left[free], right[free], features[free]
    side = np.array([zlib.crc32(name.encode()) % 2 for name in names])
    return Pairs(
        features,
        (names[left] == names[right]).astype(float),
        np.full(len(left), SHARE.get(world.name, ANNOTATED)),
        np.maximum(side[left], side[right]).astype(float),
    )


def fit(pairs: Pairs, prior: Floats, steps: int = 100) -> Floats:
    """Return the most likely weights, the bias last, by Newton's method with steps that only go down."""
    data = np.column_stack([pairs.features, np.ones(len(pairs.same))])
    pull = np.full(len(prior), 1 / SPREAD**2)

    def loss(weights: Floats) -> float:
        odds = data @ weights
        surprise = np.logaddexp(0, odds) - pairs.same * odds
        return float(pairs.weight @ surprise + pull @ (weights - prior) ** 2 / 2)

    weights = prior.copy()
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(data @ weights, -30, 30)))
        slope = data.T @ (pairs.weight * (chance - pairs.same)) + pull * (weights - prior)
        curve = (data * (pairs.weight * chance * (1 - chance))[:, None]).T @ data + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        size = next((s for s in 0.5 ** np.arange(12) if loss(weights - s * step) < loss(weights)), 0.0)
        weights = weights - size * step
        if np.abs(size * step).max() < 1e-4:
            break
    return weights


def best_threshold(scores: Floats, same: Floats) -> tuple[float, float]:
    """Return the score from which linking all pairs has the best F1, and that F1."""
    order = np.argsort(-scores)
    right = np.cumsum(same[order])
    f1 = 2 * right / (np.arange(1, len(scores) + 1) + same.sum())
    at = int(f1.argmax())
    return float(scores[order][at]), float(f1[at])


def joined(parts: Sequence[Pairs]) -> Pairs:
    columns_ = zip(*((p.features, p.same, p.weight, p.held_out) for p in parts), strict=True)
    return Pairs(*(np.concatenate(column) for column in columns_))


def select(pairs: Pairs, held_out: float) -> Pairs:
    use = pairs.held_out == held_out
    return Pairs(pairs.features[use], pairs.same[use], pairs.weight[use], pairs.held_out[use])


def worlds(bench: Path) -> list[World]:
    finder = PlaceFinder(Gazetteer.shipped())
    reference = bench / "reference"
    return [
        told(bench / "semeval2018t5" / "docs.jsonl.gz", shipped_extractor(accidents=True)),
        annotated(reference / "invented_ref.jsonl", reference / "invented_docs.jsonl", finder),
    ]


def main(bench: Path) -> None:
    table = tomllib.loads(PRIOR.read_text("utf-8"))
    prior = np.array([*(table["weights"][name] for name in FEATURES), table["bias"]])
    made = [(world.name, pairs_of(world)) for world in worlds(bench)]
    everything = joined([pairs for _, pairs in made])
    tried = fit(select(everything, 0), prior)
    for name, pairs in made:
        for side, words in ((0, "fitted"), (1, "held out")):
            part = select(pairs, side)
            if len(part.same):
                scores = part.features @ tried[:-1] + tried[-1]
                print(
                    f"# {name} {words}: pair F1 {best_threshold(scores, part.same)[1]:.3f}", file=sys.stderr
                )
    shipped = Weights.shipped()
    before = np.array([*shipped.vector, shipped.bias])
    weights = before + MOVE * (fit(everything, prior) - before)
    write(weights, len(everything.same), int(everything.same.sum()))


def write(weights: Floats, pairs: int, same: int) -> None:
    print("# Log-odds weights of the pair features, moved towards a fit by training/link/fit.py")
    print(f"# on {pairs} pairs of mentions, {same} of them of one incident.")
    print(f"bias = {weights[-1]:.3f}\nthreshold = {THRESHOLD:.3f}\n\n[weights]")
    for name, weight in zip(FEATURES, weights, strict=False):
        print(f'"{name}" = {min(weight, CEILING.get(name, weight)):.3f}')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
