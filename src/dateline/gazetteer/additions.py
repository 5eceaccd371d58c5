"""Places that a user adds to the gazetteer, from a GeoNames dump or a table, kept in a file of their own.

The file lies beside the casebook, so that a casebook and its places go together. Its hash is part of what
a reading of a report depends on: after an import, reports are read again.
"""

from __future__ import annotations

import csv
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

from dateline.errors import InputError, NotFoundError
from dateline.gazetteer.candidate import PlaceKind
from dateline.gazetteer.folding import fold
from dateline.gazetteer.schema import ADDED_IDS, DEGREE, KindCode, Level

SCHEMA = """
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, sha256 TEXT, places INTEGER);
CREATE TABLE IF NOT EXISTS place (
    id INTEGER PRIMARY KEY, name TEXT, kind INTEGER, country TEXT, admin1 INTEGER, admin2 INTEGER,
    latitude INTEGER, longitude INTEGER, radius_km INTEGER, population INTEGER, level INTEGER,
    unit TEXT, source TEXT REFERENCES source (name)
);
CREATE TABLE IF NOT EXISTS name (folded TEXT, place INTEGER, is_other INTEGER, PRIMARY KEY (folded, place));
"""
MOST_ERRORS = 20  # lines that are named; of the others only their number is told
GEONAMES_COLUMNS = 19
# Radii in km where a source gives none: a town by its people (as the shipped file has it), units by kind.
UNIT_RADIUS = {PlaceKind.ADMIN1: 100.0, PlaceKind.ADMIN2: 30.0, PlaceKind.REGION: 50.0}
TABLE_COLUMNS = (
    "name",
    "lat",
    "lon",
    "country",
    "admin1",
    "kind",
    "radius_km",
    "population",
    "alternate_names",
)
_NEEDED = ("name", "lat", "lon")


