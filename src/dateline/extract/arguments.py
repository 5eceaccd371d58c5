"""Who did it to whom, with what, and how many: the arguments of an incident as the model reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.candidates import Candidate, CandidateKind
from dateline.extract.captivity import may_be_demand
from dateline.extract.counts import ARTICLES, CountFinder, Numbered
from dateline.extract.deeds import Deeds
from dateline.extract.headcount import of_one_side, parts_of_tolls, people_only, with_others, without_the_dead
from dateline.extract.incidents import (
    completed,
    fitting,
    is_by_state,
    is_of_militancy,
    spoken,
)
from dateline.extract.joining import COUNTS, Joined, Part
from dateline.extract.passages import Findings
from dateline.extract.read_text import ReadText, Weighing
from dateline.extract.reading import VOCABULARIES, Role, Voice
from dateline.extract.same_actor import NAMED, identity, is_same
from dateline.extract.single_people import is_a_person
from dateline.extract.sums import together, told_once
from dateline.extract.votes import likeliest, votes
from dateline.extract.weapons import WeaponMention
from dateline.model import (
    Actor,
    ActorMention,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    Field,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    Place,
    Reality,
    Span,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)

PLACED = 0.2  # the least probability of a place that the rules alone say it happened at
AREA_SCORE = 0.5  # as that of what no words place
BESIDE_BLAMER = 24  # characters: "Vladimir Putin's regime" accuses as one
_SUFFERED = frozenset({What.KILLED, What.WOUNDED, What.ABDUCTED, What.HOSTAGES, What.ARRESTED})
_ENDS = frozenset({What.FREED, What.ESCAPED})
_OF_SOME = _ENDS | {What.KILLED, What.WOUNDED}
_BEFALLS = _SUFFERED | _ENDS
_HELD = frozenset({What.HOSTAGES, What.ABDUCTED})
# The rules' arguments of these fields give way to the model's.
WEIGHED = frozenset({Field.PERPETRATOR, Field.TARGET, Field.WEAPON, Field.COUNT})


class Arguments:
    """Gives the incidents of one document their actors, weapons, counts and claims."""

    def __init__(
        self, findings: Findings, found: Sequence[Candidate], weighing: Weighing, read: ReadText
    ) -> None:
        self._findings = findings
        self._found = found
        self._weighing = weighing
        self._read = read
        self._is_militancy = is_of_militancy(findings)
        self._counter = CountFinder(findings.searched, findings.document.language)
        self._deeds = Deeds(findings.searched, findings.document.language)

    def _score(self, chance: float) -> float:
        return round(self._weighing.heads.calibrated(chance), 4)

    def revised(self, mention: IncidentMention, joined: Joined) -> IncidentMention:
        """Return the mention with who did it to whom, with what, and how many, as the model reads them."""
        actors = list(self._actors(joined))
        if not any(a.field is Field.TARGET for a in actors):
            actors += self._victims(joined)
        did = [
            a.value.category for a in actors if a.field is Field.PERPETRATOR and isinstance(a.value, Actor)
        ]
        by_state = is_by_state(mention.type, did)
        if mention.type.is_captivity and any(not _is_state(category) for category in did):
            # Whoever storms the building is not who holds it.
            actors = [a for a in actors if a.field is not Field.PERPETRATOR or not _is_of_state(a)]
        counts = list(self._counts(joined, mention.type, by_state))
        kept = [
            a
            for a in self._settled(mention, joined)
            if a.field not in WEIGHED or _follows(a, counts) or self._is_by_own_hand(a, counts)
        ]
        blames = [a for a in kept if a.field is Field.PERPETRATOR and a.attribution.hedged]
        found = [
            *(a for a in actors if not any(self._is_of_blame(a.span, blame) for blame in blames)),
            *self._weapons(joined),
            *counts,
            *self._demands(mention, kept),
        ]
        return replace(
            mention, arguments=completed([*kept, *found], mention.type), score=self._score(joined.score)
        )

    def _is_of_blame(self, span: Span, blame: Argument) -> bool:
        """Return whether words are those of an accusation: the accused, or who accuses right before."""
        text, words = self._findings.document.text, blame.attribution.words
        start = text.rfind(words, 0, blame.span.start) if words else blame.span.start
        return start - BESIDE_BLAMER <= span.start < blame.span.end

    def _placed(self, argument: Argument) -> Argument:
        """Return where the rules say it happened: no more than the area of what the model finds unlikely."""
        chances = [
            self._weighing.chance(number, Role.PLACE)
            for number, candidate in enumerate(self._found)
            if candidate.kind is CandidateKind.PLACE and candidate.span == argument.span
        ]
        place = argument.value
        if argument.inferred or not isinstance(place, Place) or max(chances, default=1.0) >= PLACED:
            return argument
        area = Place(admin1=place.admin1, country=place.country, site=place.site)
        return replace(argument, value=area, score=AREA_SCORE, inferred=True)

    def _settled(self, mention: IncidentMention, joined: Joined) -> Iterator[Argument]:
        """Yield the rules' arguments, those of captivity and claims with what the model knows better."""
        claimants = joined.of(Role.CLAIMED_BY)
        for argument in mention.arguments:
            if argument.field is Field.STATUS and mention.reality is not Reality.ACTUAL:
                continue  # nobody was taken
            if argument.field is Field.STATUS and argument.inferred:
                yield self._status(argument, joined)
            elif argument.field is Field.PLACE:
                yield argument if joined.of(Role.PLACE) else self._placed(argument)
            elif argument.field is not Field.CLAIMED_BY or not claimants:
                yield argument
        for part in claimants[:1]:
            actor = self._found[part.candidate].found
            if isinstance(actor, ActorMention):
                value = Actor(actor.span.quote, self._category(part, True), actor.name)
                said = Attribution(actor.span.quote, SpeakerKind.PERPETRATOR, actor.name)
                yield Argument(Field.CLAIMED_BY, value, actor.span, said, self._score(part.score))

    def _is_by_own_hand(self, argument: Argument, counts: Sequence[Argument]) -> bool:
        """Return whether the rules see an attacker's death by his own hand, which is no candidate."""
        told = [c.value for c in counts if isinstance(c.value, Count) and c.value.who is Who.PERPETRATORS]
        if not isinstance(argument.value, Count) or any(c.what is What.KILLED for c in told):
            return False
        span = argument.span
        return any(death.span == span for death in self._counter.by_own_hand(span.start, span.end))

    def _status(self, argument: Argument, joined: Joined) -> Argument:
        """Return how a captivity stands as the model hears it, where no words of the rules' list say so."""
        told = votes(self._weighing, joined, "status")
        status = CaptivityStatus(VOCABULARIES["status"][int(told.argmax())])
        return argument if status is CaptivityStatus.UNKNOWN else replace(argument, value=status)

    def _actors(self, joined: Joined) -> Iterator[Argument]:
        kept: list[tuple[Role, ActorMention, PerpetratorCategory | TargetCategory]] = []
        sides = self._sides(joined)
        # Those with a name first: a mere description, or a last name, may mean them.
        parts = sorted(joined.of(Role.PERPETRATOR, Role.TARGET), key=self._is_nameless)
        for part in parts:
            candidate = self._found[part.candidate]
            actor = candidate.found
            if not isinstance(actor, ActorMention) or sides[identity(actor)] is not part.role:
                continue
            is_perpetrator = part.role is Role.PERPETRATOR
            category = self._category(part, is_perpetrator)
            if any(role is part.role and is_same(actor, other, category, of) for role, other, of in kept):
                continue
            kept.append((part.role, actor, category))
            value = Actor(actor.span.quote, category, actor.name)
            field = Field.PERPETRATOR if is_perpetrator else Field.TARGET
            said = spoken(self._findings, candidate.span) if is_perpetrator else Attribution()
            yield Argument(field, value, actor.span, said, self._score(part.score))

    def _victims(self, joined: Joined) -> list[Argument]:
        """Return those counted first among the victims as whom it was done to, where nobody else is."""
        counted = sorted(joined.of(*COUNTS), key=lambda part: part.candidate)
        for part in counted:
            found = self._found[part.candidate].found
            actor = found.actor if isinstance(found, Numbered) else found
            if part.role.what in _SUFFERED and isinstance(actor, ActorMention) and actor.target:
                span = self._found[part.candidate].span
                value = Actor(span.quote, self._category(part, False), actor.name)
                return [Argument(Field.TARGET, value, span, score=self._score(part.score))]
        return []

    def _is_nameless(self, part: Part) -> bool:
        actor = self._found[part.candidate].found
        return not (isinstance(actor, ActorMention) and (actor.name or actor.head == NAMED))

    def _sides(self, joined: Joined) -> dict[str, Role]:
        """Return whether each actor did it or suffered it: nobody is on both sides of one incident."""
        surest: dict[str, Part] = {}
        for part in joined.of(Role.PERPETRATOR, Role.TARGET):
            actor = self._found[part.candidate].found
            if isinstance(actor, ActorMention):
                best = surest.setdefault(identity(actor), part)
                surest[identity(actor)] = max(best, part, key=lambda each: each.score)
        return {who: part.role for who, part in surest.items()}

    def _category(self, part: Part, is_perpetrator: bool) -> PerpetratorCategory | TargetCategory:
        """Return the category that the finder's words have in the role, else the likeliest."""
        actor = self._found[part.candidate].found
        known = None
        if isinstance(actor, ActorMention):
            known = actor.perpetrator if is_perpetrator else actor.target
        kind = PerpetratorCategory if is_perpetrator else TargetCategory
        return kind(likeliest(self._weighing, part, "perpetrator" if is_perpetrator else "target", known))

    def _weapons(self, joined: Joined) -> Iterator[Argument]:
        seen: set[WeaponKind] = set()
        for part in joined.of(Role.WEAPON):
            weapon = self._found[part.candidate].found
            if isinstance(weapon, WeaponMention) and weapon.kind not in seen:
                seen.add(weapon.kind)
                yield Argument(Field.WEAPON, weapon.kind, weapon.span, score=self._score(part.score))

    def _counts(self, joined: Joined, kind: IncidentType, by_state: bool) -> Iterator[Argument]:
        seen: set[tuple[object, str | None]] = set()
        told = (
            self._count(part, kind, by_state)
            for part in sorted(joined.of(*COUNTS), key=lambda part: part.candidate)
        )
        counted = list(told_once(list(people_only(each for each in told if each is not None))))
        sided = list(with_others(self._findings.low, list(of_one_side(counted))))
        summed = list(together(self._findings.document.text, sided))
        living = list(without_the_dead(self._findings.low, summed))
        for argument in parts_of_tolls(self._findings.low, living):
            key = (argument.value, argument.attribution.speaker)
            if key not in seen:
                seen.add(key)
                yield argument

    def _count(self, part: Part, kind: IncidentType, by_state: bool) -> Argument | None:
        candidate = self._found[part.candidate]
        passage, what = candidate.passage, part.role.what
        if what is None or _is_nobody(candidate, part.role) or self._is_apart(part, candidate, what):
            return None
        if self._findings.low.startswith("-", _end(candidate)):
            return None  # "an officer-involved shooting", "his father-in-law"
        if what in _BEFALLS and _is_one(candidate) and self._deeds.is_agent(candidate.span.start):
            return None
        if what in _OF_SOME and self._deeds.is_whole(candidate.span.start):
            if what not in _ENDS:
                return None
            what = What.ABDUCTED  # "two of the 12 captives were freed": all of them had been taken
        if what in _HELD and self._deeds.are_free(_end(candidate), passage.end):
            what = What.FREED
        if what is What.WOUNDED and _is_single(candidate) and self._deeds.is_fatal(_end(candidate)):
            what = What.KILLED
        if self._is_doer(candidate, what):
            if not isinstance(candidate.found, Numbered) or what not in _HELD:
                return None
            what = What.PERPETRATORS  # "six prisoners took the guards hostage"
        if isinstance(candidate.found, Numbered):
            told = self._counter.counted(candidate.found, what, passage.start, passage.end)
        elif isinstance(candidate.found, ActorMention) and is_a_person(candidate.found):
            told = self._counter.one(candidate.span, candidate.found, what)
        else:
            return None
        count = fitting(told.count, kind, by_state, self._is_militancy)
        if what is not What.PERPETRATORS:
            known = None if count.who is Who.UNSPECIFIED else count.who
            count = replace(count, who=Who(likeliest(self._weighing, part, "who", known)))
        return Argument(Field.COUNT, count, told.span, self._said(part, candidate), self._score(part.score))

    def _is_apart(self, part: Part, candidate: Candidate, what: What) -> bool:
        """Return whether the words behind say it of others, and the rules do not say it of these."""
        is_seen = part.role in candidate.hints
        return not is_seen and self._deeds.is_before_other(_end(candidate), candidate.passage.end, what)

    def _is_doer(self, candidate: Candidate, what: What) -> bool:
        """Return whether the words say that the people counted did it to others: they are no victims."""
        does = self._deeds.does(_end(candidate), candidate.passage.end)
        return what is not What.PERPETRATORS and does

    def _said(self, part: Part, candidate: Candidate) -> Attribution:
        """Return who gives a number: whom the words name, of the station that the model hears.

        Where neither knows a station and the model hears the outlet, nobody else speaks.
        """
        voice = Voice(likeliest(self._weighing, part, "voice"))
        said = spoken(self._findings, candidate.span)
        if said.denies:
            return said
        if said.kind is None and voice.kind is None:
            return Attribution(hedged=said.hedged)
        return replace(said, kind=said.kind or voice.kind)

    def _demands(self, mention: IncidentMention, kept: Sequence[Argument]) -> Iterator[Argument]:
        """Yield what is demanded and the rules passed over, in the sentences of a captivity."""
        if not mention.type.is_captivity:
            return
        known = [argument.span for argument in kept if argument.field is Field.DEMAND]
        passages = [each for each in self._findings.passages if (each.start, each.end) in mention.sentences]
        for run in self._read.runs(Role.DEMAND):
            inside = next((each for each in passages if each.start <= run.span.start < each.end), None)
            if inside is None or any(inside.start <= span.start < inside.end for span in known):
                continue  # what the rules see in a sentence is the whole of it
            if may_be_demand(self._findings, inside, run.span):
                yield Argument(Field.DEMAND, run.span.quote, run.span, score=round(run.score, 4))


