"""The interface of everything that reads a document for incidents."""

from __future__ import annotations

from typing import Protocol

from dateline.model import Document, IncidentMention


class Extractor(Protocol):
    """Reads one document at a time: what it finds depends on that document and on nothing else."""

    @property
    def version(self) -> str:
        """Return name and version, such as "rules-1"; a change of it makes stored documents be read again."""
        ...

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        """Return the incident mentions of a document, in the order of the text."""
        ...
