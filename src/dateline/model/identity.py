"""Stable identifiers: hashes of canonical JSON, so that joined parts cannot collide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Json = None | bool | int | float | str | Sequence[Any] | Mapping[str, Any]

ID_DIGITS = 16  # 64 bits: a chance of one in a thousand of any collision among 190 million rows


def canonical_json(value: Json) -> str:
    """Return `value` as JSON with sorted keys, no blanks and no escapes: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_hex(data: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text's UTF-8, as 64 lower-case hexadecimal digits."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def identity(prefix: str, *parts: Json) -> str:
    """Return the id of the thing that `parts` determine, as `prefix` and 16 hexadecimal digits."""
    return prefix + sha256_hex(canonical_json(list(parts)))[:ID_DIGITS]
