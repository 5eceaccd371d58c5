"""Telling who a speaker is: their station, and whom "he" or "the ministry" stands for in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.actor_words import ActorWords, actor_words
from dateline.extract.parsed import ParsedText
from dateline.extract.words import Phrases, Word
from dateline.model import Attribution, PerpetratorCategory, SpeakerKind

Words = tuple[int, int]

_PARTICIPLE = "ing"  # "a video circulating on": what follows is not the head

_MARKS = re.compile(r"[\"”»]")
_STATE_FORCES = frozenset({PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE})
_BEFORE_NAME = 5
_BEHIND_NAME = 9
_LONGEST_ANTECEDENT = 12
_ITS_ROLE = 2  # words: "its secretary"


@dataclass(frozen=True, slots=True)
class _Known:
    """A speaker that the report has named."""

    words: str
    kind: SpeakerKind | None
    folded: tuple[str, ...]
    is_person: bool = False


class Speakers:
    """The speakers of one report, in the order in which they are asked for."""

    def __init__(self, parsed: ParsedText, language: str) -> None:
        self._parsed = parsed
        self._names: ActorWords = actor_words(language, ())
        self._known: list[_Known] = []
        self._first_seen: dict[str, int] = {}
        for index, word in enumerate(parsed.words):
            if word.is_capital:
                self._first_seen.setdefault(word.folded, index)

    def speaker(self, source: Words) -> Attribution:
        """Return who the words of a source stand for; speakers named before are remembered."""
        parsed = self._parsed
        first, last = self._antecedent(self._behind_quotation(source))
        words = parsed.text[parsed.words[first].start : parsed.words[last - 1].end]
        folded = tuple(parsed.between(first, last))
        if folded[0] in parsed.lexicon.pronouns and len(folded) == 1:
            named = self._meant(folded[0])
            return Attribution(words, named.kind if named else None, named.words if named else None)
        kind = self._kind(first, last)
        earlier = self._earlier(folded, kind)
        if kind is None:
            kind = earlier.kind if earlier else self._kind_where_introduced(last - 1)
        elif kind is SpeakerKind.UNNAMED and earlier and earlier.kind:
            kind = earlier.kind
        elif folded[0] in ("its", "their") and self._known and len(folded) == _ITS_ROLE:
            kind = self._known[-1].kind
        person = parsed.words[last - 1].is_capital and folded[-1] not in parsed.lexicon.kind_words
        self._known.append(_Known(earlier.words if earlier else words, kind, folded, person))
        return Attribution(words, kind, earlier.words if earlier else None)

    def _behind_quotation(self, source: Words) -> Words:
        """Return the words behind what a source quotes, where a quotation ends in it: `... launchers" he`.

        A name may hold marks in pairs: `Ana "Red" Ruun`.
        """
        first, last = source
        ends = [at for at in range(first + 1, last) if _MARKS.search(self._parsed.gap(at))]
        return (ends[0], last) if len(ends) == 1 else source

    def _meant(self, pronoun: str) -> _Known | None:
        """Return whom a pronoun stands for: "he" the last person who spoke, else the last speaker."""
        if pronoun in ("he", "she"):
            person = next((known for known in reversed(self._known) if known.is_person), None)
            if person:
                return person
        return self._known[-1] if self._known else None

    def _antecedent(self, source: Words) -> Words:
        """Return the name before "who said", which says who speaks."""
        parsed, first = self._parsed, source[0]
        if parsed.folded(first) not in ("who", "which"):
            return source
        start = first
        while (
            start > 0 and first - start < _LONGEST_ANTECEDENT and (start == first or parsed.joins(start - 1))
        ):
            start -= 1
            if parsed.folded(start) in parsed.lexicon.openers:
                break
        return (start, first) if start < first else source

    def _earlier(self, folded: tuple[str, ...], kind: SpeakerKind | None) -> _Known | None:
        """Return the fuller name that "Okello" or "the ministry" stands for."""
        lexicon = self._parsed.lexicon
        bare = tuple(word for word in folded if word not in lexicon.determiners)
        if not bare:
            return None
        if kind is SpeakerKind.MEDIA and bare[-1] in lexicon.outlet_words:
            return next((known for known in reversed(self._known) if known.kind is SpeakerKind.MEDIA), None)
        for known in reversed(self._known):
            if len(known.folded) > len(folded) and set(bare) <= set(known.folded):
                return known
        return None

    def _kind(self, first: int, last: int) -> SpeakerKind | None:
        if self._is_footage(first, last):
            return SpeakerKind.FOOTAGE
        for table, named in self._tables():
            if self._any_at(table, first, last):
                return named
        return self._by_nouns(first, last) or self._by_place(first, last)

    def _is_footage(self, first: int, last: int) -> bool:
        """Return whether the head is a video or a picture, wherever it is shown."""
        start, end = next(self._segments(first, last))
        return any(kind is SpeakerKind.FOOTAGE for _, (_, kind) in self._nouns(start, end))

    def _by_place(self, first: int, last: int) -> SpeakerKind | None:
        """Return that a government speaks where a capital does, and nobody's noun stands beside it."""
        speaks = self._any_at(self._parsed.lexicon.speaking_places, first, last)
        return SpeakerKind.OFFICIAL if speaks else None

    def _tables(self) -> Iterator[tuple[Phrases[str], SpeakerKind]]:
        lexicon = self._parsed.lexicon
        yield lexicon.monitors, SpeakerKind.EXPERT_OR_NGO
        yield lexicon.outlets, SpeakerKind.MEDIA

    def _any_at(self, table: Phrases[str], first: int, last: int) -> bool:
        parsed = self._parsed
        return any(
            _is_name(parsed.words[index]) and next(table.at(parsed.text, parsed.words, index), None)
            for index in range(first, last)
        )

    def _by_nouns(self, first: int, last: int) -> SpeakerKind | None:
        """Return what the last noun of the head says, or of what follows it when the head is only a role."""
        role: SpeakerKind | None = None
        for start, end in self._segments(first, last):
            found, of_role = self._of_segment(start, end)
            role = role or of_role
            if found and (role is not SpeakerKind.UNNAMED or found is SpeakerKind.OFFICIAL):
                return found
        return role

    def _segments(self, first: int, last: int) -> Iterator[Words]:
        """Yield the head of a name and what follows each preposition, participle or comma in it."""
        parsed, start = self._parsed, first
        for index in range(first + 1, last):
            word = parsed.folded(index)
            opens = word in parsed.lexicon.inner or word.endswith(_PARTICIPLE)
            if opens or not parsed.joins(index - 1):
                yield start, index
                start = index
        yield start, last

    def _of_segment(self, start: int, end: int) -> tuple[SpeakerKind | None, SpeakerKind | None]:
        """Return what the last plain noun and the last role in a stretch say."""
        lexicon = self._parsed.lexicon
        found = role = None
        for index, (word, kind) in self._nouns(start, end):
            if word in lexicon.roles:
                role = kind
            elif not (kind is SpeakerKind.OFFICIAL and index + 1 < end and found is SpeakerKind.PERPETRATOR):
                found = kind
        if role is SpeakerKind.UNNAMED and found:
            speaks_for = any(word in lexicon.speaking_for for word in self._parsed.between(start, end))
            return (SpeakerKind.OFFICIAL if speaks_for else None), role
        return found, role

    def _nouns(self, start: int, end: int) -> Iterator[tuple[int, tuple[str, SpeakerKind]]]:
        index = start
        while index < end:
            stop, kind = self._noun_at(index, end)
            if kind:
                yield stop - 1, (self._parsed.folded(index), kind)
            index = stop

    def _noun_at(self, index: int, end: int) -> tuple[int, SpeakerKind | None]:
        """Return the end and the station of the group, phrase or noun that begins at word `index`."""
        parsed = self._parsed
        if parsed.words[index].is_capital:
            for stop, name in self._names.groups.at(parsed.text, parsed.words, index):
                if stop <= end:
                    official = name.group.category in _STATE_FORCES
                    return stop, SpeakerKind.OFFICIAL if official else SpeakerKind.PERPETRATOR
        for stop, kind in parsed.lexicon.kind_phrases.at(parsed.text, parsed.words, index):
            if stop <= end:
                return stop, kind
        if known := self._noun_kind(parsed.folded(index)):
            return index + 1, known
        for stop, _ in self._names.states.at(parsed.text, parsed.words, index):
            if stop == end and parsed.words[index].is_capital:
                return stop, SpeakerKind.OFFICIAL
        return index + 1, None

    def _noun_kind(self, word: str) -> SpeakerKind | None:
        kinds = self._parsed.lexicon.kinds
        return kinds.get(word) or (kinds.get(word[:-1]) if word.endswith("s") else None)

    def _kind_where_introduced(self, index: int) -> SpeakerKind | None:
        """Return what stands around the first mention of a name: "Ana Ruun, who heads the union"."""
        parsed = self._parsed
        seen = self._first_seen.get(parsed.folded(index))
        if seen is None or not parsed.words[index].is_capital:
            return None
        start = end = seen
        while start > 0 and seen - start < _BEFORE_NAME and parsed.joins(start - 1):
            start -= 1
        while end + 1 < len(parsed.words) and end - seen < _BEHIND_NAME and parsed.gap(end + 1) in ("", ","):
            end += 1
        return self._by_nouns(start, seen + 1) or self._by_nouns(seen, end + 1)


def _is_name(word: Word) -> bool:
    return word.is_capital or word.text[0].isdigit()
