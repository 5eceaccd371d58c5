"""The readers: one for each form in which reports come, chosen by content.

A third party adds one under the entry point group `dateline.readers`: a class without arguments
that follows `Reader`. Its readers are asked before the built-in ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from dateline.config import Settings
from dateline.errors import DataError
from dateline.ingest.feed import FeedReader
from dateline.ingest.rows import RowReader
from dateline.ingest.sniff import binary_name, is_blank
from dateline.ingest.source import Source, too_large
from dateline.model import Blob, MediaType, Rejection, RejectionReason, Report

GROUP = "dateline.readers"


class Reader(Protocol):
    """Reads one kind of source. Stateless: one instance serves all sources."""

    def accepts(self, source: Source) -> bool:
        """Return whether the source is of this reader's kind, from `source.head` alone."""
        ...

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        """Yield the reports in the source's order, and one rejection for each thing that is none.

        Never raises for what the bytes hold, never keeps more than one report in memory, and
        never reads a report above `settings.largest_report` to its end.
        """
        ...


class WholeReader:
    """Reads a source that is one report: plain text or an HTML page."""

    def accepts(self, source: Source) -> bool:
        """Return whether the source is text or HTML."""
        return source.media_type in (MediaType.TEXT, MediaType.HTML)

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        """Yield the one report, or why it is none."""
        content = source.stream.read(settings.largest_report + 1)
        if len(content) > settings.largest_report:
            yield too_large(source.location, source.size, settings.largest_report)
        elif is_blank(content):
            yield Rejection(
                source.location,
                RejectionReason.EMPTY,
                "file holds nothing but blanks: expected a report; remove it or fetch it again",
            )
        else:
            blob = Blob.of(content, source.media_type)
            yield Report.of(blob, source.location, name=source.name, retrieved_at=source.retrieved_at)


class BinaryReader:
    """Names what no other reader reads."""

    def accepts(self, source: Source) -> bool:
        """Return whether the source is no text at all."""
        return source.media_type is MediaType.BINARY

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        """Yield the one rejection, whatever the settings."""
        del settings
        what = binary_name(source.head) or "binary data"
        yield Rejection(
            source.location,
            RejectionReason.BINARY,
            f"holds {what}: expected text, HTML, JSON Lines or a feed; convert it to one of them",
        )


_BUILT_IN: tuple[Reader, ...] = (BinaryReader(), RowReader(), FeedReader(), WholeReader())


@lru_cache(maxsize=1)
def readers() -> tuple[Reader, ...]:
    """Return all readers, installed ones first; DataError when an installed one cannot be loaded."""
    return (*map(_load, entry_points(group=GROUP)), *_BUILT_IN)


def _load(entry: EntryPoint) -> Reader:
    try:
        reader: Reader = entry.load()()
    except Exception as error:
        raise DataError(
            f"reader {entry.name!r} ({entry.value}) cannot be loaded: {error}; mend or uninstall its package"
        ) from error
    return reader


def reader_of(source: Source) -> Reader:
    """Return the first reader that accepts the source; one always does."""
    return next(reader for reader in readers() if reader.accepts(source))
