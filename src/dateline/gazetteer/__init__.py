"""Look-up of places in data made from open sources (see ATTRIBUTION.md beside this file)."""

from dateline.gazetteer.additions import Import, beside, forget_places, import_places, sources
from dateline.gazetteer.candidate import Candidate, PlaceKind
from dateline.gazetteer.distance import displaced, distance_km, km_between, may_coincide
from dateline.gazetteer.folding import fold
from dateline.gazetteer.gazetteer import Gazetteer
from dateline.gazetteer.schema import Level

__all__ = [
    "Candidate",
    "Gazetteer",
    "Import",
    "Level",
    "PlaceKind",
    "beside",
    "displaced",
    "distance_km",
    "fold",
    "forget_places",
    "import_places",
    "km_between",
    "may_coincide",
    "sources",
]
