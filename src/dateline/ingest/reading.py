"""From a location to reports: files, folders, patterns and standard input, one at a time."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.config import Settings
from dateline.errors import InputError
from dateline.ingest.readers import reader_of
from dateline.ingest.sniff import is_blank
from dateline.ingest.source import BROKEN_GZIP, Source, opened, source_of
from dateline.model import Rejection, RejectionReason, Report

STANDARD_INPUT = "-"


def read(location: str | Path, settings: Settings) -> Iterator[Report | Rejection]:
    """Yield what a file, folder, glob pattern or standard input ("-") holds, in a fixed order.

    Folders are read with all below them, sorted by path; hidden files are left out, and links
    are not followed out of the folder. Whatever cannot be read gives one `Rejection` and reading
    goes on. InputError when nothing is at the location.
    """
    if str(location) == STANDARD_INPUT:
        yield from _read_source(source_of(sys.stdin.buffer, "standard input", "standard input"), settings)
        return
    for path in _paths(location):
        if isinstance(path, Rejection):
            yield path
        else:
            yield from _read_file(path, settings)


def _paths(location: str | Path) -> Iterator[Path | Rejection]:
    path = Path(location)
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield path
    elif matches := sorted(glob.glob(str(location), recursive=True)):
        for match in matches:
            yield from _paths(match)
    else:
        raise InputError(
            f"nothing to read at {str(location)!r}: expected a file, a folder, a pattern that matches "
            "files, or - for standard input; check the path"
        )


def _folder(folder: Path) -> Iterator[Path | Rejection]:
    root = folder.resolve()
    found = False
    for entry in _entries(folder):
        found = True
        yield _inside(entry, root)
    if not found:
        yield Rejection(
            str(folder),
            RejectionReason.EMPTY,
            "folder without reports: expected text, HTML, JSON Lines or feed files; name another folder",
        )


def _entries(folder: Path) -> Iterator[Path | Rejection]:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            yield from _entries(path)
        else:
            yield path


def _inside(path: Path | Rejection, root: Path) -> Path | Rejection:
    if isinstance(path, Rejection):
        return path
    target = path.resolve()
    if path.is_symlink() and not target.is_relative_to(root):
        return _refused(path, "is a link that leaves the folder: name its target to read it")
    if not path.exists():
        return _refused(path, "is a link to nothing: mend or remove it")
    if not path.is_file():
        what = "a link to a folder read anyway" if path.is_dir() else "no regular file"
        return _refused(path, f"is {what}: left out")
    return path


def _read_file(path: Path, settings: Settings) -> Iterator[Report | Rejection]:
    try:
        with opened(path) as source:
            yield from _read_source(source, settings)
    except BROKEN_GZIP as error:
        yield _refused(path, f"gzip data is cut short or broken ({error}): fetch the file again")
    except OSError as error:
        yield _unreadable(path, error)


def _read_source(source: Source, settings: Settings) -> Iterator[Report | Rejection]:
    if is_blank(source.head) and not source.head[1:]:
        yield Rejection(
            source.location,
            RejectionReason.EMPTY,
            "file is empty: expected a report; remove it or fetch it again",
        )
        return
    yield from reader_of(source).read(source, settings)


def _refused(path: Path, detail: str) -> Rejection:
    return Rejection(str(path), RejectionReason.UNREADABLE, detail)


def _unreadable(path: Path, error: OSError) -> Rejection:
    reason = error.strerror or str(error)
    return _refused(path, f"cannot be read ({reason}): check that it exists and may be read")
