"""Distances on the globe."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from dateline.model import Place

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


def km_between(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance in km of two points in degrees (haversine formula)."""
    a, b = radians(lat_a), radians(lat_b)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def distance_km(a: Place, b: Place) -> float | None:
    """Return the distance in km of two places' points, or None when one of them has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    return km_between(a.latitude, a.longitude, b.latitude, b.longitude)


def may_coincide(a: Place, b: Place) -> bool | None:
    """Return whether the two places' circles meet, or None when one of them has no point."""
    distance = distance_km(a, b)
    if distance is None:
        return None
    return distance <= (a.radius_km or 0.0) + (b.radius_km or 0.0)


def displaced(latitude: float, longitude: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the point `km` away in the direction `bearing` (degrees clockwise from north)."""
    arc, course, north = km / EARTH_RADIUS_KM, radians(bearing), radians(latitude)
    lat = asin(sin(north) * cos(arc) + cos(north) * sin(arc) * cos(course))
    lon = radians(longitude) + atan2(sin(course) * sin(arc) * cos(north), cos(arc) - sin(north) * sin(lat))
    return degrees(lat), (degrees(lon) + 540) % 360 - 180
