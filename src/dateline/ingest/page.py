"""The article of an HTML page: main text, headline, site, and when the page says it was published."""

from __future__ import annotations

from collections.abc import Iterator

import trafilatura
from lxml.html import HtmlElement as Element
from trafilatura.settings import Document

from dateline.ingest.article import Article
from dateline.ingest.lines import Kind, Line, bare, lines_of
from dateline.ingest.page_data import linked_data, type_of
from dateline.ingest.page_dates import published_of
from dateline.ingest.page_tree import mend, stories_of

_NOTHING = "HTML without an article: expected a page with one; give the article's own page"
_SHOWN = 2  # titles of stories in a message
_BLOCKS = ("p", "head", "quote", "item", "row", "code", "fw")
_OUTSIDE = (Kind.BLANK, Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.FURNITURE, Kind.LABEL)


class NoArticleError(ValueError):
    """A page that holds no article, or more than one; the message says which and what to do."""


def article_of(html: str, url: str | None = None) -> Article:
    """Return the article of a page; NoArticleError when it holds none. Nothing is fetched."""
    tree = trafilatura.load_html(html)
    if tree is None:
        raise NoArticleError(_NOTHING)
    if any("LiveBlogPosting" in type_of(node) for node in linked_data(tree)):
        raise NoArticleError("a live blog of many reports: expected one article; give its entries one by one")
    if len(titles := stories_of(tree)) > 1:
        shown = ", ".join(f"“{title}”" for title in titles[:_SHOWN])
        raise NoArticleError(f"a page of {len(titles)} stories ({shown} ...): give each story's own page")
    metadata = trafilatura.extract_metadata(tree, url, {"extensive_search": False})
    published = published_of(tree, url)
    mend(tree)
    found = trafilatura.bare_extraction(tree, url=url, include_comments=False)
    if not isinstance(found, Document) or found.body is None:
        raise NoArticleError(_NOTHING)
    title = " ".join((metadata.title or "").split()) or None
    body = _text(found.body, title, metadata.description)
    if not body:
        raise NoArticleError(_NOTHING)
    return Article(title, body, published, metadata.sitename)


def _text(body: Element, title: str | None, description: str | None) -> str:
    text = "\n".join(_blocks(body))
    kept = [line for line in lines_of(text) if not _is_furniture(line, title)]
    while kept and _is_heading_over(kept, description):
        kept.pop(0)
    return "\n".join(line.text for line in kept)


def _blocks(body: Element) -> Iterator[str]:
    """Yield the text of each block, in order; a block's own text comes before that of blocks inside it."""
    for element in body.iter(*_BLOCKS):
        text = " ".join("".join(_own_text(element)).split())
        if text:
            yield text
        if element.getparent() is body and element.tail and element.tail.strip():
            yield " ".join(element.tail.split())


def _own_text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "cell":
            yield from (" ", *_own_text(child), " ")
        elif child.tag not in _BLOCKS:
            yield from ("\n" if child.tag == "lb" else "", *_own_text(child))
        yield child.tail or ""


def _is_furniture(line: Line, title: str | None) -> bool:
    repeats_title = title is not None and bare(line.text) == bare(title)
    return line.kind in _OUTSIDE or repeats_title


def _is_heading_over(lines: list[Line], description: str | None) -> bool:
    is_standfirst = bool(description) and bare(lines[0].text) == bare(description or "")
    return is_standfirst and len(lines) > 1 and bare(lines[1].text)[:40] != bare(lines[0].text)[:40]
