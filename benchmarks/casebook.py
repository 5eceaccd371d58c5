"""Rows of reports taken as one casebook: read, extracted, linked and reconciled by the product itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.documents import documents
from dateline.extract.claims import claims
from dateline.extract.extractor import Extractor
from dateline.extract.reader import shipped_extractor
from dateline.link import Linkable, link, linkables
from dateline.model import Document, Field, Focus, Incident, IncidentMention, IncidentType
from dateline.ontology import ontology
from dateline.reconcile import DEFAULT, reconcile, rule_named

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One incident with the ids of the rows whose main incident it is."""

    incident: Incident
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    row_id: str
    document: Document
    mentions: tuple[IncidentMention, ...]

    @property
    def main(self) -> IncidentMention | None:
        """Return what the report is about, or None when it tells of no incident."""
        return main_of(self.mentions)


def main_of(mentions: Iterable[IncidentMention]) -> IncidentMention | None:
    """Return the mention that a report is about: the main one, else what it tells of first.

    Data sets of incidents count the violence, not the arrest that a later report is about: that comes last.
    """

    def rank(mention: IncidentMention) -> tuple[bool, bool, int]:
        is_aftermath = mention.type is IncidentType.ARREST
        return is_aftermath, mention.focus is not Focus.MAIN, mention.span.start

    return min(mentions, key=rank, default=None)


def incidents(rows: Iterable[Row], *, accidents: bool = False) -> list[Told]:
    """Return the incidents that are the main one of some row, each with its values."""
    extractor = shipped_extractor(accidents=accidents)
    read = [_Read(row["id"], document, extractor.extract(document)) for row, document in documents(rows)]
    parents = {group.name: group.parent for group in ontology().groups.values() if group.parent}
    rule = rule_named(DEFAULT, parents)
    items: list[Linkable] = [item for r in read for item in linkables(r.document, r.mentions)]
    source = {mention.id: (r, mention) for r in read for mention in r.mentions}
    found = []
    for number, cluster in enumerate(link(items, parents=parents)):
        members = [source[mention_id] for mention_id in cluster]
        about = [(r, mention) for r, mention in members if r.main == mention]
        if about:
            said = _claims(members, extractor)
            incident = reconcile(f"i{number}", said, (), rule)
            found.append(Told(incident, tuple(r.row_id for r, _ in about)))
    return found


def _claims(members: Sequence[tuple[_Read, IncidentMention]], extractor: Extractor) -> list[Any]:
    return [
        claim
        for read, mention in members
        for claim in claims(mention, read.document, read.document.outlet or read.row_id, extractor.version)
        if claim.field is not Field.FOCUS
    ]
