"""How work is spread: two verbs, `map` and `group`, that know nothing of what they carry.

An engine never changes what comes out: results keep the order of their items, whatever the number
of workers. A function that fails on one item, or kills its worker, gives a `Failure` for that item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from dateline.engine.failure import Failure
from dateline.engine.local import LocalEngine

__all__ = ["Engine", "Failure", "LocalEngine"]

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Runs functions over items, here or elsewhere."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | Failure]]:
        """Yield each item with its result, in the order of the items, a bounded number at a time."""
        ...

    def group(self, items: Iterable[tuple[str, T]]) -> Iterator[tuple[str, tuple[T, ...]]]:
        """Yield each key with all its items in their order; keys come sorted."""
        ...
