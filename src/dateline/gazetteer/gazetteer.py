"""Looking places up by name in one SQLite file, opened when first asked and once per process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from dateline.errors import DataError
from dateline.gazetteer.additions import digest
from dateline.gazetteer.candidate import Candidate, PlaceKind
from dateline.gazetteer.folding import fold, skeleton, without_article
from dateline.gazetteer.schema import DEGREE, KindCode, Level

SHIPPED = Path(__file__).with_name("places.sqlite")
REMEMBERED_NAMES = 16_384
MAPPED_BYTES = 64_000_000  # the whole file: pages are shared by all worker processes

_KINDS = {code.value: PlaceKind[code.name] for code in KindCode}
_LEVELS: dict[int | None, Level] = {None: Level.NONE, **{level.value: level for level in Level}}
_PLACE = (
    "SELECT place.*, is_other FROM main.name JOIN main.place ON place.id = name.place WHERE name.folded = ?"
)
_SOUND = "SELECT place.*, 1 FROM sound JOIN main.place ON id = sound.place WHERE skeleton = ?"
_COUNTRY = "SELECT place.*, NULL FROM country JOIN main.place ON place.id = country.place"
_ADDED = """
SELECT p.id, p.name, kind, country, admin1, admin2, latitude, longitude, radius_km, population, level,
       is_other, unit, source
FROM added.name JOIN added.place AS p ON p.id = added.name.place WHERE added.name.folded = ?
"""
Found = tuple[Candidate, ...]


class Gazetteer:
    """Answers which places a name may stand for, the best known first.

    May be handed to worker processes: only the path travels, each process opens the file itself.
    """

    def __init__(self, path: Path, added: Path | None = None) -> None:
        self.path = path
        self.added = added if added is not None and added.exists() else None
        self._owner = -1
        self._opened: sqlite3.Connection | None = None
        self._forget()

    @classmethod
    def shipped(cls, added: Path | None = None) -> Self:
        """Return the gazetteer that the package brings along, with the places in `added` if it is there."""
        return cls(SHIPPED, added)

    @property
    def version(self) -> str | None:
        """Return a hash of the places that the user added, or None when there are none."""
        return digest(self.added) if self.added else None

    def find(self, name: str) -> Found:
        """Return the places called `name`, whatever its case, accents and punctuation."""
        return self._named(fold(name))

    def alike(self, name: str) -> Found:
        """Return places in countries of Arabic script whose name is spelled nearly as `name`."""
        sound = skeleton(fold(name))
        return self._sounding(sound) if sound else ()

    def people(self, word: str) -> Found:
        """Return the countries whose people or adjective `word` is ("Syrian": Syria)."""
        return self._peoples.get(fold(word), ())

    def country(self, key: str | int) -> Candidate | None:
        """Return a country by ISO alpha-2, alpha-3 or numeric code, by name or by its people's name."""
        by_code = self._countries.get(key if isinstance(key, int) else key.upper())
        if by_code or isinstance(key, int):
            return by_code
        named = [place for place in self.find(key) if place.kind is PlaceKind.COUNTRY]
        return next(iter(named or self.people(key)), None)

    def capital(self, country: str) -> Candidate | None:
        """Return the capital of a country (ISO alpha-2), or None when it has none."""
        rows = self._rows(
            "SELECT place.*, NULL FROM country JOIN main.place ON place.id = capital WHERE alpha2 = ?",
            country,
        )
        return next((self._candidate(row) for row in rows), None)

    def towns(self) -> Iterator[Candidate]:
        """Yield the towns whose number of inhabitants is known, the largest first."""
        rows = self._rows(
            "SELECT place.*, 0 FROM main.place WHERE kind = ? AND population > 0"
            " ORDER BY population DESC, id",
            int(KindCode.CITY),
        )
        yield from map(self._candidate, rows)

    def unit(self, place: Candidate) -> Candidate | None:
        """Return the first-level unit that a place lies in, or None when it is not known."""
        return self._unit(place.admin1_id) if place.admin1_id else None

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "added": self.added}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["path"], state["added"])  # type: ignore[misc]

    def _forget(self) -> None:
        """Bind caches to this object: they go when it goes, and a new process begins with none."""
        self._named = lru_cache(maxsize=REMEMBERED_NAMES)(self._look_up)
        self._sounding = lru_cache(maxsize=1024)(self._look_up_sound)
        self._unit = lru_cache(maxsize=1024)(self._look_up_unit)

    def _look_up(self, folded: str) -> Found:
        rows = self._rows(_PLACE, folded)
        added = self._look_up_added(folded)
        if not rows and not added and (bare := without_article(folded)):
            rows = self._rows(_PLACE, bare)
        return tuple(sorted([*map(self._candidate, rows), *added], key=_prominence))

    def _look_up_added(self, folded: str) -> Found:
        if self.added is None:
            return ()
        rows = self._rows(_ADDED, folded)
        return tuple(replace(self._candidate(row[:-2]), admin1=row[-2], source=row[-1]) for row in rows)

    def _look_up_sound(self, sound: str) -> Found:
        return tuple(sorted(map(self._candidate, self._rows(_SOUND, sound)), key=_prominence))

    def _look_up_unit(self, number: int) -> Candidate | None:
        rows = self._rows("SELECT place.*, NULL FROM main.place WHERE id = ?", number)
        return next((self._candidate(row) for row in rows), None)

    @cached_property
    def _countries(self) -> dict[str | int, Candidate]:
        known: dict[int, Candidate] = {row[0]: self._candidate(row) for row in self._rows(_COUNTRY)}
        found: dict[str | int, Candidate] = {}
        for alpha2, alpha3, number, place, _ in self._rows("SELECT * FROM country"):
            found.update(dict.fromkeys((alpha2, alpha3, number), known[place]))
        return found

    @cached_property
    def _peoples(self) -> dict[str, Found]:
        found: dict[str, list[Candidate]] = {}
        for word, country in self._rows("SELECT folded, country FROM people"):
            found.setdefault(word, []).append(self._countries[country])
        return {word: tuple(sorted(countries, key=_prominence)) for word, countries in found.items()}

    @cached_property
    def _unit_names(self) -> dict[int, str]:
        return dict(self._rows("SELECT id, name FROM unit"))

    def _candidate(self, row: tuple[Any, ...]) -> Candidate:
        number, name, kind, country, admin1, admin2, lat, lon, radius, population, level, is_other = row
        unit = number if kind == KindCode.ADMIN1 else admin1
        return Candidate(
            number,
            name,
            _KINDS[kind],
            country,
            self._unit_names.get(unit) if unit else None,
            lat / DEGREE,
            lon / DEGREE,
            float(radius),
            population or 0,
            _LEVELS[level],
            admin1,
            admin2,
            is_primary=not is_other,
        )

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise DataError(f"{self.path} is not a gazetteer ({error}); reinstall the package") from error

    @property
    def _db(self) -> sqlite3.Connection:
        if self._opened is None or self._owner != os.getpid():  # a forked child must not share the handle
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._opened = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._opened.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
            if self.added is not None:
                self._opened.execute(
                    "ATTACH DATABASE ? AS added", (f"{self.added.absolute().as_uri()}?mode=ro",)
                )
            self._owner = os.getpid()
        return self._opened


_KIND_ORDER = {
    PlaceKind.COUNTRY: 0,
    PlaceKind.REGION: 1,
    PlaceKind.ADMIN1: 2,
    PlaceKind.CITY: 2,
    PlaceKind.ADMIN2: 3,
}


def _prominence(place: Candidate) -> tuple[int, int, int, int]:
    return _KIND_ORDER[place.kind], -place.population, -place.level, place.id
