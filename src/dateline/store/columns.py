"""Column types that read and write the same text on every database."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from dateline.model import Json, canonical_json


class Instant(TypeDecorator[datetime]):
    """A moment, kept as ISO 8601 text in UTC so that it sorts and hashes alike everywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the moment as text in UTC; a naive one is taken as UTC."""
        if value is None:
            return None
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment that the text says."""
        return datetime.fromisoformat(value) if value is not None else None


class CanonicalJson(TypeDecorator[Json]):
    """Any JSON value, kept as canonical text: equal values are equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the value as canonical JSON."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Json:  # noqa: ARG002
        """Return the value that the text says."""
        return None if value is None else json.loads(value)


class Packed(TypeDecorator[bytes]):
    """Bytes, kept compressed; hashes are always of the bytes before compression."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Return the bytes compressed with zlib."""
        return None if value is None else zlib.compress(value, 6)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """Return the bytes as they were; damaged ones come back as they stand, to fail their hash."""
        if value is None:
            return None
        try:
            return zlib.decompress(value)
        except zlib.error:
            return bytes(value)
