"""Where the police whom a report names are at home: what it tells happened there, unless it says otherwise.

"Young child shot in Roxbury", the Boston police say: that is a part of Boston, not the village of that
name in Wisconsin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.place_evidence import Surroundings
from dateline.extract.place_words import cues
from dateline.extract.resolution import Choice
from dateline.extract.toponyms import Spot
from dateline.gazetteer import Candidate, Level, PlaceKind

SMALL_TOWN = 150_000  # people; whoever means one in another unit than the police's says so
_UNITS = (PlaceKind.CITY, PlaceKind.ADMIN2)


def police_home(
    spots: Sequence[Spot], choices: Sequence[Choice | None], around: Surroundings
) -> Candidate | None:
    """Return the town, or else the county, whose police a report names most; None if of several units."""
    named = [
        choice.candidate
        for spot, choice in zip(spots, choices, strict=True)
        if choice is not None and choice.candidate.kind in _UNITS and _has_police(spot, around)
    ]
    if len({(home.country, home.admin1) for home in named}) != 1:
        return None
    tally = Counter(named)
    return min(tally, key=lambda home: (home.kind is not PlaceKind.CITY, -tally[home], home.id))


def _has_police(spot: Spot, around: Surroundings) -> bool:
    after = around.after(spot)
    return after is not None and after.gap == " " and after.folded.split("'")[0] in cues()["police_words"]


def astray(
    spots: Sequence[Spot],
    choices: Sequence[Choice | None],
    contained: frozenset[str],
    home: Candidate,
    around: Surroundings,
) -> list[Spot]:
    """Return the small towns in another unit of the police's country that no words place there.

    `contained` are the keys of the names that are written with what they lie in.
    """
    return [
        spot
        for spot, choice in zip(spots, choices, strict=True)
        if choice is not None
        and spot.key not in contained
        and _is_elsewhere(choice, home)
        and not _is_origin(spot, around)
    ]


def at_home(spot: Spot, home: Candidate) -> Spot:
    """Return a spot with those of its readings that lie in the unit of the police."""
    unit = home.admin1_id or home.id
    return replace(spot, candidates=tuple(each for each in spot.candidates if each.admin1_id == unit))


def _is_elsewhere(choice: Choice, home: Candidate) -> bool:
    place = choice.candidate
    if place.kind is not PlaceKind.CITY or place.country != home.country or place.admin1 == home.admin1:
        return False
    return place.population < SMALL_TOWN and place.level < Level.SEAT1


def _is_origin(spot: Spot, around: Surroundings) -> bool:
    """Return whether the name says where somebody is from: "from Roxbury", "a resident of Roxbury"."""
    of = around.before(spot)
    before = around.before(spot, 2) if of is not None and of.folded == "of" else of
    return before is not None and before.folded in cues()["words_of_origin"]
