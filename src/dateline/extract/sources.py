"""Finding the words that name the source of a cue: left of it, right of it, or shared with another cue."""

from __future__ import annotations

from dateline.extract.cues import Cue, CueKind
from dateline.extract.parsed import ParsedText, Sentence

_LONGEST_SOURCE = 22
_LONGEST_SHORT = 14
_LONGEST_BRACKET = 6
_APPOSITION = frozenset(
    {"a", "an", "the", "who", "whose", "which", "his", "her", "its", "their", "one", "head", "director"}
)
_SUBJECTS = frozenset({"he", "she", "they", "it", "we", "i", "you"})
_DOCUMENTS = frozenset({"statement", "interview", "report", "letter", "video", "post", "state"})
_RELATIVE = frozenset({"who", "whose", "which", "whom"})
_CLOSERS = frozenset(
    {"when", "while", "after", "during", "before", "because", "as", "since", "but", "that", "if", "although"}
)

Words = tuple[int, int]  # first and last (exclusive)


def source_of(parsed: ParsedText, sentence: Sentence, cue: Cue, floor: int) -> Words | None:
    """Return the words beside `cue` that name its source, none before word `floor`; None without one."""
    if cue.kind is CueKind.NOBODY:
        return None
    if cue.kind in (CueKind.ACCORDING, CueKind.PASSIVE):
        return source_right(parsed, sentence, cue.last)
    return source_left(parsed, sentence, cue, floor)


def source_left(parsed: ParsedText, sentence: Sentence, cue: Cue, floor: int) -> Words | None:
    """Return the name that stands directly before a verb of speech."""
    stop = _before_times(parsed, sentence, cue.first)
    if stop <= floor:
        return None
    if ")" in parsed.gap(stop):
        return _before_brackets(parsed, sentence, stop, floor)
    before = parsed.folded(stop - 1)
    if parsed.joins(stop - 1) or stop < cue.first:
        if before in parsed.lexicon.relative and before != "that":
            return stop - 1, stop
        return _name_before(parsed, sentence, stop, floor)
    if "," in parsed.gap(stop) and not _closes_quote(parsed, stop):
        return _with_apposition(parsed, sentence, stop, floor)
    return None


def _before_brackets(parsed: ParsedText, sentence: Sentence, stop: int, floor: int) -> Words | None:
    """Return the name in front of "(R-Ohio) said", brackets included."""
    for index in range(stop - 1, max(floor, stop - _LONGEST_BRACKET), -1):
        if "(" in parsed.gap(index):
            name = _name_before(parsed, sentence, index, floor)
            return (name[0], stop) if name else None
    return None


def _closes_quote(parsed: ParsedText, index: int) -> bool:
    start = parsed.words[index].start
    return parsed.quotes.ending_at(start) is not None


def _before_times(parsed: ParsedText, sentence: Sentence, index: int) -> int:
    """Return where the name ends when "on Monday" or the like stands between it and the verb."""
    stop = index
    for _ in range(3):
        if (
            stop - 1 > sentence.first
            and parsed.joins(stop - 1)
            and parsed.folded(stop - 1) in parsed.lexicon.times
        ):
            stop -= 1
    return stop


def _name_before(parsed: ParsedText, sentence: Sentence, stop: int, floor: int) -> Words | None:
    start = _clause_start(parsed, sentence, stop, floor)
    if start == stop:
        return None
    if parsed.folded(stop - 1) in _SUBJECTS:
        return stop - 1, stop
    if (outer := _before_relative(parsed, sentence, start, floor)) is not None:
        return outer, stop
    if _is_short_name(parsed, start, stop):
        return start, stop
    start = _name_start(parsed, start, stop)
    return (start, stop) if start < stop else None


def _before_relative(parsed: ParsedText, sentence: Sentence, start: int, floor: int) -> int | None:
    """Return where the name in "a guard who was hurt said" begins, `start` being the word behind "who"."""
    relative = start - 1
    if relative <= max(floor, sentence.first) or parsed.folded(relative) not in ("who", "which", "that"):
        return None
    if not parsed.joins(relative - 1):
        return None
    outer = _clause_start(parsed, sentence, relative, floor)
    return outer if outer < relative and _is_short_name(parsed, outer, relative) else None


