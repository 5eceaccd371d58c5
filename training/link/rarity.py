"""Make src/dateline/link/rarity.txt: how rare words are in news of violence.

    python -m training.link.rarity DOCS.jsonl[.gz]... > src/dateline/link/rarity.txt

Each line holds a level (`-log2` of the share of reports, rounded) and the words of that level.
Words rarer than the last level are left out, names that few reports hold among them.
"""

from __future__ import annotations

import collections
import gzip
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.link.words import _TOKEN, _plain

FEWEST = 1 / 2**10


def texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    lines = gzip.decompress(data) if path.suffix == ".gz" else data
    for line in lines.decode("utf-8").splitlines():
        row = json.loads(line)
        yield f"{row.get('title') or ''}\n{row['text']}"


def main(paths: list[str]) -> None:
    frequency: collections.Counter[str] = collections.Counter()
    number = 0
    for path in paths:
        for text in texts(Path(path)):
            number += 1
            frequency.update({_plain(token[0]) for token in _TOKEN.finditer(text)})
    levels: dict[int, list[str]] = collections.defaultdict(list)
    for word, count in frequency.items():
        if count / number >= FEWEST and count > 3:
            levels[round(-math.log2(count / number))].append(word)
    print(f"# level, words; counted over {number} reports by training/link/rarity.py")
    for level in sorted(levels):
        print(level, *sorted(levels[level]))


if __name__ == "__main__":
    main(sys.argv[1:])
