"""What each line of a page without markup is: prose, headline, by-line, date, credit or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from dateline.ingest.dates import WrittenDay, find_days
from dateline.language import lexicon

_LONGEST_FURNITURE = 160  # characters: longer lines are prose whatever they begin with
_PROSE_WORDS = 8  # a line of this many words that ends like a sentence is prose
_LONG_PROSE_WORDS = 25  # a line of this many words is prose however it ends
_BYLINE_WORDS = 14
_EDGES = " \t\xa0\u200b\ufeff|·•*-–—_:>»›«‹.,#[]()✕×►▶↓→←…!?"
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]\s]*$|:$")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\b|\b\d{1,2}\s?[ap]\.?m\b\.?", re.I)
_WORD = re.compile(r"[^\W\d_]+")


class Kind(Enum):
    """What a line is to the article."""

    BLANK = auto()
    PROSE = auto()
    SHORT = auto()  # a headline, a subhead, a list item, a teaser
    BYLINE = auto()
    DATE = auto()
    CREDIT = auto()
    LABEL = auto()
    FURNITURE = auto()  # of the page, not of the article


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands and what it is; `day` is the day that it writes, if it is about one."""

    text: str
    kind: Kind
    day: WrittenDay | None = None
    ties: bool = False  # says itself that its day is the article's: "Published ...", a time of day

    @property
    def words(self) -> int:
        """Return the number of words."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class _Words:
    furniture: frozenset[str]
    furniture_starts: tuple[str, ...]
    labels: frozenset[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    credit_endings: tuple[str, ...]
    fillers: frozenset[str]
    ties: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: str) -> _Words:
    table = lexicon(language, "pages")
    dates = table["dates"]
    ties = (*dates["published"], *dates["updated"])
    fillers = {*dates["fillers"], *dates["weekdays"], *table["months"], *" ".join(ties).split()}
    return _Words(
        frozenset(table["boilerplate"]["lines"]),
        tuple(table["boilerplate"]["starts"]),
        frozenset(table["labels"]["words"]),
        re.compile(rf"\W{{0,3}}{_any(table['bylines']['starts'])}\b[\s:–—|-]{{1,3}}(?-i:[A-Z@])", re.I),
        re.compile(
            rf"\W{{0,2}}{_any(table['credits']['starts'])}(?:\s?[:/|©–—-]|\sby\s|\scourtesy\s|\)|$)", re.I
        ),
        tuple(table["credits"]["endings"]),
        frozenset(fillers),
        re.compile(rf"\b{_any(ties)}\b", re.I),
    )


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, ordered)) + ")"


def lines_of(text: str, language: str = "en") -> tuple[Line, ...]:
    """Return the lines of `text`, in order, each with what it is."""
    return tuple(_line(line, language) for line in text.split("\n"))


def bare(line: str) -> str:
    """Return a line in the form in which it is compared: lower case, no marks around it, single blanks."""
    return " ".join(line.strip(_EDGES).lower().split())


def is_prose(line: str) -> bool:
    """Return whether a line reads as a sentence or more."""
    words = len(line.split())
    return words >= _LONG_PROSE_WORDS or (
        words >= _PROSE_WORDS and bool(_SENTENCE_END.search(line.rstrip()[-8:]))
    )


def _line(text: str, language: str) -> Line:
    if not text.strip():
        return Line(text, Kind.BLANK)
    if len(text) > _LONGEST_FURNITURE:
        return Line(text, Kind.PROSE if is_prose(text) else Kind.SHORT)
    words = _words(language)
    same = bare(text)
    if not same or same in words.furniture or same.startswith(words.furniture_starts):
        return Line(text, Kind.FURNITURE)
    if same in words.labels:
        return Line(text, Kind.LABEL)
    return _dated(text, words, language) or Line(text, _undated_kind(text, same, words))


def _undated_kind(text: str, same: str, words: _Words) -> Kind:
    if _is_byline(text, words):
        return Kind.BYLINE
    if words.credit.match(text) or same.endswith(words.credit_endings):
        return Kind.CREDIT
    return Kind.PROSE if is_prose(text) else Kind.SHORT


def _is_byline(text: str, words: _Words) -> bool:
    is_short = len(text.split()) <= _BYLINE_WORDS
    return is_short and bool(words.byline.match(text)) and not text.rstrip().endswith((".", "?", "!"))


def _dated(text: str, words: _Words, language: str) -> Line | None:
    days = find_days(text, language)
    if not days:
        return None
    byline = _is_byline(text, words)
    ties = byline or bool(words.ties.search(text) or _CLOCK.search(_without(text, days)))
    if byline or _only_date(_without(text, days), words):
        return Line(text, Kind.BYLINE if byline else Kind.DATE, days[0], ties)
    return None


def _without(text: str, days: Sequence[WrittenDay]) -> str:
    for day in reversed(days):
        text = text[: day.start] + " " + text[day.end :]
    return text


def _only_date(rest: str, words: _Words) -> bool:
    return all(word.lower() in words.fillers for word in _WORD.findall(rest))
