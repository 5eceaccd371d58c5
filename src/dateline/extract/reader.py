"""The extractor that reads with the trained model: finders give the values, the model says what
they are parts of; what is decided so goes the rules' way to mentions with their arguments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import numpy as np

from dateline.extract.assembly import Draft, Told, assemble
from dateline.extract.candidates import Candidate, candidates
from dateline.extract.counts import ARTICLES, CountFinder, Numbered
from dateline.extract.dating import is_of_speech
from dateline.extract.encoder import checked_manifest, is_shipped, reader_of, shipped_folder
from dateline.extract.extractor import Extractor
from dateline.extract.features import Describer, Floats
from dateline.extract.focus import Standing, features
from dateline.extract.incidents import (
    completed,
    fitting,
    is_by_state,
    is_of_militancy,
    mention_of_each,
    of_one_side,
    spoken,
)
from dateline.extract.joining import COUNTS, Joined, Part, join
from dateline.extract.passages import Findings, find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.read_text import ReadText, Weighing
from dateline.extract.reading import VOCABULARIES, Role, Voice
from dateline.extract.rules import VERSION as RULES_VERSION
from dateline.extract.rules import RuleExtractor, with_places
from dateline.extract.same_actor import identity, is_same
from dateline.extract.sites import SiteMention
from dateline.extract.weapons import WeaponMention
from dateline.gazetteer import Gazetteer
from dateline.model import (
    Actor,
    ActorMention,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    PlaceMention,
    Reality,
    Span,
    SpeakerKind,
    TargetCategory,
    TimeMention,
    WeaponKind,
    What,
    Who,
)

# What the rules' choice weighs beside the model's, whose votes add up to one.
RULES_VOTE = {"type": 0.5, "reality": 1.0, "who": 0.5, "perpetrator": 1.0, "target": 0.5}
WHOLE = 2.0  # what an incident's standing in the report weighs beside what its words say of its focus
NEARLY = 0.85  # of the clearest words' probability
NEAR = 80  # characters between the words for an incident and the one day in their sentence
BESIDE_BLAMER = 24  # characters: "Vladimir Putin's regime" accuses as one
POSSESSED = 32  # characters between a day and what it owns: "Friday's deadly market bombing"
_POSSESSIVE = re.compile(r"[\w ]+?(?:['’]s|s['’])\s[^.,;:]*")
# The rules' arguments of these fields give way to the model's.
_HELD = frozenset({What.HOSTAGES, What.ABDUCTED})
WEIGHED = frozenset({Field.PERPETRATOR, Field.TARGET, Field.WEAPON, Field.COUNT})


class ReaderExtractor:
    """Reads a document with rules and the trained model.

    It knows the model by its folder alone, so that it can be sent to workers, each of which loads
    the model when it first needs it.
    """

    def __init__(self, folder: Path | None = None, gazetteer: Gazetteer | None = None) -> None:
        self._folder = folder or shipped_folder()
        self._version = str(checked_manifest(self._folder)["version"])
        self._places = PlaceFinder(gazetteer or Gazetteer.shipped())

    @property
    def version(self) -> str:
        """Return the versions of the model and of the rules, such as "reader-1+rules-1"."""
        return with_places(f"{self._version}+{RULES_VERSION}", self._places.gazetteer)

    def extract(self, document: Document) -> tuple[IncidentMention, ...]:
        """Return the incident mentions of a document, in the order of the text."""
        reader = reader_of(self._folder)
        if not reader.passes(document.text):
            return ()
        findings = find_all(document, self._places)
        if not any(passage.triggers for passage in findings.passages):
            return ()
        bounds = [(passage.start, passage.end) for passage in findings.passages]
        return read_mentions(findings, reader.read(document.text, bounds))


def shipped_extractor(gazetteer: Gazetteer | None = None) -> Extractor:
    """Return the best extractor that the package holds: with its trained reader, or the rules alone."""
    return ReaderExtractor(gazetteer=gazetteer) if is_shipped() else RuleExtractor(gazetteer)


def read_mentions(findings: Findings, read: ReadText) -> tuple[IncidentMention, ...]:
    """Return the incident mentions of a document, given what was found in it and how it was read."""
    drafts = assemble(findings)
    by_rules = mention_of_each(findings, drafts)
    found = candidates(findings, drafts, by_rules)
    features = Describer(findings.document.published.range, drafts, by_rules).features(found)
    weighing = read.weigh([candidate.span for candidate in found], features)
    return _Concluder(findings, drafts, by_rules, found, weighing, read).mentions()


class _Concluder:
    """Concludes from what the model makes of the candidates of one document."""

    def __init__(
        self,
        findings: Findings,
        drafts: Sequence[Draft],
        by_rules: Sequence[IncidentMention],
        found: Sequence[Candidate],
        weighing: Weighing,
        read: ReadText,
    ) -> None:
        self._findings = findings
        self._rules_drafts = drafts
        self._by_rules = by_rules
        self._found = found
        self._weighing = weighing
        self._read = read
        self._is_militancy = is_of_militancy(findings)
        self._counter = CountFinder(findings.searched, findings.document.language)

    def mentions(self) -> tuple[IncidentMention, ...]:
        """Return the incident mentions, in the order of the text."""
        joined = self._whole_captivities(join(self._found, self._weighing))
        sentences = [self._sentences(each) for each in joined]
        drafts = [
            self._draft(at, joined, set().union(*sentences[:at], *sentences[at + 1 :]))
            for at in range(len(joined))
        ]
        mentions = mention_of_each(self._findings, drafts)
        revised = [self._revised(m, each) for m, each in zip(mentions, joined, strict=True)]
        return tuple(sorted(revised, key=lambda mention: (mention.span.start, mention.type.precedence)))

    def _score(self, chance: float) -> float:
        return round(self._weighing.heads.calibrated(chance), 4)

    def _whole_captivities(self, joined: Sequence[Joined]) -> list[Joined]:
        """Return the incidents, captivities of one type that the rules take for one made one.

        A captivity lasts: what is told of it far below is still the same one.
        """
        whole: list[Joined] = []
        first: dict[tuple[int, IncidentType], Joined] = {}
        for each in joined:
            number, kind = self._rules_number(each), self._chosen(each, "type", IncidentType)
            if number is None or not kind.is_captivity:
                whole.append(each)
            elif (earlier := first.get((number, kind))) is not None:
                earlier.take(each)
            else:
                first[number, kind] = each
                whole.append(each)
        return whole

    # What it is

    def _draft(self, at: int, among: Sequence[Joined], taken: Set[int]) -> Draft:
        """Return a draft with what is decided of one incident; `taken` are the sentences of the others."""
        joined = among[at]
        passages = self._sentences(joined)
        clearest = self._clearest(joined)
        time, site = (self._first(joined, role) for role in (Role.DATE, Role.SITE))
        kind, reality = self._chosen(joined, "type", IncidentType), self._chosen(joined, "reality", Reality)
        when = time.found if time and isinstance(time.found, TimeMention) else self._time_of(joined)
        told = Told(
            type=kind,
            focus=self._focus(at, among, kind, reality, when),
            reality=reality,
            words=self._found[clearest.candidate].span,
            time=when,
            place=self._place_of(joined),
            site=site.found if site and isinstance(site.found, SiteMention) else None,
        )
        rules = self._rules_draft(joined)
        further = {p.index for p in rules.passages} - taken if rules else set()
        return Draft.of_told((self._findings.passages[at] for at in sorted(passages | further)), told)

    def _time_of(self, joined: Joined) -> TimeMention | None:
        """Return the day that no other can be meant by, where the model chose none.

        It owns the words for the incident ("Friday's massacre"), or it alone stands near the first of them.
        """
        told = [self._found[part.candidate] for part in joined.of(Role.INCIDENT)]
        owners = (time for trigger in told for time in trigger.passage.times if self._is_owner(time, trigger))
        owner = next(owners, None)
        near = [] if owner or not told else [t for t in told[0].passage.times if t.range.is_known]
        if len(near) == 1 and near[0].relative and not is_of_speech(self._findings, near[0]):
            return near[0] if abs(near[0].span.start - told[0].span.start) <= NEAR else None
        return owner

    def _place_of(self, joined: Joined) -> PlaceMention | None:
        """Return the likeliest place; a name that stands for people or a body only where no other is said."""
        found = (self._found[part.candidate].found for part in joined.of(Role.PLACE))
        places = [each for each in found if isinstance(each, PlaceMention)]
        return next((each for each in places if each.is_location), places[0] if places else None)

    def _is_owner(self, time: TimeMention, trigger: Candidate) -> bool:
        words = self._findings.document.text[time.span.start : trigger.span.start]
        is_near = time.span.start < trigger.span.start <= time.span.end + POSSESSED
        return is_near and time.range.is_known and _POSSESSIVE.fullmatch(words) is not None

    def _sentences(self, joined: Joined) -> set[int]:
        return {self._found[part.candidate].passage.index for part in joined.core}

    def _rules_number(self, joined: Joined) -> int | None:
        """Return the number of the rules' incident that most of the core belongs to."""
        votes = Counter(draft for part in joined.core for draft in self._found[part.candidate].drafts)
        return min(votes, key=lambda draft: (-votes[draft], draft), default=None)

    def _rules_draft(self, joined: Joined) -> Draft | None:
        number = self._rules_number(joined)
        return None if number is None else self._rules_drafts[number]

    def _clearest(self, joined: Joined) -> Part:
        """Return the first of the words that tell nearly as clearly of the incident as any."""
        told = joined.of(Role.INCIDENT)
        clear = NEARLY * max(part.score for part in told)
        return min((part for part in told if part.score >= clear), key=lambda part: part.candidate)

    def _first(self, joined: Joined, role: Role) -> Candidate | None:
        parts = joined.of(role)
        return self._found[parts[0].candidate] if parts else None

    def _focus(
        self,
        at: int,
        among: Sequence[Joined],
        kind: IncidentType,
        reality: Reality,
        when: TimeMention | None,
    ) -> Focus:
        """Return what part an incident plays: what its words speak for, and its standing among the others."""
        cores = [sorted({part.candidate for part in each.core}) for each in among]
        whole = Standing(
            core=[self._found[candidate] for candidate in cores[at]],
            type=kind,
            reality=reality,
            time=when,
            before=at,
            incidents=len(among),
            told=sum(map(len, cores)),
        )
        row = features(whole, self._findings.document.published.range, len(self._findings.passages))
        votes = self._votes(among[at], "focus") + WHOLE * self._weighing.heads.foci(row)
        return list(Focus)[int(votes.argmax())]

    def _votes(self, joined: Joined, vocabulary: str) -> Floats:
        """Return what the core speaks for, each part as far as it is sure; the votes add up to one."""
        votes = [p.score * self._weighing.choice(p.candidate, vocabulary) for p in joined.core]
        summed = np.sum(votes, axis=0)
        return np.asarray(summed / summed.sum(), dtype=np.float32)

    def _chosen(self, joined: Joined, vocabulary: str, kind: type[_Choice]) -> _Choice:
        """Return the member that the core speaks for most, what the rules say of it being one more vote."""
        votes = self._votes(joined, vocabulary)
        number = self._rules_number(joined)
        if number is not None and vocabulary in RULES_VOTE:
            by_rules = getattr(self._by_rules[number], vocabulary)
            vote = 1.0 if self._is_brought_in(joined) else RULES_VOTE[vocabulary]
            votes[VOCABULARIES[vocabulary].index(by_rules)] += vote
        return kind(VOCABULARIES[vocabulary][int(votes.argmax())])

    def _is_brought_in(self, joined: Joined) -> bool:
        """Return whether nothing but words that bring in an earlier incident tells of it.

        The model reads such words in the light of the report's own incident.
        """
        return all(self._found[part.candidate].passage.is_of_another for part in joined.core)

    # Its arguments

    def _revised(self, mention: IncidentMention, joined: Joined) -> IncidentMention:
        actors = list(self._actors(joined))
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
        return replace(mention, arguments=completed([*kept, *found]), score=self._score(joined.score))

    def _is_of_blame(self, span: Span, blame: Argument) -> bool:
        """Return whether words are those of an accusation: the accused, or who accuses right before."""
        text, words = self._findings.document.text, blame.attribution.words
        start = text.rfind(words, 0, blame.span.start) if words else blame.span.start
        return start - BESIDE_BLAMER <= span.start < blame.span.end

    def _settled(self, mention: IncidentMention, joined: Joined) -> Iterator[Argument]:
        """Yield the rules' arguments, those of captivity and claims with what the model knows better."""
        claimants = joined.of(Role.CLAIMED_BY)
        for argument in mention.arguments:
            if argument.field is Field.STATUS and argument.inferred:
                yield self._status(argument, joined)
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
        status = self._chosen(joined, "status", CaptivityStatus)
        return argument if status is CaptivityStatus.UNKNOWN else replace(argument, value=status)

    def _actors(self, joined: Joined) -> Iterator[Argument]:
        kept: list[tuple[Role, ActorMention, PerpetratorCategory | TargetCategory]] = []
        sides = self._sides(joined)
        # Those with a name first: a mere description may mean them.
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

    def _is_nameless(self, part: Part) -> bool:
        actor = self._found[part.candidate].found
        return not (isinstance(actor, ActorMention) and actor.name)

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
        return kind(self._best(part, "perpetrator" if is_perpetrator else "target", known))

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
        for argument in of_one_side([each for each in told if each is not None]):
            key = (argument.value, argument.attribution.speaker)
            if key not in seen:
                seen.add(key)
                yield argument

    def _count(self, part: Part, kind: IncidentType, by_state: bool) -> Argument | None:
        candidate = self._found[part.candidate]
        passage, what = candidate.passage, part.role.what
        if what is None or _is_nobody(candidate, part.role) or self._is_apart(part, candidate, what):
            return None
        if self._is_doer(candidate, what):
            if not isinstance(candidate.found, Numbered) or what not in _HELD:
                return None
            what = What.PERPETRATORS  # "six prisoners took the guards hostage"
        if isinstance(candidate.found, Numbered):
            told = self._counter.counted(candidate.found, what, passage.start, passage.end)
        elif isinstance(candidate.found, ActorMention):
            told = self._counter.one(candidate.span, candidate.found, what)
        else:
            return None
        count = fitting(told.count, kind, by_state, self._is_militancy)
        if what is not What.PERPETRATORS:
            known = None if count.who is Who.UNSPECIFIED else count.who
            count = replace(count, who=Who(self._best(part, "who", known)))
        return Argument(Field.COUNT, count, told.span, self._said(part, candidate), self._score(part.score))

    def _is_apart(self, part: Part, candidate: Candidate, what: What) -> bool:
        """Return whether the words behind say it of others, and the rules do not say it of these."""
        is_seen = part.role in candidate.hints
        return not is_seen and self._counter.is_before_other(_end(candidate), candidate.passage.end, what)

    def _is_doer(self, candidate: Candidate, what: What) -> bool:
        """Return whether the words say that the people counted did it to others: they are no victims."""
        does = self._counter.does(_end(candidate), candidate.passage.end)
        return what is not What.PERPETRATORS and does

    def _best(self, part: Part, vocabulary: str, by_words: StrEnum | None = None) -> StrEnum:
        """Return the likeliest member, what the finder's words say being one more vote."""
        votes = np.array(self._weighing.choice(part.candidate, vocabulary))
        if by_words is not None:
            votes[VOCABULARIES[vocabulary].index(by_words)] += RULES_VOTE[vocabulary]
        return VOCABULARIES[vocabulary][int(votes.argmax())]

    def _said(self, part: Part, candidate: Candidate) -> Attribution:
        """Return who gives a number: whom the words name, of the station that the model hears.

        Where neither knows a station and the model hears the outlet, nobody else speaks.
        """
        voice = Voice(self._best(part, "voice"))
        said = spoken(self._findings, candidate.span)
        if said.kind is None and voice.kind is None:
            return Attribution(hedged=said.hedged)
        return replace(said, kind=said.kind or voice.kind)

    def _demands(self, mention: IncidentMention, kept: Sequence[Argument]) -> Iterator[Argument]:
        """Yield what is demanded and the rules passed over, in the sentences of a captivity."""
        if not mention.type.is_captivity:
            return
        known = [argument.span for argument in kept if argument.field is Field.DEMAND]
        for run in self._read.runs(Role.DEMAND):
            inside = any(start <= run.span.start < end for start, end in mention.sentences)
            if inside and not any(run.span.overlaps(span) for span in known):
                yield Argument(Field.DEMAND, run.span.quote, run.span, score=round(run.score, 4))


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


_Choice = TypeVar("_Choice", IncidentType, Focus, Reality, CaptivityStatus)
