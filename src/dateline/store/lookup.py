"""Small questions that several parts of the store ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, func, select

from dateline.errors import NotFoundError

T = TypeVar("T")

_SHOWN = 4
_PORTION = 500  # bound parameters that one statement carries; SQLite took 999 at most for long


def portions(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """Yield the items in tuples small enough for one statement."""
    left = iter(items)
    while portion := tuple(islice(left, _PORTION)):
        yield portion


def next_number(connection: Connection, column: Column[int]) -> int:
    """Return the number after the highest in a column that counts rows in order of arrival."""
    return (connection.execute(select(func.max(column))).scalar() or 0) + 1


def one_id(connection: Connection, column: Column[Any], prefix: str, what: str) -> str:
    """Return the one id in `column` that begins with `prefix`; NotFoundError when none or several do."""
    found = connection.execute(
        select(column).where(column.startswith(prefix, autoescape=True)).order_by(column).limit(_SHOWN)
    ).scalars()
    ids: list[str] = list(found)
    if prefix in ids or (prefix and len(ids) == 1):
        return ids[0]
    if not ids or not prefix:
        raise NotFoundError(f"there is no {what} {prefix!r} in this database")
    raise NotFoundError(f"{prefix!r} begins several ids ({', '.join(ids)}); type more of the {what}'s")