def _clause_start(parsed: ParsedText, sentence: Sentence, stop: int, floor: int) -> int:
    start = stop
    bottom = max(sentence.first, floor, stop - _LONGEST_SOURCE)
    while start > bottom:
        if start < stop and not parsed.joins(start - 1):
            break
        if parsed.folded(start - 1) in parsed.lexicon.clause and not _joins_names(
            parsed, start - 1, bottom, stop
        ):
            break
        start -= 1
    return start


def _joins_names(parsed: ParsedText, index: int, bottom: int, stop: int) -> bool:
    """Return whether the "and" at `index` joins two speakers: "police and witnesses said"."""
    if parsed.folded(index) not in ("and", "or") or index <= bottom or index + 1 >= stop:
        return False
    if not (parsed.joins(index - 1) and parsed.joins(index)):
        return False
    left, right = parsed.words[index - 1], parsed.words[index + 1]
    known = parsed.lexicon.kinds
    if left.is_capital and right.is_capital:
        return not any(word in parsed.lexicon.finite for word in parsed.between(bottom, index))
    return left.folded in known and (stop - index <= 3 or parsed.folded(stop - 1) in known)


def _is_short_name(parsed: ParsedText, start: int, stop: int) -> bool:
    """Return whether a whole stretch can be a name: it opens like one and holds no other verb."""
    lexicon = parsed.lexicon
    first = parsed.words[start]
    if stop - start > _LONGEST_SHORT or first.folded in lexicon.adverbials:
        return False
    if any(word in lexicon.finite for word in parsed.between(start, stop)):
        return False
    opens = first.folded in lexicon.openers or first.folded in lexicon.pronouns
    return (
        opens or first.is_capital or first.folded in lexicon.kinds or parsed.folded(stop - 1) in lexicon.kinds
    )


def _name_start(parsed: ParsedText, bottom: int, stop: int) -> int:
    """Return where the noun phrase that ends at `stop` begins, read backwards from its last word."""
    lexicon = parsed.lexicon
    last = parsed.words[stop - 1]
    if last.folded in lexicon.pronouns:
        return stop - 1
    if not (last.is_capital or last.folded in lexicon.kind_words or last.text[0].isdigit()):
        return stop
    start = stop - 1
    while start > bottom:
        before = parsed.words[start - 1]
        if before.folded in lexicon.openers:
            return _outer_start(parsed, bottom, start - 1)
        if before.folded in lexicon.inner:
            return _outer_start(parsed, bottom, start)
        if not _in_name(parsed, start - 1):
            return start
        start -= 1
    return start


def _in_name(parsed: ParsedText, index: int) -> bool:
    word = parsed.words[index]
    known = (
        word.text[0].isdigit()
        or word.folded == "s"
        or (word.folded in parsed.lexicon.kind_words and word.folded not in _DOCUMENTS)
    )
    if word.is_capital or known:
        return True
    next_sign = parsed.text[word.end : word.end + 1]
    return next_sign in "-'’" or word.folded in parsed.lexicon.adjectives


def _outer_start(parsed: ParsedText, bottom: int, start: int) -> int:
    """Return the start of "a source at" before a name, or `start` when nothing of the kind stands there."""
    lexicon = parsed.lexicon
    preposition = start - 1
    if preposition - 1 < bottom or parsed.folded(preposition) not in lexicon.inner:
        return start
    noun = preposition - 1
    if parsed.folded(noun) not in lexicon.kinds and parsed.folded(noun) not in (
        "one",
        "some",
        "members",
        "member",
    ):
        return start
    return _name_start(parsed, bottom, noun + 1)


def _with_apposition(parsed: ParsedText, sentence: Sentence, stop: int, floor: int) -> Words | None:
    """Return the name before "X, a neighbour, said", or None when the comma ends something else."""
    bottom = max(sentence.first, floor)
    segments = _segments(parsed, bottom, stop)
    if len(segments) < _FEWEST_SEGMENTS or any(_is_clause(parsed, *segment) for segment in segments[1:]):
        return None
    start, end = segments[0]
    if not _is_short_name(parsed, start, end):
        return None
    return start, stop if all(_describes(parsed, segment[0]) for segment in segments[1:]) else end


