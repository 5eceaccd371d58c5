"""The ontology as typed values: incident types, weapons, categories, sites, groups and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dateline.errors import DataError
from dateline.model import IncidentType, PerpetratorCategory, TargetCategory, WeaponKind
from dateline.ontology.tables import Entry, entries


class Family(StrEnum):
    """Types that one happening is easily coded as."""

    CAPTIVITY = "captivity"
    EXPLOSION = "explosion"
    ASSAULT = "assault"
    DAMAGE = "damage"
    CROWD = "crowd"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """What an incident type is and what other schemes call it.

    `acled` are pairs of event and sub-event type, the default first. `gtd` is the attack type's
    number and name, `ucdp` the types of violence it can be, `plover` the event and its modes.
    None or an empty tuple: the scheme does not code it.
    """

    type: IncidentType
    family: Family
    description: str
    acled: tuple[tuple[str, str], ...]
    gtd: tuple[int, str] | None
    ucdp: tuple[int, ...]
    plover: tuple[str, ...]
    muc4: str | None


@dataclass(frozen=True, slots=True)
class WeaponEntry:
    """What a kind of weapon is, and GTD's weapon type and sub-type (number and name) for it."""

    kind: WeaponKind
    description: str
    gtd: tuple[int, str] | None
    gtd_subtype: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class PerpetratorEntry:
    """What a category of perpetrators is, and ACLED's class of actor for it."""

    category: PerpetratorCategory
    description: str
    acled: str


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What a category of targets is, and GTD's target type (number and name) for it."""

    category: TargetCategory
    description: str
    gtd: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Site:
    """A kind of site: its word, other words for it, and what an attack on it is an attack on.

    `within` is the word of the wider kind that it is one of: an apartment is a house.
    """

    word: str
    words: tuple[str, ...]
    target: TargetCategory
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group: canonical name, other names and acronyms, the group it belongs to, its countries.

    `countries` are ISO 3166 alpha-2 codes.
    """

    name: str
    aliases: tuple[str, ...]
    parent: str | None
    countries: tuple[str, ...]
    category: PerpetratorCategory


@dataclass(frozen=True, slots=True)
class State:
    """A state: ISO 3166 alpha-2 code, English name, adjectives and other names that stand for it."""

    code: str
    name: str
    adjectives: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def adjective(self) -> str:
        """Return the usual adjective, or the name where there is none."""
        return self.adjectives[0] if self.adjectives else self.name


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it, keyed by the codebook's words or by name."""

    types: Mapping[IncidentType, TypeEntry]
    weapons: Mapping[WeaponKind, WeaponEntry]
    perpetrators: Mapping[PerpetratorCategory, PerpetratorEntry]
    targets: Mapping[TargetCategory, TargetEntry]
    sites: Mapping[str, Site]
    groups: Mapping[str, Group]
    states: Mapping[str, State]

    def widest(self, site: str) -> str:
        """Return the widest kind that a kind of site is one of, itself where it is of no wider one."""
        known = self.sites.get(site)
        return site if known is None or known.within is None else known.within

    @property
    def parents(self) -> Mapping[str, str]:
        """Return the name of the group that each group is a branch of, for those that are one."""
        return {group.name: group.parent for group in self.groups.values() if group.parent}

    def belongs_to(self, name: str) -> tuple[str, ...]:
        """Return the names of the groups that the group `name` belongs to, the nearest first."""
        chain: list[str] = []
        group = self.groups.get(name)
        while group and group.parent and group.parent not in chain:
            chain.append(group.parent)
            group = self.groups.get(group.parent)
        return tuple(chain)


@lru_cache(maxsize=8)
def ontology(folders: tuple[Path, ...] = ()) -> Ontology:
    """Return the shipped ontology with the entries of the user's `folders` added or put in place.

    DataError when an entry is not as its table's head says: it names file, entry and what was expected.
    """
    groups = [_group(entry) for entry in entries("groups", "group", "name", folders)]
    found = Ontology(
        types={e.type: e for e in map(_type, entries("types", "type", "key", folders))},
        weapons={e.kind: e for e in map(_weapon, entries("weapons", "weapon", "key", folders))},
        perpetrators={
            e.category: e for e in map(_perpetrator, entries("categories", "perpetrator", "key", folders))
        },
        targets={e.category: e for e in map(_target, entries("categories", "target", "key", folders))},
        sites={e.word: e for e in map(_site, entries("sites", "site", "key", folders))},
        groups=MappingProxyType({group.name: group for group in groups}),
        states={e.code: e for e in map(_state, entries("states", "state", "code", folders))},
    )
    _check_parents(found)
    _check_wider_sites(found)
    return found


def _check_parents(found: Ontology) -> None:
    for group in found.groups.values():
        if group.parent and group.parent not in found.groups:
            raise DataError(
                f"groups.toml, entry {group.name!r}: its parent {group.parent!r} is no group;"
                " add it or correct it"
            )


def _check_wider_sites(found: Ontology) -> None:
    for site in found.sites.values():
        wider = found.sites.get(site.within) if site.within else None
        if site.within and (wider is None or wider.within):
            raise DataError(
                f"sites.toml, entry {site.word!r}: {site.within!r} is no widest kind; correct 'within'"
            )


def _type(entry: Entry) -> TypeEntry:
    entry.only("key", "family", "description", "acled", "gtd", "ucdp", "plover", "muc4")
    return TypeEntry(
        type=entry.word("key", IncidentType),
        family=entry.word("family", Family),
        description=entry.text("description"),
        acled=entry.pairs("acled"),
        gtd=entry.code("gtd"),
        ucdp=entry.numbers("ucdp"),
        plover=entry.words("plover"),
        muc4=entry.optional("muc4"),
    )


def _weapon(entry: Entry) -> WeaponEntry:
    entry.only("key", "description", "gtd", "gtd_subtype")
    return WeaponEntry(
        entry.word("key", WeaponKind), entry.text("description"), entry.code("gtd"), entry.code("gtd_subtype")
    )


def _perpetrator(entry: Entry) -> PerpetratorEntry:
    entry.only("key", "description", "acled")
    return PerpetratorEntry(
        entry.word("key", PerpetratorCategory), entry.text("description"), entry.text("acled")
    )


def _target(entry: Entry) -> TargetEntry:
    entry.only("key", "description", "gtd")
    return TargetEntry(entry.word("key", TargetCategory), entry.text("description"), entry.code("gtd"))


def _site(entry: Entry) -> Site:
    entry.only("key", "words", "target", "within")
    return Site(
        entry.text("key"),
        entry.words("words"),
        entry.word("target", TargetCategory),
        entry.optional("within"),
    )


def _group(entry: Entry) -> Group:
    entry.only("name", "aliases", "parent", "countries", "category")
    return Group(
        name=entry.text("name"),
        aliases=entry.words("aliases"),
        parent=entry.optional("parent"),
        countries=entry.words("countries"),
        category=entry.word("category", PerpetratorCategory, PerpetratorCategory.REBEL_OR_MILITANT_GROUP),
    )


def _state(entry: Entry) -> State:
    entry.only("code", "name", "adjectives", "others")
    return State(entry.text("code"), entry.text("name"), entry.words("adjectives"), entry.words("others"))
