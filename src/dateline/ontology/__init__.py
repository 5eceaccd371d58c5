"""What the codebook's words mean to other schemes, and the names of armed groups, as data."""

from dateline.ontology.entries import (
    Family,
    Group,
    Ontology,
    PerpetratorEntry,
    Site,
    State,
    TargetEntry,
    TypeEntry,
    WeaponEntry,
    ontology,
)

__all__ = [
    "Family",
    "Group",
    "Ontology",
    "PerpetratorEntry",
    "Site",
    "State",
    "TargetEntry",
    "TypeEntry",
    "WeaponEntry",
    "ontology",
]
