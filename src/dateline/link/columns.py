"""Incident mentions as columns of numbers, so that millions of pairs are compared without objects."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dateline.link.linkable import Linkable
from dateline.link.sparse import Floats, Ints, SparseRows
from dateline.link.words import Rarity, WordBag, word_bag
from dateline.model import Actor, Count, DateRange, Field, Focus, Place, Scope, What
from dateline.model.comparison import Parents, is_area, lineage, plain

OPEN_START, OPEN_END = -(10**7), 10**7  # day numbers that stand for an open end
UNKNOWN = -1


class Numbering:
    """Gives each name a number, 0 upwards; None is `UNKNOWN`."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, name: str | None) -> int:
        """Return the number of a name."""
        return self._numbers.setdefault(name, len(self._numbers)) if name else UNKNOWN


@dataclass(frozen=True, slots=True)
class Columns:
    """One entry a mention in every column; days are ordinals, coordinates degrees, radii km."""

    first_day: Ints
    last_day: Ints
    stated: Ints  # 1 where words say the date
    published: Ints  # last possible day of publication
    report: Ints
    country: Ints
    admin1: Ints
    town: Ints  # number of the name of a place below the first-level unit
    latitude: Floats
    longitude: Floats
    radius: Floats
    site: Ints
    kind: Ints  # index of the incident type
    focus: Ints  # 1 where background
    retold: Ints
    killed: Floats  # the one exact toll that is said, else NaN
    wounded: Floats
    words: SparseRows
    head: SparseRows
    names: SparseRows
    full_names: SparseRows
    numbers: SparseRows
    groups: SparseRows
    where: SparseRows  # the words of the place's own name, of total weight 1
    named: SparseRows  # the capitalised words of the text, numbered like those of `where`
    targets: SparseRows
    grouped: Ints  # number of named groups

    def __len__(self) -> int:
        return len(self.first_day)


def columns(items: Sequence[Linkable], bags: Sequence[WordBag], parents: Parents) -> Columns:
    """Return the columns of mentions, in their order."""
    places = [item.mention.place or Place() for item in items]
    dates = [_days(item.mention.date) for item in items]
    groups = [_groups(item, parents) for item in items]
    words = Numbering()
    return Columns(
        first_day=_ints(first for first, _ in dates),
        last_day=_ints(last for _, last in dates),
        stated=_ints(_is_stated(item) for item in items),
        published=_ints(_days(item.published.range)[1] for item in items),
        report=_numbered(item.report_id for item in items),
        country=_numbered(p.country for p in places),
        admin1=_numbered(plain(p.admin1) for p in places),
        town=_numbered(None if is_area(p) else plain(p.name) for p in places),
        latitude=_floats(p.latitude for p in places),
        longitude=_floats(p.longitude for p in places),
        radius=_floats((p.radius_km or 0.0) for p in places),
        site=_numbered(plain(p.site) for p in places),
        kind=_ints(item.mention.type.precedence for item in items),
        focus=_ints(item.mention.focus is Focus.BACKGROUND for item in items),
        retold=_ints(item.mention.retold for item in items),
        killed=_floats(_toll(item, What.KILLED) for item in items),
        wounded=_floats(_toll(item, What.WOUNDED) for item in items),
        words=_sparse([bag.weights for bag in bags]),
        head=_sparse([bag.head for bag in bags]),
        full_names=_sparse([dict.fromkeys(bag.full_names, 1.0) for bag in bags]),
        names=_sparse([_rooted(bag.names) for bag in bags]),
        numbers=_sparse([dict.fromkeys(bag.numbers, 1.0) for bag in bags]),
        groups=_sparse([dict.fromkeys(names, 1.0) for names in groups]),
        where=_sparse([_name_words(place) for place in places], words),
        named=_sparse([dict.fromkeys(bag.capitals, 1.0) for bag in bags], words),
        targets=_sparse([dict.fromkeys(_targets(item), 1.0) for item in items]),
        grouped=_ints(len(names) for names in groups),
    )


def bags_of(items: Iterable[Linkable], rarity: Rarity) -> list[WordBag]:
    """Return the weighted words of each mention."""
    return [word_bag(item.words, rarity) for item in items]


def _ints(values: Iterable[int | bool]) -> Ints:
    return np.asarray([int(v) for v in values], np.int64)


def _floats(values: Iterable[float | None]) -> Floats:
    return np.asarray([math.nan if v is None else v for v in values], np.float64)


def _numbered(names: Iterable[str | None]) -> Ints:
    numbering = Numbering()
    return _ints(numbering.of(name) for name in names)


def _sparse(rows: Sequence[Mapping[str, float]], numbering: Numbering | None = None) -> SparseRows:
    terms = numbering or Numbering()
    return SparseRows([{terms.of(term): weight for term, weight in row.items()} for row in rows])


def _name_words(place: Place) -> dict[str, float]:
    name = plain(place.name) or plain(place.admin1)
    words = frozenset(name.split())
    return dict.fromkeys(words, 1 / len(words)) if words else {}


def _rooted(names: Mapping[str, float]) -> dict[str, float]:
    return {name: math.sqrt(weight) for name, weight in names.items()}


def _days(dates: DateRange) -> tuple[int, int]:
    return _ordinal(dates.earliest, OPEN_START), _ordinal(dates.latest, OPEN_END)


def _ordinal(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _is_stated(item: Linkable) -> bool:
    found = item.mention.first(Field.DATE)
    return found is not None and not found.inferred


def _groups(item: Linkable, parents: Parents) -> frozenset[str]:
    named = (
        argument.value.name
        for field in (Field.PERPETRATOR, Field.CLAIMED_BY)
        for argument in item.mention.of(field)
        if isinstance(argument.value, Actor) and argument.value.name
    )
    return frozenset(above for name in named for above in lineage(name, parents))


def _targets(item: Linkable) -> frozenset[str]:
    return frozenset(actor.category.value for actor in item.mention.actors(Field.TARGET))


def _toll(item: Linkable, what: What) -> float | None:
    said = {c.low for c in item.mention.counts if c.what is what and c.scope is Scope.TOTAL and _exact(c)}
    return float(said.pop() or 0) if len(said) == 1 else None


def _exact(count: Count) -> bool:
    return count.is_exact and count.of_whom is None
