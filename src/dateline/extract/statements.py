"""Finding who says what: the source, the cue and the content of each reported statement.

A sentence that merely goes on after an attributed one has no speaker of its own (codebook, section
6); a quotation that goes on after "he said" is still his.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.contents import (
    Stretch,
    ends_in_quote,
    is_left_over,
    next_quotes,
    said_after,
    said_before,
    trimmed,
)
from dateline.extract.cues import Cue, CueKind, find_cues
from dateline.extract.parsed import ParsedText, Sentence
from dateline.extract.sources import Words, name_at, source_of, source_right
from dateline.extract.speakers import Speakers
from dateline.extract.speech_words import Form, Manner, speech_words
from dateline.model import OUTLET, Attribution, Span, StatementMention

_NEAR = 12
_DOUBT_REACH = 60  # characters
_LONGEST_HEAD = 6
_LONGEST_TAIL = 4
_NOT_ALONE = frozenset(
    ("people", "news", "photo", "video", "picture", "image", "man", "woman", "site", "report", "some")
)


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


def speaker_of(span: Span, statements: Sequence[StatementMention], language: str = "en") -> Attribution:
    """Return who says `span`: the speaker of the innermost statement that covers it, else the outlet.

    Whose station is known goes before others, who may not speak at all ("the suburbs continued").

    A word of doubt marks it as hedged when it stands in the span or shortly before it.
    """
    covering = [statement for statement in statements if _covers(statement, span)]
    named = [statement for statement in covering if statement.attribution.words]
    doubted = any(_is_doubted(statement, span, language) for statement in covering)
    if not named:
        return replace(OUTLET, hedged=doubted)
    attribution = min(named, key=_remoteness).attribution
    return replace(attribution, hedged=attribution.hedged or doubted)


def _remoteness(statement: StatementMention) -> tuple[bool, int]:
    return statement.attribution.kind is None, statement.content.end - statement.content.start


def _is_doubted(statement: StatementMention, span: Span, language: str) -> bool:
    """Return whether the cue is one of doubt near the span, or such a word stands in what is said near it."""
    if statement.source is None and statement.attribution.hedged:
        return -_DOUBT_REACH < span.start - statement.cue.end < _DOUBT_REACH
    start = max(0, span.start - statement.content.start - _DOUBT_REACH)
    near = statement.content.quote[start : span.end - statement.content.start]
    return any(word.strip('.,;:"“”') in speech_words(language).doubt for word in near.lower().split())


def _covers(statement: StatementMention, span: Span) -> bool:
    parts = statement.content_parts or (statement.content,)
    return any(part.start <= span.start and span.end <= part.end + 1 for part in parts)


def _of_sentence(parsed: ParsedText, sentence: Sentence) -> list[_Found]:
    found: list[_Found] = []
    floor = sentence.first
    headed = _headed(parsed, sentence)
    for cue in find_cues(parsed, sentence):
        statement = _statement(parsed, sentence, cue, floor, found)
        if statement:
            found.append(statement)
            floor = cue.last
    plain = [_cut(parsed, statement, found) for statement in found]
    if headed and not any(statement.content == headed.content for statement in plain):
        plain.append(headed)
    return sorted(plain, key=lambda statement: statement.cue.first)


def _statement(
    parsed: ParsedText, sentence: Sentence, cue: Cue, floor: int, earlier: list[_Found]
) -> _Found | None:
    if cue.kind is CueKind.NOBODY:
        return _nobodys(parsed, sentence, cue)
    if cue.kind is CueKind.ACCORDING:
        return _according(parsed, sentence, cue, earlier)
    if quoted := _as_saying(parsed, sentence, cue):
        return quoted
    source = source_of(parsed, sentence, cue, floor)
    if cue.kind is CueKind.PASSIVE:
        return _passive(parsed, sentence, cue, source)
    if source:
        return _told_by(parsed, sentence, cue, source)
    return _inverted(parsed, sentence, cue) or _going_on(parsed, sentence, cue, earlier)


def _as_saying(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    """Return "quoted X as saying ...": X speaks and not the one who quotes."""
    if cue.verb is None or cue.verb.base not in ("cite", "quote"):
        return None
    for index in range(cue.last + 1, min(cue.last + _NEAR, sentence.last - 1)):
        if parsed.folded(index) == "as" and parsed.folded(index + 1) == "saying":
            saying = Cue(CueKind.VERB, index + 1, index + 2, index + 1, cue.verb)
            content = said_after(parsed, sentence, saying)
            return _Found(saying, (cue.last, index), content) if content else None
    return None


def _headed(parsed: ParsedText, sentence: Sentence) -> _Found | None:
    """Return "Police: six men fled" and "Six men fled: police", where a colon is all there is of a cue."""
    for index in range(sentence.first + 1, sentence.last):
        if parsed.gap(index)[:1] != ":":
            continue
        colon = Cue(CueKind.COLON, index - 1, index, index)
        if index - sentence.first <= _LONGEST_HEAD and _speaks(parsed, sentence.first, index):
            content = trimmed(parsed, parsed.words[index - 1].end, sentence.end)
            return _Found(colon, (sentence.first, index), content) if content else None
        if sentence.last - index <= _LONGEST_TAIL and _speaks(parsed, index, sentence.last):
            content = trimmed(parsed, sentence.start, parsed.words[index - 1].end)
            return _Found(colon, (index, sentence.last), content) if content else None
        return None
    return None


def _speaks(parsed: ParsedText, first: int, last: int) -> bool:
    """Return whether words name a speaker and nothing else."""
    lexicon = parsed.lexicon
    if any(word in lexicon.finite for word in parsed.between(first, last)):
        return False
    return any(word in lexicon.kinds and word not in _NOT_ALONE for word in parsed.between(first, last))


def _nobodys(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    content = trimmed(parsed, sentence.start, sentence.end)
    return _Found(cue, None, content) if content else None


def _passive(parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words | None) -> _Found | None:
    content = trimmed(parsed, sentence.start, parsed.words[cue.first].start)
    return _Found(cue, source, content) if source and content else None


def _according(parsed: ParsedText, sentence: Sentence, cue: Cue, earlier: list[_Found]) -> _Found | None:
    source = source_right(parsed, sentence, cue.last)
    if source is None:
        return None
    start, end = parsed.words[cue.first].start, parsed.words[source[1] - 1].end
    before = said_before(parsed, sentence, start)
    after = trimmed(parsed, end, sentence.end)
    is_inserted = parsed.gap(cue.first) == "," and parsed.behind(source[1] - 1) == ","
    if earlier and earlier[-1].cue.kind is CueKind.ACCORDING and earlier[-1].source and before:
        before = trimmed(parsed, parsed.words[earlier[-1].source[1] - 1].end, start)
    elif before and after and is_inserted:
        return _Found(cue, source, (before[0], after[1]), (before, after))
    content = before or after
    return _Found(cue, source, content) if content else None


def _told_by(parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words) -> _Found | None:
    start = parsed.words[min(source[0], cue.first)].start
    before = said_before(parsed, sentence, start)
    after = said_after(parsed, sentence, cue)
    if before and after and _is_inserted(parsed, source, cue):
        return _Found(cue, source, (before[0], after[1]), (before, after))
    in_sentence = start > sentence.start and ends_in_quote(parsed, start)
    if before and (in_sentence or is_left_over(parsed, sentence, cue)):
        return _with_continuation(parsed, sentence, cue, source, before, start)
    return _Found(cue, source, after) if after else None


def _is_inserted(parsed: ParsedText, source: Words, cue: Cue) -> bool:
    """Return whether commas set the speaker into the clause: "Six, he said, fled"."""
    before, after = parsed.gap(min(source[0], cue.first)), parsed.gap(cue.last)
    return before == "," and after == ","


def _with_continuation(
    parsed: ParsedText, sentence: Sentence, cue: Cue, source: Words, before: Stretch, start: int
) -> _Found:
    """Return "…", he said, "…": the quotation before the cue and the one that goes on behind it."""
    parts = [before]
    if ends_in_quote(parsed, start):
        behind = max(source[1], cue.last)
        parts.extend(next_quotes(parsed, sentence, parsed.words[behind - 1].end))
    if len(parts) == 1:
        return _Found(cue, source, before)
    return _Found(cue, source, (before[0], parts[-1][1]), tuple(parts))


def _inverted(parsed: ParsedText, sentence: Sentence, cue: Cue) -> _Found | None:
    """Return "…," said X: the source stands behind the verb, and what is said before it."""
    if cue.first == sentence.first or cue.verb is None or cue.verb.form is Form.ING:
        return None
    start = parsed.words[cue.first].start
    gap = parsed.gap(cue.first)
    if not (gap or ends_in_quote(parsed, start) or cue.verb.base == "say"):
        return None
    first = parsed.words[cue.last] if cue.last < sentence.last else None
    if first is None or first.folded == "that" or not _can_speak(parsed, cue.last):
        return None
    source = source_right(parsed, sentence, cue.last)
    before = said_before(parsed, sentence, start)
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
    source = earlier[-1].source if earlier else _subject(parsed, sentence, cue)
    after = said_after(parsed, sentence, cue)
    if source is None or after is None:
        return None
    return _Found(cue, source, after, shared=True)


def _subject(parsed: ParsedText, sentence: Sentence, cue: Cue) -> Words | None:
    """Return the subject of the sentence, for "... left the hall, saying" and "... came and said"."""
    joins = parsed.folded(cue.first - 1) in ("and", "but") or "," in parsed.gap(cue.first)
    if cue.verb is None or cue.verb.base not in parsed.lexicon.core or not joins:
        return None
    return name_at(parsed, sentence)


def _cut(parsed: ParsedText, statement: _Found, all_of_sentence: list[_Found]) -> _Found:
    """Return the statement without those that follow it in its sentence: "X said A, but Y said B"."""
    start, end = statement.content
    for other in all_of_sentence:
        first = min(
            other.cue.first, other.source[0] if other.source and not other.shared else other.cue.first
        )
        position = parsed.words[first].start
        before = parsed.folded(first - 1)
        if other.cue.verb is None or other.cue.verb.base not in parsed.lexicon.ending:
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
            if cut := trimmed(parsed, start, stop):
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
        cue=_cue_span(parsed, found.cue),
        content=content,
        attribution=_attribution(parsed, speakers, found),
        content_parts=tuple(Span.of(text, *part) for part in found.parts),
    )


def _cue_span(parsed: ParsedText, cue: Cue) -> Span:
    start, end = parsed.words[cue.first].start, parsed.words[cue.last - 1].end
    if cue.kind is CueKind.COLON:
        start, end = end, end + 1
    return Span.of(parsed.text, start, end)


def _attribution(parsed: ParsedText, speakers: Speakers, found: _Found) -> Attribution:
    hedged = found.cue.manner is Manner.DOUBTS
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
