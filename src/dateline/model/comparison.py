"""When two values of one field can both be true of one incident.

Linking asks it of two mentions, reconciling of two claims.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from dateline.model.codebook import CaptivityStatus, IncidentType
from dateline.model.value import Actor, Count, DateRange, Place, Value

Parents = Mapping[str, str]  # the canonical name of a group to that of the group it is a branch of

EARTH_KM = 6371.0088  # mean radius, IUGG
_ABOUT = 0.1  # "about 100" is taken to reach from 90 to 110
_LEADING = re.compile(r"^(?:the|an?|some|\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten)\s+")
_REGION_WORDS = re.compile(
    r"\b(?:region|province|oblast|state|governorate|republic|district|county|prefecture|of|the)\b"
)

_FAMILIES: tuple[frozenset[IncidentType], ...] = tuple(
    frozenset(map(IncidentType, names.split()))
    for names in (
        "hijacking hostage_taking kidnapping prison_riot execution security_operation armed_assault",
        "suicide_bombing bombing air_strike shelling assassination sabotage armed_assault",
        "armed_clash armed_assault assassination security_operation execution shelling robbery",
        "sexual_violence unarmed_assault kidnapping robbery armed_assault",
        "arson sabotage riot unarmed_assault bombing",
        "riot protest unarmed_assault prison_riot armed_clash",
        "arrest security_operation",
        "air_strike shelling armed_clash",
    )
)


def are_compatible(one: Value, other: Value, parents: Parents) -> bool:
    """Return whether both values can be true of one incident at one time."""
    match one, other:
        case Count(), Count():
            return counts_meet(one, other)
        case DateRange(), DateRange():
            return one.meet(other) is not None
        case Place(), Place():
            return places_meet(one, other)
        case IncidentType(), IncidentType():
            return types_meet(one, other)
        case Actor(), Actor():
            return not are_rivals(one, other, parents)
        case CaptivityStatus(), CaptivityStatus():
            return one is other or CaptivityStatus.UNKNOWN in (one, other)
    return one == other


# -- numbers


def loose(count: Count, *, beside: Count | None = None) -> tuple[int, float]:
    """Return the interval that a count's words allow, as (low, high).

    A vague word's bound is a convention ("dozens" is at least 24), so half of it is allowed; "about
    100" reaches a tenth either way. A toll that says it includes the attackers allows one less
    beside a toll that does not say so.
    """
    low = count.low or 0
    high = math.inf if count.high is None else count.high
    if count.vague and count.low == count.high:
        low, high = math.floor(low * (1 - _ABOUT)), math.ceil(high * (1 + _ABOUT))
    elif count.vague:
        low = low // 2
    if beside and count.includes_perpetrators and not beside.includes_perpetrators:
        low = max(0, low - 1)
    return low, high


def counts_meet(one: Count, other: Count) -> bool:
    """Return whether two counts of one slot can both be true."""
    (a, b), (c, d) = loose(one, beside=other), loose(other, beside=one)
    return max(a, c) <= min(b, d)


# -- places


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great-circle distance in km (haversine), or None when a place has no point."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    a, b, c, d = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))  # type: ignore[arg-type]
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def plain(name: str | None) -> str:
    """Return a name in lower case without punctuation and words like "region"."""
    bare = re.sub(r"[^\w\s]", " ", (name or "").casefold())
    return " ".join(_REGION_WORDS.sub(" ", bare).split())


def is_area(place: Place) -> bool:
    """Return whether a place names nothing below the first-level unit."""
    name = plain(place.name)
    return not name or name == plain(place.admin1) or name == plain(place.country)


def places_meet(one: Place, other: Place) -> bool:
    """Return whether the more specific place may lie in the other, or both are the same."""
    for a, b in ((one.country, other.country), (one.admin1, other.admin1)):
        if a and b and plain(a) != plain(b):
            return False
    if is_area(one) or is_area(other) or plain(one.name) == plain(other.name):
        return True
    if any(a.town and plain(a.town) == plain(b.name) for a, b in ((one, other), (other, one))):
        return True
    apart = distance_km(one, other)
    return apart is not None and apart <= (one.radius_km or 0) + (other.radius_km or 0)


def specificity(place: Place) -> tuple[bool, bool, bool, bool, float]:
    """Return a sorting key that puts the most specific place first."""
    radius = place.radius_km if place.radius_km is not None else math.inf
    return is_area(place), not place.admin1, not place.country, not place.town, radius


# -- dates, types, actors


def types_meet(one: IncidentType, other: IncidentType) -> bool:
    """Return whether two types can describe one incident: the same family, or one says nothing."""
    if one is other or IncidentType.OTHER_VIOLENCE in (one, other):
        return True
    return any(one in family and other in family for family in _FAMILIES)


def actor_key(actor: Actor) -> str:
    """Return what makes two actors the same: the canonical name, or else the bare words."""
    if actor.name:
        return actor.name
    return _LEADING.sub("", " ".join(actor.words.casefold().split()))


def lineage(name: str, parents: Parents) -> tuple[str, ...]:
    """Return a group, the group it is a branch of, and so on up."""
    found = [name]
    while (parent := parents.get(found[-1])) and parent not in found:
        found.append(parent)
    return tuple(found)


def is_branch(name: str | None, of: str | None, parents: Parents) -> bool:
    """Return whether the group `name` is `of` itself or one of its branches."""
    return bool(name and of) and of in lineage(name or "", parents)


def are_rivals(one: Actor, other: Actor, parents: Parents) -> bool:
    """Return whether two named actors are neither the same nor one a branch of the other."""
    if not (one.name and other.name):
        return False
    return not (is_branch(one.name, other.name, parents) or is_branch(other.name, one.name, parents))
