"""The article of an HTML page: main text, headline, site, and when the page says it was published."""

from __future__ import annotations

import trafilatura
from htmldate import find_date
from trafilatura.settings import Document

from dateline.ingest.article import Article
from dateline.ingest.dates import stated_range
from dateline.model import Published, PublishedBasis


def article_of(html: str, url: str | None = None) -> Article | None:
    """Return the article of a page, or None when it holds none. Nothing is fetched."""
    found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    if not isinstance(found, Document) or not found.text:
        return None
    day = find_date(html, url=url, original_date=True)
    days = stated_range(day) if day else None
    published = Published(days, PublishedBasis.METADATA, day) if days else Published()
    return Article(found.title, found.text, published, found.sitename)
