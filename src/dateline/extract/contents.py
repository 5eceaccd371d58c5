"""What is said: the stretch of text before or behind a cue that a statement covers, quotations included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.cues import Cue
from dateline.extract.parsed import ParsedText, Sentence

_BEHIND_OBJECTS = frozenset(
    (
        "during",
        "at",
        "on",
        "after",
        "when",
        "while",
        "because",
        "before",
        "by",
        "as",
        "but",
        "who",
        "which",
        "since",
    )
)
_EDGE = " \t\u00a0\r\n,;:–—-"
_LONGEST_CONTENT = 2_000
_SHORTEST_CLAUSE = 2
_LONGEST_TIME = 3
_NEAR = 12

Stretch = tuple[int, int]  # start and end in characters


def next_quotes(parsed: ParsedText, sentence: Sentence, position: int) -> Iterator[Stretch]:
    """Yield the quotations that go on: behind the cue in its sentence, then right behind the sentence."""
    quotes = parsed.quotes
    index = bisect_left(quotes.starts, position)
    limit = position + _LONGEST_CONTENT
    position = max(position, sentence.end)
    while index < len(quotes.starts) and quotes.starts[index] < limit:
        start, end = quotes.starts[index], quotes.ends[index]
        if start > sentence.end and not _is_next(parsed, position, start, end):
            return
        yield start, end
        position, index = end, index + 1


def _is_next(parsed: ParsedText, position: int, start: int, end: int) -> bool:
    """Return whether a quotation follows at once, or fills the next paragraph alone."""
    between = parsed.text[position:start]
    if any(map(str.isalnum, between)):
        return False
    return "\n" not in between or parsed.text[end : end + 1] in ("", "\n")


def said_after(parsed: ParsedText, sentence: Sentence, cue: Cue) -> Stretch | None:
    """Return what stands behind a cue to the end of its sentence or of a quotation beyond it."""
    first = _behind_times(parsed, sentence, _behind_listener(parsed, sentence, cue))
    if first >= sentence.last:
        return None
    start, end = parsed.words[first].start, sentence.end
    if cue.verb and cue.verb.base in parsed.lexicon.naming:
        end = _end_of_object(parsed, sentence, first)
    elif tail := parsed.quotes.around(end - 1):
        end = max(end, tail[1]) if tail[1] < start + _LONGEST_CONTENT else end
    quote = parsed.quotes.around(start)
    if quote and quote[0] >= parsed.words[first - 1].end:
        parts = [quote, *next_quotes(parsed, replace(sentence, end=max(end, quote[1])), quote[1])]
        start, end = quote[0], max(end, parts[-1][1])
    return trimmed(parsed, start, end)


def _end_of_object(parsed: ParsedText, sentence: Sentence, first: int) -> int:
    """Return where the object that begins at word `first` ends: at a comma, a verb, or a time or place."""
    lexicon = parsed.lexicon
    index = first + 1
    while index < sentence.last and parsed.joins(index - 1):
        word = parsed.folded(index)
        if word in lexicon.finite or word in _BEHIND_OBJECTS:
            break
        index += 1
    return parsed.words[index - 1].end


def _behind_times(parsed: ParsedText, sentence: Sentence, first: int) -> int:
    """Return the first word behind "on Sunday" and the like."""
    index = first
    while index < sentence.last and index - first < _LONGEST_TIME and parsed.joins(index - 1):
        if parsed.folded(index) not in parsed.lexicon.times:
            break
        index += 1
    is_time = index > first and parsed.folded(index - 1) not in ("on", "this", "last")
    return index if is_time else first


def _behind_listener(parsed: ParsedText, sentence: Sentence, cue: Cue) -> int:
    """Return the first word of what is told, behind the one who is told it."""
    first = cue.last
    if cue.verb is None or not cue.verb.tells or first >= sentence.last:
        return first
    for index in range(first, min(first + 10, sentence.last)):
        if parsed.folded(index) == "that" or "“" in parsed.gap(index) or '"' in parsed.gap(index):
            return index
    if parsed.folded(first) in parsed.lexicon.listeners or parsed.words[first].is_capital:
        first += 1
        while first < sentence.last and parsed.joins(first - 1) and _is_listener(parsed, first):
            first += 1
    return first


def _is_listener(parsed: ParsedText, index: int) -> bool:
    word = parsed.words[index]
    before = parsed.folded(index - 1)
    return word.is_capital or word.folded in parsed.lexicon.kinds or (before in ("the", "a", "an"))


def said_before(parsed: ParsedText, sentence: Sentence, stop: int) -> Stretch | None:
    """Return what stands before a source or cue in its sentence, its quotation from the head on."""
    quote = parsed.quotes.ending_at(stop, 3)
    start = (
        min(sentence.start, quote)
        if quote is not None and stop - quote < _LONGEST_CONTENT
        else sentence.start
    )
    if stop <= sentence.start + 1 and (quote is None or "\n" in parsed.text[stop - 3 : stop]):
        return None
    content = trimmed(parsed, start, stop)
    if content is None or quote is not None:
        return content
    return content if len(parsed.text[slice(*content)].split()) >= _SHORTEST_CLAUSE else None


def ends_in_quote(parsed: ParsedText, position: int) -> bool:
    """Return whether a quotation closes just before `position`."""
    return parsed.quotes.ending_at(position, 3) is not None


def is_left_over(parsed: ParsedText, sentence: Sentence, cue: Cue) -> bool:
    """Return whether nothing is said behind the cue: its sentence ends, or tells when and where."""
    first = _behind_listener(parsed, sentence, cue)
    if first >= sentence.last:
        return True
    if not parsed.joins(first - 1):
        return not parsed.gap(first).startswith(("“", '"', ":", "‘")) and "," not in parsed.gap(first)
    if _has_comma(parsed, sentence, cue):
        return parsed.folded(first) in parsed.lexicon.adjuncts
    return parsed.folded(first) in parsed.lexicon.times


def _has_comma(parsed: ParsedText, sentence: Sentence, cue: Cue) -> bool:
    """Return whether a comma or quotation parts the speaker from what stands before."""
    return any(parsed.gap(index) for index in range(max(sentence.first + 1, cue.first - _NEAR), cue.first))


def trimmed(parsed: ParsedText, start: int, end: int) -> Stretch | None:
    """Return the stretch without blanks and signs at its edges, the full stop of a sentence among them."""
    text = parsed.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1] == "."):
        end -= 1
    return (start, end) if start < end else None
