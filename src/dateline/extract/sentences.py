"""Splitting a text into sentences: offsets only, every character belongs to at most one sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.language import lexicon

# A sentence may end at . ! ? with closing quotes or brackets behind them, and always at a line break.
_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)|\n+")
_LAST_WORD = re.compile(r"([A-Za-z](?:[A-Za-z.]*[A-Za-z])?)\.?$")
_NEXT = re.compile(r"\s*[\"“‘'«(\[]*(\S)")
_LONGEST_WORD = 24
LONGEST_SENTENCE = 2_000  # characters; what is longer is no prose, and is cut at a blank


@lru_cache(maxsize=8)
def _abbreviations(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "sentences")["abbreviations"])


def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of the sentences of `text`, without the blanks around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if text[end.start()] != "\n" and not _ends_here(text, end, language):
            continue
        _keep(text, start, end.end(), found)
        start = end.end()
    _keep(text, start, len(text), found)
    return tuple(found)


def _keep(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = _blank_before(text, start, start + LONGEST_SENTENCE)
        found.append((start, cut))
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        found.append((start, end))


def _blank_before(text: str, start: int, end: int) -> int:
    """Return where the last blank before `end` stands that has a word before it, or `end`."""
    cut = end
    while cut > start and not text[cut].isspace():
        cut -= 1
    while cut > start and text[cut - 1].isspace():
        cut -= 1
    return cut if cut > start else end


def _ends_here(text: str, end: re.Match[str], language: str) -> bool:
    following = _NEXT.match(text, end.end())
    if following and following[1].islower():
        return False
    if not end[0].startswith(".") or end[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text[max(0, end.start() - _LONGEST_WORD) : end.start()])
    if not word:
        return True
    last = word[1].lower()
    is_initial = len(last) == 1 and word[1].isupper()
    return not (is_initial or last in _abbreviations(language))
