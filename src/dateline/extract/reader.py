"""The extractor that reads with the trained model: rules put incidents together and finders give the
values; the model says whether it is an incident, what it is, and which words play which part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from dateline.extract.assembly import Draft, assemble
from dateline.extract.encoder import checked_manifest, is_shipped, reader_of, shipped_folder
from dateline.extract.evidence import Evidence, evidence_of_each
from dateline.extract.extractor import Extractor
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import Findings, find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reading import Reading
from dateline.extract.rules import VERSION as RULES_VERSION
from dateline.extract.rules import RuleExtractor, with_places
from dateline.gazetteer import Gazetteer
from dateline.model import Argument, Document, Focus, IncidentMention, IncidentType, Reality

# All bounds were tuned on the training reports that the model did not learn from.
# How much the rules' choice weighs beside the model's probabilities.
RULE_SHARE = {"type": 0.5, "focus": 0.5, "reality": 0.8}
TOLD = 0.4  # the probability from which sentences tell of a coded incident


class ReaderExtractor:
    """Reads a document with rules and the trained model.

    It knows the model by its folder alone, so that it can be sent to workers, each of which loads
    the model when it first needs it.
    """

    def __init__(self, folder: Path | None = None, gazetteer: Gazetteer | None = None) -> None:
        self._folder = folder or shipped_folder()
        self._version = str(checked_manifest(self._folder)["version"])
        self._places = PlaceFinder(gazetteer or Gazetteer.shipped())

    @property
    def version(self) -> str:
        """Return the versions of the model and of the rules, such as "reader-1+rules-1"."""
        return with_places(f"{self._version}+{RULES_VERSION}", self._places.gazetteer)

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        """Return the incident mentions of a document, in the order of the text."""
        findings = find_all(document, self._places)
        drafts = assemble(findings)
        if not drafts:  # most news tells of no incident, and need not be read by the model
            return ()
        bounds = [(passage.start, passage.end) for passage in findings.passages]
        return revised(findings, drafts, reader_of(self._folder).read(document.text, bounds))


def shipped_extractor(gazetteer: Gazetteer | None = None) -> Extractor:
    """Return the best extractor that the package holds: with its trained reader, or the rules alone."""
    return ReaderExtractor(gazetteer=gazetteer) if is_shipped() else RuleExtractor(gazetteer)


def revised(findings: Findings, drafts: Sequence[Draft], reading: Reading) -> tuple[IncidentMention, ...]:
    """Return the incident mentions that the rules' drafts of a document make, revised by its reading."""
    told = [evidence for evidence in evidence_of_each(findings, drafts, reading) if evidence.is_told >= TOLD]
    by_rules = mention_of_each(findings, [evidence.draft for evidence in told])
    found = [revise(mention, evidence) for mention, evidence in zip(by_rules, told, strict=True)]
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def revise(mention: IncidentMention, evidence: Evidence) -> IncidentMention:
    """Return what the rules found of an incident, with what the model knows better."""
    kept = [argument for one in mention.arguments if (argument := evidence.weighed(one)) is not None]
    further: list[Argument] = list(evidence.further(kept))
    return replace(
        mention,
        type=chosen(evidence, "type", mention.type),
        focus=chosen(evidence, "focus", mention.focus),
        reality=chosen(evidence, "reality", mention.reality),
        arguments=(*kept, *further),
    )


_Choice = TypeVar("_Choice", IncidentType, Focus, Reality)


def chosen(evidence: Evidence, vocabulary: str, by_rules: _Choice) -> _Choice:
    """Return the member that the model and the rules together speak for most."""
    votes: dict[StrEnum, float] = evidence.votes(vocabulary)
    votes[by_rules] = votes.get(by_rules, 0.0) + RULE_SHARE[vocabulary]
    return type(by_rules)(max(votes, key=lambda member: votes[member]))
