"""Bytes to text, without ever dropping or inventing a character."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_UNDEFINED_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HEAD = 4096
_GUESSED_ON = 100_000  # bytes that a guess of the encoding looks at
_WESTERN_SHARE = 0.1  # more high bytes than this among all are not a Western European text


class UndecodableError(ValueError):
    """Bytes that are no text in any encoding that can be told; the message says where and why."""


def decode(content: bytes) -> str:
    """Return the text of `content`; UndecodableError when it cannot be told without loss.

    Order: byte order mark, UTF-8, the charset that the page declares, Windows-1252 for mostly
    ASCII text, then the best guess. UTF-8 that is cut or broken is refused, never patched.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(content, error)


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that an HTML or XML head names, or None when Python knows none by it."""
    found = _CHARSET.search(content[:_HEAD]) or _XML_ENCODING.match(content[:_HEAD])
    if not found:
        return None
    try:
        return codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"{encoding.upper()} text is broken at byte {error.start} ({error.reason}); expected whole "
            "characters: fetch or save it again"
        ) from error


def _decode_other(content: bytes, error: UnicodeDecodeError) -> str:
    charset = declared_charset(content)
    if charset and charset not in ("utf-8", "ascii"):
        return _strictly(content, "cp1252" if charset == "iso8859-1" else charset)
    is_cut = error.reason == "unexpected end of data"
    if is_cut or _MULTIBYTE.search(content, 0, error.start):
        end = "ends in the middle of a character" if is_cut else "is broken"
        raise UndecodableError(
            f"UTF-8 text {end} at byte {error.start} of {len(content)}; expected whole characters: "
            "fetch or save it again"
        )
    return _decode_eight_bit(content)


def _decode_eight_bit(content: bytes) -> str:
    high = sum(byte > 127 for byte in content[:_GUESSED_ON]) / min(len(content), _GUESSED_ON)
    if high < _WESTERN_SHARE and not _UNDEFINED_CP1252.search(content):
        return content.decode("cp1252")
    guess = from_bytes(content[:_GUESSED_ON]).best()
    if guess is None:
        raise UndecodableError(
            "text is in no encoding that can be told; expected UTF-8: convert it to UTF-8 and run again"
        )
    return _strictly(content, guess.encoding)
