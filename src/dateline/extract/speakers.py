"""Telling who a speaker is: their station, and whom "he" or "the ministry" stands for in the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.actor_words import actor_words
from dateline.extract.parsed import ParsedText
from dateline.extract.words import Phrases, Word
from dateline.model import Attribution, PerpetratorCategory, SpeakerKind

Words = tuple[int, int]

_STATE_FORCES = frozenset({PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE})


@dataclass(frozen=True, slots=True)
class _Known:
    """A speaker that the report has named."""

    words: str
    kind: SpeakerKind | None
    folded: tuple[str, ...]


class Speakers:
    """The speakers of one report, in the order in which they are asked for."""

    def __init__(self, parsed: ParsedText) -> None:
        self._parsed = parsed
        self._known: list[_Known] = []

    def speaker(self, source: Words) -> Attribution:
        """Return who the words of a source stand for; speakers named before are remembered."""
        parsed = self._parsed
        first, last = self._antecedent(source)
        words = parsed.text[parsed.words[first].start : parsed.words[last - 1].end]
        folded = tuple(parsed.between(first, last))
        if folded[0] in parsed.lexicon.pronouns and len(folded) == 1:
            named = self._last_person()
            return Attribution(words, named.kind if named else None, named.words if named else None)
        kind = self._kind(first, last)
        earlier = self._earlier(folded, kind)
        if earlier and kind is None:
            kind = earlier.kind
        self._known.append(_Known(words, kind, folded))
        return Attribution(words, kind, earlier.words if earlier else None)

    def _antecedent(self, source: Words) -> Words:
        """Return the name before "who said", which says who speaks."""
        first = source[0]
        parsed = self._parsed
        if parsed.folded(first) not in ("who", "which") or first == 0:
            return source
        start = first
        while start > 0 and first - start < 12 and (start == first or parsed.joins(start - 1)):
            start -= 1
            if parsed.folded(start) in parsed.lexicon.openers:
                break
        return (start, first) if start < first else source

    def _last_person(self) -> _Known | None:
        return self._known[-1] if self._known else None

    def _earlier(self, folded: tuple[str, ...], kind: SpeakerKind | None) -> _Known | None:
        """Return the fuller name that "Okello" or "the ministry" stands for."""
        bare = tuple(word for word in folded if word not in self._parsed.lexicon.determiners)
        if not bare:
            return None
        if kind is SpeakerKind.MEDIA and bare[-1] in self._parsed.lexicon.outlet_words:
            return next((known for known in reversed(self._known) if known.kind is SpeakerKind.MEDIA), None)
        for known in reversed(self._known):
            if len(known.folded) > len(folded) and set(bare) <= set(known.folded):
                return known
        return None

    def _kind(self, first: int, last: int) -> SpeakerKind | None:
        parsed = self._parsed
        for table, named in self._names():
            if _any_at(parsed, table, first, last):
                return named
        return self._noun_kind(first, last) or self._actor_kind(first, last)

    def _names(self) -> Iterator[tuple[Phrases[str], SpeakerKind]]:
        lexicon = self._parsed.lexicon
        yield lexicon.monitors, SpeakerKind.EXPERT_OR_NGO
        yield lexicon.outlets, SpeakerKind.MEDIA
        yield lexicon.speaking_places, SpeakerKind.OFFICIAL

    def _noun_kind(self, first: int, last: int) -> SpeakerKind | None:
        """Return what the head noun says: the first that is known, before any "of", "for" or comma."""
        parsed = self._parsed
        kind: SpeakerKind | None = None
        for index in range(first, last):
            for _, found in parsed.lexicon.kind_phrases.at(parsed.text, parsed.words, index):
                return found
            if (
                index > first
                and kind
                and (parsed.folded(index) in parsed.lexicon.inner or not parsed.joins(index - 1))
            ):
                return kind
            kind = parsed.lexicon.kinds.get(parsed.folded(index), kind)
        return kind

    def _actor_kind(self, first: int, last: int) -> SpeakerKind | None:
        parsed = self._parsed
        names = actor_words("en", ())
        for index in range(first, last):
            for _, name in names.groups.at(parsed.text, parsed.words, index):
                official = name.group.category in _STATE_FORCES
                return SpeakerKind.OFFICIAL if official else SpeakerKind.PERPETRATOR
            for _ in names.states.at(parsed.text, parsed.words, index):
                return SpeakerKind.OFFICIAL
        return None


def _any_at(parsed: ParsedText, table: Phrases[str], first: int, last: int) -> bool:
    return any(
        _is_name(parsed.words[index]) and next(table.at(parsed.text, parsed.words, index), None)
        for index in range(first, last)
    )


def _is_name(word: Word) -> bool:
    return word.is_capital or word.text[0].isdigit()
