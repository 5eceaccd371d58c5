"""Named rules: each makes one resolution of the claims of one slot, and says why.

How the claims stand (agreed, revised, contested) does not depend on the rule; which value is
shown does. The rules differ on numbers; a user's own rule is an entry point of the group
`dateline.rules`: an object with `name` and `resolve(slot, claims) -> Resolution`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Protocol

from dateline.errors import UsageError
from dateline.model import (
    CaptivityStatus,
    Claim,
    Count,
    DateRange,
    Field,
    IncidentType,
    Place,
    Resolution,
    Slot,
    Standing,
    Value,
)
from dateline.model.comparison import Parents, loose, specificity
from dateline.reconcile import several
from dateline.reconcile.assessment import Assessment, assess
from dateline.reconcile.common import common
from dateline.reconcile.testimony import Testimony, origins, testimonies

ENTRY_POINTS = "dateline.rules"
DEFAULT = "latest-official"

Order = Callable[[Assessment], list[Testimony]]


class Rule(Protocol):
    """Picks a value for display and export out of the claims of one slot."""

    @property
    def name(self) -> str:
        """Return the name under which users ask for the rule."""
        ...

    def resolve(self, slot: Slot, claims: Sequence[Claim]) -> Resolution:
        """Return the slot's resolution: the same whatever the order of the claims, which it cites."""
        ...


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule that puts the testimonies of a number in order; the value is what the first and all that
    agree with it have in common.
    """

    name: str
    principle: str  # in words, for the reason of each resolution
    order: Order
    parents: Parents = field(default_factory=lambda: MappingProxyType({}))

    def resolve(self, slot: Slot, claims: Sequence[Claim]) -> Resolution:
        """Return the resolution of one slot; UNKNOWN without values when nothing is asserted."""
        assessment = assess(slot, testimonies(claims), self.parents)
        if slot.field.holds_many or slot.field is Field.CLAIMED_BY:
            return self._several(assessment)
        return self._one(assessment)

    def _one(self, assessment: Assessment) -> Resolution:
        slot = assessment.slot
        ordered = self.order(assessment) if slot.field is Field.COUNT else plain_order(assessment)
        accepted = agreeing(assessment, ordered)
        values = [t.value for t in accepted]
        return self._resolution(
            assessment,
            assessment.standing(accepted),
            (common(values, self.parents),) if values else (),
            accepted,
            self._why(assessment, accepted),
        )

    def _several(self, assessment: Assessment) -> Resolution:
        live = [t for t in assessment.everything if not t.withdrawn]
        found = several.strands(live or assessment.withdrawn, self.parents)
        asserted = [s for s in found if any(not t.denies for t in s.said)]
        supporting = [t for s in asserted for t in s.said if not t.denies]
        standing = several.standing(assessment.slot.field, found, self.parents)
        reason = f"{len(asserted)} different values on record, {_origins(supporting)}"
        if not live or len(several.strands(assessment.everything, self.parents)) > len(found):
            standing = Standing.REVISED if asserted else standing
            reason += _WITHDRAWN if not live else ""
        return self._resolution(assessment, standing, tuple(s.value for s in asserted), supporting, reason)

    def _resolution(
        self,
        assessment: Assessment,
        standing: Standing,
        values: tuple[Value, ...],
        accepted: Sequence[Testimony],
        reason: str,
    ) -> Resolution:
        opposing = [t for t in assessment.everything if t not in accepted]
        return Resolution(
            assessment.slot, standing, values, self.name, reason, _ids(accepted), _ids(opposing)
        )

    def _why(self, assessment: Assessment, accepted: Sequence[Testimony]) -> str:
        if not accepted:
            return "only denials" if assessment.denials else "nothing said"
        first = accepted[0]
        parts = [_origins(accepted)]
        if len(assessment.said) > len([t for t in accepted if not t.inferred]):
            chosen = self.principle if assessment.slot.field is Field.COUNT else "best supported"
            parts.insert(0, f"{chosen}: {first.who}")
        if all(t.hedged for t in accepted):
            parts.append("all with words of doubt")
        if all(t.inferred for t in accepted):
            parts.append("inferred, said in no words")
        return "; ".join(parts) + (_WITHDRAWN if first.withdrawn else "")


_WITHDRAWN = "; said only by reports that their outlets have corrected since"


def _ids(said: Sequence[Testimony]) -> tuple[str, ...]:
    return tuple(sorted({claim_id for t in said for claim_id in t.claim_ids}))


def _origins(said: Sequence[Testimony]) -> str:
    number = len(origins(said))
    return "one origin" if number == 1 else f"{number} independent origins"


def agreeing(assessment: Assessment, ordered: Sequence[Testimony]) -> tuple[Testimony, ...]:
    """Return the first testimony and, in order, each that is compatible with all before it."""
    accepted: list[Testimony] = []
    for testimony in ordered:
        if not any(assessment.conflict(testimony, t) for t in accepted):
            accepted.append(testimony)
    return tuple(accepted)


# -- the order of fields that hold one value and are no numbers: the same under every rule


def plain_order(assessment: Assessment) -> list[Testimony]:
    """Return the testimonies of a field that is no number, the one to start from first."""
    said = [*assessment.current, *assessment.inferred] or assessment.last_said
    support = {t.key: _support(assessment, t, said) for t in said}
    most = max(support.values(), default=0)

    def place_in_order(t: Testimony) -> tuple[object, ...]:
        doubt = (t.inferred, t.is_boast, t.hedged)
        return *doubt, *_preference(t, support[t.key], most), -t.placed, -t.day.toordinal(), t.key

    return sorted(said, key=place_in_order)


def _support(assessment: Assessment, one: Testimony, said: Sequence[Testimony]) -> int:
    if isinstance(one.value, IncidentType):
        return len(origins(t for t in said if t.value is one.value))
    return len(origins(t for t in said if not assessment.conflict(one, t)))


def _preference(t: Testimony, support: int, most: int) -> tuple[object, ...]:
    match t.value:
        case IncidentType() as kind:
            # By the codebook the first type in precedence that fits; one that few origins see does not.
            return kind is IncidentType.OTHER_VIOLENCE, 3 * support < most, kind.precedence
        case DateRange() as dates:
            return -support, dates.days is None, dates.days or 0
        case Place() as place:
            return -support, *specificity(place)
        case CaptivityStatus() as status:
            return status is CaptivityStatus.UNKNOWN, status is CaptivityStatus.ONGOING, -t.day.toordinal()
    return (-support,)


# -- the orders of numbers


def latest_official(assessment: Assessment) -> list[Testimony]:
    """Return what still stands, officials first, then the best placed, latest, most repeated, lowest."""

    def place_in_order(t: Testimony) -> tuple[object, ...]:
        repeated = len(origins(u for u in assessment.current if u.value == t.value))
        return (
            t not in assessment.current,
            t.is_boast,
            not t.is_official,
            -t.placed,
            -t.day.toordinal(),
            -repeated,
            *_lowest(t),
        )

    return sorted(assessment.said, key=place_in_order)


def lowest(assessment: Assessment) -> list[Testimony]:
    """Return the lowest figure first, whenever it was said; a perpetrators' boast last (ACLED's codebook)."""
    return sorted(assessment.said, key=lambda t: (t.is_boast, *_lowest(t)))


def recent_majority_lowest(assessment: Assessment) -> list[Testimony]:
    """Return the most recent first, then the figure of most origins, then the lowest (GTD's codebook).

    Doubtful words and the perpetrators' own come last.
    """
    said = assessment.said
    sound = [t for t in said if not (t.is_boast or t.hedged)]
    newest = max((t.day for t in sound), default=date.min)
    votes = Counter({t.key: len(origins(u for u in said if u.value == t.value)) for t in said})

    def place_in_order(t: Testimony) -> tuple[object, ...]:
        return t.is_boast, t.hedged, t.day != newest, -t.day.toordinal(), -votes[t.key], *_lowest(t)

    return sorted(said, key=place_in_order)


def _lowest(t: Testimony) -> tuple[object, ...]:
    low, high = loose(t.value) if isinstance(t.value, Count) else (0, 0)
    return low, high, t.key


_BUILT_IN = (
    NamedRule("latest-official", "the latest of the best placed speakers", latest_official),
    NamedRule("acled", "the lowest figure (ACLED)", lowest),
    NamedRule(
        "gtd", "the most recent, else the majority's, else the lowest figure (GTD)", recent_majority_lowest
    ),
    NamedRule(
        "ucdp", "the most likely figure (UCDP best): the latest of the best placed speakers", latest_official
    ),
)


def rule_names() -> tuple[str, ...]:
    """Return the names of all rules: the built-in ones, then those that are installed as entry points."""
    installed = sorted(point.name for point in entry_points(group=ENTRY_POINTS))
    return (*(rule.name for rule in _BUILT_IN), *installed)


def rule_named(name: str, parents: Mapping[str, str] | None = None) -> Rule:
    """Return a rule by name; UsageError that lists the known rules when there is none.

    `parents` maps the canonical name of a group to that of the group it is a branch of.
    """
    for rule in _BUILT_IN:
        if rule.name == name:
            return replace(rule, parents=parents or {})
    for point in entry_points(group=ENTRY_POINTS):
        if point.name == name:
            loaded: Rule = point.load()
            return loaded
    raise UsageError(f"no rule {name!r}; known rules: {', '.join(rule_names())}")
