"""Write predictions for one task: `python -m benchmarks.predict TASK INPUT OUTPUT`.

INPUT is JSON Lines (gzipped or not) without gold values, OUTPUT is JSON Lines in the form that the
task's scorer reads. Exit codes: 0 done, 2 no such task, 3 the task is not served yet or its input
cannot be read.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, cast

Row = dict[str, Any]

TASKS = (
    "reference",
    "muc4",
    "incidents",
    "clusters",
    "geo",
    "geo-mentions",
    "time",
    "attribution",
    "html-text",
    "html-date",
    "fields",
    "typing-india",
)


class Task(Protocol):
    """What a module of `benchmarks.tasks` offers."""

    def predict(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield one output row for each input row that has one."""
        ...


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON Lines file, gzipped or not; a relative `file` follows the input's folder."""
    read = gzip.open if path.suffix == ".gz" else open
    with read(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                if "file" in row:
                    row["file"] = str(path.parent / row["file"])
                yield row


def task_named(name: str) -> Task | None:
    """Return the module that serves a task, or None when none does yet."""
    module = f"benchmarks.tasks.{name.replace('-', '_')}"
    try:
        return cast(Task, importlib.import_module(module))
    except ModuleNotFoundError as error:
        if error.name == module:
            return None
        raise


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    asked = parser.parse_args(arguments)
    task = task_named(asked.task)
    if task is None:
        print(f"{asked.task}: this task is not served yet", file=sys.stderr)
        return 3
    if not asked.input.is_file():
        print(f"{asked.input}: no such file; expected JSON Lines", file=sys.stderr)
        return 3
    with asked.output.open("w", encoding="utf-8") as out:
        for row in task.predict(read_rows(asked.input)):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
