"""From drafts to incident mentions: each value with the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from dateline.extract.assembly import Draft, places, type_of
from dateline.extract.captivity import find_claimant, find_demands, find_motives, find_status
from dateline.extract.counts import CountMention, sided
from dateline.extract.passages import Findings, Passage
from dateline.extract.phrases import Phrase, first_phrase, phrases
from dateline.extract.roles import STATE_ACTS, Blame, Cast, cast
from dateline.extract.sites import find_site
from dateline.extract.statements import speaker_of
from dateline.extract.weapons import OF_TYPE
from dateline.language import lexicon
from dateline.model import (
    Actor,
    ActorMention,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    DateRange,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    Place,
    PlaceMention,
    Reality,
    Span,
    SpeakerKind,
    TimeMention,
    WeaponKind,
    What,
    Who,
)

DAY = timedelta(days=1)
NEWS_DAYS = 10  # what lies further back is background; tuned on the training reports
LONGEST_SIEGE = 7  # days between the beginning of a captivity and what is told of it
DATE_LINE = 60  # characters at the top of a body within which a full date is the page's own
LONGEST_QUOTE = 150  # a quote is never longer than a clause (codebook, section 8)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    aftermath: tuple[Phrase, ...]
    militancy: tuple[Phrase, ...]
    held_them: tuple[Phrase, ...]
    doubted: tuple[Phrase, ...]
    located_before: re.Pattern[str]
    spoken_before: re.Pattern[str]
    clause: re.Pattern[str]


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "incidents")
    return _Lexicon(
        aftermath=phrases(table["aftermath"]),
        militancy=phrases(table["militancy"]),
        held_them=phrases(table["held_them"]),
        doubted=phrases(table["doubted"]),
        located_before=re.compile(table["located_before"]),
        spoken_before=re.compile(table["spoken_before"]),
        clause=re.compile(table["clause"]),
    )


def mentions(findings: Findings, drafts: Sequence[Draft]) -> tuple[IncidentMention, ...]:
    """Return the incident mentions that the drafts of a document make."""
    builder = _Builder(findings, drafts)
    built = [builder.build(draft) for draft in drafts]
    return tuple(sorted(built, key=lambda mention: mention.span.start))


class _Builder:
    """Builds the mentions of one document."""

    def __init__(self, findings: Findings, drafts: Sequence[Draft]) -> None:
        self._findings = findings
        self._document = findings.document
        self._drafts = drafts
        self._published = findings.document.published
        self._words = _lexicon(findings.document.language)
        self._is_militancy = first_phrase(self._words.militancy, findings.low) is not None
        self._foci = {id(draft): self._focus(draft) for draft in drafts}

    def build(self, draft: Draft) -> IncidentMention:
        """Return the mention of one draft."""
        kind = draft.type
        span = self._quote(draft)
        focus = self._foci[id(draft)]
        reality = _reality(draft)
        roles = cast(self._findings, draft.passages, kind)
        arguments = [
            *self._date(draft, focus, reality, span),
            *self._place(draft, span),
            *self._actors(roles),
            *self._weapons(draft, kind),
            *self._counts(draft, kind, roles),
            *self._captivity(draft, kind, focus, span),
        ]
        return IncidentMention(
            report_id=self._document.report_id,
            type=kind,
            focus=focus,
            reality=reality,
            span=span,
            arguments=tuple(arguments),
            also=_also(draft, kind),
            sentences=tuple((p.start, p.end) for p in draft.passages),
            retold=focus is Focus.BACKGROUND,
        )

    # Focus and date

    def _focus(self, draft: Draft) -> Focus:
        """Return what part the incident plays: by its date if it has one, else by the words around it."""
        when = self._time(draft)
        is_lead = draft is self._drafts[0]
        if when is not None and not self._is_news(when):
            return Focus.BACKGROUND
        if when is None and (self._is_aftermath(draft) if is_lead else draft.opening.retells):
            return Focus.BACKGROUND
        return Focus.MAIN if is_lead else Focus.OTHER

    def _is_aftermath(self, draft: Draft) -> bool:
        opening = draft.opening
        return first_phrase(self._words.aftermath, self._findings.low, opening.start, opening.end) is not None

    def _is_news(self, when: TimeMention) -> bool:
        """Return whether a time lies in the days before publication.

        Where the publication date is unknown, news is what is told by weekday ("on Friday") and
        not by the day of a month.
        """
        published = self._published.range.latest
        if published is None or when.range.latest is None:
            return when.relative or not when.range.is_known
        return (published - when.range.latest).days <= NEWS_DAYS

    def _date(self, draft: Draft, focus: Focus, reality: Reality, span: Span) -> Iterator[Argument]:
        said = self._beginning(draft) if draft.type.is_captivity else self._time(draft)
        if said is not None:
            yield Argument(Field.DATE, self._bounded(said.range, reality), said.span)
            return
        inferred = self._inferred_date(focus, draft)
        if inferred is not None and reality is Reality.ACTUAL:
            yield Argument(Field.DATE, inferred, span, score=0.5, inferred=True)

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
        for passage in draft.passages:
            near = [
                (abs(when.span.start - trigger.span.start), when.span.start, when)
                for when in self._datable(passage)
                if not self._is_of_speech(when)
                for trigger in passage.triggers
            ]
            if near:
                return min(near, key=lambda item: item[:2])[2]
        return None

    def _datable(self, passage: Passage) -> Iterator[TimeMention]:
        """Yield the times that can date an incident: not the date line that opens the body."""
        published = self._published.range
        for when in passage.times:
            if when.kind not in ("DATE", "TIME") or not when.range.is_known:
                continue
            opens_body = when.span.start - self._document.body_start < DATE_LINE
            if not (opens_body and when.range == published and not when.relative):
                yield when

    def _is_of_speech(self, when: TimeMention) -> bool:
        start = max(0, when.span.start - 40)
        return self._words.spoken_before.search(self._findings.low, start, when.span.start) is not None

    def _spoken(self, draft: Draft) -> DateRange | None:
        """Return the day on which somebody spoke of the incident: it was then or the day before."""
        days = (when.range for p in draft.passages for when in self._datable(p) if when.range.is_day)
        day = next(days, None)
        return DateRange(day.earliest - DAY, day.latest) if day and day.earliest else None

    def _bounded(self, said: DateRange, reality: Reality) -> DateRange:
        """Return the range without the days after publication, for what has already happened."""
        latest = self._published.range.latest
        if latest is None or reality is not Reality.ACTUAL:
            return said
        return said.meet(DateRange(None, latest)) or said

    def _inferred_date(self, focus: Focus, draft: Draft) -> DateRange | None:
        """Return the publication day and the day before for breaking news (codebook, section 2).

        Where only an upper bound of the publication is known, the attacks that the report retells
        bound it from below: news of an incident comes after what it calls earlier.
        """
        published = self._published.range
        spoken = self._spoken(draft)
        if spoken is not None:
            return spoken
        if focus is not Focus.MAIN or published.latest is None:
            return None
        if published.earliest is not None:
            return DateRange(published.earliest - DAY, published.latest)
        retold = [d.date for d in self._drafts if self._foci_of(d) is Focus.BACKGROUND and d.date]
        earliest = max((r.earliest for r in retold if r.earliest), default=None)
        return DateRange(earliest, published.latest) if not earliest or earliest <= published.latest else None

    def _foci_of(self, draft: Draft) -> Focus:
        return self._foci[id(draft)]

    # Place

    def _place(self, draft: Draft, span: Span) -> Iterator[Argument]:
        said = self._place_mention(draft)
        site = find_site(self._findings, draft.passages)
        if said is not None and said.place is not None:
            yield Argument(Field.PLACE, replace(said.place, site=site), said.span)
            return
        country = self._country_of_report()
        if country is not None or site is not None:
            yield Argument(Field.PLACE, Place(country=country, site=site), span, score=0.5, inferred=True)

    def _place_mention(self, draft: Draft) -> PlaceMention | None:
        """Return the place of the first passage that names one more precise than a country."""
        named = [(p, m) for p in draft.passages for m in p.places if m.is_location and m.place is not None]
        precise = [(p, m) for p, m in named if _RANK.get(m.kind, 0) >= _RANK["admin1"]]
        among = precise or named
        if not among:
            return None
        first = among[0][0]
        return max((m for p, m in among if p is first), key=lambda m: self._nearness(first, m))

    def _nearness(self, passage: Passage, mention: PlaceMention) -> float:
        """Return how likely a place is the incident's own: behind "in", close to its trigger, precise."""
        low = self._findings.low[max(passage.start, mention.span.start - 24) : mention.span.start]
        gap = min((abs(mention.span.start - t.span.start) for t in passage.triggers), default=0)
        return 2.0 * bool(self._words.located_before.search(low)) + _RANK.get(mention.kind, 0) / 4 - gap / 100

    def _country_of_report(self) -> str | None:
        """Return the country that the report's places lie in, when they agree on one."""
        countries = [p.country for passage in self._findings.passages for p in places(passage) if p.country]
        return max(sorted(set(countries)), key=countries.count) if countries else None

    # Actors and weapons

    def _actors(self, roles: Cast) -> Iterator[Argument]:
        for mention in roles.perpetrators:
            if mention.perpetrator is not None:
                actor = Actor(mention.span.quote, mention.perpetrator, mention.name)
                yield Argument(Field.PERPETRATOR, actor, mention.span, self._speaker(mention.span))
        for blame in roles.blamed:
            if blame.actor.perpetrator is not None:
                actor = Actor(blame.actor.span.quote, blame.actor.perpetrator, blame.actor.name)
                yield Argument(Field.PERPETRATOR, actor, blame.actor.span, _said_by(blame))
        for mention in roles.targets:
            if mention.target is not None:
                actor = Actor(mention.span.quote, mention.target, mention.name)
                yield Argument(Field.TARGET, actor, mention.span)

    def _weapons(self, draft: Draft, kind: IncidentType) -> Iterator[Argument]:
        seen: set[WeaponKind] = set()
        fitting = OF_TYPE.get(kind, frozenset(WeaponKind))
        for passage in draft.passages:
            for weapon in passage.weapons:
                if weapon.kind in fitting and weapon.kind not in seen:
                    seen.add(weapon.kind)
                    yield Argument(Field.WEAPON, weapon.kind, weapon.span)

    # Counts

    def _counts(self, draft: Draft, kind: IncidentType, roles: Cast) -> Iterator[Argument]:
        seen: set[tuple[Count, str | None]] = set()
        by_state = kind in STATE_ACTS or (_is_state(roles.perpetrators) and not kind.is_captivity)
        for passage in draft.passages:
            for mention in passage.counts:
                count = _fitting(mention.count, kind, by_state, self._is_militancy)
                yield from self._held(passage, mention, count, seen)
                attribution = self._speaker(mention.span)
                key = (count, attribution.speaker)
                if key not in seen:
                    seen.add(key)
                    yield Argument(Field.COUNT, count, mention.span, attribution)

    def _held(
        self, passage: Passage, mention: CountMention, count: Count, seen: set[tuple[Count, str | None]]
    ) -> Iterator[Argument]:
        """Yield those freed as hostages too, where they are said to have been ("taken them hostage")."""
        if count.what is not What.FREED or not first_phrase(
            self._words.held_them, self._findings.low, mention.span.end, passage.end
        ):
            return
        hostages = replace(count, what=What.HOSTAGES)
        if (hostages, None) not in seen:
            seen.add((hostages, None))
            yield Argument(Field.COUNT, hostages, mention.span, self._speaker(mention.span))

    def _speaker(self, span: Span) -> Attribution:
        """Return who says the words, in doubt also where the words doubt themselves ("alleged")."""
        said = speaker_of(span, self._findings.statements)
        if said.hedged or not first_phrase(self._words.doubted, span.quote.lower()):
            return said
        return replace(said, hedged=True)

    # Captivity, claims

    def _captivity(self, draft: Draft, kind: IncidentType, focus: Focus, span: Span) -> Iterator[Argument]:
        if kind.is_captivity:
            yield from self._status(draft, focus, span)
            for span in find_demands(self._findings, draft.passages):
                yield Argument(Field.DEMAND, span.quote, span)
        for span in find_motives(self._findings, draft.passages):
            yield Argument(Field.MOTIVE, span.quote, span, self._speaker(span))
        claimant = find_claimant(self._findings, draft.passages)
        if claimant is not None and claimant.perpetrator is not None:
            actor = Actor(claimant.span.quote, claimant.perpetrator, claimant.name)
            spoken = Attribution(claimant.span.quote, SpeakerKind.PERPETRATOR, claimant.name)
            yield Argument(Field.CLAIMED_BY, actor, claimant.span, spoken)

    def _status(self, draft: Draft, focus: Focus, span: Span) -> Iterator[Argument]:
        """Yield how the captivity stands; news that tells of no end tells of one that goes on."""
        found = find_status(self._findings, draft.passages)
        if found is not None:
            yield Argument(Field.STATUS, found.status, found.span, self._speaker(found.span))
        elif focus is not Focus.BACKGROUND and _reality(draft) is Reality.ACTUAL:
            yield Argument(Field.STATUS, CaptivityStatus.ONGOING, span, score=0.5, inferred=True)

    # Words

    def _quote(self, draft: Draft) -> Span:
        """Return the clause of the opening passage that holds its strongest trigger."""
        passage = draft.opening
        trigger = max(passage.triggers, key=lambda t: (t.weight, -t.span.start))
        return clause(self._document.text, passage, trigger.span, self._words.clause)


