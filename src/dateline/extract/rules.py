"""The extractor made of rules and lexicons: fallback, features and baseline of the trained reader."""

from __future__ import annotations

from dateline.extract.assembly import assemble
from dateline.extract.incidents import mentions
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.gazetteer import Gazetteer
from dateline.model import Document, IncidentMention

VERSION = "rules-1"


class RuleExtractor:
    """Reads a document with rules alone: passages, then drafts, then mentions with their arguments."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._places = PlaceFinder(gazetteer or Gazetteer.shipped())
        self._version = with_places(VERSION, self._places.gazetteer)

    @property
    def version(self) -> str:
        """Return "rules-N", N rising with every change of what the rules find, and what places were added."""
        return self._version

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        """Return the incident mentions of a document, in the order of the text."""
        findings = find_all(document, self._places)
        return mentions(findings, assemble(findings))


def with_places(version: str, gazetteer: Gazetteer) -> str:
    """Return the version of an extractor that looks places up in `gazetteer`."""
    return f"{version}+places-{gazetteer.version}" if gazetteer.version else version
