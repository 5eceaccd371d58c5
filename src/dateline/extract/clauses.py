"""Cutting a clause out of a sentence: a quote is never longer than one (codebook, section 8)."""

from __future__ import annotations

import re

from dateline.extract.passages import Passage
from dateline.model import Span

LONGEST_QUOTE = 150  # characters


def clause(text: str, passage: Passage, around: Span, ends: re.Pattern[str]) -> Span:
    """Return the sentence if it is short, else the clause around some words of it."""
    if passage.end - passage.start <= LONGEST_QUOTE:
        return Span.of(text, passage.start, passage.end)
    start, end = passage.start, passage.end
    for mark in ends.finditer(text, passage.start, passage.end):
        if mark.end() <= around.start and around.end - mark.end() > LONGEST_QUOTE // 4:
            start = mark.end()
        elif mark.start() >= around.end and mark.start() - start >= LONGEST_QUOTE // 3:
            end = mark.start()
            break
    if end - start > LONGEST_QUOTE:
        start = max(start, around.start - LONGEST_QUOTE // 3)
        end = min(end, max(around.end, start + LONGEST_QUOTE))
    start, end = _to_words(text, start, end)
    return Span.of(text, start, end)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets moved inwards to whole words without blanks around them."""
    while start > 0 and start < end and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while end < len(text) and end > start and text[end].isalnum() and text[end - 1].isalnum():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
