"""What linking compares of one mention, as numbers: small, the same whatever else is known, and storable.

A mention is compared with millions of others long after its report was read; these few hundred
numbers are kept for it, so that neither the report nor its words are needed again.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dateline.link.linkable import Linkable
from dateline.link.words import WordBag
from dateline.model import (
    Anchor,
    Count,
    DateRange,
    Field,
    Focus,
    IncidentType,
    Place,
    Scope,
    What,
    canonical_json,
    sha256_hex,
)
from dateline.model.comparison import Parents, is_area, lineage, plain
from dateline.ontology import ontology

OPEN_START, OPEN_END = -(10**7), 10**7  # day numbers that stand for an open end
UNKNOWN = -1  # the number of a name that is not said
SPACE = (
    2**20
)  # terms of one bag are numbered below this; two of a hundred share a number once in a hundred pairs

FACTS = np.dtype(
    [
        ("first_day", "<i4"),
        ("last_day", "<i4"),
        ("stated", "<i1"),  # 1 where words say the date
        ("published", "<i4"),  # last possible day of publication
        ("report", "<i8"),
        ("print", "<i8"),  # the same for one mention in two prints of its text
        ("country", "<i8"),
        ("admin1", "<i8"),
        ("town", "<i8"),  # the name of a place below the first-level unit, or of the town it is a part of
        ("latitude", "<f4"),
        ("longitude", "<f4"),
        ("radius", "<f4"),
        ("site", "<i8"),
        ("kind", "<i1"),  # index of the incident type
        ("focus", "<i1"),  # 1 where background
        ("retold", "<i1"),
        ("killed", "<f4"),  # the one exact toll that is said, else NaN
        ("wounded", "<f4"),
        ("grouped", "<i2"),  # number of named groups
    ]
)


class Bag(IntEnum):
    """The sets of weighted terms of a mention."""

    WORDS = 0
    HEAD = 1
    NAMES = 2
    FULL_NAMES = 3
    NUMBERS = 4
    GROUPS = 5
    TARGETS = 6
    WHERE = 7  # the words of the place's own name, of total weight 1
    NAMED = 8  # the capitalised words of the text


_TERMS = FACTS.itemsize + 2 * len(Bag)  # the byte at which the terms begin


@dataclass(frozen=True, slots=True)
class Traits:
    """The facts of one mention (one record of `FACTS`), and its terms: bag by bag, sorted, with weights.

    They are held as bytes, which of a million mentions take less memory than arrays.
    """

    packed: bytes

    @classmethod
    def of(cls, item: Linkable, bag: WordBag, parents: Parents) -> Self:
        """Return the traits of a mention whose words `bag` holds."""
        groups = groups_of(item, parents)
        place = item.mention.place or Place()
        rows: list[Mapping[str, float]] = [
            bag.weights,
            bag.head,
            {name: math.sqrt(weight) for name, weight in bag.names.items()},
            dict.fromkeys(bag.full_names, 1.0),
            dict.fromkeys(bag.numbers, 1.0),
            dict.fromkeys(groups, 1.0),
            dict.fromkeys((actor.category.value for actor in item.mention.actors(Field.TARGET)), 1.0),
            _name_words(place),
            dict.fromkeys(bag.capitals, 1.0),
        ]
        numbered = [_numbered(at, row) for at, row in enumerate(rows)]
        parts = (
            np.array([_facts(item, place, len(groups))], FACTS),
            np.array([len(row) for row in numbered], np.uint16),
            np.array([term for row in numbered for term, _ in row], np.uint32),
            np.array([weight for row in numbered for _, weight in row], np.float32),
        )
        return cls(b"".join(part.tobytes() for part in parts))

    @property
    def facts(self) -> NDArray[np.void]:
        """Return the facts, one record."""
        return np.frombuffer(self.packed, FACTS, 1)

    @property
    def lengths(self) -> NDArray[np.uint16]:
        """Return the number of terms of each bag."""
        return np.frombuffer(self.packed, np.uint16, len(Bag), FACTS.itemsize)

    @property
    def terms(self) -> NDArray[np.uint32]:
        """Return the terms of all bags."""
        return np.frombuffer(self.packed, np.uint32, self._size, _TERMS)

    @property
    def weights(self) -> NDArray[np.float32]:
        """Return the weight of each term."""
        return np.frombuffer(self.packed, np.float32, self._size, _TERMS + 4 * self._size)

    @property
    def _size(self) -> int:
        return (len(self.packed) - _TERMS) // 8  # a term and its weight take four bytes each

    @property
    def middle(self) -> int:
        """Return the middle day of the incident's date, or that of publication where the date is open."""
        first, last = int(self.facts["first_day"][0]), int(self.facts["last_day"][0])
        known = first > OPEN_START and last < OPEN_END
        return (first + last) // 2 if known else int(self.facts["published"][0])


