"""A text prepared for the search for actors, and a noun phrase in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extract.actor_names import NamedGroup
from dateline.extract.actor_words import ActorWords, Noun
from dateline.extract.ages import Ages
from dateline.extract.persons import Person
from dateline.extract.words import Word, joined
from dateline.model import PerpetratorCategory
from dateline.ontology import Group, State

GROUP_HEAD = "group"
STATE_HEAD = "state"
_LOOK_BACK = 4
_SHORT_WORD = 3
_SHORTEST_TITLE = 3
_TITLE_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class ActorText:
    """A text with its words and what is known of its names."""

    text: str
    words: tuple[Word, ...]
    lexicon: ActorWords
    local: dict[tuple[str, ...], NamedGroup]
    shouted: bool
    sites: frozenset[str]
    titled: frozenset[int]
    ages: Ages
    persons: dict[str, Person]
    language: str

    def joins(self, index: int) -> bool:
        """Return whether word `index` and the next belong to one phrase."""
        return joined(self.text, self.words[index], self.words[index + 1])

    def opens_sentence(self, index: int) -> bool:
        """Return whether word `index` is the first of a sentence or a line."""
        before = self.before(index).rstrip(" \"'“”‘’(-–—")
        return not before or before[-1] in ".!?\n:"

    def before(self, index: int) -> str:
        """Return the few characters before word `index`."""
        start = self.words[index].start
        return self.text[max(0, start - _LOOK_BACK) : start]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in the making: words `start` to `end` (exclusive), its noun from `core` on, its name."""

    start: int
    end: int
    noun: Noun
    core: int
    group: Group | None = None
    state: State | None = None
    definite: bool = False
    plural: bool = False
    side: str | None = None
    override: PerpetratorCategory | None = None


def words_in_titles(text: str, found: Sequence[Word]) -> frozenset[int]:
    """Return the words that stand in lines where capitals mean nothing: "Gunmen Storm Village Market"."""
    inside: list[int] = []
    line: list[int] = []
    for index, word in enumerate(found):
        line.append(index)
        if index + 1 == len(found) or "\n" in text[word.end : found[index + 1].start]:
            long = [found[i].is_capital for i in line if len(found[i].text) > _SHORT_WORD]
            if len(long) >= _SHORTEST_TITLE and sum(long) > _TITLE_SHARE * len(long):
                inside.extend(line)
            line = []
    return frozenset(inside)
