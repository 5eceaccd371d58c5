"""Train the gate: `python -m training.reader.gate SHARED FOLDER [--lost 0.005]`.

FOLDER holds the exported reader, which is the teacher: what it finds no incident in is irrelevant.
Written to FOLDER/gate.npz, and the manifest anew. The threshold is the highest that loses at most the
given share of the annotated incidents, each report being scored by a gate that did not learn from it.
"""

from __future__ import annotations

import argparse
import random
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from benchmarks.documents import documents

from dateline.extract.gate import FILE, words_of
from dateline.extract.reader import ReaderExtractor
from training.reader.data import read
from training.reader.manifest import write_manifest

FOLDS = 5
LEAST_REPORTS = 4  # that a word must stand in
DECAY = 2e-3
STEPS = 400


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a report, whether it tells of an incident, and how many annotated ones it tells of."""

    words: frozenset[str]
    told: bool
    incidents: int = 0


def text_of(row: dict[str, object]) -> str:
    return f"{row.get('title') or ''}\n{row['text']}"


def annotated(bench: Path) -> Iterator[Seen]:
    for name in ("train", "invented"):
        incidents = {r["id"]: len(r["incidents"]) for r in read(bench / "reference" / f"{name}_ref.jsonl")}
        for row in read(bench / "reference" / f"{name}_docs.jsonl"):
            number = incidents[row["id"]]
            yield Seen(frozenset(words_of(text_of(row))), number > 0, number)
    for row in read(bench / "muc4" / "train.jsonl.gz"):
        if row["templates"]:
            yield Seen(frozenset(words_of(row["text"])), True)
    for number, row in enumerate(read(bench / "semeval2018t5" / "docs.jsonl.gz")):
        if number % 6 == 0 and not row.get("flags"):
            yield Seen(frozenset(words_of(text_of(row))), True)


def taught(bench: Path, folder: Path) -> Iterator[Seen]:
    """Yield raw news as the reader judges it."""
    extractor = ReaderExtractor(folder)
    for path in ("news/wikinews_2019_2020", "clusters/newsclusters", "clusters/wikinews_galaxy"):
        for row, document in documents(read(bench / f"{path}.jsonl.gz")):
            yield Seen(frozenset(words_of(text_of(row))), bool(extractor.extract(document)))


def vocabulary(seen: Iterable[Seen]) -> list[str]:
    counts = Counter(word for each in seen for word in each.words)
    return sorted(word for word, count in counts.items() if count >= LEAST_REPORTS)


def fitted(seen: Sequence[Seen], words: Sequence[str]) -> tuple[np.ndarray, float]:
    """Return weights and bias of a logistic regression with weight decay, both classes weighing alike."""
    torch.manual_seed(0)
    inputs, told = matrix(seen, words), torch.tensor([float(each.told) for each in seen])
    weights = torch.zeros(len(words), requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    balance = (1 - told).sum() / told.sum()
    teacher = torch.optim.Adam([weights, bias], lr=0.02)
    for _ in range(STEPS):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            inputs @ weights + bias, told, pos_weight=balance
        )
        teacher.zero_grad()
        (loss + DECAY * weights.pow(2).sum()).backward()
        teacher.step()
    return weights.detach().numpy(), float(bias)


def matrix(seen: Sequence[Seen], words: Sequence[str]) -> torch.Tensor:
    at = {word: column for column, word in enumerate(words)}
    out = torch.zeros(len(seen), len(words))
    for row, each in enumerate(seen):
        out[row, [at[word] for word in each.words if word in at]] = 1.0
    return out


def crossed(seen: Sequence[Seen], words: Sequence[str]) -> np.ndarray:
    """Return the score of each report by a gate that did not learn from it."""
    fold = np.array([zlib.crc32(" ".join(sorted(each.words)).encode()) % FOLDS for each in seen])
    scores = np.zeros(len(seen))
    for number in range(FOLDS):
        weights, bias = fitted([s for s, f in zip(seen, fold, strict=True) if f != number], words)
        held = np.flatnonzero(fold == number)
        scores[held] = matrix([seen[at] for at in held], words).numpy() @ weights + bias
    return scores


def highest_threshold(seen: Sequence[Seen], scores: np.ndarray, lost: float) -> float:
    order = np.argsort(scores)
    gone = np.cumsum([seen[at].incidents for at in order])
    allowed = lost * gone[-1]
    return float(scores[order[int(np.searchsorted(gone, allowed, side="right"))]]) - 1e-4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--lost", type=float, default=0.005, help="share of annotated incidents that may be lost"
    )
    arguments = parser.parse_args()
    bench = arguments.shared / "bench"
    seen = [*annotated(bench), *taught(bench, arguments.folder)]
    random.Random(0).shuffle(seen)
    words = vocabulary(seen)
    threshold = highest_threshold(seen, scores := crossed(seen, words), arguments.lost)
    weights, bias = fitted(seen, words)
    print(report(seen, scores, threshold))
    kept = np.abs(weights) > 0.005
    np.savez_compressed(
        arguments.folder / FILE,
        words=np.array(words)[kept],
        weights=weights[kept].astype(np.float16),
        bias=bias,
        threshold=threshold,
    )
    version = tomllib.loads((arguments.folder / "manifest.toml").read_text("utf-8"))["version"]
    write_manifest(arguments.folder, version)


def report(seen: Sequence[Seen], scores: np.ndarray, threshold: float) -> str:
    passed = scores >= threshold
    incidents = np.array([each.incidents for each in seen])
    told = np.array([each.told for each in seen])
    lost = incidents[~passed].sum() / incidents.sum()
    passing = f"of irrelevant reports {passed[~told].mean():.3f} pass, of others {passed[told].mean():.3f}"
    return f"incidents lost {lost:.4f}; {passing}"


if __name__ == "__main__":
    main()
