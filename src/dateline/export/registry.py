"""The formats that incidents can be written in: built-in ones and those of installed packages."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from dateline.errors import DataError, UsageError
from dateline.export.csv_ import tables
from dateline.export.format import Format
from dateline.export.geojson import GeoJsonFormat
from dateline.export.json_ import JsonFormat

ENTRY_POINTS = "dateline.exports"


def formats() -> Mapping[str, Format]:
    """Return every format under its name, the built-in ones first; nothing replaces those.

    DataError when an installed one cannot be loaded.
    """
    built_in: tuple[Format, ...] = (JsonFormat(), *tables(), GeoJsonFormat())
    known = {each.name: each for each in built_in}
    for entry in entry_points(group=ENTRY_POINTS):
        known.setdefault(entry.name, _load(entry))
    return known


def _load(entry: EntryPoint) -> Format:
    try:
        found: Format = entry.load()
    except Exception as error:
        raise DataError(
            f"export format {entry.name!r} ({entry.value}) cannot be loaded: {error}; "
            "mend or uninstall its package"
        ) from error
    return found


def format_named(name: str) -> Format:
    """Return the format of that name; UsageError lists the known ones."""
    known = formats()
    if name not in known:
        raise UsageError(f"there is no export format {name!r}; known formats: {', '.join(known)}")
    return known[name]
