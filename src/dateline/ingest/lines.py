"""What each line of a page without markup is: prose, headline, by-line, date, credit or furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from dateline.ingest.dates import WrittenDay, find_days
from dateline.language import lexicon

_LONGEST_FURNITURE = 160  # characters: longer lines are prose whatever they begin with
_PROSE_WORDS = 8  # a line of this many words that ends like a sentence is prose
_LONG_PROSE_WORDS = 25  # a line of this many words is prose however it ends
_WRAPPED_WORDS = 6  # a line of this many words may go on in the next line
_BYLINE_WORDS = 14
_EDGES = " \t\xa0\u200b\ufeff|·•*-–—_:>»›«‹.,#[]()✕×►▶↓→←…!?"
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’'»）」』)\]\s]*$|:$")
_PLACE = re.compile(r"\s{0,4}(?:[A-Z][\w.'’/-]{1,24},?\s){0,3}[A-Z][\w.'’/-]{1,24},\s")
_CUT_OFF = ("...", "…", "[…]", "[...]")
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]|:\s)\d\d(?::\s?\d\d)?\b|\b\d{1,2}\s?[ap]\.?m\b\.?", re.I)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CHARACTERS_PER_WORD = 2
_CREDIT_END = re.compile(
    r"(?:\(|\b)(?:images?|photos?|credits?|pictures?|pic|courtesy|getty|afp|reuters)\s{0,2}[:/©|][^.!?]{0,60}$",
    re.I,
)
_LONGEST_CAPTION = 500
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
        return size_of(self.text)


@dataclass(frozen=True, slots=True)
class _Words:
    furniture: frozenset[str]
    furniture_starts: tuple[str, ...]
    furniture_phrases: re.Pattern[str]
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
        re.compile(_any(table["boilerplate"]["phrases"])),
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
    lines = [_line(line, language) for line in text.split("\n")]
    for number, (line, following) in enumerate(pairwise(lines)):
        if _runs_on(line, following):
            lines[number] = replace(line, kind=Kind.PROSE)
            lines[number + 1] = replace(following, kind=Kind.PROSE)
    return tuple(lines)


def _runs_on(line: Line, following: Line) -> bool:
    """Return whether a sentence goes on from one line to the next, in text that was broken into lines."""
    kinds = (line.kind, following.kind)
    if any(kind not in (Kind.PROSE, Kind.SHORT) for kind in kinds) or Kind.SHORT not in kinds:
        return False
    return line.words >= _WRAPPED_WORDS and following.text.lstrip()[:1].islower()


def bare(line: str) -> str:
    """Return a line in the form in which it is compared: lower case, no marks around it, single blanks."""
    return " ".join(line.strip(_EDGES).lower().split())


def is_prose(line: str) -> bool:
    """Return whether a line reads as a sentence or more."""
    words, end = size_of(line), line.rstrip()[-8:]
    if end.endswith(_CUT_OFF):
        return False  # a teaser
    return words >= _LONG_PROSE_WORDS or (words >= _PROSE_WORDS and bool(_SENTENCE_END.search(end)))


def size_of(line: str) -> int:
    """Return the number of words, counting scripts without blanks between words by their characters."""
    return max(line.count(" ") + 1, len(_IDEOGRAPH.findall(line)) // _CHARACTERS_PER_WORD)


def _line(text: str, language: str) -> Line:
    if not text.strip():
        return Line(text, Kind.BLANK)
    words = _words(language)
    same = bare(text)
    if words.furniture_phrases.search(same):
        return Line(text, Kind.FURNITURE)
    if len(text) > _LONGEST_FURNITURE:
        return Line(text, _long_kind(text))
    if not same or same in words.furniture or same.startswith(words.furniture_starts):
        return Line(text, Kind.FURNITURE)
    if same in words.labels:
        return Line(text, Kind.LABEL)
    return _dated(text, words, language) or Line(text, _undated_kind(text, same, words))


def _long_kind(text: str) -> Kind:
    if len(text) <= _LONGEST_CAPTION and _CREDIT_END.search(text[-_LONGEST_FURNITURE:]):
        return Kind.CREDIT
    return Kind.PROSE if is_prose(text) else Kind.SHORT


def _undated_kind(text: str, same: str, words: _Words) -> Kind:
    if _is_byline(text, words):
        return Kind.BYLINE
    if words.credit.match(text) or _CREDIT_END.search(text) or same.endswith(words.credit_endings):
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
    if _is_place(text[: days[0].start], words) and not text[days[0].end :].strip(" .:–—-"):
        return Line(text, Kind.DATE, days[0], ties=True)
    ties = byline or bool(words.ties.search(text) or _CLOCK.search(_without(text, days)))
    if byline or _only_date(_without(text, days), words):
        return Line(text, Kind.BYLINE if byline else Kind.DATE, days[0], ties)
    return None


def _is_place(before: str, words: _Words) -> bool:
    """Return whether what stands before a day is a place, as in a dateline on a line of its own."""
    return bool(_PLACE.fullmatch(before)) and not _only_date(before, words)


def _without(text: str, days: Sequence[WrittenDay]) -> str:
    for day in reversed(days):
        text = text[: day.start] + " " + text[day.end :]
    return text


def _only_date(rest: str, words: _Words) -> bool:
    return all(word.lower() in words.fillers for word in _WORD.findall(rest))
