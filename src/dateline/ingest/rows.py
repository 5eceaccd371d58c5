"""Reports in JSON: one object a line, a file that is one object, or a list of objects."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.config import Settings
from dateline.ingest.source import Source, megabytes, too_large
from dateline.model import Blob, MediaType, Rejection, RejectionReason, Report

# The names under which archives and scrapers give each thing, the usual one first.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "html"),
    "published": ("published", "date_published", "date", "datePublished", "publish_date"),
    "outlet": ("outlet", "source", "publisher", "sitename"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
_STATED = ("id", "title", "published", "outlet", "url", "language")
_UNFINISHED = ("{", "[", ",", ":")
_CHUNK = 1 << 16


def field_of(row: Mapping[str, Any], name: str) -> str | None:
    """Return what a row gives under any of the names of a field, as text; None when nothing."""
    for key in FIELDS[name]:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


class RowReader:
    """Reads JSON Lines, a JSON list of objects or a single JSON object, one object at a time."""

    def accepts(self, source: Source) -> bool:
        """Return whether the source begins as JSON objects do."""
        return source.media_type is MediaType.JSON

    def read(self, source: Source, settings: Settings) -> Iterator[Report | Rejection]:
        """Yield a report for each object, whose blob is the object's own bytes."""
        if _is_document(source.head):
            yield from _read_document(source, settings)
        else:
            yield from _read_lines(source, settings)


def _is_document(head: bytes) -> bool:
    """Return whether objects are written over several lines, or stand in a list."""
    begins = head.decode("latin-1").removeprefix("ï»¿").lstrip()
    first = begins.partition("\n")[0].rstrip()
    return begins.startswith("[") or (len(first) < len(begins) and first.endswith(_UNFINISHED))


# --- one object a line ---------------------------------------------------------------------------


def _read_lines(source: Source, settings: Settings) -> Iterator[Report | Rejection]:
    taken = 0
    for number, line, size in _lines(source, settings.largest_report):
        taken += size
        location = f"{source.location}:{number}"
        if taken > settings.largest_file:
            yield _file_too_large(location, settings)
            return
        if line is None:
            yield too_large(location, size, settings.largest_report)
        elif content := line.strip().removeprefix(codecs.BOM_UTF8):
            yield _report(content, location, f"{source.name}:{number}", source)


def _lines(source: Source, largest: int) -> Iterator[tuple[int, bytes | None, int]]:
    """Yield (number, line, size in bytes); the line is None when it is too long to be kept."""
    number = 0
    while line := source.stream.readline(largest + 1):
        number += 1
        size = len(line)
        if size <= largest:
            yield number, line, size
            continue
        while line and not line.endswith(b"\n"):
            line = source.stream.readline(_CHUNK)
            size += len(line)
        yield number, None, size


def _report(content: bytes, location: str, name: str, source: Source) -> Report | Rejection:
    try:
        row = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Rejection(
            location,
            RejectionReason.BAD_ENCODING,
            f"JSON is no UTF-8 at byte {error.start} ({error.reason}): save the file as UTF-8",
        )
    except (ValueError, RecursionError) as error:
        return Rejection(location, RejectionReason.BAD_JSON, _bad_json(content, error))
    return _report_of_row(row, content, location, name, source)


def _bad_json(content: bytes, error: Exception) -> str:
    cut = isinstance(error, json.JSONDecodeError) and not content.rstrip().endswith(b"}")
    found = "JSON object is cut short" if cut else f"no valid JSON ({error})"
    return f"{found}: expected one whole object a line; write the line again"


def _report_of_row(
    row: object, content: bytes, location: str, name: str, source: Source
) -> Report | Rejection:
    if not isinstance(row, dict):
        return Rejection(
            location,
            RejectionReason.BAD_JSON,
            f"JSON {_kind(row)}: expected an object with a text; write one object a report",
        )
    if field_of(row, "text") is None and field_of(row, "title") is None:
        known = ", ".join(sorted(map(str, row))[:8]) or "none"
        return Rejection(
            location,
            RejectionReason.EMPTY,
            f"object without a text (fields: {known}): expected one of {', '.join(FIELDS['text'])}",
        )
    stated = {key: value for key in _STATED if (value := field_of(row, key))}
    return Report.of(
        Blob.of(content, MediaType.JSON),
        location,
        outlet=stated.get("outlet"),
        url=stated.get("url"),
        stated=stated,
        retrieved_at=source.retrieved_at,
        name=stated.get("id", name),
    )


def _kind(value: object) -> str:
    names = {list: "list", str: "string", bool: "truth value", type(None): "null"}
    return names.get(type(value), "number")


def _file_too_large(location: str, settings: Settings) -> Rejection:
    return Rejection(
        location,
        RejectionReason.TOO_LARGE,
        f"more than {megabytes(settings.largest_file)} in one file: the rest is not read; split the file",
    )


# --- objects over several lines ------------------------------------------------------------------


def _read_document(source: Source, settings: Settings) -> Iterator[Report | Rejection]:
    objects = _Objects(source, settings.largest_report)
    number = 0
    try:
        for row, content in objects:
            number += 1
            location = f"{source.location}:{number}"
            yield _report_of_row(row, content, location, f"{source.name}:{number}", source)
    except _TooLongError:
        yield too_large(f"{source.location}:{number + 1}", None, settings.largest_report)
    except UnicodeDecodeError as error:
        yield Rejection(
            source.location,
            RejectionReason.BAD_ENCODING,
            f"JSON is no UTF-8 after object {number} ({error.reason}): save the file as UTF-8",
        )
    except (ValueError, RecursionError) as error:
        yield Rejection(
            source.location,
            RejectionReason.BAD_JSON,
            f"JSON cannot be read after object {number} ({error}): expected whole objects; write it again",
        )
    else:
        if not number:
            yield Rejection(
                source.location, RejectionReason.EMPTY, "JSON list without objects: expected reports in it"
            )


class _TooLongError(Exception):
    """One object is longer than a report may be."""


@dataclass
class _Objects:
    """The objects of a JSON text and their bytes, with no more than one of them in memory."""

    source: Source
    largest: int

    def __iter__(self) -> Iterator[tuple[object, bytes]]:
        decoder, utf8 = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")()
        waiting, size, ended = "", _CHUNK, False
        while not ended or waiting:
            data = self.source.stream.read(size)
            ended = not data
            waiting += utf8.decode(data, final=ended)
            found = False
            for row, start, end in _whole_objects(waiting, decoder, ended):
                found = True
                yield row, waiting[start:end].encode("utf-8")
                rest = end
            waiting = waiting[rest:] if found else waiting
            size = _CHUNK if found else 2 * size
            if ended:
                return
            if len(waiting) > self.largest:
                raise _TooLongError


def _whole_objects(text: str, decoder: json.JSONDecoder, ended: bool) -> Iterator[tuple[object, int, int]]:
    """Yield each whole value of `text` as (value, start, end); ValueError for one that never will be."""
    position = 0
    while True:
        start = _past_punctuation(text, position)
        if start == len(text):
            return
        try:
            row, position = decoder.raw_decode(text, start)
        except ValueError:
            if ended:
                raise
            return
        yield row, start, position


def _past_punctuation(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n,[]":
        position += 1
    return position
