"""From a report's bytes to its document: text, title, outlet, language, and when it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from xml.parsers import expat

from dateline.config import Settings
from dateline.ingest.article import Article
from dateline.ingest.clean import clean, trim
from dateline.ingest.dates import find_dateline, find_opening_day, stated_range
from dateline.ingest.encoding import UndecodableError, decode
from dateline.ingest.feed import ForbiddenXmlError, entries_of
from dateline.ingest.languages import language_name, language_of
from dateline.ingest.lines import bare
from dateline.ingest.page import NoArticleError, article_of
from dateline.ingest.rows import field_of
from dateline.ingest.sniff import looks_like_html
from dateline.language import lexicon
from dateline.model import (
    DateRange,
    Document,
    MediaType,
    Published,
    PublishedBasis,
    Rejection,
    RejectionReason,
    Report,
)

_FEWEST_WORDS = 5  # a text below this says nothing that could be coded
_STUB_WORDS = 120  # an error page or a pay wall's stub is shorter than this
_SWAPPED_WITHIN = 7  # days: "5-04-2016" in a report of late April is neither 5 April nor 4 May
_DATELINE_LINES = 6  # lines at the top of an article in which a dateline may stand
_MOST_LINES = 20_000  # beyond this a text is a list, a log or an attack
_MOST_TAGS = 60_000  # the longest real news pages have about 20,000


class _Refused(Exception):  # noqa: N818 - carries a verdict, not a fault
    def __init__(self, reason: RejectionReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def parse(report: Report, settings: Settings) -> Document | Rejection:
    """Return the document of a report, or why it has none. Depends on the report alone."""
    try:
        article = _dated(_PARSERS[report.blob.media_type](report))
        language = _checked_language(article, settings)
    except _Refused as refused:
        return Rejection(report.location, refused.reason, refused.detail, report.blob.sha256, report.id)
    return Document.of(
        report.id,
        article.title,
        article.body,
        outlet=report.outlet or article.outlet,
        language=language,
        published=article.published,
    )


def _checked_language(article: Article, settings: Settings) -> str:
    text = f"{article.title or ''}\n{article.body}"
    words = text.split()
    if len(words) < _FEWEST_WORDS:
        raise _Refused(
            RejectionReason.NOT_AN_ARTICLE,
            f"only {len(words)} words of text: expected an article; give the page or text of one",
        )
    if len(words) < _STUB_WORDS and (phrase := _refusal_in(text)):
        raise _Refused(
            RejectionReason.NOT_AN_ARTICLE,
            f"an error page or a pay wall ({phrase!r}): expected an article; fetch the page again",
        )
    language = language_of(article.body or text, settings.languages)
    if language not in settings.languages:
        readable = ", ".join(settings.languages)
        raise _Refused(
            RejectionReason.UNKNOWN_LANGUAGE,
            f"reads as {language_name(language)}; Dateline reads: {readable}; translate it or leave it out",
        )
    return language


def _refusal_in(text: str) -> str | None:
    lowered = text.lower()
    return next(
        (phrase for phrase in lexicon("en", "pages")["refusals"]["phrases"] if phrase in lowered), None
    )


# --- one parser for each kind of content ---------------------------------------------------------


def _parse_text(report: Report) -> Article:
    return clean(_of_sane_size(_decoded(report.blob.content)))


def _parse_html(report: Report) -> Article:
    return _html_article(_decoded(report.blob.content), report)


def _parse_row(report: Report) -> Article:
    """A row's title and text are taken as clean: not a character of them is changed."""
    row: Mapping[str, object] = json.loads(report.blob.content)
    title, text = field_of(row, "title"), field_of(row, "text") or ""
    if looks_like_html(text):
        return _stated(_html_article(text, report), report)
    article = trim(_of_sane_size(text))
    if title:
        article = Article(title, text, article.published)
    return _stated(article, report)


def _parse_entry(report: Report) -> Article:
    try:
        _, entries = entries_of(report.blob.content, report.stated.get("charset"))
    except (expat.ExpatError, ForbiddenXmlError) as error:
        raise _Refused(RejectionReason.UNREADABLE, f"feed entry is no valid XML ({error})") from error
    text = entries[0].text
    article = _html_article(text, report) if looks_like_html(text) else Article(None, text)
    return _stated(replace(article, title=report.stated.get("title")), report)


def _refuse_binary(report: Report) -> Article:
    raise _Refused(RejectionReason.BINARY, f"{report.blob.media_type} is not read as a report")


_PARSERS: Mapping[MediaType, Callable[[Report], Article]] = {
    MediaType.TEXT: _parse_text,
    MediaType.HTML: _parse_html,
    MediaType.JSON: _parse_row,
    MediaType.FEED: _parse_entry,
    MediaType.BINARY: _refuse_binary,
}


def _decoded(content: bytes) -> str:
    try:
        return decode(content)
    except UndecodableError as error:
        raise _Refused(RejectionReason.BAD_ENCODING, str(error)) from error


def _of_sane_size(text: str) -> str:
    """Return the text without runs of empty lines, if it has no more lines than an article can have."""
    text = re.sub(r"\n\s*\n", "\n\n", text)
    _check_number("lines", text.count("\n"), _MOST_LINES)
    return text


def _check_number(of: str, number: int, most: int) -> None:
    if number > most:
        raise _Refused(
            RejectionReason.NOT_AN_ARTICLE,
            f"{number:,} {of}: expected an article of at most {most:,}; give the article alone",
        )


def _html_article(html: str, report: Report) -> Article:
    _check_number("tags", html.count("<"), _MOST_TAGS)
    try:
        return article_of(html, report.url)
    except NoArticleError as error:
        raise _Refused(RejectionReason.NOT_AN_ARTICLE, str(error)) from error


# --- the publication date ------------------------------------------------------------------------


def _stated(article: Article, report: Report) -> Article:
    """Add what the carrier states beside the text, which counts more than the text's top lines."""
    title = article.title or report.stated.get("title")
    value = report.stated.get("published") or report.stated.get("updated")
    days = stated_range(value) if value else None
    published = Published(days, PublishedBasis.METADATA, value) if days else article.published
    return replace(article, title=title, published=published)


def _dated(article: Article) -> Article:
    """Let a dateline that opens the body decide the day; its year may follow from the date given."""
    top = [article.title or "", *article.body.split("\n", 12)[:12]]
    lines = [line for line in top if line.strip()][:_DATELINE_LINES]
    for line in lines:
        written = find_dateline(line)
        day = written.nearest(article.published.range) if written else None
        if written and day:
            quote = line[: written.end].strip()
            published = Published(DateRange.day(day), PublishedBasis.STATED, quote)
            return replace(article, published=published)
    return _dated_before_title(article)


def _dated_before_title(article: Article) -> Article:
    """Let a full date that opens the body and is followed by the headline again decide the day.

    So some sites set an article's own date; a date alone on its line may be that of the page.
    """
    line = article.body.lstrip().split("\n", 1)[0]
    written = find_opening_day(line)
    title = bare(article.title or "")
    if written is None or not title or not bare(line[written.end :]).startswith(title):
        return article
    given = article.published.range
    day = written.nearest(given)
    if day is None or (written.swapped and given.is_known and not _is_near(day, given)):
        return article
    published = Published(DateRange.day(day), PublishedBasis.STATED, line[: written.end].strip())
    return replace(article, published=published)


def _is_near(day: date, given: DateRange) -> bool:
    """Return whether a day that may be another, month and day swapped, fits what the carrier says."""
    ends = [end for end in (given.earliest, given.latest) if end]
    return any(abs((day - end).days) <= _SWAPPED_WITHIN for end in ends)
