"""Run every task on the open parts of the annotated sets and write one table: `make bench`.

The sets lie beside the repository (DATELINE_SHARED, else ../shared); each brings its own scorer.
`python -m benchmarks TASK...` runs some tasks only. Gold values are stripped from what a task is given.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.predict import TASKS, read_rows

HERE = Path(__file__).parent
OUT = HERE / "out"
SHARED = Path(os.environ.get("DATELINE_SHARED", HERE.parent.parent / "shared"))
BENCH = SHARED / "bench"


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that stands for a run: what it is called, and where it stands in the scorer's output."""

    label: str
    pattern: str

    def read(self, output: str) -> str:
        """Return "label figure", with a dash where the scorer does not print it."""
        found = re.search(self.pattern, output, re.MULTILINE | re.DOTALL)
        return f"{self.label} {found[1] if found else '-'}"


def row(*labels: str) -> tuple[Headline, ...]:
    """Return headlines of a table whose third column is F1, a line for each label."""
    return tuple(Headline(label + " F1", rf"^{re.escape(label)}\s+\S+\s+\S+\s+(\S+)") for label in labels)


def triple(*names: str) -> tuple[Headline, ...]:
    """Return headlines of JSON lists of precision, recall and F1."""
    number = r"[\d.]+"
    return tuple(Headline(n + " F1", rf'"{n}": \[\s*{number},\s*{number},\s*({number})') for n in names)


def single(*names: str) -> tuple[Headline, ...]:
    """Return headlines of single JSON values."""
    return tuple(Headline(n, rf'"{n}": ([\d.]+)') for n in names)


