"""Cutting a document into windows of whole sentences that fit the encoder.

Training and reading cut alike: what the model learns from is what it will be given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MAX_TOKENS = 512  # positions of the encoder that are used, its two frame tokens included
LEAD = (
    2  # sentences at the head of a document, its title and what it tells first, that each window begins with
)
LONGEST_LEAD = 96  # tokens of these
OVERLAP = 2  # sentences of the window before that are shown again, for context
MAX_WINDOWS = 48  # what lies behind (about 14,000 words) is left to the rules


class Encoding(Protocol):
    """What a tokenizer says of one text: token ids, their offsets and the word each belongs to."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    word_ids: list[int | None]


class Tokenizer(Protocol):
    """The part of `tokenizers.Tokenizer` that is needed."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Encoding:
        """Return the encoding of a text."""
        ...

    def token_to_id(self, token: str) -> int | None:
        """Return the id of a token, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its offsets in the document, its sentence, and its first token in the window."""

    start: int
    end: int
    sentence: int
    token: int


@dataclass(frozen=True, slots=True)
class Window:
    """One call of the encoder: token ids with their frame, and the words that are read from it.

    Sentences before `first_read` are context only; they were read from the window before.
    """

    ids: tuple[int, ...]
    words: tuple[Word, ...]
    first_read: int


@dataclass(frozen=True, slots=True)
class _Sentence:
    index: int
    ids: tuple[int, ...]
    words: tuple[Word, ...]  # token counted from the sentence's own first


@dataclass(frozen=True, slots=True)
class Cut:
    """How a document is cut: the longest window in tokens, and how many sentences of its head open each."""

    tokens: int = MAX_TOKENS
    lead: int = LEAD


WHOLE_REPORTS = Cut()
SHORT = Cut(384, 0)  # what the part for statements learned from


def windows(
    text: str, sentences: Sequence[tuple[int, int]], tokenizer: Tokenizer, cut: Cut = WHOLE_REPORTS
) -> tuple[Window, ...]:
    """Return the windows of a document, at most `MAX_WINDOWS`; a longer sentence is cut short."""
    found: list[Window] = []
    lead: list[_Sentence] = []
    held: list[_Sentence] = []
    read = 0
    for index, (start, end) in enumerate(sentences):
        sentence = _encoded(text, start, end, index, tokenizer, cut.tokens)
        if not sentence.ids:
            continue
        if held and _length(held) + len(sentence.ids) > cut.tokens - 2:
            found.append(_window(held, read, tokenizer))
            if len(found) == MAX_WINDOWS:
                return tuple(found)
            read = index
            held = _context(lead, held, len(sentence.ids), cut.tokens)
        held.append(sentence)
        if index < cut.lead and _length(lead) + len(sentence.ids) <= LONGEST_LEAD:
            lead.append(sentence)
    if held:
        found.append(_window(held, read, tokenizer))
    return tuple(found)


def _length(held: Sequence[_Sentence]) -> int:
    return sum(len(sentence.ids) for sentence in held)


def _context(lead: list[_Sentence], held: list[_Sentence], room_for: int, most: int) -> list[_Sentence]:
    """Return what a window shows again: the head of the document and the end of the window before."""
    last = held[-OVERLAP:]
    context = [*(sentence for sentence in lead if sentence.index < last[0].index), *last]
    while context and _length(context) + room_for > most - 2:
        context = context[1:]
    return context


def _encoded(text: str, start: int, end: int, index: int, tokenizer: Tokenizer, most: int) -> _Sentence:
    # A token is at least one character, and hardly one of the news is longer than 24.
    encoding = tokenizer.encode(text[start : min(end, start + most * 24)], add_special_tokens=False)
    ids = tuple(encoding.ids[: most - 2])
    words: list[Word] = []
    last: int | None = None
    for token, word in enumerate(encoding.word_ids[: len(ids)]):
        begin, finish = encoding.offsets[token]
        if word is not None and word == last:
            words[-1] = Word(words[-1].start, start + finish, index, words[-1].token)
        else:
            words.append(Word(start + begin, start + finish, index, token))
        last = word
    return _Sentence(index, ids, tuple(words))


def _window(held: Sequence[_Sentence], first_read: int, tokenizer: Tokenizer) -> Window:
    ids: list[int] = [_known(tokenizer, "[CLS]")]
    words: list[Word] = []
    for sentence in held:
        words += [Word(w.start, w.end, w.sentence, w.token + len(ids)) for w in sentence.words]
        ids += sentence.ids
    return Window((*ids, _known(tokenizer, "[SEP]")), tuple(words), first_read)


def _known(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ValueError(f"the tokenizer has no token {token}")
    return found
