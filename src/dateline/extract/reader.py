"""The extractor that reads with the trained model: finders give the values, the model says what
they are parts of; what is decided so goes the rules' way to mentions with their arguments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from pathlib import Path
from typing import TypeVar

from dateline.extract.accidents import WithAccidents
from dateline.extract.arguments import Arguments
from dateline.extract.assembly import Draft, Told
from dateline.extract.candidates import Candidate
from dateline.extract.encoder import Reader, checked_manifest, is_shipped, reader_of, shipped_folder
from dateline.extract.extractor import Extractor
from dateline.extract.focus import Standing, features
from dateline.extract.incidents import is_operation, mention_of_each
from dateline.extract.joining import COUNTS, Joined, Part, join
from dateline.extract.passages import Findings, find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reading import VOCABULARIES, Role
from dateline.extract.rules import VERSION as RULES_VERSION
from dateline.extract.rules import RuleExtractor, with_places
from dateline.extract.sites import SiteMention
from dateline.extract.timing import times_of
from dateline.extract.unlisted import is_called_as_town
from dateline.extract.votes import RULES_VOTE, votes
from dateline.extract.weighed import Weighed, weighed
from dateline.gazetteer import Gazetteer
from dateline.model import (
    Document,
    Focus,
    IncidentMention,
    IncidentType,
    PlaceMention,
    Reality,
    TimeMention,
)
from dateline.model.comparison import types_meet

_DEFINITE = re.compile(r"\b(?:the|this|that)\s+\Z")
# What stands beside words that only take up an incident is as likely of something else told there.
_LEFT_BEHIND = frozenset({Role.DATE, Role.PLACE, Role.SITE, Role.PERPETRATOR, Role.TARGET})
ACTUAL_VOTE = 0.5  # of the rules, to which all is actual that no words say otherwise of
LONGEST_ARTICLE = 8  # characters, with its blanks
WIDE = frozenset({"country", "region", "admin1", "admin2"})  # kinds of place that hold towns
WHOLE = 1.0  # what an incident's standing in the report weighs beside what its words say of its focus
FIRST_TOLD = 0.05  # what a place's probability counts for more in the sentence that first tells of it


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
        return read_mentions(findings, reader)


def shipped_extractor(gazetteer: Gazetteer | None = None, *, accidents: bool = False) -> Extractor:
    """Return the best extractor that the package holds: with its trained reader, or the rules alone.

    With `accidents`, what they pass over as accident or suicide is read too.
    """
    rules = RuleExtractor(gazetteer)
    coded = ReaderExtractor(gazetteer=gazetteer) if is_shipped() else rules
    return WithAccidents(coded, rules) if accidents else coded


def read_mentions(findings: Findings, reader: Reader) -> tuple[IncidentMention, ...]:
    """Return the incident mentions of a document, given what was found in it and who reads it."""
    return _Concluder(findings, weighed(findings, reader)).mentions()


_Choice = TypeVar("_Choice", IncidentType, Reality)


class _Concluder:
    """Concludes from what the model makes of the candidates of one document."""

    def __init__(self, findings: Findings, weighed: Weighed) -> None:
        self._findings = findings
        self._rules_drafts = weighed.drafts
        self._by_rules = weighed.by_rules
        self._found = weighed.candidates
        self._weighing = weighed.weighing
        self._arguments = Arguments(findings, weighed.candidates, weighed.weighing, weighed.read)

    def mentions(self) -> tuple[IncidentMention, ...]:
        """Return the incident mentions, in the order of the text."""
        joined = self._taken_up(self._whole_captivities(join(self._found, self._weighing)))
        sentences = [self._sentences(each) for each in joined]
        drafts = [
            self._draft(at, joined, set().union(*sentences[:at], *sentences[at + 1 :]), when)
            for at, when in enumerate(times_of(self._findings, self._found, joined))
        ]
        mentions = mention_of_each(self._findings, drafts)
        revised = [self._arguments.revised(m, each) for m, each in zip(mentions, joined, strict=True)]
        return tuple(sorted(revised, key=lambda mention: (mention.span.start, mention.type.precedence)))

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

    def _taken_up(self, joined: Sequence[Joined]) -> list[Joined]:
        """Return the incidents without those that only take up an earlier one: "the bombing was revenge for".

        Its weapons and who claims it are the earlier one's too. Where, when, who and whom are not: "revenge
        for raids on its fighters" tells of others.
        """
        kept: list[Joined] = []
        for each in joined:
            earlier = self._meant_by(each, kept) if self._only_takes_up(each) else None
            if earlier is None:
                kept.append(each)
            else:
                each.arguments = [part for part in each.arguments if part.role not in _LEFT_BEHIND]
                earlier.take(each)
        return kept

    def _only_takes_up(self, joined: Joined) -> bool:
        """Return whether one sentence's definite words tell of an incident, and neither a day nor a toll."""
        told = [self._found[part.candidate] for part in joined.of(Role.INCIDENT)]
        if joined.of(Role.DATE, *COUNTS) or len({each.passage.index for each in told}) != 1:
            return False
        start = self._found[max(joined.of(Role.INCIDENT), key=lambda part: part.score).candidate].span.start
        is_definite = _DEFINITE.search(self._findings.low, max(0, start - LONGEST_ARTICLE), start) is not None
        return is_definite and not told[0].passage.is_of_another

    def _meant_by(self, joined: Joined, earlier: Sequence[Joined]) -> Joined | None:
        """Return the last of the earlier incidents of its type, or else of one that may be called so."""
        kind = self._chosen(joined, "type", IncidentType)
        kinds = [(each, self._chosen(each, "type", IncidentType)) for each in reversed(earlier)]
        alike = [each for each, other in kinds if other is kind]
        may_be = [each for each, other in kinds if types_meet(kind, other)]
        return next(iter([*alike, *may_be]), None)

    # What it is

    def _draft(self, at: int, among: Sequence[Joined], taken: Set[int], when: TimeMention | None) -> Draft:
        """Return a draft with what is decided of one incident; `taken` are the sentences of the others."""
        joined = among[at]
        passages = self._sentences(joined)
        site = self._first(joined, Role.SITE)
        kind, reality = self._type(joined), self._chosen(joined, "reality", Reality)
        told = Told(
            type=kind,
            focus=self._focus(at, among, kind, reality, when),
            reality=reality,
            words=self._found[joined.clear[0].candidate].span,
            time=when,
            place=self._place_of(joined),
            site=site.found if site and isinstance(site.found, SiteMention) else None,
        )
        rules = self._rules_draft(joined)
        further = {p.index for p in rules.passages} - taken if rules else set()
        return Draft.of_told((self._findings.passages[at] for at in sorted(passages | further)), told)

    def _place_of(self, joined: Joined) -> PlaceMention | None:
        """Return the likeliest place, or a town or a part of a town chosen too that lies in it.

        Of places about as likely, one in the sentence that first tells of the incident is its own. A name
        that stands for people or a body counts only where no other is said.
        """
        first = min(self._sentences(joined))

        def likeliest(part: Part) -> float:
            is_first = self._found[part.candidate].passage.index == first
            return part.score * part.belongs + FIRST_TOLD * is_first

        parts = sorted(joined.of(Role.PLACE), key=likeliest, reverse=True)
        found = (self._found[part.candidate].found for part in parts)
        places = [each for each in found if isinstance(each, PlaceMention)]
        located = [each for each in places if each.is_location]
        if not located:
            return places[0] if places else None
        return next((each for each in located if _holds(located[0], each)), located[0])

    def _sentences(self, joined: Joined) -> set[int]:
        return {self._found[part.candidate].passage.index for part in joined.core}

    def _rules_number(self, joined: Joined) -> int | None:
        """Return the number of the rules' incident that most of the core belongs to."""
        votes = Counter(draft for part in joined.core for draft in self._found[part.candidate].drafts)
        return min(votes, key=lambda draft: (-votes[draft], draft), default=None)

    def _rules_draft(self, joined: Joined) -> Draft | None:
        number = self._rules_number(joined)
        return None if number is None else self._rules_drafts[number]

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
        told = votes(self._weighing, among[at], "focus") + WHOLE * self._weighing.heads.foci(row)
        return list(Focus)[int(told.argmax())]

    def _chosen(self, joined: Joined, vocabulary: str, kind: type[_Choice]) -> _Choice:
        """Return the member that the core speaks for most, what the rules say of it being one more vote."""
        told = votes(self._weighing, joined, vocabulary)
        number = self._rules_number(joined)
        if number is not None and vocabulary in RULES_VOTE:
            by_rules = getattr(self._by_rules[number], vocabulary)
            vote = 1.0 if self._is_brought_in(joined) else RULES_VOTE[vocabulary]
            vote = ACTUAL_VOTE if by_rules is Reality.ACTUAL else vote
            told[VOCABULARIES[vocabulary].index(by_rules)] += vote
        return kind(VOCABULARIES[vocabulary][int(told.argmax())])

    def _type(self, joined: Joined) -> IncidentType:
        kind = self._chosen(joined, "type", IncidentType)
        told = (self._found[part.candidate].passage for part in joined.of(Role.INCIDENT))
        is_operation_too = kind is IncidentType.ARREST and is_operation(self._findings, told)
        return IncidentType.SECURITY_OPERATION if is_operation_too else kind

    def _is_brought_in(self, joined: Joined) -> bool:
        """Return whether nothing but words that bring in an earlier incident tells of it.

        The model reads such words in the light of the report's own incident.
        """
        return all(self._found[part.candidate].passage.is_of_another for part in joined.core)


def _holds(outer: PlaceMention, inner: PlaceMention) -> bool:
    """Return whether a place is a town and another a part of it, or a county or more and a place in its unit.

    A district that is called as its town is, is as good as a town.
    """
    if outer.place and inner.place and inner.place.town and inner.place.town == outer.place.name:
        return True
    if outer.kind not in WIDE or inner.kind in WIDE or not (outer.place and inner.place):
        return False
    if is_called_as_town(outer):
        return False
    units = [(each.country, each.admin1) for each in (outer.place, inner.place)]
    return units[0] == units[1] or (outer.place.admin1 is None and units[0][0] == units[1][0])
