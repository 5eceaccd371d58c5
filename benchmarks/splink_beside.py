"""Splink on the mentions of `benchmarks.scale`: the same rows, the same truth, one line of figures.

    pip install splink pyarrow
    python -m benchmarks.splink_beside OUT --sizes 10000,100000,1000000

What Splink is given: day, country, first-level unit, town, point, type, tolls, and the rare names as lists,
with blocking rules like our own keys. Its model is estimated from the rows alone, as it is meant to be, and
its threshold is the one of these that is best for it in hindsight, an advantage that we do not have.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.scale import pair_scores, resident_gb, retold
from dateline.link import Comparable
from dateline.link.traits import Bag

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
NAMES = 12  # of the rarest, so that lists stay short


def row(item: Comparable) -> dict[str, Any]:
    """Return a mention as a row of a table."""
    facts = item.traits.facts[0]

    def known(name: str) -> int | None:
        return int(facts[name]) if facts[name] != -1 else None

    def number(name: str) -> float | None:
        return None if facts[name] != facts[name] else float(facts[name])

    day = date.fromordinal(item.traits.middle) if 1 < item.traits.middle < 3_000_000 else None
    return {
        "unique_id": item.id,
        "day": day.isoformat() if day else None,
        "month": f"{day:%Y-%m}" if day else None,
        "country": known("country"),
        "admin1": known("admin1"),
        "town": known("town"),
        "lat": number("latitude"),
        "lon": number("longitude"),
        "kind": int(facts["kind"]),
        "killed": number("killed"),
        "wounded": number("wounded"),
        "names": [str(term) for term in terms(item, Bag.NAMES)],
        "full_names": [str(term) for term in terms(item, Bag.FULL_NAMES)],
    }


def terms(item: Comparable, bag: Bag) -> list[int]:
    """Return the heaviest terms of a bag."""
    start = int(item.traits.lengths[:bag].sum())
    end = start + int(item.traits.lengths[bag])
    weighed = zip(item.traits.weights[start:end].tolist(), item.traits.terms[start:end].tolist(), strict=True)
    return [term for _, term in sorted(weighed, reverse=True)[:NAMES]]


def settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day", "day"], thresholds=[1, 3, 7]
            ),
            cl.DistanceInKMAtThresholds("lat", "lon", [1, 15, 40]),
            cl.ExactMatch("admin1"),
            cl.ExactMatch("town"),
            cl.ExactMatch("kind"),
            cl.ExactMatch("killed"),
            cl.ExactMatch("wounded"),
            cl.ArrayIntersectAtSizes("names", [6, 3, 1]),
            cl.ArrayIntersectAtSizes("full_names", [3, 1]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("day", "country"),
            block_on("month", "admin1"),
            block_on("month", "town"),
        ],
    )


def predicted(rows: pd.DataFrame) -> tuple[Linker, Any]:
    """Return the pairs that Splink finds likely, with its linker."""
    api = DuckDBAPI()
    linker = Linker(api.register(rows), settings())
    linker.training.estimate_probability_two_random_records_match(
        [block_on("day", "town", "kind")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "admin1"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("month", "town"))
    return linker, linker.inference.predict(threshold_match_probability=min(THRESHOLDS))


def clusters(linker: Linker, pairs: Any, threshold: float) -> list[list[str]]:
    """Return the clusters that pairs above a threshold make."""
    table = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
    found: list[list[str]] = (
        table.as_pandas_dataframe().groupby("cluster_id")["unique_id"].apply(list).tolist()
    )
    return found


def main() -> None:
    """Link each size and print the figures as lines of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    arguments = parser.parse_args()
    stories = pickle.loads((arguments.out / "stories.pickle").read_bytes())
    for size in map(int, arguments.sizes.split(",")):
        truth, rows = {}, []
        for item, incident in retold(stories, size):
            truth[item.id] = incident
            rows.append(row(item))
        table = pd.DataFrame(rows)
        begun, worked = time.perf_counter(), time.process_time()
        linker, pairs = predicted(table)
        found = {THRESHOLDS[0]: clusters(linker, pairs, THRESHOLDS[0])}
        seconds, cpu = time.perf_counter() - begun, time.process_time() - worked  # one threshold, as ours
        found |= {threshold: clusters(linker, pairs, threshold) for threshold in THRESHOLDS[1:]}
        scores = {threshold: pair_scores(groups, truth) for threshold, groups in found.items()}
        best = max(scores, key=lambda threshold: scores[threshold][2])
        precision, recall, f1 = (round(value, 3) for value in scores[best])
        figures = {"mentions": len(truth), "seconds": round(seconds, 1), "CPU seconds": round(cpu, 1)}
        figures |= {"threshold": best, "pair precision": precision, "pair recall": recall, "pair F1": f1}
        print(json.dumps(figures | {"GB": round(resident_gb(), 2)}), flush=True)


if __name__ == "__main__":
    main()
