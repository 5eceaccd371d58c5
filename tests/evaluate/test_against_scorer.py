"""Our numbers are the scorer's numbers, digit for digit, on perturbed reference annotations."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluate import Scores, Tally, read_reference, score

SHARED = Path(os.environ.get("DATELINE_SHARED") or Path(__file__).parents[3] / "shared")
FOLDER = SHARED / "bench" / "reference"
SETS = {"dev": ("docs", "reference"), "invented": ("invented_docs", "invented_ref")}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (FOLDER / "score.py").exists(), reason="annotated data not beside the repository"),
]


def _spoil(incident: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Return the incident with some of its values dropped or replaced."""
    incident = json.loads(json.dumps(incident))
    for field, value in (("type", "arson"), ("focus", "other"), ("reality", "denied"), ("status", "ongoing")):
        if rng.random() < 0.15:
            incident[field] = value
    for field in ("perpetrators", "targets", "weapons", "counts", "demands"):
        kept = [item for item in incident.get(field) or [] if rng.random() < 0.85]
        rng.shuffle(kept)
        incident[field] = kept
    for count in incident["counts"]:
        if rng.random() < 0.3:
            count.update(rng.choice([{"who": "civilians"}, {"high": None, "low": 7}, {"scope": "part"}]))
        if rng.random() < 0.2:
            count.update(speaker="the police", hedged=True)
    for field, part in (("date", "latest"), ("place", "name"), ("place", "country")):
        if incident.get(field) and rng.random() < 0.15:
            incident[field][part] = None
    return incident


def _spoiled(lines: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    return [
        {**line, "incidents": [_spoil(i, rng) for i in line["incidents"] if rng.random() < 0.85]}
        for line in lines
        if rng.random() < 0.95
    ]


def _printed(tally: Tally) -> list[str]:
    shares = [f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1)]
    return [*shares, str(tally.reference), str(tally.predicted)]


def _slice_line(scores: Scores, name: str) -> str:
    rows = {row.name: row.tally for part in scores.slices if part.name == name for row in part.rows}
    return (
        f"slice {name}: incidents F1 {rows['incidents'].f1:.3f} ({rows['incidents'].reference}), "
        f"FACTS F1 {rows['FACTS'].f1:.3f}, status {rows['status'].f1:.3f}, demands {rows['demands'].f1:.3f}"
    )


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("seed", range(2))
def test_every_printed_number_is_equal(name: str, seed: int, tmp_path: Path):
    docs, reference = (FOLDER / f"{stem}.jsonl" for stem in SETS[name])
    lines = [json.loads(line) for line in reference.open(encoding="utf-8")]
    predicted = tmp_path / "predicted.jsonl"
    spoiled = _spoiled(lines, random.Random(seed))
    predicted.write_text("".join(json.dumps(line) + "\n" for line in spoiled), "utf-8")
    texts = {
        doc["id"]: (doc.get("title") or "") + "\n" + doc["text"]
        for doc in map(json.loads, docs.open(encoding="utf-8"))
    }
    command = [sys.executable, str(FOLDER / "score.py"), str(docs), str(reference), str(predicted)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = score(texts, read_reference(reference, texts), read_reference(predicted))
    table = [line.split() for line in printed.splitlines() if re.fullmatch(r"\S+( +[\d.]+){5}", line)]
    assert len(table) == len(scores.rows())
    for row, *numbers in table:
        assert numbers == _printed(scores[row]), row
    for part in scores.slices:
        assert _slice_line(scores, part.name) in printed