def clause(text: str, passage: Passage, around: Span, ends: re.Pattern[str]) -> Span:
    """Return the sentence if it is short, else the clause around some words of it."""
    if passage.end - passage.start <= LONGEST_QUOTE:
        return Span.of(text, passage.start, passage.end)
    start, end = passage.start, passage.end
    for mark in ends.finditer(text, passage.start, passage.end):
        if mark.end() <= around.start and around.end - mark.end() > LONGEST_QUOTE // 4:
            start = mark.end()
        elif mark.start() >= around.end and mark.start() - start >= LONGEST_QUOTE // 3:
            end = mark.start()
            break
    if end - start > LONGEST_QUOTE:
        start = max(start, around.start - LONGEST_QUOTE // 3)
        end = min(end, max(around.end, start + LONGEST_QUOTE))
    start, end = _to_words(text, start, end)
    return Span.of(text, start, end)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets moved inwards to whole words without blanks around them."""
    while start > 0 and start < end and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    while end < len(text) and end > start and text[end].isalnum() and text[end - 1].isalnum():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_RANK = {"country": 1, "region": 2, "admin1": 3, "admin2": 4, "city": 5, "place": 5, "site": 6}


def _said_by(blame: Blame) -> Attribution:
    """Return who blames somebody; blame is not proof, so it is hedged."""
    if blame.blamer is None:
        return Attribution(hedged=True)
    by_state = blame.blamer.perpetrator is not None and blame.blamer.perpetrator.value.startswith("state_")
    kind = SpeakerKind.OFFICIAL if by_state else None
    return Attribution(blame.blamer.span.quote, kind, blame.blamer.name, hedged=True)


def _reality(draft: Draft) -> Reality:
    """Return what the opening passage says, unless its toll shows that it happened."""
    opening = draft.opening
    harmed = any(mention.count.high != 0 for passage in draft.passages for mention in passage.counts)
    if opening.reality in (Reality.HYPOTHETICAL, Reality.PLANNED) and harmed:
        return Reality.ACTUAL
    if opening.reality is Reality.FOILED and opening.counts:
        return Reality.ACTUAL
    return opening.reality


def _also(draft: Draft, kind: IncidentType) -> tuple[IncidentType, ...]:
    """Return the other types that single passages speak for, in order of precedence."""
    told = {type_of([passage]) for passage in draft.passages if passage.triggers}
    return tuple(sorted(told - {kind, IncidentType.OTHER_VIOLENCE}, key=lambda other: other.precedence))


def _is_state(perpetrators: Iterable[ActorMention]) -> bool:
    categories = [actor.perpetrator for actor in perpetrators]
    return bool(categories) and all(c is not None and c.value.startswith("state_") for c in categories)


def _fitting(count: Count, kind: IncidentType, by_state: bool, is_militancy: bool) -> Count:
    """Return the count as its incident makes it.

    Those arrested for an attack are its perpetrators; in an arrest told apart from one, suspects of
    militant acts are militants (codebook, section 6).
    """
    count = sided(count, by_state)
    if count.what is not What.ARRESTED or count.who in (Who.CIVILIANS, Who.MILITANTS):
        return count
    if kind is not IncidentType.ARREST:
        return replace(count, who=Who.PERPETRATORS)
    return replace(count, who=Who.MILITANTS) if is_militancy and count.who is Who.UNSPECIFIED else count
