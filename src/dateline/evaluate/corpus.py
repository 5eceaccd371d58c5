"""The reports that an annotation is about, read as any other and kept under their own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from dateline.config import Settings
from dateline.errors import InputError
from dateline.ingest import parse, read
from dateline.model import Document, Rejection, Report


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents under the names that annotations know their reports by, and what could not be read."""

    documents: Mapping[str, Document]
    rejections: tuple[Rejection, ...]

    @property
    def texts(self) -> Mapping[str, str]:
        """Return each report's text, title included, under its name."""
        return {name: document.text for name, document in self.documents.items()}


def read_corpus(locations: Iterable[str | Path], settings: Settings) -> Corpus:
    """Return the documents at `locations`, under the id of a JSON line or the name of a file.

    InputError when two reports have one name, since an annotation could mean either.
    """
    documents: dict[str, Document] = {}
    rejections: list[Rejection] = []
    for found in _parsed(locations, settings):
        if isinstance(found, Rejection):
            rejections.append(found)
            continue
        report, document = found
        if report.name in documents:
            raise InputError(f"{report.location}: found a second report named {report.name!r}, expected one")
        documents[report.name] = document
    return Corpus(documents, tuple(rejections))


def _parsed(
    locations: Iterable[str | Path], settings: Settings
) -> Iterator[tuple[Report, Document] | Rejection]:
    for report in chain.from_iterable(read(location, settings) for location in locations):
        if isinstance(report, Rejection):
            yield report
            continue
        document = parse(report, settings)
        yield document if isinstance(document, Rejection) else (report, document)
