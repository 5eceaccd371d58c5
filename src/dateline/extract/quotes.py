"""Stretches of a text between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„«»]|''|``|\n\s*\n")
_OPENING = frozenset({"“", "„", "«", "``"})
_CLOSING = frozenset({"”", "»"})


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quoted stretches with their marks, in order and apart: starts and ends (exclusive)."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def ending_at(self, position: int, slack: int = 2) -> int | None:
        """Return the start of the quote that closes at most `slack` characters before `position`."""
        index = bisect_right(self.ends, position) - 1
        return self.starts[index] if index >= 0 and self.ends[index] >= position - slack else None

    def around(self, position: int) -> tuple[int, int] | None:
        """Return the quote that `position` stands in, or None."""
        index = bisect_right(self.starts, position) - 1
        if index >= 0 and position < self.ends[index]:
            return self.starts[index], self.ends[index]
        return None


def find_quotes(text: str) -> Quotes:
    """Return the quotes of a text; a mark without a partner in its paragraph opens none, or ends with it."""
    starts: list[int] = []
    ends: list[int] = []
    opened: int | None = None
    for mark in _MARK.finditer(text):
        sign = mark[0]
        if "\n" in sign:
            opened = None
        elif opened is None:
            opened = None if sign in _CLOSING else mark.start()
        elif sign in _OPENING:
            opened = mark.start()
        else:
            starts.append(opened)
            ends.append(mark.end())
            opened = None
    return Quotes(tuple(starts), tuple(ends))
