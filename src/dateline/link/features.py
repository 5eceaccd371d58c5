"""What two mentions have in common and what sets them apart, as named numbers of many pairs at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dateline.link.columns import Columns
from dateline.link.sparse import Floats, Ints
from dateline.link.traits import UNKNOWN, Bag
from dateline.model import IncidentType
from dateline.model.comparison import EARTH_KM, types_meet

Bools = NDArray[np.bool_]

FEATURES = (
    "same day",
    "days meet, one loose",
    "days meet, one wide open",
    "a day apart",
    "two or three days apart",
    "two or three days apart, both said",
    "four to seven days apart",
    "four to seven days apart, both said",
    "over a week apart",
    "over a week apart, both said",
    "over a month apart",
    "weeks between the reports (log)",
    "same town",
    "towns within 15 km",
    "another town",
    "same region, one names no town",
    "another region",
    "same country, no region in one",
    "another country",
    "one names the other's place",
    "neither names the other's place",
    "no place in one",
    "same kind of site",
    "another kind of site",
    "same type",
    "types of one family",
    "types that exclude each other",
    "words alike (cosine)",
    "words much alike",
    "first sentences alike (cosine)",
    "rare names shared",
    "full names shared",
    "numbers shared",
    "same toll of killed",
    "another toll of killed",
    "same toll of wounded",
    "another toll of wounded",
    "same named group",
    "other named groups",
    "same kind of target",
    "both background",
    "one background",
    "told as a similar incident",
)
INDEX = {name: at for at, name in enumerate(FEATURES)}

_LOOSE, _WIDE = 2, 45  # days: a date of up to two days is a day, one of over 45 says little
_SAME_DAYS = 2  # a night, a time zone or a late death: reports of one incident differ by so many days
_NAMED = 0.5  # share of a place's name that a text must hold to name it
_NEAR_KM, _FAR_KM = 15.0, 40.0
_TYPES = tuple(IncidentType)
_MEET = np.array([[types_meet(a, b) for b in _TYPES] for a in _TYPES])


def are_elsewhere(table: Columns, left: Ints, right: Ints) -> Bools:
    """Return which pairs lie in places that part them: the first veto, for little work."""
    apart = _are_parted(table, left, right)
    at = np.flatnonzero(apart)
    crossed = table.bags.products(left[at], right[at], Bag.WHERE)
    apart[at] = crossed.max(axis=1, initial=0.0) <= _NAMED
    return apart


def compared(table: Columns, left: Ints, right: Ints) -> tuple[Floats, Bools]:
    """Return the features of each pair, in the order of `FEATURES`, and its vetoes, in that of `VETOES`."""
    shared = table.bags.products(left, right)
    crossed = places_crossed(shared)
    parts = {
        **_dates(table, left, right),
        **_places(table, left, right, crossed),
        **_kinds(table, left, right),
        **_texts(shared),
        **_numbers(table, left, right),
        **_roles(table, left, right, shared),
    }
    parting = [_place_veto(table, left, right, crossed), _day_veto(table, left, right, shared)]
    features = np.column_stack([np.asarray(parts[name], np.float64) for name in FEATURES])
    return features, np.column_stack(parting)


def _dates(table: Columns, left: Ints, right: Ints) -> dict[str, Bools | Floats]:
    gap = days_apart(table, left, right)
    width = np.maximum(_width(table, left), _width(table, right))
    meet = gap == 0
    said = _both_said(table, left, right)
    between = np.minimum(np.abs(table.published[left] - table.published[right]), 3650) / 7
    return {
        "same day": meet & (width <= _LOOSE),
        "days meet, one loose": meet & (width > _LOOSE) & (width <= _WIDE),
        "days meet, one wide open": meet & (width > _WIDE),
        "a day apart": gap == 1,
        "two or three days apart": (gap >= 2) & (gap <= 3),
        "four to seven days apart": (gap >= 4) & (gap <= 7),
        "over a week apart": (gap > 7) & (gap <= 31),
        "over a month apart": gap > 31,
        "two or three days apart, both said": said & (gap >= 2) & (gap <= 3),
        "four to seven days apart, both said": said & (gap >= 4) & (gap <= 7),
        "over a week apart, both said": said & (gap > 7),
        "weeks between the reports (log)": np.log1p(between),
    }


def _both_said(table: Columns, left: Ints, right: Ints) -> Bools:
    found: Bools = (table.stated[left] & table.stated[right]) == 1
    return found


def _width(table: Columns, at: Ints) -> Ints:
    width: Ints = table.last_day[at] - table.first_day[at] + 1
    return width


def days_apart(table: Columns, left: Ints, right: Ints) -> Ints:
    """Return the days between two date ranges, 0 when they meet."""
    starts = np.maximum(table.first_day[left], table.first_day[right])
    ends = np.minimum(table.last_day[left], table.last_day[right])
    apart: Ints = np.maximum(starts - ends, 0)
    return apart


def km_apart(table: Columns, left: Ints, right: Ints) -> Floats:
    """Return the great-circle distance in km (haversine); NaN when a point is missing."""
    a, b = np.radians(table.latitude[left]), np.radians(table.latitude[right])
    along = np.radians(table.longitude[right] - table.longitude[left])
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(along / 2) ** 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return found


def places_crossed(shared: Floats) -> Floats:
    """Return the largest share of one mention's place name that the other's text names too, 0 to 1."""
    found: Floats = np.maximum(shared[:, Bag.WHERE], shared[:, Bag.NAMED])
    return found


def _known(column: Ints, left: Ints, right: Ints) -> Bools:
    found: Bools = (column[left] != UNKNOWN) & (column[right] != UNKNOWN)
    return found


def _equal(column: Ints, left: Ints, right: Ints) -> Bools:
    found: Bools = _known(column, left, right) & (column[left] == column[right])
    return found


def _places(table: Columns, left: Ints, right: Ints, crossed: Floats) -> dict[str, Bools | Floats]:
    km = np.nan_to_num(km_apart(table, left, right), nan=np.inf)
    towns = _known(table.town, left, right)
    other_country = _known(table.country, left, right) & ~_equal(table.country, left, right)
    other_region = ~other_country & _known(table.admin1, left, right) & ~_equal(table.admin1, left, right)
    elsewhere = other_country | other_region
    inside = km <= table.radius[left] + table.radius[right]
    same = ~elsewhere & towns & (_equal(table.town, left, right) | inside)
    near = ~elsewhere & towns & ~same & (km <= _NEAR_KM)
    one_region = _equal(table.admin1, left, right)
    apart = elsewhere | (towns & ~same)
    countries = _known(table.country, left, right)
    return {
        "same town": same,
        "towns within 15 km": near,
        "another town": ~elsewhere & towns & ~same & ~near,
        "same region, one names no town": ~elsewhere & one_region & ~towns,
        "another region": other_region,
        "same country, no region in one": ~elsewhere & countries & ~one_region & ~towns,
        "another country": other_country,
        "one names the other's place": apart & (crossed > _NAMED),
        "neither names the other's place": apart & (crossed <= _NAMED),
        "no place in one": ~countries,
        "same kind of site": _equal(table.site, left, right),
        "another kind of site": _known(table.site, left, right) & ~_equal(table.site, left, right),
    }


def _kinds(table: Columns, left: Ints, right: Ints) -> dict[str, Bools | Floats]:
    one, other = table.kind[left], table.kind[right]
    return {
        "same type": one == other,
        "types of one family": (one != other) & _MEET[one, other],
        "types that exclude each other": ~_MEET[one, other],
    }


def _texts(shared: Floats) -> dict[str, Bools | Floats]:
    alike = shared[:, Bag.WORDS]
    return {
        "words alike (cosine)": alike,
        "words much alike": np.maximum(alike - 0.3, 0.0),
        "first sentences alike (cosine)": shared[:, Bag.HEAD],
        "full names shared": np.log1p(shared[:, Bag.FULL_NAMES]),
        "rare names shared": np.log1p(shared[:, Bag.NAMES]),
        "numbers shared": np.log1p(shared[:, Bag.NUMBERS]),
    }


def _numbers(table: Columns, left: Ints, right: Ints) -> dict[str, Bools | Floats]:
    killed = table.killed[left] - table.killed[right]
    wounded = table.wounded[left] - table.wounded[right]
    return {
        "same toll of killed": killed == 0,
        "another toll of killed": np.abs(killed) > 0,
        "same toll of wounded": wounded == 0,
        "another toll of wounded": np.abs(wounded) > 0,
    }


def _roles(table: Columns, left: Ints, right: Ints, shared: Floats) -> dict[str, Bools | Floats]:
    one_group = shared[:, Bag.GROUPS] > 0
    both = (table.grouped[left] > 0) & (table.grouped[right] > 0)
    background = table.focus[left] + table.focus[right]
    return {
        "same named group": one_group,
        "other named groups": both & ~one_group,
        "same kind of target": shared[:, Bag.TARGETS] > 0,
        "both background": background == 2,
        "one background": background == 1,
        "told as a similar incident": (table.retold[left] + table.retold[right]) > 0,
    }


# Pairs that cannot be one incident (codebook, section 7). Reading errs: a place parts two mentions only if
# neither report names the other's, and a day only if each report is news of its own day and the two name
# nobody in common.
VETOES = ("another place is named", "another day is named")


def _place_veto(table: Columns, left: Ints, right: Ints, crossed: Floats) -> Bools:
    found: Bools = _are_parted(table, left, right) & (crossed <= _NAMED)
    return found


def _are_parted(table: Columns, left: Ints, right: Ints) -> Bools:
    """Return whether two places exclude each other, were both read right."""
    km = np.nan_to_num(km_apart(table, left, right), nan=np.inf) - table.radius[left] - table.radius[right]
    apart = _known(table.town, left, right) & ~_equal(table.town, left, right) & (km > _FAR_KM)
    for column in (table.country, table.admin1):
        apart |= _known(column, left, right) & ~_equal(column, left, right)
    return apart


def _day_veto(table: Columns, left: Ints, right: Ints, shared: Floats) -> Bools:
    gap = days_apart(table, left, right)
    days = (_width(table, left) <= _LOOSE) & (_width(table, right) <= _LOOSE)
    own = np.abs(gap - np.abs(table.published[left] - table.published[right])) <= _SAME_DAYS
    strangers = shared[:, Bag.FULL_NAMES] == 0
    found: Bools = days & _both_said(table, left, right) & (gap > _SAME_DAYS) & own & strangers
    return found
