"""Calibrate an exported reader: `python -m training.reader.calibrate FOLDER DOCS REFERENCE`.

Fits slope and bias of the logits of roles (Platt scaling) on annotated reports that it did not learn
from, and writes them into FOLDER/incidents.npz and the manifest anew.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import numpy as np
from benchmarks.documents import documents

from dateline.extract.encoder import Reader
from dateline.extract.features import ROLES
from dateline.extract.heads import SUREST
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.weighed import weighed
from dateline.gazetteer import Gazetteer
from training.reader.data import read
from training.reader.evaluate import LEAST
from training.reader.labels import AT, UNKNOWN, Labeller
from training.reader.manifest import write_manifest

STEPS = 2000


def observed(folder: Path, docs: Path, reference: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the logits of all roles that are given some probability, and whether each is true."""
    reader, finder = Reader.load(folder), PlaceFinder(Gazetteer.shipped())
    annotated = {row["id"]: row["incidents"] for row in read(reference)}
    chances: list[float] = []
    true: list[bool] = []
    for row, document in documents(read(docs)):
        known = weighed(find_all(document, finder), reader)
        found, weighing = known.candidates, known.weighing
        for number, label in enumerate(Labeller(document.text, found).label(annotated[row["id"]])):
            for role in ROLES:
                truth, chance = label.roles[AT[role]], weighing.chance(number, role)
                if truth != UNKNOWN and chance >= LEAST:
                    chances.append(min(max(chance, SUREST), 1 - SUREST))
                    true.append(truth == 1)
    sure = np.array(chances)
    return np.log(sure / (1 - sure)), np.array(true, dtype=float)


def fitted(logits: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """Return slope and bias of the likeliest logistic curve, by gradient ascent with falling steps."""
    slope, bias, step = 1.0, 0.0, 0.5
    best = likelihood(slope, bias, logits, true)
    for _ in range(STEPS):
        given = 1 / (1 + np.exp(-(slope * logits + bias)))
        up = (float(np.mean((true - given) * logits)), float(np.mean(true - given)))
        tried = likelihood(slope + step * up[0], bias + step * up[1], logits, true)
        if tried > best:
            slope, bias, best = slope + step * up[0], bias + step * up[1], tried
        else:
            step /= 2
    return slope, bias


def likelihood(slope: float, bias: float, logits: np.ndarray, true: np.ndarray) -> float:
    """Return the mean log-likelihood of what was observed."""
    signed = (2 * true - 1) * (slope * logits + bias)
    return float(-np.mean(np.logaddexp(0, -signed)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("docs", type=Path)
    parser.add_argument("reference", type=Path)
    arguments = parser.parse_args()
    heads = arguments.folder / "incidents.npz"
    with np.load(heads) as stored:
        weights = {name: stored[name] for name in stored.files if name != "calibration"}
    slope, bias = fitted(*observed(arguments.folder, arguments.docs, arguments.reference))
    np.savez_compressed(heads, **weights, calibration=np.array([slope, bias], dtype=np.float16))
    version = tomllib.loads((arguments.folder / "manifest.toml").read_text("utf-8"))["version"]
    write_manifest(arguments.folder, version)
    print(f"slope {slope:.3f}, bias {bias:.3f}")


if __name__ == "__main__":
    main()
