"""A text prepared for the search for statements: its words, sentences and quotes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.extract.quotes import Quotes, find_quotes
from dateline.extract.speech_words import SpeechWords, speech_words
from dateline.extract.words import Word, joined, words

_LONGEST_SENTENCE = 3_000  # characters; what is longer is no prose
_BLANKS = " \t\u00a0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in characters (`start`, `end`) and in words (`first`, `last` exclusive)."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text with what was found in it once for all."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    quotes: Quotes
    lexicon: SpeechWords

    @classmethod
    def of(cls, text: str, sentences: Sequence[tuple[int, int]], language: str) -> ParsedText:
        """Return the text whose sentences are known."""
        found = words(text)
        starts = [word.start for word in found]
        split = tuple(
            Sentence(start, end, bisect_left(starts, start), bisect_left(starts, end))
            for start, end in sentences
            if end - start <= _LONGEST_SENTENCE
        )
        return cls(text, found, split, find_quotes(text), speech_words(language))

    def joins(self, index: int) -> bool:
        """Return whether word `index` and the next stand in one phrase."""
        if index + 1 >= len(self.words):
            return False
        word, after = self.words[index], self.words[index + 1]
        if self.text[word.end : after.start] == ". " and word.folded in self.lexicon.abbreviations:
            return word.is_capital
        if after.start == word.end + 1 and self.text[word.end] == "/":
            return True
        return joined(self.text, word, after)

    def folded(self, index: int) -> str:
        """Return the folded word at `index`, or "" outside the text."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """Return what stands between word `index` - 1 and word `index`, blanks stripped."""
        if not 0 < index < len(self.words):
            return ""
        return self.text[self.words[index - 1].end : self.words[index].start].strip(_BLANKS)

    def behind(self, index: int) -> str:
        """Return the sign directly behind word `index`, blanks skipped; "" at the end of the text."""
        end = self.words[index].end
        return self.text[end : end + 4].lstrip(_BLANKS)[:1]

    def between(self, first: int, last: int) -> Iterator[str]:
        """Yield the folded words from `first` to `last` (exclusive)."""
        return (word.folded for word in self.words[first:last])
