"""A place that a name may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dateline.gazetteer.distance import km_between
from dateline.gazetteer.schema import GEONAMES_IDS, Level
from dateline.model import Place


class PlaceKind(StrEnum):
    """What sort of place a candidate is; the words stand in `PlaceMention.kind`."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    CITY = "city"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of the gazetteer.

    `admin1` is the name of the first-level unit it lies in (its own, for such a unit), `country` an
    ISO 3166 alpha-2 code, coordinates WGS84 degrees of a representative point; a circle of
    `radius_km` around it holds nearly all of the place. `is_primary` says that the name looked up
    is the entry's main one and not an alternate.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    latitude: float
    longitude: float
    radius_km: float
    population: int = 0
    level: Level = Level.NONE
    admin1_id: int | None = None
    admin2_id: int | None = None
    is_primary: bool = True
    source: str | None = None  # the file that a user imported it from

    def __hash__(self) -> int:
        return self.id

    @property
    def geonames_id(self) -> int | None:
        """Return the GeoNames id, or None for an entry that has none."""
        return self.id if self.id in GEONAMES_IDS else None

    def km_to(self, other: Candidate) -> float:
        """Return the distance of the two points in km."""
        return km_between(self.latitude, self.longitude, other.latitude, other.longitude)

    def contains(self, other: Candidate) -> bool:
        """Return whether `other` lies in this country, unit or region (regions: by distance)."""
        if self.id == other.id or self.kind is PlaceKind.CITY:
            return False
        if self.kind is PlaceKind.COUNTRY:
            return self.country == other.country
        if self.kind is PlaceKind.REGION:
            near = self.km_to(other) <= self.radius_km
            return near and (self.country is None or self.country == other.country)
        return self.id in (other.admin1_id, other.admin2_id)

    def place(self, name: str | None = None) -> Place:
        """Return the candidate as a value, under the name that the text uses if it is given."""
        return Place(
            name=name or self.name,
            admin1=self.admin1,
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
            radius_km=self.radius_km,
            geonames_id=self.geonames_id,
        )
