"""Joining the sources into places, and writing them as one SQLite file."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any

from dateline.gazetteer.folding import fold, skeleton
from dateline.gazetteer.schema import DEGREE, REGION_IDS, SCHEMA, UNIT_IDS, KindCode, Level
from training.gazetteer.geometry import Extent, of_area, of_outlines, of_towns
from training.gazetteer.names import bare, foldings, is_arabic, plain, written
from training.gazetteer.sources import Sources, by_hand

LARGEST_CITY_KM = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One place with all the names that it can be found by."""

    id: int
    name: str
    kind: KindCode
    extent: Extent
    names: tuple[str, ...]
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    population: int = 0
    level: Level = Level.NONE

    @property
    def row(self) -> tuple[Any, ...]:
        """Return the row of the table `place`."""
        where = self.extent
        return (
            self.id,
            self.name,
            self.kind,
            self.country,
            self.admin1,
            self.admin2,
            round(where.latitude * DEGREE),
            round(where.longitude * DEGREE),
            max(1, round(where.radius_km)),
            self.population or None,
            self.level or None,
        )


class Atlas:
    """All the entries made from the sources."""

    def __init__(self, sources: Sources) -> None:
        self.cities = [city for city in sources.cities() if city["name"]]
        self.features = {int(row[0]): row for row in sources.features()}
        self.names1, self.names2 = sources.units(1), sources.units(2)
        self.outlines = sources.outlines()
        self.states = sorted(sources.countries(), key=lambda state: str(state["iso"]))
        self.countries_by_hand, self.units_by_hand = by_hand("countries"), by_hand("units")

    def entries(self) -> Iterator[Entry]:
        """Yield every entry once."""
        yield from self._countries()
        yield from self.units1.values()
        yield from self.units2.values()
        yield from self._cities()
        yield from self._regions()

    def people(self) -> Iterator[tuple[str, str]]:
        """Yield (folded adjective or noun, ISO alpha-2 code) of the countries' people."""
        for code, country in sorted(self.countries_by_hand.items()):
            for word in country["people"]:
                yield from ((form, code) for form in foldings([word, _plural(word)]))

    @cached_property
    def capitals(self) -> dict[str, int]:
        """Return the GeoNames id of each country's capital."""
        wanted = {str(state["iso"]): fold(str(state["capital"])) for state in self.states}
        found: dict[str, dict[str, Any]] = {}
        for city in self.cities:
            code = city["countrycode"]
            if wanted.get(code) in foldings([city["name"], *city["alternatenames"]]):
                best = found.setdefault(code, city)
                found[code] = max(best, city, key=lambda c: int(c["population"]))
        return {code: int(city["geonameid"]) for code, city in found.items()}

    def _countries(self) -> Iterator[Entry]:
        for state in self.states:
            known = self.countries_by_hand.get(state["iso"])
            if known is None:
                continue
            names = (state["name"], *known.get("also", ()))
            extent = of_area(tuple(known["point"]), float(state["areakm2"] or 1))
            yield Entry(
                id=int(state["geonameid"]),
                name=state["name"],
                kind=KindCode.COUNTRY,
                extent=extent,
                names=names,
                country=state["iso"],
                population=int(state["population"] or 0),
            )

    @cached_property
    def towns1(self) -> dict[str, list[dict[str, Any]]]:
        """Return the cities by the code of their first-level unit."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for city in self.cities:
            found[f"{city['countrycode']}.{city['admin1code']}"].append(city)
        return found

    @cached_property
    def towns2(self) -> dict[str, list[dict[str, Any]]]:
        """Return the cities by the code of their second-level unit, as far as the dump gives it."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for city in self.cities:
            found[self._code2(city) or ""].append(city)
        found.pop("", None)
        return found

    def _code2(self, city: dict[str, Any]) -> str | None:
        row = self.features.get(int(city["geonameid"]))
        return f"{row[8]}.{row[10]}.{row[11]}" if row and row[11] else None

    @cached_property
    def units1(self) -> dict[str, Entry]:
        """Return the first-level units by GeoNames code."""
        by_code: dict[str, list[dict[str, Any]]] = defaultdict(list)
        by_region: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for feature in self.outlines:
            known = feature["properties"]
            by_code[known.get("gn_a1_code") or ""].append(feature)
            for part in ("region", "geonunit"):
                by_region[known.get("iso_a2") or "", fold(known.get(part) or "")].append(feature)
        entries = {}
        for number, (code, name) in enumerate(sorted(self.names1.items())):
            features = by_code[code] or by_region[code[:2], fold(name)]
            entry = self._unit1(UNIT_IDS.start + number, code, name, features)
            if entry:
                entries[code] = entry
        return entries

    def _unit1(self, number: int, code: str, name: str, features: list[dict[str, Any]]) -> Entry | None:
        by_hand = self.units_by_hand.get(code, {})
        towns = self.towns1.get(code, [])
        if features:
            extent = of_outlines(features)
        elif towns:
            extent = of_towns([(t["latitude"], t["longitude"]) for t in towns])
        else:
            return None
        if "point" in by_hand:
            extent = Extent(*by_hand["point"], extent.radius_km)
        drawn = features[0]["properties"] if len(features) == 1 else {}
        also = [drawn.get(key) for key in ("name", "name_en", "gn_name", "woe_name")]
        also += (drawn.get("name_alt") or "").split("|")
        names = [n for n in [name, *also, *by_hand.get("also", ())] if n]
        common = by_hand.get("name") or plain(bare(name), code[:2])
        return Entry(
            id=number,
            name=common,
            kind=KindCode.ADMIN1,
            extent=extent,
            names=(common, *names, *map(bare, names)),
            country=code[:2],
            population=sum(int(t["population"]) for t in towns),
        )

    @cached_property
    def units2(self) -> dict[str, Entry]:
        """Return the second-level units that have a town, by GeoNames code."""
        drawn = {
            (f["properties"].get("iso_a2"), fold(bare(f["properties"].get("name") or ""))): f
            for f in self.outlines
            if f["properties"].get("gn_a1_code") not in self.names1
        }
        entries = {}
        first = UNIT_IDS.start + len(self.names1)
        for number, (code, name) in enumerate(sorted(self.names2.items())):
            towns = self.towns2.get(code)
            if not towns:
                continue
            feature = drawn.get((code[:2], fold(bare(name))))
            points = [(t["latitude"], t["longitude"]) for t in towns]
            above = self.units1.get(".".join(code.split(".")[:2]))
            entries[code] = Entry(
                id=first + number,
                name=name,
                kind=KindCode.ADMIN2,
                extent=of_outlines([feature]) if feature else of_towns(points),
                names=(name, bare(name)),
                country=code[:2],
                admin1=above.id if above else None,
                population=sum(int(t["population"]) for t in towns),
            )
        return entries

    def _cities(self) -> Iterator[Entry]:
        for city in sorted(self.cities, key=lambda c: int(c["geonameid"])):
            above = self.units1.get(f"{city['countrycode']}.{city['admin1code']}")
            second = self.units2.get(self._code2(city) or "")
            population = int(city["population"])
            radius = min(LARGEST_CITY_KM, max(1.0, 0.02 * sqrt(population)))
            yield Entry(
                id=int(city["geonameid"]),
                name=plain(city["name"], city["countrycode"]),
                kind=KindCode.CITY,
                extent=Extent(city["latitude"], city["longitude"], radius),
                names=(
                    city["name"],
                    *written([city["name"], *city["alternatenames"]], city["countrycode"], population),
                ),
                country=city["countrycode"],
                admin1=above.id if above else None,
                admin2=second.id if second else None,
                population=population,
                level=self._level(city),
            )

    def _level(self, city: dict[str, Any]) -> Level:
        if self.capitals.get(city["countrycode"]) == int(city["geonameid"]):
            return Level.CAPITAL
        row = self.features.get(int(city["geonameid"]))
        return Level.of_feature(row[7]) if row else Level.NONE

    def _regions(self) -> Iterator[Entry]:
        units = {(entry.country, entry.name): entry.id for entry in self.units1.values()}
        for number, (name, region) in enumerate(by_hand("regions").items()):
            countries = region.get("countries", [])
            only = countries[0] if len(countries) == 1 else None
            yield Entry(
                id=REGION_IDS.start + number,
                name=name,
                kind=KindCode.REGION,
                extent=Extent(*region["point"], region["radius"]),
                names=(name, *region.get("also", ())),
                country=only,
                admin1=units[only, region["admin1"]] if "admin1" in region else None,
            )


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    return word if word.endswith(("ese", "ish", "ch", "s")) else word + "s"


