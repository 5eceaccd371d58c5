"""When an HTML page says that its article was published, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement as Element

from dateline.ingest.dates import WrittenDay, find_days, stated_range
from dateline.ingest.page_data import linked_data, type_of
from dateline.model import DateRange, Published, PublishedBasis

# Names of metadata that hold the day of first publication, surest first.
_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "publication-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "displaydate",
    "date",
    "datecreated",
)
_ARTICLE_TYPES = ("Article", "Posting", "Report", "NewsStory")
_DATED_NAMES = ("date", "publish", "time", "stamp", "posted", "byline", "dateline")
_LONGEST_STAMP = 160  # characters of an element that is a date line
_ONE_DAY = timedelta(days=1)
_SAME_RELEASE = timedelta(days=2)  # metadata further apart do not speak of one publication
_UTC_TIME = re.compile(r"T(\d\d):\d\d(?::\d\d?(?:\.\d+)?)?(?:Z|[+-]00:?00)$")
_HOURS, _WEST, _EAST = 24, 8, 12  # hours that newsrooms' clocks lie behind and ahead of UTC


def published_of(tree: Element, url: str | None = None) -> Published:
    """Return the publication date of a page.

    Metadata about the article come first, read in the time zone of a date that the page shows
    beside its headline; then such a visible date; then whatever else is found on the page, as an
    upper bound only.
    """
    shown = list(_shown(tree, url))
    stated = [(days, value) for value in (*_json_ld(tree), *_meta(tree)) if (days := _past_days(value))]
    if stated:
        first = stated[0]
        near = [other for other in stated if _apart(first[0], other[0]) <= _SAME_RELEASE]
        return _localised(*min(near, key=lambda other: other[0].latest or date.max), shown)
    return shown[0] if shown else _guessed(tree, url)


def _past_days(value: str) -> DateRange | None:
    days = stated_range(value)
    return days if days and days.latest and days.latest <= date.today() + _ONE_DAY else None


def _apart(one: DateRange, other: DateRange) -> timedelta:
    return abs((one.latest or date.min) - (other.latest or date.min))


def _localised(days: DateRange, value: str, shown: Sequence[Published]) -> Published:
    """Return the day that the page shows if that can be the local day of the metadata's UTC time."""
    possible = _local_days(days, value)
    local = (visible for visible in shown if visible.range.meet(possible))
    return next(local, Published(days, PublishedBasis.METADATA, value))


def _local_days(days: DateRange, value: str) -> DateRange:
    found = _UTC_TIME.search(value)
    if not (found and days.earliest and days.latest):
        return days
    hour = int(found[1])
    before = _ONE_DAY if hour < _WEST else timedelta()
    after = _ONE_DAY if hour >= _HOURS - _EAST else timedelta()
    return DateRange(days.earliest - before, days.latest + after)


def _guessed(tree: Element, url: str | None) -> Published:
    found = find_date(tree, url=url, original_date=True)
    days = stated_range(found) if found else None
    return Published(DateRange(None, days.latest), PublishedBasis.PAGE, found) if days else Published()


# --- metadata ------------------------------------------------------------------------------------


def _meta(tree: Element) -> Iterator[str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := (element.get("content") or "").strip():
            found.setdefault(name.lower(), content)
    yield from (found[name] for name in _META if name in found)
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or "".join(element.itertext()).strip()


def _json_ld(tree: Element) -> Iterator[str]:
    for node in linked_data(tree):
        value = node.get("datePublished")
        if isinstance(value, str) and any(kind in type_of(node) for kind in _ARTICLE_TYPES):
            yield value


# --- dates that the page shows -------------------------------------------------------------------


def _shown(tree: Element, url: str | None) -> Iterator[Published]:
    """Yield the days of the date lines from the headline on, then the one in the page's address."""
    for element in _after_headline(tree):
        if isinstance(element.tag, str) and _is_stamp(element):
            words = " ".join("".join(element.itertext()).split())
            days = find_days(words) if 0 < len(words) <= _LONGEST_STAMP else ()
            yield from _single(days[:1], PublishedBasis.STATED, words)
    if url:
        yield from _single(find_days(urlsplit(url).path), PublishedBasis.METADATA, url)


def _single(days: Sequence[WrittenDay], basis: PublishedBasis, quote: str) -> Iterator[Published]:
    for day in days:
        if (known := day.range) and known.is_day:
            yield Published(known, basis, quote)


def _after_headline(tree: Element) -> Iterator[Element]:
    headline = next(tree.iter("h1"), None)
    seen = headline is None
    for element in tree.iter():
        seen = seen or element is headline
        if seen:
            yield element


def _is_stamp(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
    return element.tag == "time" or any(name in names for name in _DATED_NAMES)
