"""Statements as the trained reader marks them: who says what, in whose words.

The model marks sources, cues and contents; which of them belong together is told by where they stand.
Who a source is (station, name within the report) is resolved as for the statements of the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.parsed import ParsedText
from dateline.extract.read_text import ReadText
from dateline.extract.reading import Role, RoleSpan
from dateline.extract.speakers import Speakers
from dateline.model import Attribution, Span, StatementMention

FURTHEST = 200  # letters between a cue and what it introduces
SENTENCES = 1  # that may lie between a content and its cue
LONGEST_END = 12  # letters of ", which" and the like

_OPENING = re.compile(r"[\s,;:]+")
_CLOSING = re.compile(r"(?:[\s,;:―—-]+|[\s,]+(?:and|but|or|which|while|that))\Z")


def read_statements(
    read: ReadText, by_rules: Sequence[StatementMention] = (), language: str = "en"
) -> tuple[StatementMention, ...]:
    """Return the statements of a text in its order; `by_rules` say which of their cues doubt or deny."""
    contents = read.runs(Role.CONTENT)
    cues, sources = read.runs(Role.CUE), read.runs(Role.SOURCE)
    parsed = ParsedText.of(read.text, read.sentences, language)
    speakers = Speakers(parsed, language)
    found = []
    for content in contents:
        cue = _nearest(content, cues)
        source = _nearest(cue or content, sources)
        said = _attribution(parsed, speakers, source, cue, by_rules)
        marked = cue or source
        if marked is not None:
            spoken = source.span if source else None
            found.append(StatementMention(spoken, marked.span, bare(read.text, content.span), said))
    return tuple(found)


def bare(text: str, span: Span) -> Span:
    """Return a content without the comma or the "and" that leads to what is no part of it."""
    start, end = span.start, span.end
    if opening := _OPENING.match(text, start, end):
        start = opening.end()
    while closing := _CLOSING.search(text, max(start, end - LONGEST_END), end):
        end = closing.start()
    return Span.of(text, start, end) if start < end else span


def _nearest(one: RoleSpan, among: Sequence[RoleSpan]) -> RoleSpan | None:
    """Return the span that stands nearest to another, in its sentence or next to it."""
    near = [
        (gap, other)
        for other in among
        if abs(other.sentence - one.sentence) <= SENTENCES and (gap := _gap(one.span, other.span)) <= FURTHEST
    ]
    return min(near, key=lambda each: (each[0], each[1].first), default=(0, None))[1]


def _gap(a: Span, b: Span) -> int:
    return max(0, max(a.start, b.start) - min(a.end, b.end))


def _attribution(
    parsed: ParsedText,
    speakers: Speakers,
    source: RoleSpan | None,
    cue: RoleSpan | None,
    by_rules: Sequence[StatementMention],
) -> Attribution:
    ruled = next((s for s in by_rules if cue is not None and s.cue.overlaps(cue.span)), None)
    hedged, denies = (ruled.attribution.hedged, ruled.attribution.denies) if ruled else (False, False)
    words = _words(parsed, source.span) if source else None
    said = speakers.speaker(words) if words else Attribution()
    return replace(said, hedged=hedged, denies=denies)


def _words(parsed: ParsedText, span: Span) -> tuple[int, int] | None:
    """Return the first word of a span and the one behind its last."""
    first = bisect_right([word.end for word in parsed.words], span.start)
    last = bisect_left([word.start for word in parsed.words], span.end)
    return (first, last) if first < last else None
