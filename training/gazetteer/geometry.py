"""Representative points and extents, in degrees and kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sqrt
from typing import Any

from dateline.gazetteer.distance import km_between

KM_PER_DEGREE = 111.2
# Units are seldom round: a circle of the same area misses their corners.
STRETCH = 1.3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """A point and the radius in km of a circle around it that holds nearly all of the unit."""

    latitude: float
    longitude: float
    radius_km: float


def of_area(point: Point, square_km: float) -> Extent:
    """Return the extent of a unit of which only the area is known."""
    return Extent(*point, max(2.0, STRETCH * sqrt(square_km / pi)))


def of_outlines(features: Sequence[dict[str, Any]]) -> Extent:
    """Return the extent of one or several map features: their label points weighted by area."""
    areas = [max(1.0, _square_km(f["geometry"])) for f in features]
    points = [(f["properties"]["latitude"], f["properties"]["longitude"]) for f in features]
    total = sum(areas)
    latitude, longitude = (
        sum(area * point[i] for area, point in zip(areas, points, strict=True)) / total for i in (0, 1)
    )
    return of_area((latitude, longitude), total)


def of_towns(towns: Sequence[Point]) -> Extent:
    """Return the extent of a unit of which only the towns are known: the middle of the box they fill."""
    latitude, longitude = (_middle(sorted(town[i] for town in towns)) for i in (0, 1))
    distances = sorted(km_between(latitude, longitude, *town) for town in towns)
    return Extent(latitude, longitude, max(5.0, 1.1 * distances[int(0.95 * (len(distances) - 1))]))


def _middle(ordered: Sequence[float]) -> float:
    last = len(ordered) - 1
    return (ordered[round(0.05 * last)] + ordered[round(0.95 * last)]) / 2


def _square_km(geometry: dict[str, Any]) -> float:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return sum(_ring_square_km(polygon[0]) for polygon in polygons)


def _ring_square_km(ring: Sequence[Sequence[float]]) -> float:
    """The shoelace formula on an equirectangular plane at the ring's mean latitude."""
    scale = cos(radians(sum(point[1] for point in ring) / len(ring)))
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return abs(doubled) / 2 * scale * KM_PER_DEGREE**2