def exact(*names: str) -> tuple[Headline, ...]:
    """Return headlines of the scorer of fields: the share of exact values of a field."""
    return tuple(Headline(f"{n} exact", rf'"{n}": \{{[^}}]*?"exact": ([\d.]+)') for n in names)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a set, told by its name and by which of the rows are in it."""

    name: str
    holds: Callable[[dict[str, Any]], bool]


@cache
def learned() -> frozenset[str]:
    """Return the ids of the reports that the project annotated to learn from."""
    files = (HERE.parent / "training" / "annotations").glob("*.jsonl")
    return frozenset(row["id"] for file in files for row in read_rows(file))


UNLEARNED = Part("unlearned", lambda row: row["id"] not in learned())


@dataclass(frozen=True, slots=True)
class Run:
    """One task on one set: the gold file, what the task may see of it, and how it is scored."""

    task: str
    gold: str
    seen: tuple[str, ...]
    score: Callable[[Path, Path], Sequence[str]]
    headlines: tuple[Headline, ...] = ()
    part: Part | None = None  # the rows of the file that nothing was learned from

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


def stories(gold: Path, predicted: Path) -> Sequence[str]:
    """Return the command line of the scorer of linked incidents for documents that carry their story."""
    reports: dict[str, list[str]] = {}
    for document in read_rows(gold):
        reports.setdefault(document["incident_id"], []).append(document["id"])
    told = OUT / "gold" / f"{gold.stem}.stories.jsonl"
    told.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"incident_id": story, "docs": ids}) + "\n" for story, ids in reports.items())
    told.write_text("".join(lines), encoding="utf-8")
    files = ("--gold", str(told), "--pred", str(predicted), "--docs", str(gold))
    return [str(BENCH / "incidents" / "score.py"), *files]


def reference(gold: Path, predicted: Path) -> Sequence[str]:
    """Return the command line of the reference scorer, which takes documents and annotations apart."""
    folder = BENCH / "reference"
    return [str(folder / "score.py"), str(gold), str(folder / "reference.jsonl"), str(predicted)]


_REFERENCE = row("incidents", "FACTS", "counts", "speakers", "date", "country", "place", "links")
_LINKED = (
    Headline("pair F1", r"pair P/R/F1 \S+ \S+ (\S+)"),
    Headline("CEAF-e", r"CEAF-e F1 (\S+)"),
    Headline("ARI", r"ARI (\S+)"),
)
_MUC4 = (
    Headline("template F1", r"^template.*?^  micro.*?F1\s+(\S+)"),
    Headline("relevance F1", r"^relevance.*?'F1': ([\d.]+)"),
)
_TIME = triple("value_f1", "day_f1")
_TEXT = ("id", "text")
_FIELDS = exact("killed", "wounded", "arrested", "date")

RUNS = (
    Run("reference", "reference/docs.jsonl", ("outlet", "published", "title", *_TEXT), reference, _REFERENCE),
    Run("muc4", "muc4/dev.jsonl.gz", ("source", "dateline", "place", "date", *_TEXT), scorer("muc4"), _MUC4),
    Run("incidents", "semeval2018t5/docs.jsonl.gz", ("title", "date", *_TEXT), linked, _LINKED),
    Run("clusters", "clusters/newsclusters.jsonl.gz", ("title", "date", *_TEXT), stories, _LINKED),
    Run("clusters", "clusters/wikinews_galaxy.jsonl.gz", ("title", "date", *_TEXT), stories, _LINKED),
    Run("geo", "geo/lgl.jsonl.gz", _TEXT, scorer("geo"), single("e2e_acc161")),
    Run("geo", "geo/geovirus.jsonl.gz", _TEXT, scorer("geo"), single("e2e_acc161")),
    Run("geo-mentions", "geo/lgl.jsonl.gz", ("toponyms", *_TEXT), scorer("geo"), single("e2e_acc161")),
    Run("geo-mentions", "geo/geovirus.jsonl.gz", ("toponyms", *_TEXT), scorer("geo"), single("e2e_acc161")),
    Run("time", "time/timebank.jsonl.gz", ("dct", *_TEXT), scorer("time"), _TIME),
    Run("time", "time/aquaint.jsonl.gz", ("dct", *_TEXT), scorer("time"), _TIME),
    Run("time", "time/meantime.jsonl.gz", ("dct", *_TEXT), scorer("time"), _TIME),
    Run("time", "time/wikiwars_timex2.jsonl.gz", ("dct", *_TEXT), scorer("time"), _TIME),
    Run(
        "attribution",
        "attribution/dev.jsonl.gz",
        ("title", *_TEXT),
        scorer("attribution"),
        triple("source_exact", "cue_exact", "content_exact", "pair"),
    ),
    Run("html-text", "html/articles.jsonl.gz", ("id", "file", "url"), html("text"), single("f1")),
    Run("html-date", "html/dates.jsonl.gz", ("id", "file", "url"), html("date"), single("accuracy")),
    Run("fields", "fields/isaf.jsonl.gz", _TEXT, scorer("fields"), _FIELDS, UNLEARNED),
    Run("fields", "fields/k12.jsonl.gz", _TEXT, scorer("fields"), _FIELDS, UNLEARNED),
    Run("fields", "fields/msa.jsonl.gz", _TEXT, scorer("fields"), _FIELDS, UNLEARNED),
    Run(
        "typing-india",
        "typing/india_police_sents.jsonl.gz",
        _TEXT,
        scorer("typing"),
        (Headline("macro F1", r"^macro F1\s+(\S+)"),),
        Part("dev", lambda row: row["split_doc"] == "dev"),
    ),
)


def part_of(run: Run) -> Path:
    """Return the gold file of a run, or a copy of the rows of it that are asked."""
    whole = BENCH / run.gold
    if run.part is None:
        return whole
    kept = OUT / "gold" / f"{whole.name.split('.')[0]}.{run.part.name}.jsonl"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("w", encoding="utf-8") as out:
        for row_ in read_rows(whole):
            if run.part.holds(row_):
                out.write(json.dumps(row_, ensure_ascii=False) + "\n")
    return kept


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


def perform(run: Run) -> str:
    """Run one task on one set and return what its scorer prints, or why there is none."""
    gold = part_of(run)
    asked, given = (OUT / f"{run.name.replace(':', '-')}.{end}.jsonl" for end in ("in", "out"))
    with asked.open("w", encoding="utf-8") as out:
        for row_ in read_rows(gold):
            out.write(json.dumps(seen(row_, run.seen), ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "benchmarks.predict", run.task, str(asked), str(given)]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip() or f"exit code {done.returncode}"
    scored = subprocess.run(
        [sys.executable, *run.score(plain(gold), given)], capture_output=True, text=True, check=False
    )
    return scored.stdout or scored.stderr


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
    table = ["| task and set | figures | seconds |", "|---|---|---|"]
    print(*table, sep="\n")
    for run in RUNS:
        if run.task in asked:
            began = time.monotonic()
            output = perform(run)
            (OUT / f"{run.name.replace(':', '-')}.score.txt").write_text(output, encoding="utf-8")
            figures = ", ".join(headline.read(output) for headline in run.headlines)
            table.append(f"| {run.name} | {figures} | {time.monotonic() - began:.0f} |")
            print(table[-1], flush=True)
    (OUT / "table.md").write_text("\n".join(table) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
