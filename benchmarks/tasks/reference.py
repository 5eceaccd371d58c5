"""Incident mentions in the codebook's form, linked: all reports of the input are one casebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.documents import documents
from dateline.export.reference import annotate
from dateline.extract.reader import shipped_extractor
from dateline.link import link, linkables
from dateline.ontology import ontology

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one annotation a report; mentions that were linked carry one incident id."""
    extractor = shipped_extractor()
    read = [(row["id"], document, extractor.extract(document)) for row, document in documents(rows)]
    items = [item for _, document, mentions in read for item in linkables(document, mentions)]
    parents = {group.name: group.parent for group in ontology().groups.values() if group.parent}
    clusters = link(items, parents=parents)
    incident_of = {mention: f"i{n}" for n, cluster in enumerate(clusters) for mention in cluster}
    for name, document, mentions in read:
        yield annotate(name, document, mentions, incident_of).to_json()
