"""Work on large tables spread over processes that all see the same memory."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3  # items a worker that are given out before their turn
_held: dict[str, Callable[[Any], Any]] = {}  # what a worker does: it has it, with all it knows, from birth


def spread(function: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[R]:
    """Yield the result of each item in order, worked out by `workers` processes.

    They are forks of this one, so that nothing that `function` knows is copied, and only items and results
    travel. Where the system cannot fork safely, for a single item, and for what a worker that died
    leaves undone, the work is done here.
    """
    coming = iter(items)
    first = list(islice(coming, 2))
    if workers < 2 or len(first) < 2 or sys.platform != "linux":
        yield from map(function, chain(first, coming))
        return
    waiting: list[tuple[T, Future[R]]] = []
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, _hold, (function,)) as pool:
        for item in chain(first, coming):
            waiting.append((item, _given(pool, item)))
            if len(waiting) >= workers * _AHEAD:
                yield _result(function, *waiting.pop(0))
        for item, future in waiting:
            yield _result(function, item, future)


def _given(pool: ProcessPoolExecutor, item: Any) -> Future[Any]:
    try:
        return pool.submit(_work, item)
    except BrokenProcessPool as error:
        broken: Future[Any] = Future()
        broken.set_exception(error)
        return broken


def _result(function: Callable[[T], R], item: T, future: Future[R]) -> R:
    try:
        return future.result()
    except BrokenProcessPool:
        return function(item)


def _hold(function: Callable[[Any], Any]) -> None:
    _held["function"] = function


def _work(item: Any) -> Any:
    return _held["function"](item)
