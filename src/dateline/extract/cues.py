"""The words that report speech in a sentence: verbs, "according to", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dateline.extract.parsed import ParsedText, Sentence
from dateline.extract.speech_words import Form, Manner, Verb

_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_PERFECT = frozenset({"has", "have", "had", "ve"})
_MODAL = frozenset(
    {"would", "could", "may", "might", "will", "did", "does", "do", "can", "cannot", "must", "should", "ll"}
)
_BEFORE_ING = frozenset({"while", "before", "after", "by", "without", "and", "but"})
_PLURAL_SUBJECTS = frozenset(
    {"i", "we", "you", "they", "some", "many", "others", "who", "both", "most", "police", "people", "percent"}
)


_LONGEST_TALLY = 14
_TALLY = Verb("put", Form.PAST, Manner.ASSERTS)


class CueKind(StrEnum):
    """How a cue names its source."""

    VERB = "verb"
    PASSIVE = "passive"  # "reported by"
    ACCORDING = "according"
    COLON = "colon"  # "Police: six fled"
    NOBODY = "nobody"  # "reportedly", "it is believed"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words `first` to `last` (exclusive) of a cue; `core` is its verb's index."""

    kind: CueKind
    first: int
    last: int
    core: int
    verb: Verb | None = None

    @property
    def manner(self) -> Manner:
        """Return what the cue does with what is said."""
        if self.verb:
            return self.verb.manner
        return Manner.DOUBTS if self.kind is CueKind.NOBODY else Manner.ASSERTS


def find_cues(parsed: ParsedText, sentence: Sentence) -> Iterator[Cue]:
    """Yield the cues of a sentence in its order, apart from each other."""
    index = sentence.first
    while index < sentence.last:
        is_possible = parsed.words[index].folded in parsed.lexicon.cue_words
        cue = _cue_at(parsed, sentence, index) if is_possible else None
        if cue:
            yield cue
        index = cue.last if cue else index + 1


def _cue_at(parsed: ParsedText, sentence: Sentence, index: int) -> Cue | None:
    lexicon = parsed.lexicon
    for end, _ in lexicon.according.at(parsed.text, parsed.words, index):
        return Cue(CueKind.ACCORDING, index, end, index)
    for end, _ in lexicon.impersonal.at(parsed.text, parsed.words, index):
        if parsed.folded(end) != "by":
            return Cue(CueKind.NOBODY, index, end, index)
    if parsed.folded(index) in lexicon.hedges:
        return Cue(CueKind.NOBODY, index, index + 1, index)
    quote = parsed.quotes.around(parsed.words[index].start)
    if parsed.folded(index) in lexicon.tallying and _counts(parsed, sentence, index):
        return Cue(CueKind.VERB, index, index + 1, index, _TALLY)
    for end, verb in lexicon.verbs.at(parsed.text, parsed.words, index):
        if quote and (verb.manner is Manner.THINKS or verb.base not in lexicon.core):
            continue
        if cue := _verb_cue(parsed, sentence, index, end, verb):
            return cue
    return None


def _counts(parsed: ParsedText, sentence: Sentence, index: int) -> bool:
    """Return whether "put" or "gave" at `index` tells a number: "put the toll at nine"."""
    stop = min(index + _LONGEST_TALLY, sentence.last)
    return any(
        word in parsed.lexicon.tally_words or word == "at" for word in parsed.between(index + 1, stop)
    ) and any(word[0].isdigit() or word in parsed.lexicon.numbers for word in parsed.between(index + 1, stop))


def _verb_cue(parsed: ParsedText, sentence: Sentence, index: int, end: int, verb: Verb) -> Cue | None:
    first = _with_auxiliaries(parsed, sentence, index)
    helpers = set(parsed.between(first, index))
    if parsed.lexicon.not_said.get(verb.base, frozenset()).intersection(parsed.between(end, end + 2)):
        return None
    last = _with_tail(parsed, sentence, end, verb)
    if verb.form is Form.PARTICIPLE and helpers & _PASSIVE:
        if parsed.folded(end) == "by" and parsed.joins(end - 1):
            return Cue(CueKind.PASSIVE, first, end + 1, index, verb)
        return None
    if not _can_be_verb(parsed, sentence, first, verb.form, helpers):
        return None
    return Cue(CueKind.VERB, first, last, index, verb)


def _with_auxiliaries(parsed: ParsedText, sentence: Sentence, index: int) -> int:
    while (
        index > sentence.first
        and parsed.folded(index - 1) in parsed.lexicon.auxiliaries
        and parsed.joins(index - 1)
    ):
        index -= 1
    return index


def _with_tail(parsed: ParsedText, sentence: Sentence, end: int, verb: Verb) -> int:
    """Return the end of the cue with "for", "in a statement" and the like behind it."""
    if end < sentence.last and parsed.joins(end - 1):
        if parsed.folded(end) in parsed.lexicon.takes.get(verb.base.split()[0], ()):
            return end + 1
        for stop, _ in parsed.lexicon.afterwards.at(parsed.text, parsed.words, end):
            return stop if stop <= sentence.last else end
    return end


def _can_be_verb(parsed: ParsedText, sentence: Sentence, first: int, form: Form, helpers: set[str]) -> bool:
    """Return whether the form fits what stands before it; nouns and adjectives are spelt like some forms."""
    before = parsed.folded(first - 1) if first > sentence.first and parsed.joins(first - 1) else ""
    if form is Form.ING:
        return _ing_fits(parsed, sentence, first, helpers, before)
    if before == "to":
        return False
    if form is Form.PARTICIPLE:
        return bool(helpers & _PERFECT)
    if "s" in helpers and form in (Form.BASE, Form.THIRD):
        return False
    if form is Form.BASE:
        return bool(helpers & _MODAL) or _is_plural_subject(parsed, before)
    if before in parsed.lexicon.determiners and before not in ("this", "that", "some", "many", "others"):
        return False
    return not helpers & _PASSIVE


def _ing_fits(parsed: ParsedText, sentence: Sentence, first: int, helpers: set[str], before: str) -> bool:
    if helpers & _PASSIVE:
        return True
    if first == sentence.first:
        return False
    return "," in parsed.gap(first) or before in _BEFORE_ING


def _is_plural_subject(parsed: ParsedText, before: str) -> bool:
    if before in _PLURAL_SUBJECTS:
        return True
    return len(before) > 3 and before.endswith("s") and before not in parsed.lexicon.determiners
