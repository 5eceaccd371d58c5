"""Whether people who are named or counted did it to others, or others had it done to them."""

from __future__ import annotations

import re

from dateline.extract.count_words import count_words
from dateline.extract.phrases import PhraseText
from dateline.model import What

BEFORE = 40  # characters before the people that are looked at
REACH = 34  # characters behind the people within which their verb stands

_TAKES = re.compile(r"\s+(?:(?:have|had|has)\s+)?(?:taken|took|seized|held|captured|kidnapped|abducted)\b")
_AND = re.compile(r"\s+and\s+")
_ASIDE = re.compile(r",[^,.;:]{1,60},")
_ADVERB = re.compile(r"\s+(?:\w+ly\s+)?(?:(?:had|has|have)\s+)?(?:\w+ly\s+)?")
_OBJECT = re.compile(
    r"\s+(?:(?:at least|up to|more than|about|around|some|nearly|almost|over)\s+)?"
    r"(?:an?|the|his|her|their|its|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|another"
    r"|dozens|scores|hundreds|\d)\b"
)


_BY = re.compile(r"\bby\s+(?:an?\s+|the\s+)?\Z")
_PART_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|any|some|none|most|half|several"
    r"|many|dozens|all)\s+of\s+(?:the|those|these|some|about|more than|nearly|almost|at least|a|\s)+\Z"
)


class Deeds:
    """Reads the words around people in one text."""

    def __init__(self, searched: PhraseText, language: str = "en") -> None:
        self._searched = searched
        self._low = searched.low
        self._words = count_words(language).whats

    def is_agent(self, at: int) -> bool:
        """Return whether "by" stands before the people who begin at `at`: they did what is told."""
        return _BY.search(self._low, max(0, at - BEFORE), at) is not None

    def is_whole(self, at: int) -> bool:
        """Return whether only a part of the people who begin at `at` is meant: "two of the 12 captives"."""
        return _PART_OF.search(self._low, max(0, at - BEFORE), at) is not None

    def does(self, at: int, end: int) -> bool:
        """Return whether the words that end at `at` are the subject of what is done to others behind them.

        "A gunman killed three shoppers", also "six men, some of them armed, killed three", but not "a
        gunman killed by police" or "was killed".
        """
        aside = _ASIDE.match(self._low, at, end)
        at = aside.end() if aside else at
        limit = min(end, at + REACH)
        taking = _TAKES.match(self._low, at, limit)
        if taking and _OBJECT.match(self._low, taking.end(), end):
            return True
        for words in self._words:
            verb = self._searched.first(words.before, at, limit)
            if verb and _ADVERB.fullmatch(self._low, at, verb.start()):
                return _OBJECT.match(self._low, verb.end(), end) is not None
        return False

    def is_before_other(self, at: int, end: int, what: What) -> bool:
        """Return whether behind the words that end at `at` the same befalls others, and so not them.

        "Freed three guards and a nurse and killed five inmates": the nurse is not among the killed.
        """
        joined = _AND.match(self._low, at, end)
        if joined is None:
            return False
        limit = min(end, joined.end() + REACH)
        for words in self._words:
            if words.what is what:
                verb = self._searched.first(words.before, joined.end(), limit)
                if verb and verb.start() == joined.end():
                    return _OBJECT.match(self._low, verb.end(), end) is not None
        return False
