"""Which candidates of a report say what its annotation says: the targets of training.

An annotation quotes each value once. Candidates that say the same elsewhere in the report are neither
right nor wrong: they are left out of the loss (UNKNOWN).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.extract.candidates import Candidate, CandidateKind
from dateline.extract.counts import Numbered
from dateline.extract.features import ROLES
from dateline.extract.reading import VOCABULARIES, Role
from dateline.extract.sites import SiteMention
from dateline.extract.weapons import WeaponMention
from dateline.model import ActorMention, PlaceMention, TimeMention
from training.reader.text import content, same_name

Row = dict[str, Any]
UNKNOWN = -100
AT = {role: at for at, role in enumerate(ROLES)}
ONE = (1, 1, False)
SLACK = 2  # letters by which a quote may miss a candidate


@dataclass(slots=True)
class Label:
    """What a candidate is in the annotation: by role 0, 1 or UNKNOWN; the incidents; what is told of it."""

    roles: list[int] = field(default_factory=lambda: [0] * len(ROLES))
    incidents: set[str] = field(default_factory=set)
    choices: dict[str, set[str]] = field(default_factory=dict)

    def take(self, role: Role, incident: Row, **told: str | None) -> None:
        self.roles[AT[role]] = 1
        self.incidents.add(incident["key"])
        captive = incident.get("status")
        of_all = {name: incident.get(name) for name in ("type", "focus", "reality")}
        of_all["status"] = captive if captive != "unknown" else None
        for name, value in (of_all | told).items():
            if value:
                self.choices.setdefault(name, set()).add(value)

    def doubt(self, role: Role) -> None:
        if self.roles[AT[role]] == 0:
            self.roles[AT[role]] = UNKNOWN

    def choice(self, name: str) -> int:
        """Return the index of what is told, or UNKNOWN where nothing or two things are."""
        told = self.choices.get(name, set())
        members = [member.value for member in VOCABULARIES[name]]
        return members.index(next(iter(told))) if len(told) == 1 and told <= set(members) else UNKNOWN


class Labeller:
    """Labels the candidates of one report."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        self._text = text
        self._candidates = candidates
        self.labels = [Label() for _ in candidates]

    def label(self, incidents: Sequence[Row]) -> list[Label]:
        for incident in incidents:
            anchor = max(self._text.find(incident["quote"]), 0)
            self._dates(incident, anchor)
            self._places(incident, anchor)
            self._site(incident, anchor)
            self._actors(incident, "perpetrators", Role.PERPETRATOR, "perpetrator", anchor)
            self._actors(incident, "targets", Role.TARGET, "target", anchor)
            self._weapons(incident, anchor)
            self._claimant(incident, anchor)
            for count in incident.get("counts") or []:
                self._count(incident, count, anchor)
        for incident in incidents:
            self._anchor(incident)
        self._other_triggers()
        return self.labels

    # One field each

    def _dates(self, incident: Row, anchor: int) -> None:
        told = incident.get("date") or {}
        if told.get("quote"):
            equal = [
                at
                for at, c in self._of(CandidateKind.TIME)
                if _iso(c.found) == (told.get("earliest"), told.get("latest"))
            ]
            self._settle(incident, Role.DATE, told["quote"], anchor, self._of(CandidateKind.TIME), equal)

    def _places(self, incident: Row, anchor: int) -> None:
        told = incident.get("place") or {}
        if not told.get("name"):
            return
        equal = [at for at, c in self._of(CandidateKind.PLACE) if _is_named(c.found, told["name"])]
        quote = told.get("quote") or told["name"]
        self._settle(incident, Role.PLACE, quote, anchor, self._of(CandidateKind.PLACE), equal)

    def _site(self, incident: Row, anchor: int) -> None:
        told = incident.get("place") or {}
        if told.get("site"):
            equal = [at for at, c in self._of(CandidateKind.SITE) if _is_site(c.found, told["site"])]
            here = [(at, self._candidates[at]) for at in equal]
            self._settle(incident, Role.SITE, told.get("quote") or "", anchor, here, equal)

    def _actors(self, incident: Row, field_: str, role: Role, vocabulary: str, anchor: int) -> None:
        for told in incident.get(field_) or []:
            among = list(self._of(CandidateKind.ACTOR))
            equal = [at for at, c in among if _is_actor(c, told)]
            category = {vocabulary: told.get("category")}
            self._settle(incident, role, told["quote"], anchor, among, equal, **category)

    def _claimant(self, incident: Row, anchor: int) -> None:
        told = incident.get("claimed_by")
        if told:
            among = list(self._of(CandidateKind.ACTOR))
            equal = [at for at, c in among if _is_actor(c, told)]
            self._settle(
                incident, Role.CLAIMED_BY, told.get("quote") or told.get("name") or "", anchor, among, equal
            )

    def _weapons(self, incident: Row, anchor: int) -> None:
        for told in incident.get("weapons") or []:
            among = list(self._of(CandidateKind.WEAPON))
            equal = [
                at for at, c in among if isinstance(c.found, WeaponMention) and c.found.kind == told["kind"]
            ]
            here = [(at, c) for at, c in among if at in equal]
            self._settle(incident, Role.WEAPON, told["quote"], anchor, here, equal)

    def _count(self, incident: Row, told: Row, anchor: int) -> None:
        key = (told.get("low"), told.get("high"), bool(told.get("vague")))
        role = Role(told["what"])
        speaker = told.get("speaker_kind") or ("unnamed" if told.get("speaker") else "outlet")
        known = {"who": told["who"], "voice": speaker, "scope": told.get("scope") or "total"}
        numbers = [(at, c) for at, c in self._of(CandidateKind.NUMBER) if _interval(c.found) == key]
        people = [(at, c) for at, c in self._of(CandidateKind.ACTOR) if c.is_number] if key == ONE else []
        here = numbers if self._overlapping(told["quote"], numbers) else people
        equal = [] if key == ONE else [at for at, _ in numbers]  # one "a" says nothing of another
        if here:
            self._settle(incident, role, told["quote"], anchor, here, equal, **known)

    def _anchor(self, incident: Row) -> None:
        """Take the triggers in the words that are quoted for the incident, or else of their sentence."""
        among = list(self._of(CandidateKind.TRIGGER))
        quotes = [incident["quote"], *_quotes(incident)]
        found = [at for quote in quotes for at in self._overlapping(quote, among)]
        if not found:
            start = self._text.find(incident["quote"])
            found = [at for at, c in among if c.passage.start <= start < c.passage.end]
        for at in dict.fromkeys(found):
            self.labels[at].take(Role.INCIDENT, incident)

    def _other_triggers(self) -> None:
        """Give the other triggers of a sentence to its one incident; of silent sentences nothing is known."""
        told: dict[int, set[str]] = {}
        for candidate, label in zip(self._candidates, self.labels, strict=True):
            told.setdefault(candidate.passage.index, set()).update(label.incidents)
        by_key = {key: label for label in self.labels for key in label.incidents if len(label.incidents) == 1}
        for at, candidate in self._of(CandidateKind.TRIGGER):
            label, here = self.labels[at], told[candidate.passage.index]
            if label.incidents or not here:
                continue
            if len(here) > 1 or not here <= by_key.keys():
                label.doubt(Role.INCIDENT)
                continue
            (key,) = here
            label.roles[AT[Role.INCIDENT]] = 1
            label.incidents.add(key)
            label.choices = {
                name: set(by_key[key].choices.get(name, ()))
                for name in ("type", "focus", "reality", "status")
            }

    # Where it is said

    def _of(self, kind: CandidateKind) -> Iterator[tuple[int, Candidate]]:
        return ((at, c) for at, c in enumerate(self._candidates) if c.kind is kind)

    def _overlapping(self, quote: str, among: Iterable[tuple[int, Candidate]]) -> list[int]:
        places = list(_occurrences(self._text, quote))
        return [
            at
            for at, c in among
            if any(c.span.start < end + SLACK and start - SLACK < c.span.end for start, end in places)
        ]

    def _settle(
        self,
        incident: Row,
        role: Role,
        quote: str,
        anchor: int,
        among: Iterable[tuple[int, Candidate]],
        equal: Sequence[int],
        **told: str | None,
    ) -> None:
        """Give the role to the candidate in the quoted words; what says the same elsewhere is in doubt."""
        here = self._overlapping(quote, among)
        same = set(equal)
        nearest: Callable[[int], tuple[bool, int]] = lambda at: (  # noqa: E731
            at not in same,
            abs(self._candidates[at].span.start - anchor),
        )
        chosen = min(here or equal, key=nearest, default=None)
        if chosen is None:
            return
        self.labels[chosen].take(role, incident, **told)
        for at in same - {chosen}:
            self.labels[at].doubt(role)