@dataclass(frozen=True, slots=True)
class Added:
    """One place of the user's, as read from a line."""

    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    country: str | None = None
    admin1: str | None = None
    radius_km: float | None = None
    population: int = 0
    level: Level = Level.NONE
    others: tuple[str, ...] = ()

    @property
    def extent(self) -> float:
        """Return the radius in km, from the kind and the population where the source gives none."""
        town = min(40.0, max(1.0, 0.02 * sqrt(self.population)))
        return self.radius_km or UNIT_RADIUS.get(self.kind, town)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: places kept, lines passed over as no places, and lines that are wrong, with why."""

    source: str
    places: int
    passed_over: int
    errors: tuple[str, ...] = ()
    more_errors: int = 0


@dataclass(slots=True)
class _Read:
    places: list[Added] = field(default_factory=list)
    passed_over: int = 0
    errors: list[str] = field(default_factory=list)


def beside(database: Path) -> Path:
    """Return where the added places of a casebook lie: "cases.db" has them in "cases.places.sqlite"."""
    return database.with_suffix(".places.sqlite")


def import_places(file: Path, into: Path) -> Import:
    """Add the places of a GeoNames dump or of a table with a header to the file `into`.

    A file of the same name imported before is replaced, so that an import may be repeated. InputError
    when the file is neither, or when not one line of it is a place.
    """
    read = _read(file)
    if not read.places:
        why = f"; {read.errors[0]}" if read.errors else ""
        raise InputError(f"{file} has no place that could be added{why}")
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    with closing(_open(into)) as db, db:
        _drop(db, file.name)
        db.execute("INSERT INTO source VALUES (?, ?, ?)", (file.name, sha, len(read.places)))
        _insert(db, file.name, read.places)
    errors = tuple(read.errors[:MOST_ERRORS])
    return Import(file.name, len(read.places), read.passed_over, errors, len(read.errors) - len(errors))


def forget_places(source: str, path: Path) -> int:
    """Take out all places of one source; return how many. NotFoundError names the sources there are."""
    known = sources(path)
    if source not in known:
        told = ", ".join(sorted(known)) or "none"
        raise NotFoundError(f"no places were imported from {source!r}; imported: {told}")
    with closing(_open(path)) as db, db:
        _drop(db, source)
    return known[source]


def sources(path: Path) -> dict[str, int]:
    """Return the imported files with the number of their places; none where nothing was imported."""
    if not path.exists():
        return {}
    with closing(_open(path)) as db:
        return dict(db.execute("SELECT name, places FROM source ORDER BY name").fetchall())


def digest(path: Path) -> str | None:
    """Return a hash of what was imported, or None where nothing is: equal for equal files."""
    if not sources(path):
        return None
    with closing(_open(path)) as db:
        rows = db.execute("SELECT name, sha256 FROM source ORDER BY name").fetchall()
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]


def _open(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path)
        db.executescript(SCHEMA)
    except sqlite3.Error as error:
        raise InputError(f"{path} cannot be opened as added places ({error}); move it away") from error
    return db


def _drop(db: sqlite3.Connection, source: str) -> None:
    db.execute("DELETE FROM name WHERE place IN (SELECT id FROM place WHERE source = ?)", (source,))
    db.execute("DELETE FROM place WHERE source = ?", (source,))
    db.execute("DELETE FROM source WHERE name = ?", (source,))


def _insert(db: sqlite3.Connection, source: str, places: Iterable[Added]) -> None:
    last = db.execute("SELECT max(id) FROM place").fetchone()[0] or ADDED_IDS.start - 1
    for number, place in enumerate(places, start=last + 1):
        point = (round(place.latitude * DEGREE), round(place.longitude * DEGREE), round(place.extent))
        known = (number, place.name, KindCode[place.kind.name].value, place.country, None, None)
        rest = (place.population, place.level.value, place.admin1, source)
        db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", (*known, *point, *rest))
        names = {fold(other): 1 for other in place.others} | {fold(place.name): 0}
        rows = [(name, number, is_other) for name, is_other in names.items() if name]
        db.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", rows)


# Reading


def _read(file: Path) -> _Read:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            rows: Iterator[list[str]]
            if first.count("\t") == GEONAMES_COLUMNS - 1:
                rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                return _geonames(file, rows)
            rows = csv.reader(lines, delimiter=_delimiter(first))
            return _table(file, next(rows, []), rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} cannot be read as places: {error}") from error


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _geonames(file: Path, rows: Iterable[Sequence[str]]) -> _Read:
    """Read the columns that GeoNames documents in its readme.txt; only places, units and regions are kept."""
    read = _Read()
    for number, row in enumerate(rows, start=1):
        if len(row) != GEONAMES_COLUMNS:
            read.errors.append(f"{file}:{number}: {len(row)} columns, expected {GEONAMES_COLUMNS}")
            continue
        kind = _kind_of_feature(row[6], row[7])
        if kind is None:
            read.passed_over += 1
            continue
        others = tuple(name for name in (row[2], *row[3].split(",")) if name)
        values = {"lat": row[4], "lon": row[5], "country": row[8], "population": row[14]}
        _keep(read, f"{file}:{number}", row[1], kind, values, others, Level.of_feature(row[7]))
    return read


def _kind_of_feature(feature_class: str, code: str) -> PlaceKind | None:
    units = {"ADM1": PlaceKind.ADMIN1, "ADM2": PlaceKind.ADMIN2, "ADM3": PlaceKind.ADMIN2}
    if feature_class == "A":
        return units.get(code)
    return {"P": PlaceKind.CITY, "L": PlaceKind.REGION, "S": PlaceKind.CITY}.get(feature_class)


def _table(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> _Read:
    columns = [name.strip().lower() for name in header]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise InputError(
            f"{file} is no GeoNames dump ({GEONAMES_COLUMNS} columns parted by tabs), and as a table it"
            f" lacks the columns {', '.join(missing)}; known columns: {', '.join(TABLE_COLUMNS)}"
        )
    read = _Read()
    for number, row in enumerate(rows, start=2):
        values = {name: value.strip() for name, value in zip(columns, row, strict=False)}
        if not any(values.values()):
            continue
        kind = values.get("kind") or PlaceKind.CITY.value
        if kind not in set(PlaceKind):
            read.errors.append(f"{file}:{number}: no kind {kind!r}; known: {', '.join(PlaceKind)}")
            continue
        others = tuple(name.strip() for name in values.get("alternate_names", "").split("|") if name.strip())
        _keep(read, f"{file}:{number}", values.get("name", ""), PlaceKind(kind), values, others, Level.NONE)
    return read


def _keep(
    read: _Read,
    where: str,
    name: str,
    kind: PlaceKind,
    values: dict[str, str],
    others: tuple[str, ...],
    level: Level,
) -> None:
    """Take in one line, or say what is wrong with it."""
    try:
        read.places.append(
            Added(
                name=name,
                kind=kind,
                latitude=_degrees(values["lat"], 90),
                longitude=_degrees(values["lon"], 180),
                country=values.get("country", "").upper() or None,
                admin1=values.get("admin1") or None,
                radius_km=float(values["radius_km"]) if values.get("radius_km") else None,
                population=int(values.get("population") or 0),
                level=level,
                others=others,
            )
        )
        if not fold(name):
            raise ValueError("the name is empty")
    except (ValueError, KeyError) as error:
        read.errors.append(f"{where}: {error}")
        if read.places and not fold(read.places[-1].name):
            read.places.pop()


def _degrees(told: str, most: int) -> float:
    found = float(told)
    if not -most <= found <= most:
        raise ValueError(f"{told} is no coordinate; it lies between -{most} and {most} degrees")
    return found
