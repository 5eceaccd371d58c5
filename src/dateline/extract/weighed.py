"""The candidates of a document as the rules and the model see them: what incidents are concluded from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extract.assembly import Draft, assemble
from dateline.extract.candidates import Candidate, candidates
from dateline.extract.encoder import Reader
from dateline.extract.features import Describer
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import Findings
from dateline.extract.read_text import Marked, ReadText, Weighing
from dateline.model import IncidentMention


@dataclass(frozen=True)
class Weighed:
    """What the rules make of a document, its candidates, and how the model reads and weighs them."""

    drafts: Sequence[Draft]
    by_rules: Sequence[IncidentMention]
    candidates: tuple[Candidate, ...]
    read: ReadText
    weighing: Weighing


def weighed(findings: Findings, reader: Reader) -> Weighed:
    """Return the candidates of a document as they are read by the rules and the model."""
    drafts = assemble(findings)
    by_rules = mention_of_each(findings, drafts)
    found = candidates(findings, drafts, by_rules)
    features = Describer(findings.document.published.range, drafts, by_rules).features(found)
    spans = [candidate.span for candidate in found]
    bounds = [(passage.start, passage.end) for passage in findings.passages]
    read = reader.read(findings.document.text, bounds, marked=Marked(spans, features))
    return Weighed(drafts, by_rules, found, read, read.weigh(spans, features))
