"""When two names or descriptions are the same words, as the annotation's scorer compares them."""

from __future__ import annotations

import re
import unicodedata

SHORT = 3  # letters; articles, prepositions and numbers in figures say nothing of who or where
EMPTY = frozenset(
    {"region", "province", "district", "people", "person", "persons", "member", "members", "least"}
)


def content(text: str) -> set[str]:
    """Return the words that say something, folded."""
    plain = unicodedata.normalize("NFKD", text)
    folded = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = re.findall(r"[a-z]+", folded)
    return {word for word in words if word not in EMPTY and (len(word) > SHORT or len(words) == 1)}


def same_name(one: str, other: str) -> bool:
    """Return whether half of the shorter name's words stand in the other."""
    a, b = content(one), content(other)
    if not a or not b:
        return one.casefold() == other.casefold()
    return len(a & b) / min(len(a), len(b)) >= 0.5
