"""Values that claims carry: each class owns its comparison, its precision and its JSON form.

A number or a date is an interval whose ends may be open (None): "at least two" is
`Count(low=2, high=None)`, "on or before Friday" is `DateRange(None, friday)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from dateline.model.codebook import (
    CaptivityStatus,
    Field,
    Focus,
    IncidentType,
    OfWhom,
    PerpetratorCategory,
    Reality,
    Scope,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)
from dateline.model.identity import Json


@dataclass(frozen=True, slots=True)
class DateRange:
    """The earliest and latest calendar day that a happening may have begun on; None is open."""

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"date range ends before it begins: {self.earliest} > {self.latest}")

    @classmethod
    def day(cls, day: date) -> Self:
        """Return the range of a single day."""
        return cls(day, day)

    @property
    def is_known(self) -> bool:
        """Return whether at least one end is bound."""
        return self.earliest is not None or self.latest is not None

    @property
    def is_day(self) -> bool:
        """Return whether the range is one calendar day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def days(self) -> int | None:
        """Return the number of days in the range, both ends counted; None when an end is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def contains(self, day: date) -> bool:
        """Return whether `day` lies in the range."""
        after = self.earliest is None or self.earliest <= day
        return after and (self.latest is None or day <= self.latest)

    def meet(self, other: DateRange) -> DateRange | None:
        """Return the days that both ranges allow, or None when there are none."""
        earliest = max(filter(None, (self.earliest, other.earliest)), default=None)
        latest = min(filter(None, (self.latest, other.latest)), default=None)
        if earliest and latest and earliest > latest:
            return None
        return DateRange(earliest, latest)

    def to_json(self) -> dict[str, Any]:
        """Return `{"earliest": "YYYY-MM-DD" or None, "latest": ...}`."""
        return {
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the range that `to_json` wrote."""
        ends = (data.get("earliest"), data.get("latest"))
        return cls(*(date.fromisoformat(end) if end else None for end in ends))

    def __str__(self) -> str:
        if self.is_day:
            return str(self.earliest)
        if not self.is_known:
            return "unknown"
        if self.earliest is None:
            return f"on or before {self.latest}"
        if self.latest is None:
            return f"on or after {self.earliest}"
        return f"{self.earliest} to {self.latest}"


UNKNOWN_DATE = DateRange(None, None)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, as an interval, with what it counts and how much of it (codebook, section 4).

    `vague` marks words such as "dozens", whose bound is a convention and not a statement.
    """

    what: What
    who: Who
    low: int | None
    high: int | None
    vague: bool = False
    scope: Scope = Scope.TOTAL
    of_whom: OfWhom | None = None
    includes_perpetrators: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a count needs a low or a high end; nothing said is no count")
        if any(end is not None and end < 0 for end in (self.low, self.high)):
            raise ValueError(f"a count cannot be negative: {self.low} to {self.high}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"count's low end lies above its high end: {self.low} > {self.high}")

    @property
    def is_exact(self) -> bool:
        """Return whether the words give one definite number."""
        return self.low == self.high and not self.vague

    def meet(self, other: Count) -> tuple[int | None, int | None] | None:
        """Return the interval that both counts allow as (low, high), or None when there is none."""
        low = max((n for n in (self.low, other.low) if n is not None), default=None)
        high = min((n for n in (self.high, other.high) if n is not None), default=None)
        if low is not None and high is not None and low > high:
            return None
        return low, high

    def to_json(self) -> dict[str, Any]:
        """Return the count in the form of the codebook, section 8, without its words."""
        return {
            "what": self.what.value,
            "who": self.who.value,
            "low": self.low,
            "high": self.high,
            "vague": self.vague,
            "scope": self.scope.value,
            "of_whom": self.of_whom.value if self.of_whom else None,
            "includes_perpetrators": self.includes_perpetrators,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the count that `to_json` wrote."""
        return cls(
            what=What(data["what"]),
            who=Who(data["who"]),
            low=data.get("low"),
            high=data.get("high"),
            vague=bool(data.get("vague")),
            scope=Scope(data.get("scope") or Scope.TOTAL),
            of_whom=OfWhom(data["of_whom"]) if data.get("of_whom") else None,
            includes_perpetrators=bool(data.get("includes_perpetrators")),
        )

    def __str__(self) -> str:
        if self.vague:
            return (
                f"about {self.low}" if self.low == self.high else f"{interval(self.low, self.high)} (vague)"
            )
        return interval(self.low, self.high)


