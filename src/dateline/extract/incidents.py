"""From drafts to incident mentions: each value with the words that say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.extract.assembly import Draft, type_of
from dateline.extract.captivity import find_claimant, find_demands, find_motives, find_status
from dateline.extract.clauses import clause
from dateline.extract.counts import CountMention
from dateline.extract.dating import Dating
from dateline.extract.passages import Findings, Passage
from dateline.extract.phrases import PhraseList, first_phrase, phrases
from dateline.extract.placing import Placing
from dateline.extract.roles import STATE_ACTS, Blame, Cast, cast
from dateline.extract.sides import sided
from dateline.extract.statements import speaker_of
from dateline.extract.weapons import OF_TYPE
from dateline.language import lexicon
from dateline.model import (
    Actor,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    Reality,
    Scope,
    Span,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)

TAKING_BACK = 300  # letters before words in which a report takes them back
PRESUPPOSING = 120  # letters before words in which they are told as known
# How a captivity ends by captives' going free, all of them.
_CAPTIVES = frozenset({What.HOSTAGES, What.ABDUCTED, What.FREED})
_BY_FREEING = (CaptivityStatus.RELEASED, CaptivityStatus.ESCAPED, CaptivityStatus.ENDED_BY_NEGOTIATION)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    militancy: PhraseList
    held_them: PhraseList
    doubted: PhraseList
    clause: re.Pattern[str]
    nameless: frozenset[str]
    presupposed: re.Pattern[str]
    taken_back: re.Pattern[str]
    operation: re.Pattern[str]


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "incidents")
    return _Lexicon(
        militancy=phrases(table["militancy"]),
        held_them=phrases(table["held_them"]),
        doubted=phrases(table["doubted"]),
        clause=re.compile(table["clause"]),
        nameless=frozenset(table["nameless"]),
        presupposed=re.compile(table["presupposed_before"]),
        taken_back=re.compile(table["taken_back_before"]),
        operation=re.compile(table["operation"]),
    )


def mentions(findings: Findings, drafts: Sequence[Draft]) -> tuple[IncidentMention, ...]:
    """Return the incident mentions that the drafts of a document make."""
    return tuple(sorted(mention_of_each(findings, drafts), key=lambda mention: mention.span.start))


def mention_of_each(findings: Findings, drafts: Sequence[Draft]) -> tuple[IncidentMention, ...]:
    """Return the incident mention of each draft, in the order of the drafts."""
    builder = _Builder(findings, drafts)
    return tuple(builder.build(draft) for draft in drafts)


class _Builder:
    """Builds the mentions of one document."""

    def __init__(self, findings: Findings, drafts: Sequence[Draft]) -> None:
        self._findings = findings
        self._drafts = drafts
        self._document = findings.document
        self._words = _lexicon(findings.document.language)
        self._is_militancy = is_of_militancy(findings)
        self._dating = Dating(findings, drafts)
        self._placing = Placing(findings, drafts)

    def build(self, draft: Draft) -> IncidentMention:
        """Return the mention of one draft."""
        kind = draft.type
        span = self._quote(draft)
        focus = self._dating.focus(draft)
        reality = _reality(draft)
        roles = cast(self._findings, draft.passages, kind)
        arguments = [
            *self._dating.arguments(draft, reality, span),
            *self._placing.arguments(draft, focus, span),
            *self._actors(roles),
            *self._weapons(draft, kind),
            *_apart_from_totals([*self._counts(draft, kind, roles)]),
            *self._captivity(draft, kind, focus, span),
        ]
        return IncidentMention(
            report_id=self._document.report_id,
            type=kind,
            focus=focus,
            reality=reality,
            span=span,
            arguments=completed(arguments, kind),
            also=_also(draft, kind),
            sentences=tuple((p.start, p.end) for p in draft.passages),
            retold=focus is Focus.BACKGROUND,
        )

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
        by_state = is_by_state(kind, [actor.perpetrator for actor in roles.perpetrators])
        for passage in draft.passages:
            for mention in passage.counts:
                count = fitting(mention.count, kind, by_state, self._is_militancy)
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
        if count.what is not What.FREED or not self._findings.searched.first(
            self._words.held_them, mention.span.end, passage.end
        ):
            return
        hostages = replace(count, what=What.HOSTAGES)
        if (hostages, None) not in seen:
            seen.add((hostages, None))
            yield Argument(Field.COUNT, hostages, mention.span, self._speaker(mention.span))

    def _speaker(self, span: Span) -> Attribution:
        return spoken(self._findings, span)

    # Captivity, claims

    def _captivity(self, draft: Draft, kind: IncidentType, focus: Focus, span: Span) -> Iterator[Argument]:
        if kind.is_captivity:
            yield from self._status(draft, focus, span)
            for span in find_demands(self._findings, draft.passages, self._silent(draft)):
                yield Argument(Field.DEMAND, span.quote, span)
        for span in find_motives(self._findings, draft.passages):
            yield Argument(Field.MOTIVE, span.quote, span, self._speaker(span))
        claimant = find_claimant(self._findings, draft.passages)
        if claimant is not None and claimant.perpetrator is not None:
            actor = Actor(claimant.span.quote, claimant.perpetrator, claimant.name)
            spoken = Attribution(claimant.span.quote, SpeakerKind.PERPETRATOR, claimant.name)
            yield Argument(Field.CLAIMED_BY, actor, claimant.span, spoken)

    def _silent(self, draft: Draft) -> Iterator[Passage]:
        """Yield the sentences of no incident that go on about this captivity, the last told before them."""
        told = {passage.index for each in self._drafts for passage in each.passages}
        captivities = [each for each in self._drafts if each.type.is_captivity]
        for passage in self._findings.passages:
            before = [each for each in captivities if each.opening.index < passage.index]
            if passage.index not in told and (before or captivities)[-1 if before else 0] is draft:
                yield passage

    def _status(self, draft: Draft, focus: Focus, span: Span) -> Iterator[Argument]:
        """Yield how the captivity stands; news that tells of no end tells of one that goes on."""
        found = find_status(self._findings, draft.passages)
        if found is not None:
            yield Argument(Field.STATUS, found.status, found.span, self._speaker(found.span))
        elif focus is not Focus.BACKGROUND and _reality(draft) is Reality.ACTUAL:
            yield Argument(Field.STATUS, CaptivityStatus.ONGOING, span, score=0.5, inferred=True)

    # Words

    def _quote(self, draft: Draft) -> Span:
        """Return the clause that holds what tells most clearly of the incident."""
        passage = draft.opening
        if draft.told is None:
            trigger = max(passage.triggers, key=lambda t: (t.weight, -t.span.start))
            return clause(self._document.text, passage, trigger.span, self._words.clause)
        words = draft.told.words
        passage = next(p for p in draft.passages if p.start <= words.start < p.end)
        return clause(self._document.text, passage, words, self._words.clause)


def completed(arguments: Sequence[Argument], kind: IncidentType) -> tuple[Argument, ...]:
    """Return the arguments of an incident with what follows from them.

    Who claims it says to have done it, which is a claim of his own beside what others say; a captivity
    from which fewer were freed than were taken goes on; a mutiny that held nobody has no status.
    """
    counts = [a.value for a in arguments if isinstance(a.value, Count)]
    partly = _is_part_freed(counts)
    held = kind is not IncidentType.PRISON_RIOT or any(count.what in _CAPTIVES for count in counts)
    return (
        *(
            replace(a, value=CaptivityStatus.ONGOING) if partly and _is_ended(a) else a
            for a in arguments
            if held or a.field is not Field.STATUS
        ),
        *_claims_to_have_done(arguments),
    )


def _claims_to_have_done(arguments: Sequence[Argument]) -> Iterator[Argument]:
    names = {_name_of(a) for a in arguments if a.field is Field.PERPETRATOR and not a.attribution.hedged}
    for argument in arguments:
        if argument.field is Field.CLAIMED_BY and _name_of(argument) not in names:
            yield replace(argument, field=Field.PERPETRATOR)


def _name_of(argument: Argument) -> str:
    actor = argument.value
    return (actor.name or actor.words).lower() if isinstance(actor, Actor) else ""


def _is_ended(argument: Argument) -> bool:
    return argument.field is Field.STATUS and argument.value in _BY_FREEING


def _is_part_freed(counts: Sequence[Count]) -> bool:
    """Return whether fewer went free than were taken; the same number said twice is of the same people."""
    freed = {c.high for c in counts if c.what in (What.FREED, What.ESCAPED) and c.high is not None}
    taken = [c.low for c in counts if c.what in (What.ABDUCTED, What.HOSTAGES) and c.low is not None]
    return bool(freed and taken) and sum(freed) < max(taken)


def spoken(findings: Findings, span: Span) -> Attribution:
    """Return who says the words, in doubt also where the words doubt themselves ("alleged").

    What a speaker takes for known he does not say; what a report takes back, as said in an earlier version of
    it, it denies.
    """
    words = _lexicon(findings.document.language)
    if words.taken_back.search(findings.low, max(0, span.start - TAKING_BACK), span.start):
        return Attribution(denies=True)
    if words.presupposed.search(findings.low, max(0, span.start - PRESUPPOSING), span.start):
        return Attribution()
    said = _named(speaker_of(span, findings.statements), words.nameless)
    if said.hedged or not first_phrase(words.doubted, span.quote):
        return said
    return replace(said, hedged=True)


def _named(said: Attribution, nameless: frozenset[str]) -> Attribution:
    """Return the attribution without words that name nobody ("who", "and")."""
    return replace(said, words=None) if said.words and said.words.lower() in nameless else said


def _said_by(blame: Blame) -> Attribution:
    """Return who blames somebody; blame is not proof, so it is hedged."""
    if blame.blamer is None:
        return Attribution(hedged=True)
    by_state = blame.blamer.perpetrator is not None and blame.blamer.perpetrator.value.startswith("state_")
    kind = SpeakerKind.OFFICIAL if by_state else None
    return Attribution(blame.blamer.span.quote, kind, blame.blamer.name, hedged=True)


def _reality(draft: Draft) -> Reality:
    """Return what the opening passage says, unless its toll shows that it happened."""
    if draft.told is not None:
        return draft.told.reality
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


def is_by_state(
    kind: IncidentType, perpetrators: Sequence[PerpetratorCategory | TargetCategory | None]
) -> bool:
    """Return whether the state carried an incident out: by its kind, or as all who did it are its forces."""
    forces = [c is not None and c.value.startswith("state_") for c in perpetrators]
    return kind in STATE_ACTS or (bool(forces) and all(forces) and not kind.is_captivity)


def is_operation(findings: Findings, passages: Iterable[Passage]) -> bool:
    """Return whether sentences that tell of an arrest tell of a raid or a siege by the police.

    That is a security operation, which comes before an arrest in the codebook's order (section 3).
    """
    words = _lexicon(findings.document.language).operation
    return any(words.search(findings.low, passage.start, passage.end) for passage in passages)


def is_of_militancy(findings: Findings) -> bool:
    """Return whether a report speaks of militancy: suspects are militants then."""
    return findings.searched.first(_lexicon(findings.document.language).militancy) is not None


def _apart_from_totals(counts: Sequence[Argument]) -> Iterator[Argument]:
    """Yield the counts, single people told beside a larger total of their side as parts of it."""
    totals = [a.value for a in counts if isinstance(a.value, Count) and a.value.scope is Scope.TOTAL]
    for argument in counts:
        count = argument.value
        if isinstance(count, Count) and any(_holds_one(total, count) for total in totals):
            yield replace(argument, value=replace(count, scope=Scope.PART))
        else:
            yield argument


def _holds_one(total: Count, one: Count) -> bool:
    """Return whether a single person can be one of those that a total counts."""
    is_one = one.is_exact and one.low == 1 and one.what is not What.PERPETRATORS
    of_same_side = total.what is one.what and total.who in (one.who, Who.UNSPECIFIED)
    return is_one and of_same_side and (total.low or 0) > 1


def fitting(count: Count, kind: IncidentType, by_state: bool, is_militancy: bool) -> Count:
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
