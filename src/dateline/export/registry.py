"""The formats that incidents can be written in: built-in ones and those of installed packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, TextIO

from dateline.errors import DataError, UsageError
from dateline.model import Citation, Incident

ENTRY_POINTS = "dateline.exports"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says of itself: the rule that chose its values and the Dateline that wrote it."""

    rule: str
    version: str


class Format(Protocol):
    """Writes incidents to a text file.

    A package adds one as an entry point of the group `dateline.exports`: an object like this,
    under its name.
    Every incident's reports are in `citations`; incidents may come from a generator and are written
    one by one.
    """

    @property
    def name(self) -> str:
        """Return the word that users ask for the format with."""
        ...

    @property
    def description(self) -> str:
        """Return in one line what the file holds."""
        ...

    def write(
        self,
        incidents: Iterable[Incident],
        citations: Mapping[str, Citation],
        manifest: Manifest,
        out: TextIO,
    ) -> None:
        """Write the whole file; `out` takes line ends as they are (opened with newline="")."""
        ...


def formats() -> Mapping[str, Format]:
    """Return every format under its name, the built-in ones first; nothing replaces those.

    DataError when an installed one cannot be loaded.
    """
    from dateline.export import csv_, geojson, json_

    built_in: tuple[Format, ...] = (json_.JsonFormat(), *csv_.tables(), geojson.GeoJsonFormat())
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
