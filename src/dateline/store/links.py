"""The index of linking: what is kept of each mention, its blocks and its edges. It can be computed again."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, func, insert, or_, select, tuple_

from dateline.link import NEIGHBOURS, Comparable, Edge, Traits
from dateline.model import Anchor, Focus, IncidentType
from dateline.store.lookup import portions
from dateline.store.tables import link_blocks, link_edges, link_mentions


class Links:
    """All mentions as linking sees them; see `link.growing.Index`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clear(self) -> None:
        """Forget everything."""
        for table in (link_edges, link_blocks, link_mentions):
            self._connection.execute(delete(table))

    def count(self) -> int:
        """Return the number of mentions."""
        return self._connection.execute(select(func.count()).select_from(link_mentions)).scalar_one()

    def all(self) -> dict[str, Comparable]:
        """Return all mentions by id."""
        rows = self._connection.execute(select(link_mentions).order_by(link_mentions.c.id))
        return {row.id: _comparable(row) for row in rows}

    def of_reports(self, report_ids: Iterable[str]) -> dict[str, Comparable]:
        """Return the mentions of reports, by id."""
        return self._where(link_mentions.c.report_id, report_ids)

    def of_texts(self, content_sha256s: Iterable[str]) -> dict[str, Comparable]:
        """Return the mentions that stand in texts, by id."""
        return self._where(link_mentions.c.content_sha256, content_sha256s)

    def _where(self, column: Any, values: Iterable[str]) -> dict[str, Comparable]:
        found: dict[str, Comparable] = {}
        for some in portions(sorted(set(values))):
            rows = self._connection.execute(select(link_mentions).where(column.in_(some)))
            found.update((row.id, _comparable(row)) for row in rows)
        return dict(sorted(found.items()))

    def comparables(self, numbers: Collection[int]) -> dict[int, Comparable]:
        """Return what is kept of those mentions that are known, by number."""
        found: dict[int, Comparable] = {}
        for some in portions(sorted(numbers)):
            rows = self._connection.execute(select(link_mentions).where(link_mentions.c.number.in_(some)))
            found.update((row.number, _comparable(row)) for row in rows)
        return found

    def around(self, key: int, item: Comparable) -> tuple[list[int], list[int]]:
        """Return the mentions of a block before and behind the place of `item`, nearest first."""
        place = tuple_(link_blocks.c.middle, link_blocks.c.number)
        here = (item.traits.middle, item.number)
        query = select(link_blocks.c.number).where(link_blocks.c.key == key).limit(NEIGHBOURS)
        order = (link_blocks.c.middle, link_blocks.c.number)
        before = query.where(place < here).order_by(*(column.desc() for column in order))
        behind = query.where(place > here).order_by(*order)
        run = self._connection.execute
        return list(run(before).scalars()), list(run(behind).scalars())

    def edges(self, numbers: Collection[int]) -> Iterator[Edge]:
        """Yield the edges of mentions; one between two of them may come twice."""
        for some in portions(sorted(numbers)):
            for end in (link_edges.c.one, link_edges.c.other):
                for row in self._connection.execute(select(link_edges).where(end.in_(some))):
                    yield Edge(row.one, row.other, row.score, row.met)

    def add(self, items: Sequence[Comparable]) -> None:
        """Take in mentions that are not known."""
        if not items:
            return
        self._connection.execute(insert(link_mentions), [_row(item) for item in items])
        rows = [
            {"key": key, "middle": item.traits.middle, "number": item.number}
            for item in items
            for key in item.keys
        ]
        self._connection.execute(insert(link_blocks), rows)

    def remove(self, item: Comparable) -> None:
        """Forget a mention and its edges."""
        number, run = item.number, self._connection.execute
        run(delete(link_edges).where(or_(link_edges.c.one == number, link_edges.c.other == number)))
        here = (link_blocks.c.middle == item.traits.middle) & (link_blocks.c.number == number)
        for key in item.keys:
            run(delete(link_blocks).where(link_blocks.c.key == key, here))
        run(delete(link_mentions).where(link_mentions.c.number == number))

    def connect(self, edges: Iterable[Edge]) -> None:
        """Keep edges in place of those between the same mentions; one that meets in no block is forgotten."""
        kept = []
        for edge in edges:
            between = (link_edges.c.one == edge.one) & (link_edges.c.other == edge.other)
            self._connection.execute(delete(link_edges).where(between))
            kept += [edge] if edge.met > 0 else []
        self.put(kept)

    def put(self, edges: Sequence[Edge]) -> None:
        """Keep edges between mentions that have none."""
        if edges:
            rows = [{"one": e.one, "other": e.other, "score": e.score, "met": e.met} for e in edges]
            self._connection.execute(insert(link_edges), rows)


def _row(item: Comparable) -> dict[str, Any]:
    return {
        "number": item.number,
        "id": item.id,
        "report_id": item.report_id,
        "content_sha256": item.anchor.content_sha256,
        "start": item.anchor.start,
        "end": item.anchor.end,
        "quote": item.anchor.quote,
        "type": item.type.value,
        "focus": item.focus.value,
        "traits": item.traits.packed,
        "keys": np.array(item.keys, "<i8").tobytes(),
    }


def _comparable(row: Any) -> Comparable:
    return Comparable(
        row.id,
        row.report_id,
        Anchor(row.content_sha256, row.start, row.end, row.quote),
        IncidentType(row.type),
        Focus(row.focus),
        Traits(row.traits),
        array("q", np.frombuffer(row.keys, "<i8").tolist()),
    )
