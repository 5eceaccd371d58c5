"""A passage: one sentence of a document with all that the finders found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from dateline.extract.actors import find_actors
from dateline.extract.counts import CountFinder, CountMention
from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.extract.places import PlaceFinder
from dateline.extract.quantities import find_quantities
from dateline.extract.sentences import sentences
from dateline.extract.sites import SiteMention, find_sites
from dateline.extract.statements import find_statements
from dateline.extract.times import find_times
from dateline.extract.triggers import Trigger, find_triggers
from dateline.extract.weapons import WeaponMention, find_weapons
from dateline.language import lexicon
from dateline.model import (
    ActorMention,
    Document,
    PlaceMention,
    QuantityMention,
    Reality,
    Span,
    StatementMention,
    TimeMention,
)

LONGEST_TEXT = 100_000  # characters that are read; no news report is longer
HEAD = 2  # the title and the first sentence say what a report is about
REACH = 40  # characters before a trigger within which an article belongs to it


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_Found = TypeVar("_Found", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, and the mentions in it.

    `reality` is ACTUAL unless its words say otherwise; `retells`, `takes_up` and `introduces` tell
    of words that point to an earlier incident, to one already told or to one not told before
    ("an attack on"), `is_general` of talk about no incident in particular, `is_on_scene` of an
    arrest where the attack was, `is_mishap` of disease, disaster or accident, also where the head
    of the report tells of one.
    """

    index: int
    start: int
    end: int
    in_title: bool
    triggers: tuple[Trigger, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    quantities: tuple[QuantityMention, ...]
    counts: tuple[CountMention, ...]
    weapons: tuple[WeaponMention, ...]
    sites: tuple[SiteMention, ...]
    reality: Reality
    retells: bool
    takes_up: bool
    introduces: bool
    is_general: bool
    is_on_scene: bool
    is_mishap: bool

    @property
    def is_of_another(self) -> bool:
        """Return whether the words bring in an earlier incident ("it follows an attack on ...")."""
        return self.introduces and self.retells

    @property
    def weight(self) -> float:
        """Return the weight of the strongest trigger, 0 when there is none."""
        return max((trigger.weight for trigger in self.triggers), default=0.0)


@dataclass(frozen=True, slots=True)
class Findings:
    """A document and all that was found in it: its passages, and what lies across them."""

    document: Document
    searched: PhraseText
    passages: tuple[Passage, ...]
    statements: tuple[StatementMention, ...]

    @property
    def low(self) -> str:
        """Return the text in lower case, with the same offsets."""
        return self.searched.low


@dataclass(frozen=True, slots=True)
class _Lexicon:
    realities: tuple[tuple[Reality, PhraseList], ...]
    general: PhraseList
    background: PhraseList
    anaphora: PhraseList
    introduced_before: re.Pattern[str]
    on_scene: PhraseList
    mishaps: PhraseList


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "reality")
    realities = (Reality.FOILED, Reality.DENIED, Reality.PLANNED, Reality.HYPOTHETICAL)
    return _Lexicon(
        tuple((reality, phrases(table[reality.value])) for reality in realities),
        phrases(table["general"]),
        phrases(table["background"]),
        phrases(table["anaphora"]),
        re.compile(lexicon(language, "incidents")["introduced_before"]),
        phrases(table["on_scene"]),
        phrases(table["mishaps"]),
    )


def find_all(document: Document, place_finder: PlaceFinder) -> Findings:
    """Return the document with everything that the finders find in it, sentence by sentence.

    Only the first `LONGEST_TEXT` characters are read.
    """
    text = document.text[:LONGEST_TEXT]
    searched = PhraseText(text)
    bounds = sentences(text)
    words = _lexicon(document.language)
    triggers = _by_sentence(find_triggers(searched, document.language), bounds)
    named = place_finder.find(text)
    published, southern = document.published.range, is_southern(named)
    times = _by_sentence(find_times(text, published, bounds, southern=southern), bounds)
    places = _by_sentence(named, bounds)
    actors = _by_sentence(find_actors(text), bounds)
    quantities = _by_sentence(find_quantities(text), bounds)
    weapons = _by_sentence(find_weapons(searched, document.language), bounds)
    sites = _by_sentence(find_sites(text, searched.low), bounds)
    counter = CountFinder(searched, document.language)
    head = bounds[min(HEAD, len(bounds)) - 1][1] if bounds else 0
    is_about_mishap = searched.first(words.mishaps, 0, head) is not None
    passages = tuple(
        Passage(
            index=index,
            start=start,
            end=end,
            in_title=end <= document.body_start,
            triggers=triggers[index],
            times=times[index],
            places=places[index],
            actors=actors[index],
            quantities=quantities[index],
            counts=counter.find(start, end, quantities[index], actors[index]),
            weapons=weapons[index],
            sites=sites[index],
            reality=_reality(words, searched, start, end),
            retells=searched.first(words.background, start, end) is not None,
            takes_up=searched.first(words.anaphora, start, end) is not None,
            introduces=_introduces(words, searched.low, start, triggers[index]),
            is_general=searched.first(words.general, start, end) is not None,
            is_on_scene=searched.first(words.on_scene, start, end) is not None,
            is_mishap=is_about_mishap or searched.first(words.mishaps, start, end) is not None,
        )
        for index, (start, end) in enumerate(bounds)
    )
    return Findings(document, searched, passages, find_statements(text, bounds))


def is_southern(named: Iterable[PlaceMention]) -> bool:
    """Return whether most of a report's places lie in the southern hemisphere: its summer is in January."""
    south = [m.place.latitude < 0 for m in named if m.place is not None and m.place.latitude is not None]
    return sum(south) * 2 > len(south)


def _introduces(words: _Lexicon, low: str, start: int, triggers: Iterable[Trigger]) -> bool:
    return any(
        words.introduced_before.search(low, max(start, t.span.start - REACH), t.span.start) for t in triggers
    )


def _reality(words: _Lexicon, searched: PhraseText, start: int, end: int) -> Reality:
    for reality, among in words.realities:
        if searched.first(among, start, end):
            return reality
    return Reality.ACTUAL


def _by_sentence(found: Iterable[_Found], bounds: Sequence[tuple[int, int]]) -> list[tuple[_Found, ...]]:
    """Return the mentions of each sentence; a mention belongs where it begins."""
    buckets: list[list[_Found]] = [[] for _ in bounds]
    index = 0
    for mention in sorted(found, key=lambda mention: mention.span.start):
        while index + 1 < len(bounds) and bounds[index + 1][0] <= mention.span.start:
            index += 1
        if buckets and bounds[index][0] <= mention.span.start:
            buckets[index].append(mention)
    return [tuple(bucket) for bucket in buckets]
