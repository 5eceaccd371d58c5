"""Reports in RSS and Atom feeds: one entry, one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from dateline.config import Settings
from dateline.ingest.encoding import declared_charset
from dateline.ingest.source import Source, too_large
from dateline.model import Blob, MediaType, Rejection, RejectionReason, Report

_ENTRIES = ("item", "entry")
_FIELDS = {
    "title": "title",
    "link": "url",
    "guid": "id",
    "id": "id",
    "pubDate": "published",
    "published": "published",
    "dc:date": "published",
    "updated": "updated",
    "dc:language": "language",
    "content:encoded": "text",
    "content": "text",
    "description": "summary",
    "summary": "summary",
}


@dataclass
class Entry:
    """One entry of a feed: what its elements hold, and which bytes of the file it is."""

    fields: dict[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """Return the entry's longest account, markup and all."""
        return max(self.fields.get("text", ""), self.fields.get("summary", ""), key=len)


class ForbiddenXmlError(ValueError):
    """XML that declares entities of its own, which no feed needs and attacks are made of."""


def entries_of(content: bytes, charset: str | None = None) -> tuple[str | None, list[Entry]]:
    """Return a feed's title and entries; `charset` is the encoding when the bytes do not name theirs.

    expat.ExpatError or ForbiddenXmlError, both naming the fault, when it is no feed. Nothing outside
    of `content` is looked at: no entity is expanded, no address fetched.
    """
    feed = _FeedParser(content, charset)
    feed.parse()
    return feed.title, feed.entries


class FeedReader:
    """Reads a feed's file; each entry's own bytes are a blob."""

    def accepts(self, source: Source) -> bool:
        """Return whether the source is RSS, RDF or Atom."""
        return source.media_type is MediaType.FEED

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        """Yield a report for each entry."""
        content = source.stream.read(settings.largest_report + 1)
        if len(content) > settings.largest_report:
            yield too_large(source.location, source.size, settings.largest_report)
            return
        charset = declared_charset(content)
        try:
            outlet, entries = entries_of(content, charset)
        except (expat.ExpatError, ForbiddenXmlError, ValueError) as error:
            yield Rejection(
                source.location,
                RejectionReason.UNREADABLE,
                f"feed is no valid XML ({error}): expected RSS or Atom; fetch it again",
            )
            return
        for number, entry in enumerate(entries, 1):
            yield _report(entry, content, {"outlet": outlet, "charset": charset}, number, source)
        if not entries:
            yield Rejection(
                source.location, RejectionReason.EMPTY, "feed without entries: nothing to read in it"
            )


def _report(
    entry: Entry, content: bytes, feed: Mapping[str, str | None], number: int, source: Source
) -> Report | Rejection:
    location = f"{source.location}:{number}"
    if not (entry.text or entry.fields.get("title")):
        return Rejection(
            location, RejectionReason.EMPTY, "feed entry without title and text: nothing to read in it"
        )
    stated = {name: value for name, value in feed.items() if value}
    stated |= {name: value for name, value in entry.fields.items() if name not in ("text", "summary")}
    blob = Blob.of(content[entry.start : entry.end], MediaType.FEED)
    return Report.of(
        blob,
        location,
        outlet=feed["outlet"],
        url=stated.get("url"),
        stated=stated,
        retrieved_at=source.retrieved_at,
        name=stated.get("id") or f"{source.name}:{number}",
    )


class _FeedParser:
    """Collects entries from expat's events. Prefixes are taken as feeds write them, undeclared ones too."""

    def __init__(self, content: bytes, charset: str | None) -> None:
        self._content = content
        self.title: str | None = None
        self.entries: list[Entry] = []
        self._entry: Entry | None = None
        self._path: list[str] = []
        self._words: list[str] = []
        self._parser = expat.ParserCreate(charset)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words.append
        self._parser.EntityDeclHandler = self._refuse

    def parse(self) -> None:
        self._parser.Parse(self._content, True)

    def _refuse(self, *declaration: object) -> None:
        raise ForbiddenXmlError(f"it declares the entity {declaration[0]!r}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._words.clear()
        if name in _ENTRIES and self._entry is None:
            self._entry = Entry(start=self._parser.CurrentByteIndex)
        elif self._entry is not None and name == "link" and attributes.get("rel", "alternate") == "alternate":
            self._entry.fields.setdefault("url", attributes.get("href", ""))

    def _end(self, name: str) -> None:
        words = "".join(self._words).strip()
        self._words.clear()
        self._path.pop()
        if name in _ENTRIES and self._entry is not None and not set(self._path) & set(_ENTRIES):
            self._finish()
        elif self._entry is None and name == "title" and self.title is None:
            self.title = words or None
        elif self._entry is not None and words and name in _FIELDS and self._path[-1] in _ENTRIES:
            self._entry.fields[_FIELDS[name]] = words

    def _finish(self) -> None:
        assert self._entry is not None
        self._entry.end = self._content.find(b">", self._parser.CurrentByteIndex) + 1
        self._entry.fields = {key: value for key, value in self._entry.fields.items() if value}
        self.entries.append(self._entry)
        self._entry = None
