"""Accidents with weapons and suicides, which the codebook leaves out and archives of gun violence keep.

They are read only where that is asked for (`Settings.accidents`), and only from reports that tell of no
incident that the codebook codes. The trained reader has learned to pass them over, so the rules read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dateline.extract.extractor import Extractor
from dateline.extract.headcount import parts_of_tolls, without_the_dead
from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.extract.rules import RuleExtractor
from dateline.language import lexicon
from dateline.model import Argument, Count, Document, IncidentMention, IncidentType, Reality, What


@lru_cache(maxsize=8)
def _accidents(language: str) -> PhraseList:
    return phrases(lexicon(language, "reality")["accidents"])


class WithAccidents:
    """An extractor, and behind it the rules for what it passes over as accident or suicide."""

    def __init__(self, coded: Extractor, rules: RuleExtractor) -> None:
        self._coded = coded
        self._rules = rules

    @property
    def version(self) -> str:
        """Return the version of the extractor, marked: reports are read anew when the wish changes."""
        return f"{self._coded.version}+accidents"

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        """Return what the codebook codes, else the accident or suicide told, as `other_violence`."""
        mentions = self._coded.extract(document)
        if mentions or not is_of_accident(document):
            return mentions
        told = (mention for mention in self._rules.extract(document) if mention.reality is Reality.ACTUAL)
        return tuple(
            replace(
                mention,
                type=IncidentType.OTHER_VIOLENCE,
                arguments=tuple(_counted(mention.arguments, document)),
            )
            for mention in told
        )


def _counted(arguments: Sequence[Argument], document: Document) -> Iterator[Argument]:
    """Yield what is told of an accident, as the reader counts: who died of a shot is not wounded too."""
    told = [each for each in arguments if not _is_survivable(each, document.language)]
    low = PhraseText(document.text).low
    return parts_of_tolls(low, list(without_the_dead(low, told)))


def _is_survivable(argument: Argument, language: str) -> bool:
    """Return whether a death is told in words that after an accident tell of a wound: "shot himself"."""
    is_death = isinstance(argument.value, Count) and argument.value.what is What.KILLED
    return is_death and _survivable(language).fullmatch(argument.span.quote.lower()) is not None


@lru_cache(maxsize=8)
def _survivable(language: str) -> re.Pattern[str]:
    return re.compile(lexicon(language, "counts")["own_hand"]["survivable"])


def is_of_accident(document: Document) -> bool:
    """Return whether a report speaks of an accident with a weapon, or of somebody's own hand."""
    searched = PhraseText(document.text)
    return searched.first(_accidents(document.language), 0, len(document.text)) is not None