def _quotes(incident: Row) -> Iterator[str]:
    for name in ("perpetrators", "targets", "weapons", "counts"):
        yield from (item["quote"] for item in incident.get(name) or [])


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    at = text.find(quote) if quote else -1
    if at >= 0:
        yield at, at + len(quote)


def _iso(found: object) -> tuple[str | None, str | None] | None:
    if not isinstance(found, TimeMention):
        return None
    ends = (found.range.earliest, found.range.latest)
    first, last = (str(day) if day else None for day in ends)
    return first, last


def _is_named(found: object, name: str) -> bool:
    return (
        isinstance(found, PlaceMention)
        and found.place is not None
        and same_name(found.place.name or "", name)
    )


def _is_site(found: object, told: str) -> bool:
    return isinstance(found, SiteMention) and (
        same_name(found.site, told) or same_name(found.span.quote, told)
    )


def _is_actor(candidate: Candidate, told: Row) -> bool:
    if not isinstance(candidate.found, ActorMention):
        return False
    if told.get("name") and candidate.found.name == told["name"]:
        return True
    one, other = content(candidate.span.quote), content(told.get("quote") or "")
    return bool(one & other) and len(one & other) / min(len(one), len(other)) >= 0.5


def _interval(found: object) -> tuple[int | None, int | None, bool] | None:
    if not isinstance(found, Numbered):
        return None
    return found.quantity.low, found.quantity.high, found.quantity.vague