def number_of(name: str | None) -> int:
    """Return the number of a name, the same for ever: 62 bits of its hash; `UNKNOWN` of none."""
    return int(sha256_hex(name)[:15], 16) if name else UNKNOWN


def print_key(anchor: Anchor, kind: IncidentType) -> str:
    """Return the key that one mention has in every print of its text."""
    return "print " + canonical_json([anchor.content_sha256, anchor.start, anchor.end, kind.value])


def groups_of(item: Linkable, parents: Parents) -> frozenset[str]:
    """Return the named groups that may have done it, with those that they are branches of."""
    actors = (*item.mention.actors(Field.PERPETRATOR), *item.mention.actors(Field.CLAIMED_BY))
    return frozenset(above for actor in actors if actor.name for above in lineage(actor.name, parents))


def _numbered(bag: int, row: Mapping[str, float]) -> list[tuple[int, float]]:
    """Return (number, weight) of each term, by number; of two with one number the heavier stays."""
    found: dict[int, float] = {}
    for term, weight in row.items():
        number = bag * SPACE + _hash(term) % SPACE
        found[number] = max(weight, found.get(number, 0.0))
    return sorted(found.items())


def _hash(term: str) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def _facts(item: Linkable, place: Place, grouped: int) -> tuple[object, ...]:
    mention = item.mention
    first, last = _days(mention.date)
    found = mention.first(Field.DATE)
    return (
        first,
        last,
        found is not None and not found.inferred,
        _days(item.published.range)[1],
        number_of(item.report_id),
        number_of(print_key(item.anchor, mention.type)),
        number_of(place.country),
        number_of(plain(place.admin1)),
        number_of(None if is_area(place) else plain(place.town or place.name)),
        _or_nan(place.latitude),
        _or_nan(place.longitude),
        place.radius_km or 0.0,
        number_of(plain(place.site and ontology().widest(place.site))),
        mention.type.precedence,
        mention.focus is Focus.BACKGROUND,
        mention.retold,
        _or_nan(_toll(item, What.KILLED)),
        _or_nan(_toll(item, What.WOUNDED)),
        grouped,
    )


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _name_words(place: Place) -> dict[str, float]:
    name = plain(place.town or place.name) or plain(place.admin1)
    words = frozenset(name.split())
    return dict.fromkeys(words, 1 / len(words)) if words else {}


def _days(dates: DateRange) -> tuple[int, int]:
    return _ordinal(dates.earliest, OPEN_START), _ordinal(dates.latest, OPEN_END)


def _ordinal(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _toll(item: Linkable, what: What) -> float | None:
    said = {c.low for c in item.mention.counts if c.what is what and c.scope is Scope.TOTAL and _exact(c)}
    return float(said.pop() or 0) if len(said) == 1 else None


def _exact(count: Count) -> bool:
    return count.is_exact and count.of_whom is None


@dataclass(frozen=True, slots=True)
class ManyTraits:
    """The traits of many mentions: facts, lengths, terms and weights, one mention after the other."""

    facts: NDArray[np.void]
    lengths: NDArray[np.uint16]
    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]


def joined(traits: Iterable[Traits]) -> ManyTraits:
    """Return the traits of many mentions in one."""
    parts = list(traits)
    return ManyTraits(
        np.concatenate([np.empty(0, FACTS), *(part.facts for part in parts)]),
        np.concatenate([np.empty(0, np.uint16), *(part.lengths for part in parts)]),
        np.concatenate([np.empty(0, np.uint32), *(part.terms for part in parts)]),
        np.concatenate([np.empty(0, np.float32), *(part.weights for part in parts)]),
    )