def _is_one(candidate: Candidate) -> bool:
    """Return whether a candidate for a count is a single person, by name or by an article."""
    found = candidate.found
    return not isinstance(found, Numbered) or found.quantity.span.quote.lower() in ARTICLES


def _is_single(candidate: Candidate) -> bool:
    """Return whether a candidate for a count is one person, with a number or without."""
    found = candidate.found
    return not isinstance(found, Numbered) or (found.quantity.low, found.quantity.high) == (1, 1)


def _end(candidate: Candidate) -> int:
    """Return where the words for those counted end."""
    found = candidate.found
    return found.actor.span.end if isinstance(found, Numbered) and found.actor else candidate.span.end


def _is_of_state(argument: Argument) -> bool:
    return isinstance(argument.value, Actor) and _is_state(argument.value.category)


def _is_state(category: PerpetratorCategory | TargetCategory) -> bool:
    return isinstance(category, PerpetratorCategory) and category.is_of_state


def _follows(argument: Argument, counts: Sequence[Argument]) -> bool:
    """Return whether an argument of the rules stands beside the model's: it follows from what it found.

    Those freed were hostages, where the words say that they had been taken; and whom others blame is a
    claim of theirs, which the model does not weigh.
    """
    if argument.field is Field.PERPETRATOR:
        return argument.attribution.hedged and argument.attribution.words is not None
    held = isinstance(argument.value, Count) and argument.value.what is What.HOSTAGES
    freed = (c.span for c in counts if isinstance(c.value, Count) and c.value.what is What.FREED)
    return held and any(span == argument.span for span in freed)


def _is_nobody(candidate: Candidate, role: Role) -> bool:
    """Return whether a number is but an article before what no finder took for people, nor rule a count."""
    found = candidate.found
    is_article = isinstance(found, Numbered) and found.quantity.span.quote.lower() in ARTICLES
    return is_article and isinstance(found, Numbered) and found.actor is None and role not in candidate.hints
