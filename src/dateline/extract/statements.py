"""Finding who says what: the source, the cue and the content of each reported statement.

A sentence that merely goes on after an attributed one has no speaker of its own (codebook, section
6); a quotation that goes on after "he said" is still his.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.extract.cues import Cue, CueKind, find_cues
from dateline.extract.parsed import ParsedText, Sentence
from dateline.extract.sources import Words, source_of, source_right
from dateline.extract.speakers import Speakers
from dateline.extract.speech_words import Form, Manner
from dateline.model import OUTLET, Attribution, Span, StatementMention

_EDGE = " \t\u00a0\r\n,;:–—-"
_LONGEST_CONTENT = 2_000
_SHORTEST_CLAUSE = 2
_LONGEST_TIME = 3

Stretch = tuple[int, int]  # start and end in characters


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement in words and characters, before its speaker is known."""

    cue: Cue
    source: Words | None
    content: Stretch
    parts: tuple[Stretch, ...] = ()
    shared: bool = False  # the source is that of an earlier cue in the sentence


def find_statements(
    text: str, sentences: Sequence[tuple[int, int]], language: str = "en"
) -> tuple[StatementMention, ...]:
    """Return the statements of `text`, whose sentences are given, in the order of their cues.

    Each has the words of its source (None when nobody is named), of its cue and of what is said,
    and the speaker resolved within the report. The cost is linear in the length of the text.
    """
    parsed = ParsedText.of(text, sentences, language)
    found = [statement for sentence in parsed.sentences for statement in _of_sentence(parsed, sentence)]
    speakers = Speakers(parsed, language)
    return tuple(_mention(parsed, speakers, statement) for statement in found)


def speaker_of(span: Span, statements: Sequence[StatementMention]) -> Attribution:
    """Return who says `span`: the speaker of the innermost statement that covers it, else the outlet."""
    covering = [statement for statement in statements if _covers(statement, span)]
    if not covering:
        return OUTLET
    return min(covering, key=lambda statement: statement.content.end - statement.content.start).attribution


def _covers(statement: StatementMention, span: Span) -> bool:
    parts = statement.content_parts or (statement.content,)
    return any(part.start <= span.start and span.end <= part.end + 1 for part in parts)


def _of_sentence(parsed: ParsedText, sentence: Sentence) -> list[_Found]:
    found: list[_Found] = []
    floor = sentence.first
    for cue in find_cues(parsed, sentence):
        statement = _statement(parsed, sentence, cue, floor, found)
        if statement:
            found.append(statement)
            floor = cue.last
    return [_cut(parsed, statement, found) for statement in found]


def _statement(
    parsed: ParsedText, sentence: Sentence, cue: Cue, floor: int, earlier: list[_Found]
) -> _Found | None:
    if cue.kind is CueKind.NOBODY:
        return _nobodys(parsed, sentence, cue)
    if cue.kind is CueKind.ACCORDING:
        return _according(parsed, sentence, cue)
    source = source_of(parsed, sentence, cue, floor)
    if cue.kind is CueKind.PASSIVE:
        return _passive(parsed, sentence, cue, source)
    if source:
        return _told_by(parsed, sentence, cue, source)
    return _inverted(parsed, sentence, cue) or _going_on(parsed, sentence, cue, earlier)


