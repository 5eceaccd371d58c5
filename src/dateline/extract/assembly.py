"""Which passages of a report tell of the same incident: a report may tell five.

Passages are taken in the order of the text. Each joins the incident that it fits best, or opens
a new one when it says enough of its own: the title and the lead open the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from dateline.extract.passages import Findings, Passage
from dateline.extract.sites import SiteMention
from dateline.gazetteer import distance_km
from dateline.model import (
    DateRange,
    Focus,
    IncidentType,
    Place,
    PlaceMention,
    Reality,
    Span,
    TimeMention,
    What,
)

FAMILIES: tuple[frozenset[IncidentType], ...] = tuple(
    frozenset(map(IncidentType, members.split()))
    for members in (
        "hijacking hostage_taking kidnapping prison_riot execution",
        "suicide_bombing bombing",
        "air_strike shelling bombing",
        "assassination armed_assault execution unarmed_assault sexual_violence robbery",
        "armed_clash shelling air_strike security_operation armed_assault",
        "arson sabotage riot",
        "riot protest prison_riot",
        "security_operation arrest",
    )
)


@dataclass(frozen=True, slots=True)
class Fit:
    """What speaks for and against a passage belonging to an incident; set by hand."""

    same_type: float = 0.9
    same_family: float = 0.4
    plain_violence: float = 0.5  # "attack", "killed": fits whatever it stands beside
    other_type: float = -0.7
    arrest_apart: float = -0.5
    same_date: float = 0.6
    other_date: float = -1.6
    same_place: float = 0.5
    other_place: float = -0.9
    other_country: float = -1.2
    takes_up: float = 0.6
    introduces: float = -0.5
    goes_on: float = 0.5  # the sentence before belongs to it
    retells: float = -0.8
    is_lead: float = 1.0
    joins_at: float = 0.6
    apart: float = -0.5  # below this, nothing joins the two


FIT = Fit()
LEAD_PASSAGES = 2  # the title and the first sentence of the body tell one story
OPENS_AT = 0.7  # the trigger weight that can open an incident
STRONG = 1.0
MOST_INCIDENTS = 100  # that one report tells of; what is listed behind them opens no more
LATER = 0.5  # what a trigger counts in the passages behind the one that opens an incident
EPISODE_DAYS = 3  # "the hostages" of a day or two earlier are still those of the siege told


@dataclass(frozen=True, slots=True)
class Told:
    """What is already decided of an incident, where more than the rules had a say in it.

    `words` are those that tell of it most clearly; `time` and `site` are None where none of the report's
    belongs to it, `place` where the choice is left to the rules.
    """

    type: IncidentType
    focus: Focus
    reality: Reality
    words: Span
    time: TimeMention | None
    place: PlaceMention | None
    site: SiteMention | None


@dataclass(slots=True)
class Draft:
    """An incident being put together from passages, with what they say of it so far.

    `type` is the one that their triggers speak for, `date` the first told, `places` all, in order;
    `told` is what is decided of it beforehand.
    """

    passages: list[Passage] = field(default_factory=list)
    type: IncidentType = IncidentType.OTHER_VIOLENCE
    date: DateRange | None = None
    places: dict[Place, None] = field(default_factory=dict)
    told: Told | None = None
    _votes: dict[IncidentType, float] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, passage: Passage) -> Draft:
        """Return the draft of one passage."""
        draft = cls()
        draft.add(passage)
        return draft

    def add(self, passage: Passage) -> None:
        """Take a passage in."""
        _vote(self._votes, passage, LATER if self.passages else 1.0)
        self.passages.append(passage)
        self.type = _elected(self._votes)
        self.date = self.date or next((when.range for when in dates([passage])), None)
        self.places.update(dict.fromkeys(places(passage)))

    @classmethod
    def of_told(cls, passages: Iterable[Passage], told: Told) -> Draft:
        """Return the draft of passages that tell of what is decided."""
        draft = cls()
        for passage in passages:
            draft.add(passage)
        draft.type, draft.told = told.type, told
        return draft

    @property
    def last(self) -> int:
        """Return the index of the last passage so far."""
        return self.passages[-1].index

    @property
    def opening(self) -> Passage:
        """Return the passage that opened the incident."""
        return self.passages[0]


def type_of(passages: Iterable[Passage]) -> IncidentType:
    """Return the type that the triggers of the passages speak for, the first passage most."""
    votes: dict[IncidentType, float] = {}
    for position, passage in enumerate(passages):
        _vote(votes, passage, LATER if position else 1.0)
    return _elected(votes)


def _vote(votes: dict[IncidentType, float], passage: Passage, share: float) -> None:
    """Add the heaviest trigger of each type to the votes."""
    heaviest: dict[IncidentType, float] = {}
    for trigger in passage.triggers:
        heaviest[trigger.type] = max(heaviest.get(trigger.type, 0.0), trigger.weight)
    for kind, weight in heaviest.items():
        votes[kind] = votes.get(kind, 0.0) + weight * share * _specificity(kind)


def _elected(votes: Mapping[IncidentType, float]) -> IncidentType:
    return max(votes, key=lambda kind: (votes[kind], -kind.precedence), default=IncidentType.OTHER_VIOLENCE)


def _specificity(kind: IncidentType) -> float:
    """Return how much a word for this type says beside words for another."""
    if kind is IncidentType.OTHER_VIOLENCE:
        return 0.3
    if kind in (IncidentType.ARREST, IncidentType.PROTEST):
        return 0.6
    return 1.6 if kind in (IncidentType.SUICIDE_BOMBING, IncidentType.HOSTAGE_TAKING) else 1.0


def dates(passages: Iterable[Passage]) -> Iterable[TimeMention]:
    """Yield the time mentions that can date an incident, in the order of the text."""
    for passage in passages:
        for mention in passage.times:
            if mention.kind in ("DATE", "TIME") and mention.range.is_known:
                yield mention


def places(passage: Passage) -> Iterable[Place]:
    """Yield the places of a passage that are places, not governments or teams."""
    for mention in passage.places:
        if mention.place is not None and mention.is_location:
            yield mention.place


def assemble(findings: Findings) -> tuple[Draft, ...]:
    """Return the incidents of a document as drafts, in the order of the text."""
    drafts: list[Draft] = []
    for passage in findings.passages:
        if not _says_something(passage):
            continue
        alone = Draft.of(passage)
        fits = [(fit(alone, draft), draft.last, number) for number, draft in enumerate(drafts)]
        best_fit, _, number = max(fits, default=(FIT.apart, 0, 0))
        if fits and best_fit >= FIT.joins_at:
            drafts[number].add(passage)
        elif len(drafts) < MOST_INCIDENTS and opens(alone, best_fit):
            drafts.append(alone)
        elif fits and best_fit > FIT.apart:
            drafts[number].add(passage)
    return tuple(drafts)


def lead_in(findings: Findings, drafts: Iterable[Draft], draft: Draft) -> Passage | None:
    """Return the passage that leads in to an incident: the one before it, when it tells of no other.

    "On 3 May a man entered the bank. He shot two clerks": the day stands before the incident.
    """
    before = draft.opening.index - 1
    if before < 0 or any(passage.index == before for other in drafts for passage in other.passages):
        return None
    passage = findings.passages[before]
    is_one_paragraph = "\n" not in findings.low[passage.end : draft.opening.start]
    return passage if is_one_paragraph and not passage.in_title else None


def _says_something(passage: Passage) -> bool:
    return bool(passage.triggers or passage.counts)


def opens(alone: Draft, best_fit: float) -> bool:
    """Return whether a passage says enough to open an incident of its own.

    Violence of no named kind ("scores were hurt") opens one only where it fits nothing told before,
    and where no disease, disaster or accident is what did it.
    """
    passage = alone.opening
    if passage.weight < OPENS_AT:
        return False
    if passage.is_mishap and alone.type is IncidentType.OTHER_VIOLENCE:
        return False
    if passage.in_title:
        return True
    is_another = passage.is_of_another
    if alone.type is IncidentType.OTHER_VIOLENCE and best_fit > FIT.apart and not is_another:
        return False
    toll = any(mention.count.what is not What.PERPETRATORS for mention in passage.counts)
    told = (alone.date is not None) + bool(alone.places)
    evidence = 2 * toll + told + (passage.weight >= STRONG) + is_another
    goes_on = passage.takes_up and best_fit > FIT.apart and not is_another
    needed = 2 + 2 * (passage.is_general and not is_another) + goes_on
    return evidence >= needed


def fit(alone: Draft, draft: Draft) -> float:
    """Return how well a passage, taken alone, fits an incident; `FIT.joins_at` and more joins it."""
    passage = alone.opening
    score = _type_fit(alone, draft) + _date_fit(alone, draft) + _place_fit(alone, draft)
    if passage.index - draft.last == 1:
        score += FIT.goes_on
    if passage.takes_up and not passage.is_of_another and _can_mean(alone, draft):
        score += FIT.takes_up
    if passage.introduces and passage.index >= LEAD_PASSAGES:
        score += FIT.introduces
    if passage.retells and not draft.opening.retells:
        score += FIT.retells
    if draft.opening.in_title and passage.index < LEAD_PASSAGES:
        score += FIT.is_lead
    return score


def _can_mean(alone: Draft, draft: Draft) -> bool:
    """Return whether "the attack" or "the siege" in a passage can mean the incident."""
    return alone.type in (draft.type, IncidentType.OTHER_VIOLENCE)


def _type_fit(alone: Draft, draft: Draft) -> float:
    passage = alone.opening
    if not passage.triggers:
        return FIT.plain_violence if passage.counts else 0.0
    told, kind = draft.type, alone.type
    if kind is told:
        return FIT.same_type
    if IncidentType.ARREST in (kind, told):
        return FIT.plain_violence if passage.is_on_scene else FIT.arrest_apart
    if IncidentType.OTHER_VIOLENCE in (kind, told):
        return FIT.plain_violence
    return (
        FIT.same_family if any(kind in family and told in family for family in FAMILIES) else FIT.other_type
    )


def _date_fit(alone: Draft, draft: Draft) -> float:
    told, own = draft.date, alone.date
    if told is None or own is None:
        return 0.0
    if told.meet(own):
        return FIT.same_date
    goes_on = alone.opening.takes_up and _can_mean(alone, draft) and _days_apart(told, own) <= EPISODE_DAYS
    return 0.0 if goes_on else FIT.other_date


def _days_apart(one: DateRange, other: DateRange) -> float:
    """Return the days between two ranges that do not meet; infinite when their near ends are open."""
    first, second = sorted((one, other), key=lambda r: (r.latest is None, r.latest, r.earliest))
    if first.latest is None or second.earliest is None:
        return inf
    return (second.earliest - first.latest).days


def _place_fit(alone: Draft, draft: Draft) -> float:
    own, told = alone.places, draft.places
    if not own or not told:
        return 0.0
    if not {p.country for p in own} & {p.country for p in told}:
        return FIT.other_country
    if any(_one_place(a, b) for a in own for b in told):
        return FIT.same_place
    precise = [
        [p for p in side if p.name and p.name != p.admin1 and p.name != p.country] for side in (own, told)
    ]
    return FIT.other_place if all(precise) else 0.0


def _one_place(a: Place, b: Place) -> bool:
    if a.name and a.name == b.name:
        return a.country == b.country
    apart = distance_km(a, b)
    return apart is not None and apart <= (a.radius_km or 0) + (b.radius_km or 0) and a.admin1 == b.admin1
