"""What linking is measured against: TF-IDF with a date window, and the field's one-a-day rule.

    python -m benchmarks.baselines tfidf|one-a-day INPUT OUTPUT

INPUT and OUTPUT are those of the task `incidents`; only the grouping is filled in.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.predict import read_rows
from dateline.link.cluster import Sets

Row = dict[str, Any]
WINDOW = 7  # days between two reports
ALIKE = 0.22  # cosine; of .18, .22, .26, .30 and .35 the best on the development reports of SemEval
_WORD = re.compile(r"[a-z]{2,}|\d+")
_PLACE = re.compile(r"\b(?:in|at|near) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")


def tfidf(rows: list[Row]) -> Iterable[list[str]]:
    """Return groups of reports joined by any pair that is alike and was published within the window."""
    vectors = _vectors(rows)
    days = [date.fromisoformat(row["date"]).toordinal() if row.get("date") else None for row in rows]
    order = sorted((day, at) for at, day in enumerate(days) if day is not None)
    sets = Sets(len(rows))
    for position, (day, one) in enumerate(order):
        for later, other in order[position + 1 :]:
            if later - day > WINDOW:
                break
            if _cosine(vectors[one], vectors[other]) >= ALIKE:
                sets.join(one, other)
    return [[rows[at]["id"] for at in group] for group in sets.groups(range(len(rows)))]


def _vectors(rows: list[Row]) -> list[dict[str, float]]:
    counts = [Counter(_WORD.findall(f"{row.get('title')} {row['text']}".lower())) for row in rows]
    spread = Counter(word for count in counts for word in count)
    vectors = []
    for count in counts:
        weights = {w: (1 + math.log(n)) * math.log(len(rows) / spread[w]) for w, n in count.items()}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return vectors


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    small, large = sorted((one, other), key=len)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())


def one_a_day(rows: list[Row]) -> Iterable[list[str]]:
    """Return groups of reports of one day with the same first place, as event coders de-duplicate."""
    groups: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for row in rows:
        place = _PLACE.search(f"{row.get('title')} {row['text']}")
        groups[row.get("date"), place[1] if place else ""].append(row["id"])
    return groups.values()


BASELINES: dict[str, Callable[[list[Row]], Iterable[list[str]]]] = {"tfidf": tfidf, "one-a-day": one_a_day}


def main(name: str, source: Path, target: Path) -> None:
    groups = BASELINES[name](list(read_rows(source)))
    lines = (json.dumps({"incident_id": f"b{n}", "docs": docs}) for n, docs in enumerate(groups))
    target.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