def interval(low: int | None, high: int | None) -> str:
    """Return an interval of whole numbers as a reader would write it, "at least 2" or "2 to 3"."""
    if low == high:
        return str(low)
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"up to {high}"
    return f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as precise as the words make it, and no more.

    `town` is the town that the place is a part of or a site in ("Pushkin Square" in Moscow), `admin1` the
    first-level administrative unit's name, `country` an ISO 3166 alpha-2 code, `site` the kind of site in
    words ("prison"). Coordinates are WGS84 degrees of a representative
    point, and `radius_km` bounds how far from it the incident may lie.
    """

    name: str | None = None
    admin1: str | None = None
    country: str | None = None
    site: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    geonames_id: int | None = None
    town: str | None = None

    @property
    def is_known(self) -> bool:
        """Return whether the place says more than the kind of site."""
        return bool(self.name or self.admin1 or self.country)

    @property
    def full_name(self) -> str | None:
        """Return the name with the town that it lies in, if the name does not hold it: "Zahra, Homs"."""
        is_told = self.name and self.town and self.town.casefold() not in self.name.casefold()
        return f"{self.name}, {self.town}" if is_told else self.name

    def to_json(self) -> dict[str, Any]:
        """Return the place with every part, None where the words do not say.

        The town is there only where it is known, so that claims of older versions keep their ids.
        """
        parts = {name: getattr(self, name) for name in self.__slots__}
        return parts if self.town else {name: value for name, value in parts.items() if name != "town"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the place that `to_json` wrote."""
        return cls(**{name: data.get(name) for name in cls.__slots__})

    def __str__(self) -> str:
        parts = [self.full_name]
        if self.admin1 and self.admin1 not in (self.full_name or ""):
            parts.append(self.admin1)
        if self.country and self.country != self.name:
            parts.append(self.country)
        where = ", ".join(part for part in parts if part)
        return f"{where} ({self.site})" if self.site and where else where or (self.site or "unknown")


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that did it, suffered it or claimed it.

    `words` are the report's own; `name` is the canonical name of a known group or state, in the
    sense of the ontology, and None for "gunmen".
    """

    words: str
    category: PerpetratorCategory | TargetCategory
    name: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return words, name, category, and which of the two vocabularies the category is from."""
        role = "perpetrator" if isinstance(self.category, PerpetratorCategory) else "target"
        return {"words": self.words, "name": self.name, "category": self.category.value, "role": role}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the actor that `to_json` wrote."""
        vocabulary = PerpetratorCategory if data["role"] == "perpetrator" else TargetCategory
        return cls(data["words"], vocabulary(data["category"]), data.get("name"))

    def __str__(self) -> str:
        return self.name or self.words


Value = (
    IncidentType | Focus | Reality | DateRange | Place | Actor | WeaponKind | Count | CaptivityStatus | str
)

_VALUE_OF: dict[Field, type[Any]] = {
    Field.TYPE: IncidentType,
    Field.FOCUS: Focus,
    Field.REALITY: Reality,
    Field.DATE: DateRange,
    Field.PLACE: Place,
    Field.PERPETRATOR: Actor,
    Field.TARGET: Actor,
    Field.WEAPON: WeaponKind,
    Field.COUNT: Count,
    Field.DEMAND: str,
    Field.MOTIVE: str,
    Field.CLAIMED_BY: Actor,
    Field.STATUS: CaptivityStatus,
}


def value_to_json(value: Value) -> Json:
    """Return any value in JSON terms: an object for a compound value, a string for a word."""
    if isinstance(value, DateRange | Place | Actor | Count):
        return value.to_json()
    return str(value)


def value_from_json(field: Field, data: Json) -> Value:
    """Return the value of `field` that `value_to_json` wrote; ValueError when it is none."""
    kind = _VALUE_OF[field]
    if isinstance(data, Mapping):
        value: Value = kind.from_json(data)
    elif isinstance(data, str):
        value = kind(data)
    else:
        raise ValueError(f"{field} cannot hold {data!r}")
    return value
