"""Measure an exported reader's heads: `python -m training.reader.evaluate FOLDER PREPARED`.

Prints, on the reference training reports that were held out, precision, recall and F1 of the spans of
each role (any overlap, one to one), the accuracy of what is told of a span and of its links, and the
F1 of police actions on the held-out documents. The product's own scores come from the scorers.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.extract.encoder import Reader
from dateline.extract.reading import PoliceAction, Reading, RoleSpan
from training.reader.data import read
from training.reader.train import CORE, is_held_out

Row = dict[str, Any]


class Tally:
    """Hits, wanted and found, by name."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.wanted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def lines(self) -> Iterator[str]:
        for name in sorted(self.wanted):
            hits, wanted, found = self.hits[name], self.wanted[name], self.found[name]
            precision, recall = hits / max(found, 1), hits / max(wanted, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            yield f"{name:24}{precision:7.3f}{recall:7.3f}{f1:7.3f}{wanted:7d}{found:7d}"


def paired(row: Row, reading: Reading) -> Iterator[tuple[Row, RoleSpan, int]]:
    """Yield each annotated span with the span found for it: same role, some words in common."""
    free = dict(enumerate(reading.spans))
    for wanted in row["spans"]:
        for at, found in free.items():
            same_words = found.span.start < wanted["end"] and wanted["start"] < found.span.end
            if found.role == wanted["role"] and same_words:
                yield wanted, found, at
                del free[at]
                break


def tally_reference(row: Row, reading: Reading, spans: Tally, told: Tally) -> None:
    spans.wanted.update(span["role"] for span in row["spans"])
    spans.found.update(span.role.value for span in reading.spans if span.role.is_told)
    pairs = list(paired(row, reading))
    for wanted, found, _ in pairs:
        spans.hits[wanted["role"]] += 1
        for name, value in wanted["choices"].items():
            told.wanted[name] += 1
            told.found[name] += 1
            told.hits[name] += found.best(name) == value
    for number, (wanted, _, one) in enumerate(pairs):
        for other_wanted, _, other in pairs[number + 1 :]:
            if one != other:
                together = wanted["incident"] == other_wanted["incident"]
                told.wanted["link"] += together
                told.found["link"] += reading.link(one, other) >= 0.5
                told.hits["link"] += together and reading.link(one, other) >= 0.5


def tally_police(row: Row, reading: Reading, police: Tally, floor: float) -> None:
    for labels, sentence in zip(row["police"], reading.sentences, strict=False):
        for action in PoliceAction:
            wanted, found = action.value in labels, sentence.police[action] >= floor
            police.wanted[action.value] += wanted
            police.found[action.value] += found
            police.hits[action.value] += wanted and found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--police", type=int, default=60, help="held-out documents of police actions to read")
    parser.add_argument("--floor", type=float, default=0.4)
    arguments = parser.parse_args()
    reader = Reader.load(arguments.folder)
    spans, told, police = Tally(), Tally(), Tally()
    for source in CORE:
        for row in read(arguments.prepared / f"{source}.jsonl.gz"):
            if is_held_out(source, row):
                tally_reference(row, reader.read(row["text"], row["sentences"]), spans, told)
    held = (row for row in read(arguments.prepared / "india.jsonl.gz") if row["held_out"])
    for row in list(held)[: arguments.police]:
        tally_police(row, reader.read(row["text"], row["sentences"]), police, arguments.floor)
    for tally in (spans, told, police):
        print(f"{'':24}{'P':>7}{'R':>7}{'F1':>7}{'ref':>7}{'found':>7}", *tally.lines(), sep="\n")


if __name__ == "__main__":
    main()
