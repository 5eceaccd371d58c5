"""Grouping by key without holding everything: sorted runs on disk, merged at the end."""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from typing import IO, TypeVar

T = TypeVar("T")

RUN = 20_000  # items that one sorted run holds in memory


def grouped(items: Iterable[tuple[str, T]], run: int = RUN) -> Iterator[tuple[str, tuple[T, ...]]]:
    """Yield each key, sorted, with all its items in the order in which they came."""
    coming = ((key, n, item) for n, (key, item) in enumerate(items))
    with ExitStack() as open_files:
        runs: list[Iterable[tuple[str, int, T]]] = []
        while part := sorted(islice(coming, run), key=_order):
            runs.append(part if len(part) < run else _spill(part, open_files))
        merged = heapq.merge(*runs, key=_order)
        for key, group in groupby(merged, key=lambda entry: entry[0]):
            yield key, tuple(item for _, _, item in group)


def _order(entry: tuple[str, int, T]) -> tuple[str, int]:
    return entry[0], entry[1]


def _spill(part: list[tuple[str, int, T]], open_files: ExitStack) -> Iterator[tuple[str, int, T]]:
    file: IO[bytes] = open_files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    for entry in part:
        pickle.dump(entry, file)
    file.seek(0)
    return _entries(file, len(part))


def _entries(file: IO[bytes], number: int) -> Iterator[tuple[str, int, T]]:
    for _ in range(number):
        yield pickle.load(file)
