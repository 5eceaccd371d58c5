"""Cleaning a page that was saved as plain text: which lines are the article, its headline and its day.

Lines are kept or left out whole, in their order; none is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from dateline.ingest.article import Article
from dateline.ingest.extent import extent_of, is_dump
from dateline.ingest.headline import headline_of
from dateline.ingest.lines import Kind, Line, bare, lines_of
from dateline.model import DateRange, Published, PublishedBasis

_NEAR = 2  # lines between a date and the by-line that ties it to the article
_OUTSIDE = (Kind.BLANK, Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.LABEL, Kind.FURNITURE)
_LIST = 4  # lines without prose in a row that are a list of links on a dumped page
_REPEATED_WORDS = 4  # a line of this many words that was said before is not said again
_NOTHING = Line("", Kind.BLANK)


def clean(text: str, language: str = "en") -> Article:
    """Return the article of a page saved as plain text, without the furniture around and inside it."""
    lines = lines_of(_one_break(text), language)
    if is_dump(lines):
        start, end = extent_of(lines, language)
        return _article(lines[:start], (), _without_lists(lines[start:end]))
    start = _first_prose(lines)
    furniture = (Kind.BYLINE, Kind.CREDIT, Kind.FURNITURE)
    inside = [line for line in lines[start:] if line.kind not in furniture]
    return _article(lines[:start], _opening(lines[:start]), inside)


def trim(text: str, language: str = "en") -> Article:
    """Return the article of a text that is clean but for its edges: nothing inside is left out."""
    lines = lines_of(_one_break(text), language)
    start = _first_prose(lines)
    kept = _trimmed([*_opening(lines[:start]), *lines[start:]])
    return Article(_title(lines[:start]), "\n".join(line.text for line in kept), published_in(lines[:start]))


def _article(top: Sequence[Line], opening: Sequence[Line], inside: Sequence[Line]) -> Article:
    title = _title(top)
    kept = _trimmed(_said_once([*opening, *inside], title))
    return Article(title, _joined(kept), published_in(top))


def _one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _joined(lines: Sequence[Line]) -> str:
    """Return the lines as one text, with at most one blank line in a row."""
    kept = [
        line.text.rstrip()
        for before, line in pairwise([_NOTHING, *lines])
        if not (line.kind is Kind.BLANK is before.kind)
    ]
    return "\n".join(kept)


def _opening(top: Sequence[Line]) -> list[Line]:
    """Return the lines below the headline that are neither furniture nor the headline again."""
    title = _title(top)
    after = next((n + 1 for n in reversed(range(len(top))) if top[n].text.strip() == title), 0)
    return [line for line in top[after:] if line.kind is Kind.SHORT and not _repeats(line, title)]


def _without_lists(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for is_prose, run in groupby(lines, key=lambda line: line.kind is Kind.PROSE):
        group = list(run)
        told = sum(line.kind is not Kind.BLANK for line in group)
        if is_prose or told < _LIST:
            kept += [line for line in group if line.kind in (Kind.PROSE, Kind.SHORT, Kind.BLANK)]
        else:
            kept.append(_NOTHING)
    return kept


def _said_once(lines: Sequence[Line], title: str | None) -> list[Line]:
    said: set[str] = set()
    kept = []
    for line in lines:
        same = bare(line.text)
        if not (same in said or _repeats(line, title)):
            kept.append(line)
        if line.words >= _REPEATED_WORDS:
            said.add(same)
    return kept


def _title(top: Sequence[Line]) -> str | None:
    number = headline_of(top)
    return None if number is None else top[number].text.strip()


def _first_prose(lines: Sequence[Line]) -> int:
    return next((number for number, line in enumerate(lines) if line.kind is Kind.PROSE), len(lines))


def _repeats(line: Line, title: str | None) -> bool:
    return bool(title) and line.kind is Kind.SHORT and bare(line.text) == bare(title or "")


def _trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    start, end = 0, len(lines)
    while start < end and lines[start].kind in _OUTSIDE:
        start += 1
    while end > start and lines[end - 1].kind in _OUTSIDE:
        end -= 1
    return lines[start:end]


def published_in(top: Sequence[Line]) -> Published:
    """Return when the lines above an article say that it was published.

    A day with a time of day, with "published" or the like, or next to a by-line is stated by the
    article; a day that stands alone may be the one on which the page was saved: an upper bound.
    """
    dated = [(n, line) for n, line in enumerate(_unblank(top)) if line.day]
    bylines = [n for n, line in enumerate(_unblank(top)) if line.kind is Kind.BYLINE]
    for n, line in dated:
        if line.ties or any(abs(n - byline) <= _NEAR for byline in bylines):
            return _published(line, PublishedBasis.STATED)
    return _published(dated[0][1], PublishedBasis.PAGE) if dated else Published()


def _unblank(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.kind is not Kind.BLANK]


def _published(line: Line, basis: PublishedBasis) -> Published:
    days = line.day.range if line.day else None
    if days is None:
        return Published()
    if basis is PublishedBasis.PAGE:
        days = DateRange(None, days.latest)
    return Published(days, basis, line.text.strip())
