"""The terminal: plain where it is none, and safe against what reports may contain."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.theme import Theme

from dateline.model import Json
from dateline.query import LeftOut
from dateline.wording import several

_PLAIN_WIDTH = 110  # columns where no terminal says how many there are
THEME = Theme(
    {
        "id": "cyan",
        "faint": "dim",
        "label": "bold",
        "agreed": "green",
        "revised": "blue",
        "contested": "bold yellow",
        "single": "default",
        "unknown": "dim",
        "words": "bold underline",
        "for": "green",
        "against": "red",
        "error": "bold red",
    }
)

# Control characters start terminal sequences; direction marks make text read as what it is not.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_C0_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"


def safe(text: str) -> str:
    """Return text of a report as the terminal may show it, with as many characters as before.

    Control characters become their pictures (ESC becomes ␛), so that no report can move the cursor,
    rename the window or hide what it says.
    """
    return _UNSAFE.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == 0x7F:
        return _DELETE_PICTURE
    return chr(_C0_PICTURES + code) if code < 0x20 else "\ufffd"


def line(text: str) -> str:
    """Return text as one safe line."""
    return safe(" ".join(text.split()))


def screen(*, errors: bool = False) -> Console:
    """Return the console to print on: colour on a terminal only, and none where NO_COLOR is set."""
    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or _PLAIN_WIDTH)
    return Console(
        file=stream,
        theme=THEME,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        force_terminal=None if stream.isatty() else False,
    )


def print_json(value: Json) -> None:
    """Print a value as JSON for machines, with nothing in it that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(_UNSAFE.sub(_escaped, text) + "\n")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


class Bars:
    """Progress as bars that are gone when the work is done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of `total` steps, if that is known."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=total)

    def advance(self, steps: int = 1) -> None:
        """Count steps of the present stage as done."""
        if self._task is not None:
            self._progress.advance(self._task, steps)


@contextmanager
def bars() -> Iterator[Bars | None]:
    """Give progress bars where errors go to a terminal, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen(errors=True), transient=True) as progress:
        yield Bars(progress)


def tell_left_out(left_out: LeftOut, least: float) -> None:
    """Say beside the output how much scores below `least`, if anything does."""
    if left_out.claims:
        told = f"{several(left_out.incidents, 'incident')} and {several(left_out.claims, 'claim')}"
        click.echo(f"below {least:g}: {told} left out", err=True)
