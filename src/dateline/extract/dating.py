"""When the incidents of a report began, and which of them are its news."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateline.extract.assembly import Draft, lead_in
from dateline.extract.passages import Findings, Passage
from dateline.extract.phrases import PhraseList, phrases
from dateline.language import lexicon
from dateline.model import Argument, DateRange, Field, Focus, IncidentType, Reality, Span, TimeMention, What

DAY = timedelta(days=1)
NEWS_DAYS = 10  # what lies further back is background; set by hand
LONGEST_SIEGE = 7  # days between the beginning of a captivity and what is told of it
DATE_LINE = 60  # characters at the top of a body within which a full date is the page's own
SAME_STORY = 3  # sentences within which an undated incident is of the day told last, or told next of the lead
_LEAD = 40  # characters before a time in which words say what it is the time of
_OWNING = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    aftermath: PhraseList
    spoken_before: re.Pattern[str]
    spoken_behind: re.Pattern[str]
    freed_before: re.Pattern[str]
    tried_before: re.Pattern[str]
    tried_around: tuple[re.Pattern[str], re.Pattern[str]]
    set_apart: PhraseList


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "incidents")
    before, behind = map(re.compile, table["tried_around"])
    return _Lexicon(
        aftermath=phrases(table["aftermath"]),
        spoken_before=re.compile(table["spoken_before"]),
        spoken_behind=re.compile(table["spoken_behind"]),
        freed_before=re.compile(table["freed_before"]),
        tried_before=re.compile(table["tried_before"]),
        tried_around=(before, behind),
        set_apart=phrases(table["set_apart"]),
    )


def is_of_speech(findings: Findings, when: TimeMention) -> bool:
    """Return whether a time is that of what somebody said: "police said on Friday", "on Friday denied"."""
    words = _lexicon(findings.document.language)
    if when.span.quote.endswith(_OWNING):  # "reported Friday's attack"
        return False
    return _stands_behind(words.spoken_before, findings, when) or _stands_before(
        words.spoken_behind, findings, when
    )


def _is_of_trial(findings: Findings, when: TimeMention) -> bool:
    """Return whether a time is that of a trial or sentence, which comes after the deed."""
    words = _lexicon(findings.document.language)
    before, behind = words.tried_around
    is_around = _stands_behind(before, findings, when) and _stands_before(behind, findings, when)
    return is_around or _stands_behind(words.tried_before, findings, when)


def _stands_behind(words: re.Pattern[str], findings: Findings, when: TimeMention) -> bool:
    return words.search(findings.low, max(0, when.span.start - _LEAD), when.span.start) is not None


def _stands_before(words: re.Pattern[str], findings: Findings, when: TimeMention) -> bool:
    return words.match(findings.low, when.span.end) is not None


class Dating:
    """Dates the incidents of one document, each in view of the others."""

    def __init__(self, findings: Findings, drafts: Sequence[Draft]) -> None:
        self._findings = findings
        self._drafts = drafts
        self._published = findings.document.published
        self._words = _lexicon(findings.document.language)
        self._foci = {id(draft): self._part(draft) for draft in drafts}

    def focus(self, draft: Draft) -> Focus:
        """Return what part the incident plays in the report."""
        return self._foci[id(draft)]

    def arguments(self, draft: Draft, reality: Reality, span: Span) -> Iterator[Argument]:
        """Yield when the incident began, if anything is known of it; `span` is that of the mention."""
        said = self._beginning(draft) if draft.type.is_captivity else self._time(draft)
        if said is not None:
            when = self._bounded(said, reality)
            if reality is Reality.ACTUAL and when.is_day and is_of_speech(self._findings, said):
                when = _spoken_on(when)
            elif _is_of_trial(self._findings, said) or self._is_of_release(draft, said):
                when = DateRange(None, when.latest)
            yield Argument(Field.DATE, when, said.span)
            return
        inferred = self._inferred_date(draft)
        if inferred is not None and reality is Reality.ACTUAL:
            yield Argument(Field.DATE, inferred, span, score=0.5, inferred=True)

    def _is_of_release(self, draft: Draft, when: TimeMention) -> bool:
        """Return whether a time is that of the end of a kidnapping: "21 girls were freed on Thursday"."""
        return draft.type is IncidentType.KIDNAPPING and _stands_behind(
            self._words.freed_before, self._findings, when
        )

    def _part(self, draft: Draft) -> Focus:
        """Return what part the incident plays: by its date if it has one, else by the words around it."""
        if draft.told is not None:
            return draft.told.focus
        when = self._time(draft)
        is_lead = draft is self._drafts[0]
        if when is not None and not self._is_news(when):
            return Focus.BACKGROUND
        if when is None and (self._is_aftermath(draft) if is_lead else draft.opening.retells):
            return Focus.BACKGROUND
        return Focus.MAIN if is_lead else Focus.OTHER

    def _is_aftermath(self, draft: Draft) -> bool:
        opening = draft.opening
        return self._findings.searched.first(self._words.aftermath, opening.start, opening.end) is not None

    def _is_news(self, when: TimeMention) -> bool:
        """Return whether a time lies in the days before publication.

        Where the publication date is unknown, news is what is told by weekday ("on Friday") and
        not by the day of a month.
        """
        published = self._published.range.latest
        if published is None or when.range.latest is None:
            return when.relative or not when.range.is_known
        return (published - when.range.latest).days <= NEWS_DAYS

    def _beginning(self, draft: Draft) -> TimeMention | None:
        """Return the earliest of the days told of a captivity, which lasts: its date is when it began."""
        first = self._time(draft)
        if first is None or first.range.earliest is None:
            return first
        after = first.range.earliest - timedelta(days=LONGEST_SIEGE)
        told = [
            when
            for passage in draft.passages
            for when in self._datable(passage)
            if when.range.is_day and when.range.earliest and when.range.earliest >= after
        ]
        return min([first, *told], key=lambda when: when.range.earliest or after)

    def _time(self, draft: Draft) -> TimeMention | None:
        """Return the time expression that dates the incident: the nearest to the words that tell of it."""
        if draft.told is not None:
            when = draft.told.time
            return None if when is None or self._is_date_line(when) else when
        for passage in draft.passages:
            near = [
                (abs(when.span.start - trigger.span.start), when.span.start, when)
                for when in self._datable(passage)
                if not is_of_speech(self._findings, when)
                for trigger in passage.triggers
            ]
            if near:
                return min(near, key=lambda item: item[:2])[2]
        before = lead_in(self._findings, self._drafts, draft)
        told_before = self._datable(before) if before else iter(())
        return next((when for when in told_before if not is_of_speech(self._findings, when)), None)

    def _datable(self, passage: Passage) -> Iterator[TimeMention]:
        """Yield the times that can date an incident: not the date line that opens the body."""
        for when in passage.times:
            if when.kind in ("DATE", "TIME") and when.range.is_known and not self._is_date_line(when):
                yield when

    def _is_date_line(self, when: TimeMention) -> bool:
        opens_body = when.span.start - self._findings.document.body_start < DATE_LINE
        return opens_body and when.range == self._published.range and not when.relative

    def _day_of_story(self, draft: Draft) -> DateRange | None:
        """Return the day of the news told right before an incident, or behind the lead, unless set apart.

        A story told on names its day once. It is the day of the report or the one before.
        """
        if draft.told is None or self._is_set_apart(draft.told.words):
            return None
        first = -SAME_STORY if draft is self._drafts[0] else 0
        at = self._sentence_of(draft.told.words)
        days = {
            when.range
            for when in self._news_days(draft)
            if first <= at - self._sentence_of(when.span) <= SAME_STORY
        }
        return days.pop() if len(days) == 1 else None

    def _news_days(self, draft: Draft) -> Iterator[TimeMention]:
        """Yield the days of the other incidents that are news, if they can be those of the day's news."""
        latest = self._published.range.latest
        of_day = DateRange(latest - DAY, latest) if latest else DateRange(None, None)
        for other in self._drafts:
            if other is draft or self.focus(other) is Focus.BACKGROUND:
                continue
            when = self._beginning(other) if other.type.is_captivity else self._time(other)
            if when is None or not when.range.is_day or is_of_speech(self._findings, when):
                continue
            if when.range.meet(of_day):
                yield when

    def _is_set_apart(self, words: Span) -> bool:
        """Return whether the sentence of an incident's words sets it apart from those told before it."""
        sentence = self._findings.passages[self._sentence_of(words)]
        return self._findings.searched.first(self._words.set_apart, sentence.start, sentence.end) is not None

    def _sentence_of(self, span: Span) -> int:
        return next(p.index for p in self._findings.passages if p.start <= span.start < p.end)

    def _spoken(self, draft: Draft) -> DateRange | None:
        """Return the day on which somebody spoke of the incident: it was then or the day before."""
        days = (when.range for p in draft.passages for when in self._datable(p) if when.range.is_day)
        day = next(days, None)
        return _spoken_on(day) if day else None

    def _bounded(self, said: TimeMention, reality: Reality) -> DateRange:
        """Return the range without the days after publication, for what has already happened.

        What happened "in March" and is reported in January happened in the March before; a full date
        after publication stays as it is said, to be seen.
        """
        latest = self._published.range.latest
        if latest is None or reality is not Reality.ACTUAL:
            return said.range
        until = DateRange(None, latest)
        within = said.range.meet(until)
        if within is None and said.relative:
            within = _one_earlier(said).meet(until)
        return within or said.range

    def _inferred_date(self, draft: Draft) -> DateRange | None:
        """Return the publication day and the day before for news of the day (codebook, section 2).

        Where only an upper bound of the publication is known, the attacks that the report retells
        bound it from below: news of an incident comes after what it calls earlier.
        """
        published = self._published.range
        if self.focus(draft) is Focus.BACKGROUND:
            return None  # what is retold may be of any day before
        day = self._day_of_story(draft) or self._spoken(draft)
        if day is not None:
            return day
        if published.latest is None or _is_old_captivity(draft):
            return None
        if published.earliest is not None:
            return DateRange(published.earliest - DAY, published.latest)
        retold = [d.date for d in self._drafts if self.focus(d) is Focus.BACKGROUND and d.date]
        earliest = max((r.earliest for r in retold if r.earliest), default=None)
        return DateRange(earliest, published.latest) if not earliest or earliest <= published.latest else None


def _spoken_on(day: DateRange) -> DateRange:
    """Return when what is told on a day happened: then or the day before (codebook, section 2)."""
    return DateRange(day.earliest - DAY, day.latest) if day.earliest else day


def _is_old_captivity(draft: Draft) -> bool:
    """Return whether captives are told to be free again: when they were taken is not the news."""
    told = {mention.count.what for passage in draft.passages for mention in passage.counts}
    return draft.type.is_captivity and bool(told & {What.FREED, What.ESCAPED})


def _one_earlier(said: TimeMention) -> DateRange:
    """Return the days that bear the same name one turn before: a weekday's week, a month's or day's year."""
    is_weekday = said.range.is_day and not any(letter.isdigit() for letter in said.span.quote)

    def before(day: date) -> date:
        if is_weekday:
            return day - timedelta(days=7)
        longest = monthrange(day.year - 1, day.month)[1]
        ends_month = (day + DAY).day == 1
        return day.replace(year=day.year - 1, day=longest if ends_month else day.day)

    ends = (said.range.earliest, said.range.latest)
    return DateRange(*(before(day) if day else None for day in ends))
