"""Whether people who are named or counted did it to others, or others had it done to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache

from dateline.extract.count_words import count_words
from dateline.extract.phrases import PhraseText
from dateline.language import lexicon
from dateline.model import What

BEFORE = 40  # characters before the people that are looked at
REACH = 34  # characters behind the people within which their verb stands
FATE = 260  # characters behind somebody hurt within which it is said that they died of it
HEAD = 70  # of them those that open a later sentence
PASSING = 160  # characters behind captives within which their captivity ends
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+|\n+")
# "Fatally shot Ana Ruun": what is done to somebody named, not to those before the verb.
_NAME_BEHIND = re.compile(
    r"[^\S\n]+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[A-Z][\w’'-]+[^\S\n]+(?:[A-Z]\.[^\S\n]+)?[A-Z][\w’'-]+"
)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    takes: re.Pattern[str]
    joint: re.Pattern[str]
    aside: re.Pattern[str]
    adverb: re.Pattern[str]
    object: re.Pattern[str]
    by: re.Pattern[str]
    part_of: re.Pattern[str]
    taken: re.Pattern[str]
    freed: re.Pattern[str]
    others: re.Pattern[str]
    fate: re.Pattern[str]
    taken_up: re.Pattern[str]
    somebody: re.Pattern[str]
    survived: re.Pattern[str]


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "deeds")
    names = [each.name for each in fields(_Lexicon)]
    return _Lexicon(**{name: re.compile(table[name]) for name in names})


class Deeds:
    """Reads the words around people in one text."""

    def __init__(self, searched: PhraseText, language: str = "en") -> None:
        self._searched = searched
        self._low = searched.low
        self._whats = count_words(language).whats
        self._words = _lexicon(language)

    def is_agent(self, at: int) -> bool:
        """Return whether "by" stands before the people who begin at `at`: they did what is told."""
        return self._words.by.search(self._low, max(0, at - BEFORE), at) is not None

    def is_fatal(self, at: int) -> bool:
        """Return whether somebody hurt, in the words that end at `at`, is said to have died of it.

        It is said in their sentence, or in one of the next that takes them up, "He was pronounced dead",
        and nobody else is told of between.
        """
        words = self._words
        for number, sentence in enumerate(_SENTENCE_END.split(self._low[at : at + FATE])):
            told = words.fate.search(sentence)
            if told and not words.survived.search(sentence, 0, told.start()):
                takes_up = told.start() <= HEAD and words.taken_up.match(sentence) is not None
                goes_on = number == 0 or takes_up
                return goes_on and words.somebody.search(sentence, 0, told.start()) is None
            if words.somebody.search(sentence):
                return False
        return False

    def is_whole(self, at: int) -> bool:
        """Return whether only a part of the people who begin at `at` is meant: "two of the 12 captives"."""
        return self._words.part_of.search(self._low, max(0, at - BEFORE), at) is not None

    def does(self, at: int, end: int) -> bool:
        """Return whether the words that end at `at` are the subject of what is done to others behind them.

        "A gunman killed three shoppers", also "six men, some of them armed, killed three", but not "a
        gunman killed by police" or "was killed".
        """
        aside = self._words.aside.match(self._low, at, end)
        at = aside.end() if aside else at
        limit = min(end, at + REACH)
        taking = self._words.takes.match(self._low, at, limit)
        if taking and self._words.object.match(self._low, taking.end(), end):
            return True
        for words in self._whats:
            verb = self._searched.first(words.before, at, limit)
            if verb and self._words.adverb.fullmatch(self._low, at, verb.start()):
                has_object = self._words.object.match(self._low, verb.end(), end) is not None
                is_plain = self._searched.text[verb.start()].islower()
                return has_object or (is_plain and names_somebody(self._searched.text, verb.end()))
        return False

    def is_before_other(self, at: int, end: int, what: What) -> bool:
        """Return whether behind the words that end at `at` the same befalls others, and so not them.

        "Freed three guards and a nurse and killed five inmates": the nurse is not among the killed.
        """
        joined = self._words.joint.match(self._low, at, end)
        if joined is None:
            return False
        limit = min(end, joined.end() + REACH)
        for words in self._whats:
            if words.what is what:
                verb = self._searched.first(words.before, joined.end(), limit)
                if verb and verb.start() == joined.end():
                    return self._words.object.match(self._low, verb.end(), end) is not None
        return False

    def are_free(self, at: int, end: int) -> bool:
        """Return whether the captives whose words end at `at` are told to be free, and taken only in passing.

        "21 girls abducted in May by rebels have been freed" tells that 21 were freed; how many were taken it
        does not say.
        """
        taken = self._words.taken.match(self._low, at, end)
        if taken is None:
            return False
        freed = self._words.freed.search(self._low, taken.end(), min(end, taken.end() + PASSING))
        return freed is not None and not self._words.others.search(self._low, taken.end(), freed.start())


def names_somebody(text: str, at: int) -> bool:
    """Return whether a first and a last name, or the like, stand behind the words that end at `at`."""
    return _NAME_BEHIND.match(text, at) is not None
