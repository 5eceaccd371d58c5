"""Floors of quality on public annotation: a change that falls below them is a mistake or needs a reason."""

import gzip
import importlib.util
import json
import os
from pathlib import Path

import pytest
from benchmarks.tasks.time import predict

SHARED = Path(os.environ.get("DATELINE_SHARED") or Path(__file__).parents[3] / "shared") / "bench" / "time"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.exists(), reason="the annotated time expressions are not here"),
]


def score(name: str) -> dict[str, list[float]]:
    spec = importlib.util.spec_from_file_location("time_score", SHARED / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = {row["id"]: row for row in map(json.loads, lines)}
    inputs = ({key: row[key] for key in ("id", "dct", "text")} for row in gold.values())
    return scorer.score(gold, {row["id"]: row for row in predict(inputs)})


@pytest.mark.parametrize(
    ("name", "value", "day"),
    [("timebank", 0.78, 0.88), ("aquaint", 0.74, 0.86), ("meantime", 0.82, 0.90)],
)
def test_values_and_days(name, value, day):
    scores = score(name)
    assert scores["value_f1"][2] >= value
    assert scores["day_f1"][2] >= day
