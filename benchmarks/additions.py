"""How long one more mention takes in a store that holds many: compared, clustered again, written.

    python -m benchmarks.additions OUT [--size 100000] [--added 60]

OUT holds what `python -m benchmarks.scale read OUT` read. The mentions are those of `benchmarks.scale`;
some drawn at random stay out while the index of linking is made in a file, then come one by one, each
with a commit. Times are medians, in milliseconds of one mention; reading and reconciling are not in them.
"""

from __future__ import annotations

import argparse
import pickle
import random
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.scale import retold
from dateline.link import Comparable, Edge, Growing, Weights, link_all
from dateline.settling import batches
from dateline.store import Store

SEED = 5
TOGETHER = 2000


def index(store: Store, items: list[Comparable]) -> None:
    """Link all mentions and keep the index of linking, as a run on an empty store does."""
    _, edges = link_all(items)
    numbers = [item.number for item in items]
    with store.write() as session:
        for some in batches(items, TOGETHER):
            session.links.add(some)
        for between in batches((Edge(numbers[a], numbers[b], s, n) for a, b, s, n in edges), TOGETHER):
            session.links.put(between)


def add(store: Store, item: Comparable) -> tuple[float, int]:
    """Link one more mention; return the milliseconds that took, and how many mentions were looked at."""
    begun = time.perf_counter()
    with store.write() as session:
        growing = Growing(session.links, (), Weights.shipped())
        growing.add(item)
        touched = len(growing.regrouped().touched)
    return (time.perf_counter() - begun) * 1000, touched


def main() -> None:
    """Print the times of additions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--added", type=int, default=60)
    arguments = parser.parse_args()
    stories = pickle.loads((arguments.out / "stories.pickle").read_bytes())
    made = [item for item, _ in retold(stories, arguments.size + arguments.added)]
    random.Random(SEED).shuffle(made)
    fresh, items = made[: arguments.added], sorted(made[arguments.added :], key=lambda item: item.id)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "scale.db") as store:
        index(store, items)
        size = store.path.stat().st_size / 1e6
        done = [add(store, item) for item in fresh]
    times = sorted(took for took, _ in done)
    looked = statistics.median(touched for _, touched in done)
    print(f"{len(items):,} mentions kept ({size:,.0f} MB): one more in {statistics.median(times):.0f} ms,")
    print(f"nine in ten within {times[int(len(times) * 0.9)]:.0f} ms; {looked:.0f} mentions clustered again")


if __name__ == "__main__":
    main()
