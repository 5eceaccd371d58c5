"""The words of a text with their offsets, and look-up of phrases in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"\w+")
_JOINING = frozenset(" -'’‘\u00a0\u2010\u2011–\"“”")
_LONGEST_GAP = 3
_SHOUTING = 0.7

Entry = TypeVar("Entry")


class Word(NamedTuple):
    """One word: as written, folded (lower-case, no accents), and where it stands."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Return whether the word begins with a capital letter."""
        return self.text[0].isupper()


def fold(word: str) -> str:
    """Return the word in lower case and without accents."""
    lower = word.lower()
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=1)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text`: runs of letters and digits; hyphens and apostrophes part them.

    The last answer is remembered: several finders ask for the words of one report.
    """
    if text.isascii():
        low = text.lower()
        spans = (match.span() for match in _WORD.finditer(text))
        return tuple(Word(text[start:end], low[start:end], start, end) for start, end in spans)
    return tuple(Word(m[0], fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text))


def folded(phrase: str) -> tuple[str, ...]:
    """Return the folded words of a phrase: the key under which it is looked up."""
    return tuple(fold(word) for word in _WORD.findall(phrase))


def is_shouted(text: str) -> bool:
    """Return whether a text is set in capitals throughout, as old wire copy is."""
    capitals = sum(map(str.isupper, text))
    letters = capitals + sum(map(str.islower, text))
    return letters > 0 and capitals / letters > _SHOUTING


_DASHES = frozenset({"-", "–", "—"})


def joined(text: str, before: Word, after: Word) -> bool:
    """Return whether two neighbouring words belong to one phrase: only blanks, hyphens or quotes between."""
    gap = text[before.end : after.start]
    if len(gap) > _LONGEST_GAP or (gap.strip() in _DASHES and gap[0].isspace() and gap[-1].isspace()):
        return False
    return _JOINING.issuperset(gap) or (gap in (". ", ".") and len(before.text) == 1 and before.is_capital)


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Entry]):
    """Phrases by their first word, the longest first."""

    _by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)

    def add(self, phrase: Sequence[str], entry: Entry) -> None:
        """Add an entry under a phrase of folded words; an empty phrase is not added."""
        if not phrase:
            return
        bucket = self._by_first.setdefault(phrase[0], [])
        bucket.append((tuple(phrase[1:]), entry))
        bucket.sort(key=lambda item: -len(item[0]))

    def all_words(self) -> frozenset[str]:
        """Return every folded word of the phrases."""
        return frozenset(
            word for first, bucket in self._by_first.items() for rest, _ in bucket for word in (first, *rest)
        )

    def first_words(self) -> frozenset[str]:
        """Return the folded words that phrases begin with."""
        return frozenset(self._by_first)

    def at(self, text: str, found: Sequence[Word], index: int) -> Iterator[tuple[int, Entry]]:
        """Return end (exclusive) and entry of each phrase that begins at word `index`, the longest first."""
        bucket = self._by_first.get(found[index].folded)
        return self._among(bucket, text, found, index) if bucket else iter(())

    def _among(
        self,
        bucket: Sequence[tuple[tuple[str, ...], Entry]],
        text: str,
        found: Sequence[Word],
        index: int,
    ) -> Iterator[tuple[int, Entry]]:
        for rest, entry in bucket:
            end = index + 1 + len(rest)
            if end <= len(found) and all(
                found[index + 1 + offset].folded == word
                and joined(text, found[index + offset], found[index + 1 + offset])
                for offset, word in enumerate(rest)
            ):
                yield end, entry


class Endings:
    """Phrases by their last word, the longest first: what may stand before a word."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_last.setdefault(phrase[-1], []).append(tuple(phrase[:-1]))

    def before(self, text: str, found: Sequence[Word], index: int) -> int:
        """Return where the longest phrase that ends just before word `index` begins, or `index`."""
        if index == 0 or not joined(text, found[index - 1], found[min(index, len(found) - 1)]):
            return index
        for rest in self._by_last.get(found[index - 1].folded, ()):
            start = index - 1 - len(rest)
            if start >= 0 and all(
                found[start + offset].folded == word
                and joined(text, found[start + offset], found[start + offset + 1])
                for offset, word in enumerate(rest)
            ):
                return start
        return index
