"""Measure an exported reader: `python -m training.reader.evaluate FOLDER DOCS REFERENCE`.

Prints, on annotated reports that it did not learn from, precision, recall and F1 of each role over the
finders' candidates, how often two candidates are rightly joined, and how far scores can be taken at
their word: of all candidates given a role with a probability of about p, the share for which it is true.
The product's own scores come from the scorers, through `python -m benchmarks`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.documents import documents

from dateline.extract.candidates import Candidate
from dateline.extract.encoder import Reader
from dateline.extract.features import ROLES, between, pairs
from dateline.extract.joining import BOUNDS
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.read_text import Weighing
from dateline.extract.weighed import weighed
from dateline.gazetteer import Gazetteer
from training.reader.data import read
from training.reader.labels import AT, UNKNOWN, Label, Labeller

Row = dict[str, Any]
BINS = 10
LEAST = 0.05  # what is given less is hardly ever true, and would drown the rest


@dataclass(slots=True)
class Tally:
    """Hits, wanted and found, by name."""

    hits: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, wanted: bool, found: bool) -> None:
        self.wanted[name] += wanted
        self.found[name] += found
        self.hits[name] += wanted and found

    def lines(self) -> Iterator[str]:
        yield f"{'':16}{'P':>7}{'R':>7}{'F1':>7}{'true':>7}{'found':>7}"
        for name in self.wanted:
            hits, wanted, found = self.hits[name], self.wanted[name], self.found[name]
            precision, recall = hits / max(found, 1), hits / max(wanted, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            yield f"{name:16}{precision:7.3f}{recall:7.3f}{f1:7.3f}{wanted:7d}{found:7d}"


@dataclass(slots=True)
class Reliability:
    """Of what was given each tenth of probability: how many, the mean probability, how many are true."""

    number: list[int] = field(default_factory=lambda: [0] * BINS)
    given: list[float] = field(default_factory=lambda: [0.0] * BINS)
    true: list[int] = field(default_factory=lambda: [0] * BINS)

    def add(self, chance: float, is_true: bool) -> None:
        at = min(int(chance * BINS), BINS - 1)
        self.number[at] += 1
        self.given[at] += chance
        self.true[at] += is_true

    def lines(self) -> Iterator[str]:
        yield f"{'probability':>12}{'number':>8}{'mean':>8}{'true':>8}"
        for at, number in enumerate(self.number):
            if number:
                mean, true = self.given[at] / number, self.true[at] / number
                span = f"{at / BINS:.1f}-{(at + 1) / BINS:.1f}"
                yield f"{span:>12}{number:8d}{mean:8.3f}{true:8.3f}  {'#' * round(30 * true)}"


def tally_roles(labels: list[Label], weighing: Weighing, roles: Tally, reliability: Reliability) -> None:
    for number, label in enumerate(labels):
        for role in ROLES:
            truth, chance = label.roles[AT[role]], weighing.chance(number, role)
            if truth != UNKNOWN:
                roles.add(role.value, truth == 1, chance >= BOUNDS.roles[role])
                if chance >= LEAST:
                    reliability.add(weighing.heads.calibrated(chance), truth == 1)


def tally_joins(found: tuple[Candidate, ...], labels: list[Label], weighing: Weighing, joins: Tally) -> None:
    told = [n for n, label in enumerate(labels) if label.incidents and n in set(weighing.seen)]
    if len(told) < 2:
        return
    chances = weighing.joins(told, between([found[n] for n in told]))
    for a, b in zip(*pairs(len(told)), strict=True):
        together = bool(labels[told[a]].incidents & labels[told[b]].incidents)
        joins.add("joined", together, bool(chances[a, b] >= BOUNDS.join))


def measured(folder: Path, docs: Path, reference: Path) -> tuple[Tally, Tally, Reliability]:
    """Return how roles and joins do, and how far probabilities come true."""
    reader, finder = Reader.load(folder), PlaceFinder(Gazetteer.shipped())
    annotated: dict[str, Row] = {row["id"]: row for row in read(reference)}
    roles, joins, reliability = Tally(), Tally(), Reliability()
    for row, document in documents(read(docs)):
        known = weighed(find_all(document, finder), reader)
        found, weighing = known.candidates, known.weighing
        labels = Labeller(document.text, found).label(annotated[row["id"]]["incidents"])
        tally_roles(labels, weighing, roles, reliability)
        tally_joins(found, labels, weighing, joins)
    return roles, joins, reliability


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("docs", type=Path)
    parser.add_argument("reference", type=Path)
    arguments = parser.parse_args()
    roles, joins, reliability = measured(arguments.folder, arguments.docs, arguments.reference)
    print(*roles.lines(), *joins.lines(), "", *reliability.lines(), sep="\n")


if __name__ == "__main__":
    main()
