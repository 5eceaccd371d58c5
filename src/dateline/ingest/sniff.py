"""What kind of content a file holds, from its first bytes and never from its name."""

from __future__ import annotations

import re

from dateline.model import MediaType

HEAD = 65_536  # bytes looked at

_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"{\\rtf": "an RTF document",
    b"RIFF": "a media file",
    b"ID3": "an MP3 file",
    b"OggS": "a media file",
}
GZIP = b"\x1f\x8b"
_WIDE_BOMS = {b"\xff\xfe\x00\x00": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01
_JSON = re.compile(r'\{\s*["}]|\[\s*\{|\[\s*\]\s*$')
_FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_PAGE_ROOT = re.compile(r"<(?:!doctype html|html|head|body)[\s>]", re.I)
_PAGE_TAG = re.compile(r"</(?:p|div|article|section|h1|h2|span|td|a)>|<br\s*/?>", re.I)
_FEWEST_TAGS = 3


def media_type_of(head: bytes) -> MediaType:
    """Return the kind of content that begins with `head`."""
    text = _as_text(head)
    if text is None:
        return MediaType.BINARY
    begins = text.lstrip("\ufeff \t\r\n")
    if _JSON.match(begins):
        return MediaType.JSON
    if begins.startswith("<") and _FEED_ROOT.search(begins[:4096]) and not _PAGE_ROOT.search(begins[:4096]):
        return MediaType.FEED
    if _PAGE_ROOT.search(begins[:4096]) or _is_fragment(begins):
        return MediaType.HTML
    return MediaType.TEXT


def binary_name(head: bytes) -> str | None:
    """Return what a binary file is, as words for a message, or None when it is of no known kind."""
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), None)


def is_blank(content: bytes) -> bool:
    """Return whether there is nothing but blanks, byte order marks aside."""
    return not content.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n\f\v\x00\xff\xfe")


def looks_like_html(text: str) -> bool:
    """Return whether a text out of a row or feed entry is markup."""
    return bool(_PAGE_ROOT.search(text[:4096])) or _is_fragment(text)


def _is_fragment(text: str) -> bool:
    tags = _PAGE_TAG.finditer(text[:HEAD])
    needed = 1 if text.lstrip().startswith("<") else _FEWEST_TAGS
    return sum(1 for _ in zip(range(needed), tags, strict=False)) == needed


def _as_text(head: bytes) -> str | None:
    if binary_name(head):
        return None
    for bom, encoding in _WIDE_BOMS.items():
        if head.startswith(bom):
            return head[: len(head) // 4 * 4].decode(encoding, "replace")
    text = head.decode("latin-1").removeprefix("ï»¿")
    return None if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text) or "\0" in text else text
