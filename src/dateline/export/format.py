"""What an export format is, and what every file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TextIO

from dateline.model import Citation, Incident


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
