"""Making patterns of word lists: compact, so that a text is read once however many words there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# Words of one expression never stand on two lines: a title has no full stop at its end.
GAP = r"[^\S\n]{1,3}"

_END = ""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, preferring the longest, with any blanks between their parts.

    The pattern branches letter by letter, so that its cost does not grow with the number of words.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    branches = [_letter(character) + _branch(below) for character, below in node.items() if character]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return joined + "?" if _END in node else joined


def _letter(character: str) -> str:
    return GAP if character == " " else re.escape(character)
