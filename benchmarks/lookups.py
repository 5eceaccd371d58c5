"""How fast places are looked up by names never asked before, and what memory that takes.

    python -m benchmarks.lookups [--names 40000]

The names are drawn evenly from the shipped gazetteer, spelled as it spells them, so that nearly all are
found, which is the slow case. All are distinct, so that nothing is remembered. The memory is what the
process grew by, mapped pages of the file included. Aims: 20,000 names a second, 150 MB.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import time
from pathlib import Path

from dateline.gazetteer import Gazetteer

SEED = 7


def sample(path: Path, size: int) -> list[str]:
    """Return up to `size` distinct names of places, in a shuffled order that is the same each time."""
    with sqlite3.connect(path) as db:
        names = [name for (name,) in db.execute("SELECT DISTINCT name FROM place ORDER BY name")]
    drawn = names[:: max(1, len(names) // size)][:size]
    random.Random(SEED).shuffle(drawn)
    return drawn


def resident_mb() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1000


def main() -> None:
    """Print look-ups a second, the share of names found, and the memory used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--names", type=int, default=40_000)
    gazetteer = Gazetteer.shipped()
    names = sample(gazetteer.path, parser.parse_args().names)
    before = resident_mb()
    started = time.perf_counter()
    found = sum(bool(gazetteer.find(name)) for name in names)
    seconds = time.perf_counter() - started
    print(
        f"{len(names) / seconds:,.0f} names a second ({len(names):,} names, {found / len(names):.0%} found)"
    )
    print(f"{resident_mb() - before:.0f} MB more resident than before the first look-up")


if __name__ == "__main__":
    main()
