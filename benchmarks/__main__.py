"""Run every task on the open parts of the annotated sets and write one table: `make bench`.

The sets lie beside the repository (DATELINE_SHARED, else ../shared); each brings its own scorer.
`python -m benchmarks TASK...` runs some tasks only. Gold values are stripped from what a task is given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.predict import TASKS, read_rows

HERE = Path(__file__).parent
OUT = HERE / "out"
SHARED = Path(os.environ.get("DATELINE_SHARED", HERE.parent.parent / "shared"))
BENCH = SHARED / "bench"


@dataclass(frozen=True, slots=True)
class Run:
    """One task on one set: the gold file, what the task may see of it, and how it is scored."""

    task: str
    gold: str
    seen: tuple[str, ...]
    score: Callable[[Path, Path], Sequence[str]]

    @property
    def name(self) -> str:
        """Return task and set in one word."""
        return f"{self.task}:{Path(self.gold).name.split('.')[0]}"


def scorer(folder: str, *options: str) -> Callable[[Path, Path], Sequence[str]]:
    """Return the command line of the scorer of a set that takes gold and predictions."""
    return lambda gold, predicted: [str(BENCH / folder / "score.py"), str(gold), str(predicted), *options]


def html(kind: str) -> Callable[[Path, Path], Sequence[str]]:
    """Return the command line of the scorer of pages."""
    return lambda gold, predicted: [str(BENCH / "html" / "score.py"), kind, str(gold), str(predicted)]


def linked(gold: Path, predicted: Path) -> Sequence[str]:
    """Return the command line of the scorer of linked incidents, which takes documents apart."""
    incidents = plain(BENCH / "semeval2018t5" / "incidents.jsonl.gz")
    files = ("--gold", str(incidents), "--pred", str(predicted), "--docs", str(gold))
    return [str(BENCH / "incidents" / "score.py"), *files, "--drop-flagged"]


def reference(gold: Path, predicted: Path) -> Sequence[str]:
    """Return the command line of the reference scorer, which takes documents and annotations apart."""
    folder = BENCH / "reference"
    return [str(folder / "score.py"), str(gold), str(folder / "reference.jsonl"), str(predicted)]


RUNS = (
    Run("reference", "reference/docs.jsonl", ("id", "outlet", "published", "title", "text"), reference),
    Run("muc4", "muc4/dev.jsonl.gz", ("id", "source", "dateline", "place", "date", "text"), scorer("muc4")),
    Run("incidents", "semeval2018t5/docs.jsonl.gz", ("id", "title", "date", "text"), linked),
    Run("geo", "geo/lgl.jsonl.gz", ("id", "text"), scorer("geo")),
    Run("geo", "geo/geovirus.jsonl.gz", ("id", "text"), scorer("geo")),
    Run("geo-mentions", "geo/lgl.jsonl.gz", ("id", "text", "toponyms"), scorer("geo")),
    Run("geo-mentions", "geo/geovirus.jsonl.gz", ("id", "text", "toponyms"), scorer("geo")),
    Run("time", "time/timebank.jsonl.gz", ("id", "dct", "text"), scorer("time")),
    Run("time", "time/aquaint.jsonl.gz", ("id", "dct", "text"), scorer("time")),
    Run("time", "time/meantime.jsonl.gz", ("id", "dct", "text"), scorer("time")),
    Run("time", "time/wikiwars_timex2.jsonl.gz", ("id", "dct", "text"), scorer("time")),
    Run("attribution", "attribution/dev.jsonl.gz", ("id", "title", "text"), scorer("attribution")),
    Run("html-text", "html/articles.jsonl.gz", ("id", "file", "url"), html("text")),
    Run("html-date", "html/dates.jsonl.gz", ("id", "file", "url"), html("date")),
    Run("fields", "fields/isaf.jsonl.gz", ("id", "text"), scorer("fields")),
    Run("fields", "fields/k12.jsonl.gz", ("id", "text"), scorer("fields")),
    Run("fields", "fields/msa.jsonl.gz", ("id", "text"), scorer("fields")),
    Run("typing-india", "typing/india_police_sents.jsonl.gz", ("id", "text"), scorer("typing")),
)


def plain(path: Path) -> Path:
    """Return a file as the scorers read it: those that cannot read gzip are given an unpacked copy."""
    if path.suffix != ".gz":
        return path
    unpacked = OUT / "gold" / path.parent.name / path.stem
    if not unpacked.exists():
        unpacked.parent.mkdir(parents=True, exist_ok=True)
        unpacked.write_bytes(gzip.decompress(path.read_bytes()))
    return unpacked


def seen(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return what a task may see of a row."""
    kept = {name: row[name] for name in names if name in row}
    if "toponyms" in kept:
        kept["toponyms"] = [{k: t[k] for k in ("start", "end", "phrase")} for t in kept["toponyms"]]
    return kept


def perform(run: Run) -> Iterator[str]:
    """Run one task on one set; yield the lines of its score."""
    gold = BENCH / run.gold
    asked = OUT / f"{run.name.replace(':', '-')}.in.jsonl"
    given = OUT / f"{run.name.replace(':', '-')}.out.jsonl"
    with asked.open("w", encoding="utf-8") as out:
        for row in read_rows(gold):
            out.write(json.dumps(seen(row, run.seen), ensure_ascii=False) + "\n")
    began = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.predict", run.task, str(asked), str(given)]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    yield f"## {run.name} ({time.monotonic() - began:.0f} s)"
    if done.returncode:
        yield done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit code {done.returncode}"
        return
    scored = subprocess.run(
        [sys.executable, *run.score(plain(gold), given)], capture_output=True, text=True, check=False
    )
    yield from (scored.stdout or scored.stderr).splitlines()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of {', '.join(TASKS)}")
    asked = parser.parse_args(arguments).tasks or list(TASKS)
    if not BENCH.is_dir():
        print(
            f"no annotated sets at {BENCH}; set DATELINE_SHARED to the folder that holds bench/",
            file=sys.stderr,
        )
        return 3
    OUT.mkdir(exist_ok=True)
    lines = [line for run in RUNS if run.task in asked for line in _shown(perform(run))]
    (OUT / "table.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _shown(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        print(line, flush=True)
        yield line


if __name__ == "__main__":
    sys.exit(main())