def _describes(parsed: ParsedText, index: int) -> bool:
    """Return whether a stretch that begins at `index` says what a name is and not what it does."""
    word = parsed.words[index]
    if word.is_capital or word.text[0].isdigit():
        return True
    return (
        word.folded not in _RELATIVE
        and word.folded not in parsed.lexicon.inner
        and not word.folded.endswith("ing")
    )


_FEWEST_SEGMENTS = 2
_MOST_SEGMENTS = 4


def _segments(parsed: ParsedText, bottom: int, stop: int) -> list[Words]:
    """Return the stretches between commas from `bottom` to `stop`, the last ones if there are many."""
    found: list[Words] = []
    end = stop
    while end > bottom and len(found) < _MOST_SEGMENTS:
        start = end - 1
        while start > bottom and parsed.joins(start - 1):
            start -= 1
        found.insert(0, (start, end))
        if start > bottom and "," not in parsed.gap(start):
            break
        end = start
    return found


def _is_clause(parsed: ParsedText, start: int, end: int) -> bool:
    if parsed.folded(start) in _RELATIVE:
        return False
    if parsed.folded(start) in parsed.lexicon.clause or parsed.folded(start) in parsed.lexicon.pronouns:
        return True
    return any(word in parsed.lexicon.finite for word in parsed.between(start, end))


def name_at(parsed: ParsedText, sentence: Sentence) -> Words | None:
    """Return the name that opens a sentence, behind an adverbial that a comma ends."""
    lexicon, first = parsed.lexicon, sentence.first
    if parsed.folded(first) in lexicon.adverbials or parsed.folded(first) in lexicon.clause:
        first = next((i for i in range(first + 1, sentence.last) if "," in parsed.gap(i)), sentence.last)
    if first >= sentence.last:
        return None
    if parsed.folded(first) in lexicon.pronouns and parsed.folded(first) not in lexicon.openers:
        return first, first + 1
    opens = parsed.folded(first) in lexicon.openers
    if not (opens or parsed.words[first].is_capital):
        return None
    end = first + 1 + opens
    while (
        end < sentence.last
        and parsed.joins(end - 1)
        and (_in_name(parsed, end) or (parsed.folded(end) in lexicon.inner and _follows(parsed, end)))
    ):
        end += 1
    return (first, min(end, sentence.last))


def _follows(parsed: ParsedText, index: int) -> bool:
    """Return whether a name goes on behind the preposition at `index`."""
    if not parsed.joins(index):
        return False
    word = parsed.words[index + 1]
    return word.is_capital or word.folded in parsed.lexicon.kind_words


def source_right(parsed: ParsedText, sentence: Sentence, first: int) -> Words | None:
    """Return the name that stands behind "said" or "according to"."""
    if first >= sentence.last or not parsed.joins(first - 1):
        return None
    end = first
    while end < sentence.last and end - first < _LONGEST_SOURCE:
        if end > first and not _goes_on(parsed, sentence, end):
            break
        end += 1
    return (first, end) if end > first else None


def _goes_on(parsed: ParsedText, sentence: Sentence, index: int) -> bool:
    """Return whether word `index` still belongs to the name before it."""
    word = parsed.folded(index)
    if parsed.joins(index - 1):
        is_number = word[0].isdigit() or word in parsed.lexicon.numbers
        if is_number and parsed.folded(index - 1) in parsed.lexicon.kind_words:
            return False
        if word in _CLOSERS or word in ("on", "said", "says", "told", "who") or word in parsed.lexicon.finite:
            return False
        return not (word in parsed.lexicon.times and word != "this")
    return "," in parsed.gap(index) and _is_apposition_right(parsed, sentence, index)


def _is_apposition_right(parsed: ParsedText, sentence: Sentence, index: int) -> bool:
    """Return whether ", a neighbour" at `index` only describes the name before the comma."""
    if parsed.folded(index) not in _APPOSITION or parsed.folded(index) in ("his", "her", "its", "their"):
        return False
    end = index
    while end < sentence.last and (end == index or parsed.joins(end - 1)):
        if parsed.folded(end) in parsed.lexicon.finite and parsed.folded(index) not in _RELATIVE:
            return False
        end += 1
    return True
