"""The engine of one machine: a pool of processes, or this process alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import Any, TypeVar

from dateline.engine.failure import Failure
from dateline.engine.spill import grouped

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4  # items a worker may have waiting: enough to keep it busy, few enough to bound memory


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Runs on `workers` processes; 0 runs in this process.

    No process is started for fewer than `fewest` items, which would be done before it is ready.
    """

    workers: int = 0
    fewest: int = 24

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | Failure]]:
        """Yield each item with its result, in order; at most a few items a worker are in flight."""
        coming = iter(items)
        first = list(islice(coming, self.fewest)) if self.workers else []
        if self.workers and len(first) == self.fewest:
            yield from _Pool(function, self.workers).map(chain(first, coming))
        else:
            for item in chain(first, coming):
                yield item, _attempt(function, item)

    def group(self, items: Iterable[tuple[str, T]]) -> Iterator[tuple[str, tuple[T, ...]]]:
        """Yield each key with all its items, keys sorted; what memory should not hold goes to disk."""
        return grouped(items)


def _attempt(function: Callable[[T], R], item: T) -> R | Failure:
    try:
        return function(item)
    except Exception as error:  # noqa: BLE001  one item must never end the run
        return Failure.of(error)


class _Pool:
    """A pool that outlives the death of its workers."""

    def __init__(self, function: Callable[[Any], Any], workers: int) -> None:
        self._function = function
        self._workers = workers

    def map(self, items: Iterator[T]) -> Iterator[tuple[T, Any]]:
        waiting: deque[tuple[T, Future[Any]]] = deque()
        pool = self._start(self._workers)
        try:
            for item in items:
                try:
                    waiting.append((item, pool.submit(_call, item)))
                except BrokenProcessPool as error:
                    waiting.append((item, _broken(error)))
                if len(waiting) < self._workers * _AHEAD:
                    continue
                pool = yield from self._next(waiting, pool)
            while waiting:
                pool = yield from self._next(waiting, pool)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _next(self, waiting: deque[tuple[T, Future[Any]]], pool: ProcessPoolExecutor) -> Any:
        item, future = waiting[0]
        try:
            yield item, future.result()
            waiting.popleft()
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
            suspects = [item for item, _ in waiting]
            waiting.clear()
            yield from self._one_by_one(suspects)
            pool = self._start(self._workers)
        return pool

    def _one_by_one(self, suspects: Iterable[T]) -> Iterator[tuple[T, Any]]:
        """Do the items of a broken pool with never two in flight, so that the guilty one is known."""
        pool = self._start(1)
        for item in suspects:
            try:
                result = pool.submit(_call, item).result()
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                pool = self._start(1)
                result = Failure("the worker process died while reading this (out of memory, or a crash)")
            yield item, result
        pool.shutdown()

    def _start(self, workers: int) -> ProcessPoolExecutor:
        ForkingPickler.register(MappingProxyType, _as_copy)
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, context, initializer=_install, initargs=(self._function,))


def _as_copy(mapping: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any]]:
    """Return how to make a read-only mapping again in another process, which Python itself cannot."""
    return _read_only, (dict(mapping),)


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def _broken(error: BrokenProcessPool) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


# --- in a worker ---------------------------------------------------------------------------------

_installed: list[Callable[[Any], Any]] = []


def _install(function: Callable[[Any], Any]) -> None:
    _installed[:] = [function]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard stops the parent, which ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _call(item: Any) -> Any:
    return _attempt(_installed[0], item)