def write(atlas: Atlas, path: Path) -> None:
    """Write the gazetteer to `path`; the same sources give the same bytes."""
    path.unlink(missing_ok=True)
    entries = sorted(atlas.entries(), key=lambda entry: entry.id)
    with sqlite3.connect(path) as db:
        db.executescript(SCHEMA)
        db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 11)})", (e.row for e in entries))
        db.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", sorted(_name_rows(entries), key=lambda row: row[:2])
        )
        db.executemany("INSERT INTO sound VALUES (?, ?)", sorted(_sound_rows(entries)))
        db.execute("INSERT INTO unit SELECT id, name FROM place WHERE kind = ?", (KindCode.ADMIN1,))
        db.executemany("INSERT INTO people VALUES (?, ?)", sorted(set(atlas.people())))
        db.executemany("INSERT INTO country VALUES (?, ?, ?, ?, ?)", _country_rows(atlas))
    db.execute("VACUUM")
    db.close()


def _name_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, int, int | None]]:
    for entry in entries:
        main = {fold(entry.name), fold(entry.names[0])}
        yield from ((name, entry.id, None if name in main else 1) for name in foldings(entry.names))


def _sound_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    for entry in entries:
        if entry.country and entry.kind is KindCode.CITY and is_arabic(entry.country):
            yield from {(sound, entry.id) for name in foldings(entry.names) if (sound := skeleton(name))}


def _country_rows(atlas: Atlas) -> Iterator[tuple[str, str, int, int, int | None]]:
    for state in atlas.states:
        code = str(state["iso"])
        if code in atlas.countries_by_hand:
            number = int(state["isonumeric"] or 0)
            yield code, str(state["iso3"]), number, int(state["geonameid"]), atlas.capitals.get(code)
