"""What is received, as it was received: blobs, reports, and why something could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import Self

from dateline.model.identity import identity, sha256_hex


class MediaType(StrEnum):
    """The kinds of content that readers tell apart, found from the bytes and not from a name."""

    TEXT = "text/plain"
    HTML = "text/html"
    JSON = "application/json"
    FEED = "application/feed+xml"
    BINARY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes as received: evidence, kept once however often they arrive."""

    sha256: str
    content: bytes
    media_type: MediaType

    @classmethod
    def of(cls, content: bytes, media_type: MediaType) -> Self:
        """Return the blob of `content`, named by its SHA-256."""
        return cls(sha256_hex(content), content, media_type)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One time at which a report's bytes were fetched or read, and from where."""

    location: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """One text published by one outlet: a blob, where it came from, and what came with it.

    `stated` holds what the carrier said beside the text (title, date, outlet, url, language of a
    JSON line or a feed entry), word for word; parsing weighs it, reading does not.
    """

    id: str
    blob: Blob
    location: str
    outlet: str | None = None
    url: str | None = None
    stated: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    retrieved_at: datetime | None = None

    @classmethod
    def of(
        cls,
        blob: Blob,
        location: str,
        *,
        outlet: str | None = None,
        url: str | None = None,
        stated: Mapping[str, str] | None = None,
        retrieved_at: datetime | None = None,
        name: str | None = None,
    ) -> Self:
        """Return the report of `blob` at `location`.

        The id is the hash of blob, outlet and address (`url`, else the carrier's own id `name`,
        else the location): the same text at two outlets is two reports of one blob.
        """
        report_id = identity("r", blob.sha256, url or name or location, outlet)
        return cls(report_id, blob, location, outlet, url, MappingProxyType(dict(stated or {})), retrieved_at)

    @property
    def name(self) -> str:
        """Return what its carrier calls the report: its own id, else the file's name without suffix."""
        file = PurePath(self.location)
        return self.stated.get("id") or (file.name if ":" in file.suffix else file.stem)


class RejectionReason(StrEnum):
    """Why something that came in is not read as a report; stored and shown, never just logged."""

    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    NOT_AN_ARTICLE = "not_an_article"
    BAD_ENCODING = "bad_encoding"
    BAD_JSON = "bad_json"
    UNREADABLE = "unreadable"
    UNKNOWN_LANGUAGE = "unknown_language"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that came in and was not read: where it was, why, and what to do about it."""

    location: str
    reason: RejectionReason
    detail: str
    blob_sha256: str | None = None
    report_id: str | None = None

    def __str__(self) -> str:
        return f"{self.location}: {self.detail}"
