"""How precise a place is: what keeps the middle of a region from being taken for a town."""

from __future__ import annotations

from enum import StrEnum

from dateline.model import Place

TOWN_KM = 25.0  # UCDP GED's limit of "near a known point" (where_prec 2)


class Precision(StrEnum):
    """What a place's coordinates stand for."""

    TOWN = "town"  # a named town, village or site: within 25 km
    AREA = "area"  # a larger named place, or one whose size is not known
    ADMIN1 = "admin1"  # somewhere in a first-level unit
    COUNTRY = "country"  # somewhere in a country or in a part of it that no first-level unit holds
    NONE = "none"  # no place, or none that is on the map


def precision(place: Place | None) -> Precision:
    """Return what the coordinates of `place` stand for."""
    if place is None or place.latitude is None or place.longitude is None:
        return Precision.NONE
    if place.name and place.radius_km is not None and place.radius_km <= TOWN_KM:
        return Precision.TOWN
    if place.admin1:
        return Precision.AREA if place.name and place.name != place.admin1 else Precision.ADMIN1
    return Precision.COUNTRY if place.country else Precision.AREA