def _nobodys(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    content = _trimmed(parsed, sentence.start, sentence.end)
    return _Found(cue, None, content) if content else None


def _passive(parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words | None) -> _Found | None:
    content = _trimmed(parsed, sentence.start, parsed.words[cue.first].start)
    return _Found(cue, source, content) if source and content else None


def _according(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    source = source_right(parsed, sentence, cue.last)
    if source is None:
        return None
    start, end = parsed.words[cue.first].start, parsed.words[source[1] - 1].end
    before = _before(parsed, sentence, start)
    after = _trimmed(parsed, end, sentence.end)
    if before and after and parsed.behind(source[1] - 1) == ",":
        return _Found(cue, source, (before[0], after[1]), (before, after))
    content = before or after
    return _Found(cue, source, content) if content else None


def _told_by(parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words) -> _Found | None:
    start = parsed.words[min(source[0], cue.first)].start
    before = _before(parsed, sentence, start)
    after = _after(parsed, sentence, cue)
    in_sentence = start > sentence.start and _ends_in_quote(parsed, start)
    if before and (in_sentence or _is_left_over(parsed, sentence, cue)):
        return _with_continuation(parsed, sentence, cue, source, before, start)
    return _Found(cue, source, after) if after else None


def _with_continuation(
    parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words, before: Stretch, start: int
) -> _Found:
    """Return "…", he said, "…": the quotation before the cue and the one that goes on behind it."""
    parts = [before]
    if _ends_in_quote(parsed, start):
        behind = max(source[1], cue.last)
        parts.extend(_next_quotes(parsed, sentence, parsed.words[behind - 1].end))
    if len(parts) == 1:
        return _Found(cue, source, before)
    return _Found(cue, source, (before[0], parts[-1][1]), tuple(parts))


def _next_quotes(parsed: ParsedText, sentence: Sentence, position: int) -> Iterator[Stretch]:
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


def _inverted(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    """Return "…," said X: the source stands behind the verb, and what is said before it."""
    if cue.first == sentence.first or cue.verb is None or cue.verb.form is Form.ING:
        return None
    start = parsed.words[cue.first].start
    gap = parsed.gap(cue.first)
    if not (gap or _ends_in_quote(parsed, start)):
        return None
    first = parsed.words[cue.last] if cue.last < sentence.last else None
    if first is None or first.folded == "that" or not _can_speak(parsed, cue.last):
        return None
    source = source_right(parsed, sentence, cue.last)
    before = _before(parsed, sentence, start)
    if source is None or before is None or not _ends_clause(parsed, sentence, source[1]):
        return None
    return _with_continuation(parsed, sentence, cue, source, before, start)


def _ends_clause(parsed: ParsedText, sentence: Sentence, index: int) -> bool:
    """Return whether nothing but a time, a place or another clause follows from word `index` on."""
    if index >= sentence.last or not parsed.joins(index - 1):
        return True
    word = parsed.folded(index)
    return word in parsed.lexicon.adjuncts or word in parsed.lexicon.clause


def _can_speak(parsed: ParsedText, index: int) -> bool:
    word = parsed.words[index]
    lexicon = parsed.lexicon
    return (
        word.is_capital
        or word.folded in lexicon.kinds
        or word.folded in lexicon.openers
        or word.folded in lexicon.pronouns
    )


def _going_on(parsed: ParsedText, sentence: Sentence, cue: Cue, earlier: list[_Found]) -> _Found | None:
    """Return ", adding that ..." and "... and said ...": the source is that of the clause before."""
    if cue.verb is None or cue.first == sentence.first:
        return None
    source = earlier[-1].source if earlier else None
    after = _after(parsed, sentence, cue)
    if source is None or after is None:
        return None
    return _Found(cue, source, after, shared=True)


def _after(parsed: ParsedText, sentence: Sentence, cue: Cue) -> Stretch | None:
    """Return what stands behind a cue to the end of its sentence or of a quotation beyond it."""
    first = _behind_times(parsed, sentence, _behind_listener(parsed, sentence, cue))
    if first >= sentence.last:
        return None
    start, end = parsed.words[first].start, sentence.end
    quote = parsed.quotes.around(start)
    if quote and quote[0] >= parsed.words[first - 1].end:
        parts = [quote, *_next_quotes(parsed, replace(sentence, end=max(end, quote[1])), quote[1])]
        start, end = quote[0], max(end, parts[-1][1])
    return _trimmed(parsed, start, end)


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


def _before(parsed: ParsedText, sentence: Sentence, stop: int) -> Stretch | None:
    """Return what stands before a source or cue in its sentence, its quotation from the head on."""
    quote = parsed.quotes.ending_at(stop, 3)
    start = (
        min(sentence.start, quote)
        if quote is not None and stop - quote < _LONGEST_CONTENT
        else sentence.start
    )
    if stop <= sentence.start + 1 and (quote is None or "\n" in parsed.text[stop - 3 : stop]):
        return None
    content = _trimmed(parsed, start, stop)
    if content is None or quote is not None:
        return content
    return content if len(parsed.text[slice(*content)].split()) >= _SHORTEST_CLAUSE else None


def _ends_in_quote(parsed: ParsedText, position: int) -> bool:
    return parsed.quotes.ending_at(position, 3) is not None


def _is_left_over(parsed: ParsedText, sentence: Sentence, cue: Cue) -> bool:
    """Return whether nothing is said behind the cue: its sentence ends, or tells when and where."""
    first = _behind_listener(parsed, sentence, cue)
    if first >= sentence.last:
        return True
    if not parsed.joins(first - 1):
        return not parsed.gap(first).startswith(("“", '"', ":", "‘")) and "," not in parsed.gap(first)
    return parsed.folded(first) in parsed.lexicon.adjuncts


def _trimmed(parsed: ParsedText, start: int, end: int) -> Stretch | None:
    """Return the stretch without blanks and signs at its edges, the full stop of a sentence among them."""
    text = parsed.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _EDGE or text[end - 1] == "."):
        end -= 1
    return (start, end) if start < end else None


def _cut(parsed: ParsedText, statement: _Found, all_of_sentence: list[_Found]) -> _Found:
    """Return the statement without those that follow it in its sentence: "X said A, but Y said B"."""
    start, end = statement.content
    for other in all_of_sentence:
        first = min(
            other.cue.first, other.source[0] if other.source and not other.shared else other.cue.first
        )
        position = parsed.words[first].start
        before = parsed.folded(first - 1)
        if other.cue.verb is None or other.cue.verb.base not in parsed.lexicon.core:
            continue
        if (
            not start < position < end
            or other is statement
            or parsed.words[statement.cue.first].start > position
        ):
            continue
        if before in ("but", "and", "while", "although", "though", "whereas") or (
            other.shared and "," in parsed.gap(first)
        ):
            stop = parsed.words[first - 1].start if before in parsed.lexicon.clause else position
            if cut := _trimmed(parsed, start, stop):
                return replace(statement, content=cut, parts=())
    return statement


def _mention(parsed: ParsedText, speakers: Speakers, found: _Found) -> StatementMention:
    text = parsed.text
    source = None
    if found.source:
        first, last = found.source
        source = Span.of(text, parsed.words[first].start, parsed.words[last - 1].end)
    content = Span.of(text, *found.content)
    return StatementMention(
        source=source,
        cue=Span.of(text, parsed.words[found.cue.first].start, parsed.words[found.cue.last - 1].end),
        content=content,
        attribution=_attribution(parsed, speakers, found, content),
        content_parts=tuple(Span.of(text, *part) for part in found.parts),
    )


def _attribution(parsed: ParsedText, speakers: Speakers, found: _Found, content: Span) -> Attribution:
    hedged = found.cue.manner is Manner.DOUBTS or _is_doubted(parsed, content)
    denies = found.cue.manner is Manner.DENIES
    if found.source is None or not _vouches(parsed, found.cue):
        return Attribution(hedged=hedged, denies=denies)
    speaker = speakers.speaker(found.source)
    return replace(speaker, hedged=hedged, denies=denies)


def _vouches(parsed: ParsedText, cue: Cue) -> bool:
    """Return whether the source of a cue stands for what is said, as "supports" and "wants" do not."""
    if cue.verb is None:
        return True
    base = cue.verb.base
    return base in parsed.lexicon.core or base in parsed.lexicon.vouching or cue.manner is Manner.DOUBTS


def _is_doubted(parsed: ParsedText, content: Span) -> bool:
    return any(word in parsed.lexicon.doubt for word in content.quote.lower().split())
