"""Which of a report's times dates each incident that the model put together, each in view of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.extract.candidates import Candidate
from dateline.extract.dating import is_of_speech
from dateline.extract.joining import Joined
from dateline.extract.passages import Findings
from dateline.extract.reading import Role
from dateline.extract.times.reckoned import Reckoned, reckoned
from dateline.model import Span, TimeMention

NEAR = 80  # characters between the words for an incident and a time in their sentence
POSSESSED = 32  # characters between a day and what it owns: "Friday's deadly market bombing"
MONTH = 28  # days at least
NAMED = 60  # characters behind "three days after" within which the happening is named
_POSSESSIVE = re.compile(r"[\w ]+?(?:['’]s|s['’])\s[^.,;:]*")
# "The March 2005 rampage", "a Jan. 3 police shooting".
_DETERMINED = re.compile(r"\b(?:an?|the|his|her|their|its|this|another)\s+$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\s(?:(?!(?:after|and|as|at|before|by|during|for|from|in|near|of|on|or|that|the|to|was|were|when|which|with)\b)"
    r"[\w’'-]+\s){0,3}"
)


def times_of(
    findings: Findings, found: Sequence[Candidate], joined: Sequence[Joined]
) -> tuple[TimeMention | None, ...]:
    """Return what dates each incident, in their order; None where nothing does."""
    return _Timing(findings, found, joined).times()


class _Timing:
    """Gives the incidents of one document their times."""

    def __init__(self, findings: Findings, found: Sequence[Candidate], joined: Sequence[Joined]) -> None:
        self._findings = findings
        self._found = found
        self._joined = joined
        self._told = [[found[part.candidate] for part in each.of(Role.INCIDENT)] for each in joined]

    def times(self) -> tuple[TimeMention | None, ...]:
        """Return the time of each incident; in their order, since one may be reckoned from the one before."""
        times = [self._said(at) for at in range(len(self._joined))]
        for at, said in enumerate(times):
            times[at] = self._since_another(at, times) or said
        return tuple(times)

    def _said(self, at: int) -> TimeMention | None:
        """Return the day that owns its words, the time that the model chose, or the only one near by."""
        owner = next(self._owners(at), None)
        if owner is not None and owner.range.is_day:
            return owner
        chosen = (self._found[part.candidate].found for part in self._joined[at].of(Role.DATE))
        times = [time for time in chosen if isinstance(time, TimeMention)]
        if owner is not None and not any(owner.range.meet(time.range) for time in times):
            return owner
        return _narrowest(times) if times else owner or self._near(at)

    def _owners(self, at: int) -> Iterator[TimeMention]:
        """Yield the times that own words for an incident: "Friday's massacre", "the April 2005 rampage"."""
        for trigger in self._told[at]:
            yield from (time for time in trigger.passage.times if self._is_owner(time, trigger))

    def _is_owner(self, time: TimeMention, trigger: Candidate) -> bool:
        text = self._findings.document.text
        is_near = time.span.start < trigger.span.start <= time.span.end + POSSESSED
        if not (is_near and time.range.is_known):
            return False
        if _POSSESSIVE.fullmatch(text, time.span.start, trigger.span.start):
            return True
        is_named = _DETERMINED.search(text, max(0, time.span.start - POSSESSED), time.span.start) is not None
        return is_named and _DESCRIBED.fullmatch(text, time.span.end, trigger.span.start) is not None

    def _near(self, at: int) -> TimeMention | None:
        """Return the day that alone stands near the first words for an incident."""
        trigger = self._told[at][0]
        known = [time for time in trigger.passage.times if time.range.is_known]
        if len(known) == 1 and known[0].relative and not is_of_speech(self._findings, known[0]):
            return known[0] if _is_near(known[0], trigger) else None
        return None

    def _since_another(self, at: int, times: Sequence[TimeMention | None]) -> TimeMention | None:
        """Return when an incident was as its words reckon it from another: "two days after the raid"."""
        said = times[at]
        for words in self._reckonings(at):
            other = self._happening(at, words)
            when = None if other is None else times[other]
            if (said is None or said.span.overlaps(words.span)) and when and when.range.is_known:
                return words.since(when.range)
        return None

    def _reckonings(self, at: int) -> Iterator[Reckoned]:
        """Yield the times beside its words that are reckoned from a happening, if not from this one."""
        text, language = self._findings.document.text, self._findings.document.language
        for trigger in self._told[at]:
            for time in trigger.passage.times:
                words = reckoned(text, time, language) if _is_near(time, trigger) else None
                if words is not None and not self._is_behind(at, words):
                    yield words

    def _is_behind(self, at: int, words: Reckoned) -> bool:
        """Return whether words tell of the incident as the happening from which time is reckoned."""
        named = self._named_behind(at, words) if words.is_told_behind else None
        return named is not None and any(told.span.overlaps(named) for told in self._told[at])

    def _named_behind(self, at: int, words: Reckoned) -> Span | None:
        """Return the first words for a happening close behind: "three days after the attack"."""
        end = words.span.end
        spans = {t.span for told in self._told[at] for t in told.passage.triggers}
        near = (span for span in spans if end <= span.start < end + NAMED)
        return min(near, key=lambda span: span.start, default=None)

    def _happening(self, at: int, words: Reckoned) -> int | None:
        """Return which incident the words reckon from: the one named behind them, or the last one before."""
        others = [other for other in range(len(self._told)) if other != at]
        behind = next((other for other in others if self._is_behind(other, words)), None)
        if behind is not None:
            return behind
        if words.is_told_behind and not words.takes_up:
            return None
        starts = [(t.span.start, other) for other in others for t in self._told[other]]
        return max(((s, other) for s, other in starts if s < words.span.start), default=(0, None))[1]


def _narrowest(times: Sequence[TimeMention]) -> TimeMention:
    """Return the first time; for a month or more the shortest of those in it: "2014" may be "April 2014"."""
    if (times[0].range.days or 0) < MONTH:
        return times[0]
    inside = [time for time in times if time.range.days and time.range.meet(times[0].range) == time.range]
    return min(inside, key=lambda time: time.range.days or 0, default=times[0])


def _is_near(time: TimeMention, trigger: Candidate) -> bool:
    return abs(time.span.start - trigger.span.start) <= NEAR
