"""The tables of the gazetteer's file, shared by what makes it and what reads it."""

from __future__ import annotations

from enum import IntEnum

DEGREE = 10_000  # coordinates are kept in whole ten-thousandths of a degree, about 11 m

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT, kind INTEGER, country TEXT, admin1 INTEGER, admin2 INTEGER,
    latitude INTEGER, longitude INTEGER, radius_km INTEGER, population INTEGER, level INTEGER
);
CREATE TABLE name (
    folded TEXT, place INTEGER, is_other INTEGER, PRIMARY KEY (folded, place)
) WITHOUT ROWID;
CREATE TABLE sound (skeleton TEXT, place INTEGER, PRIMARY KEY (skeleton, place)) WITHOUT ROWID;
CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE people (folded TEXT, country TEXT, PRIMARY KEY (folded, country)) WITHOUT ROWID;
CREATE TABLE country (
    alpha2 TEXT PRIMARY KEY, alpha3 TEXT, number INTEGER, place INTEGER, capital INTEGER
) WITHOUT ROWID;
"""

GEONAMES_IDS = range(1, 20_000_000)
UNIT_IDS = range(20_000_000, 30_000_000)  # first-level units before second-level ones
REGION_IDS = range(30_000_000, 31_000_000)
ADDED_IDS = range(40_000_000, 90_000_000)  # what users import


class KindCode(IntEnum):
    """The kind of a place as the file keeps it."""

    COUNTRY = 0
    ADMIN1 = 1
    ADMIN2 = 2
    CITY = 3
    REGION = 4


class Level(IntEnum):
    """What a city is the seat of; a part of a larger city is below all."""

    NONE = 0
    SEAT2 = 1
    SEAT1 = 2
    CAPITAL = 3
    QUARTER = -1

    @classmethod
    def of_feature(cls, code: str) -> Level:
        """Return the level that a GeoNames feature code stands for."""
        return {"PPLC": cls.CAPITAL, "PPLA": cls.SEAT1, "PPLA2": cls.SEAT2, "PPLX": cls.QUARTER}.get(
            code, cls.NONE
        )
