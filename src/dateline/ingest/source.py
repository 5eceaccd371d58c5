"""Opening what is to be read: one stream of bytes with its first bytes already known."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from dateline.config import MEGABYTE
from dateline.ingest.sniff import GZIP, HEAD, media_type_of
from dateline.model import MediaType, Rejection, RejectionReason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BROKEN_GZIP = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Source:
    """One file or stream, opened at its start; compressed ones give their decompressed bytes.

    `name` is what identifies the file wherever it lies: its name without folders.
    """

    location: str
    name: str
    head: bytes
    stream: IO[bytes]
    retrieved_at: datetime
    size: int | None = None  # bytes in the file, None when only reading tells

    @property
    def media_type(self) -> MediaType:
        """Return the kind of content, told from the first bytes."""
        return media_type_of(self.head)


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        ...


class _Replayed(io.RawIOBase):
    """A stream that gives its first bytes once more, for what cannot be rewound."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, target: WriteableBuffer, /) -> int:
        buffer = memoryview(target)
        given = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(given) :]
        buffer[: len(given)] = given
        return len(given)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file for reading; OSError when that is not allowed, BROKEN_GZIP when it cannot be unpacked."""
    with path.open("rb") as stream:
        size = path.stat().st_size if path.is_file() else None
        yield source_of(stream, str(path), path.name, size)


def source_of(stream: IO[bytes], location: str, name: str, size: int | None = None) -> Source:
    """Return the source that `stream` gives from its present position on, of `size` bytes if known."""
    head = _read_fully(stream, HEAD)
    whole: IO[bytes] = io.BufferedReader(_Replayed(head, stream), HEAD)
    if head.startswith(GZIP):
        packed = gzip.GzipFile(fileobj=whole, mode="rb")
        head = packed.read(HEAD)
        whole, size = io.BufferedReader(_Replayed(head, packed), HEAD), None
    return Source(location, name, head, whole, datetime.now(UTC), size)


def too_large(location: str, size: int | None, limit: int) -> Rejection:
    """Return the rejection of something of `size` bytes, or of more than `limit` when only that is known."""
    found = f"{megabytes(size)}" if size else f"more than {megabytes(limit)}"
    return Rejection(
        location,
        RejectionReason.TOO_LARGE,
        f"{found} in one report: expected at most {megabytes(limit)}; split it, or raise the largest report",
    )


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it: "200 MB", "0.3 MB"."""
    return f"{size / MEGABYTE:,.1f}".removesuffix(".0") + " MB"


def _read_fully(stream: Readable, size: int) -> bytes:
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
