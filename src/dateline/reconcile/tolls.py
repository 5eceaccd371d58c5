"""Tolls by the conventions of ACLED, GTD and UCDP GED, from the claims of one incident.

The three schemes make different numbers of the same statements; exporters take them from here.
Nothing said stays None wherever the scheme allows it; a part of a toll is never added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from statistics import median_low

from dateline.model import (
    Actor,
    Claim,
    Count,
    Field,
    Incident,
    Scope,
    Slot,
    TargetCategory,
    What,
    Who,
)
from dateline.reconcile.assessment import assess
from dateline.reconcile.rules import Order, latest_official, lowest, recent_majority_lowest
from dateline.reconcile.testimony import Testimony, testimonies

_SIDES = (Who.CIVILIANS, Who.SECURITY_FORCES, Who.OFFICIALS, Who.MILITANTS)
_ARMED_TARGETS = frozenset(
    {TargetCategory.POLICE, TargetCategory.MILITARY, TargetCategory.PRISON_STAFF, TargetCategory.MILITANTS}
)


class Plural(IntEnum):
    """ACLED's figure for "several", "many", "few": 10, or 3 where scale and place suggest fewer."""

    MANY = 10
    FEW = 3


class Best(StrEnum):
    """How UCDP's best estimate is chosen when reliable figures differ, which is a judgement call."""

    LATEST_OFFICIAL = "latest-official"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class GtdToll:
    """GTD's nkill or nwound and the perpetrators' share (nkillter, nwoundte); None is blank."""

    total: int | None
    perpetrators: int | None
    conflict: str | None = None  # differing figures, for addnotes


@dataclass(frozen=True, slots=True)
class UcdpToll:
    """UCDP's deaths by side and the range of reliable figures; `best` None needs a coder's judgement.

    `attackers` are the deaths of the side that attacked, `defenders` those of the side attacked.
    """

    low: int
    best: int | None
    high: int
    attackers: int = 0
    defenders: int = 0
    civilians: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Toll:
    """The claims of one `what`, by side, as testimonies; what a reviewer rejected is out.

    What outlets have corrected since counts only where nobody says anything else.
    """

    sides: dict[Who, tuple[Testimony, ...]]
    parts: dict[Who, tuple[Testimony, ...]]
    judged: dict[Who, Count] = field(default_factory=dict)

    @classmethod
    def of(cls, incident: Incident, what: What) -> _Toll:
        out = {claim_id for r in incident.resolutions for claim_id in r.rejected}
        said = [c for c in incident.claims if c.id not in out and c.slot.what is what]
        kept = _whole([c for c in said if c.corrected_by is None] or said)
        judged = {
            r.slot.who: r.value
            for r in incident.counts(what)
            if r.judged and r.slot.who and not r.slot.of_whom and isinstance(r.value, Count)
        }
        return cls(_by_side(kept, Scope.TOTAL), _by_side(kept, Scope.PART), judged)

    def counts(self, who: Who, order: Order) -> tuple[Count, ...]:
        """Return the counts of one side, the one that `order` chooses first."""
        if who in self.judged:
            return (self.judged[who],)
        return _ordered(self.sides.get(who, ()), who, order)

    def attackers(self, order: Order) -> tuple[Count, ...]:
        """Return the counts of perpetrators, as a total of their own or as a part of one."""
        own = self.counts(Who.PERPETRATORS, order)
        return own or _ordered(self.parts.get(Who.PERPETRATORS, ()), Who.PERPETRATORS, order)

    @property
    def known(self) -> bool:
        return bool(self.sides or self.judged)


def _whole(claims: list[Claim]) -> list[Claim]:
    """Return the claims about whole tolls; a toll told only of women or of children is still a toll."""
    whole = [claim for claim in claims if not claim.slot.of_whom]
    return whole if any(claim.slot.scope is Scope.TOTAL for claim in whole) else claims


def _by_side(claims: Iterable[Claim], scope: Scope) -> dict[Who, tuple[Testimony, ...]]:
    groups: dict[Who, list[Claim]] = {}
    for claim in claims:
        if claim.slot.scope is scope and claim.slot.who:
            groups.setdefault(claim.slot.who, []).append(claim)
    return {who: testimonies(group) for who, group in groups.items()}


def _ordered(said: Sequence[Testimony], who: Who, order: Order) -> tuple[Count, ...]:
    assessment = assess(Slot(Field.COUNT, who=who), said)
    return tuple(t.value for t in order(assessment) if isinstance(t.value, Count))


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if known else None


def share(total: int, rows: int) -> tuple[int, ...]:
    """Return a total over several days or places divided evenly, the remainder in the first row (ACLED)."""
    each, rest = divmod(total, rows)
    return (each + rest, *[each] * (rows - 1))


# -- ACLED


def acled_figure(count: Count, plural: Plural = Plural.MANY) -> int:
    """Return ACLED's whole number for one count: "dozens" 12, "hundreds" 100, "several" 10 or 3."""
    if count.vague and count.low is not None and count.low != count.high:
        # Half the codebook's own lower bound gives ACLED's for dozens (24), hundreds (200), thousands.
        return count.low // 2 if count.low >= 24 else int(plural)
    number = count.low if count.low is not None else count.high
    return number or 0


def acled_fatalities(incident: Incident, plural: Plural = Plural.MANY) -> int:
    """Return ACLED's `fatalities`: the lowest figure, perpetrators included, 0 when nothing is said."""
    toll = _Toll.of(incident, What.KILLED)

    def figure(counts: Sequence[Count]) -> int | None:
        return acled_figure(counts[0], plural) if counts else None

    return _total(toll, lowest, figure) or 0


def _total(toll: _Toll, order: Order, figure: Callable[[Sequence[Count]], int | None]) -> int | None:
    whole = toll.counts(Who.UNSPECIFIED, order)
    others = _sum(figure(toll.counts(who, order)) for who in _SIDES)
    victims = figure(whole) if whole else others
    if whole and whole[0].includes_perpetrators:
        return victims
    if any(c.includes_perpetrators for who in _SIDES for c in toll.counts(who, order)[:1]):
        return victims
    return _sum((victims, figure(toll.counts(Who.PERPETRATORS, order))))


# -- GTD


def gtd_toll(incident: Incident, what: What = What.KILLED) -> GtdToll:
    """Return GTD's total and the perpetrators' share: the most recent sound source, else the majority's
    figure, else the lowest; a vague figure is blank.
    """
    toll = _Toll.of(incident, what)
    total = _total(toll, recent_majority_lowest, _gtd_figure)
    attackers = _gtd_figure(toll.attackers(recent_majority_lowest))
    whole = toll.counts(Who.UNSPECIFIED, recent_majority_lowest)
    if attackers is None and whole and whole[0].includes_perpetrators:
        attackers = 1  # "including the attacker": the least that the words say
    return GtdToll(total, attackers, _conflict(toll))


def _gtd_figure(counts: Sequence[Count]) -> int | None:
    if not counts or (counts[0].vague and counts[0].low != counts[0].high):
        return None
    return counts[0].low if counts[0].low is not None else counts[0].high


def _conflict(toll: _Toll) -> str | None:
    differing = [
        f"{who}: " + "; ".join(dict.fromkeys(f"{t.value} ({t.who})" for t in said if not t.denies))
        for who, said in sorted(toll.sides.items())
        if len({str(t.value) for t in said if not t.denies}) > 1
    ]
    return " | ".join(differing) or None


# -- UCDP


def ucdp_toll(incident: Incident, best: Best = Best.LATEST_OFFICIAL) -> UcdpToll | None:
    """Return UCDP's low, best and high and the deaths by side, or None when there is no figure to code.

    A boast of the perpetrators and words of doubt are not reliable figures, unless there are no others.
    """
    toll = _Toll.of(incident, What.KILLED)
    if not toll.known:
        return None
    whole = _estimate(toll, Who.UNSPECIFIED, best)
    attackers = _attackers(toll, whole, best)
    sides = {who: _estimate(toll, who, best) for who in _SIDES}
    low, chosen, high = _ucdp_range(whole, attackers, list(sides.values()))
    civilians = sides[Who.CIVILIANS].at_best + sides[Who.OFFICIALS].at_best
    defenders = sides[Who.SECURITY_FORCES].at_best + sides[Who.MILITANTS].at_best
    rest = max(0, (chosen or 0) - attackers.at_best - civilians - defenders)
    known_rest = _side_of_rest(incident, whole)
    return UcdpToll(
        low,
        chosen,
        high,
        attackers=attackers.at_best,
        defenders=defenders + (rest if known_rest == "defenders" else 0),
        civilians=civilians + (rest if known_rest == "civilians" else 0),
        unknown=rest if known_rest == "unknown" else 0,
    )


@dataclass(frozen=True, slots=True)
class _Estimate:
    """Low, best and high of one side; all None when nothing is said."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    includes_perpetrators: bool = False

    @property
    def said(self) -> bool:
        return self.low is not None

    @property
    def at_best(self) -> int:
        return self.best or 0


def _estimate(toll: _Toll, who: Who, best: Best) -> _Estimate:
    if who in toll.judged:
        return _range([toll.judged[who]], toll.judged[who])
    asserted = [t for t in toll.sides.get(who, ()) if not t.denies]
    reliable = [t for t in asserted if not (t.is_boast or t.hedged)] or asserted
    counts = _ordered(reliable, who, latest_official)
    if not counts:
        return _Estimate()
    chosen = counts[0]
    if best is Best.MEDIAN:
        middle = median_low(_floor(c) for c in counts)
        chosen = next(c for c in counts if _floor(c) == middle)
    return _range(counts, chosen)


def _floor(count: Count) -> int:
    if count.vague and count.low != count.high:
        return 1  # "several": somebody, and no number
    return (count.low if count.low is not None else count.high) or 0


def _range(counts: Sequence[Count], chosen: Count) -> _Estimate:
    is_word = chosen.vague and chosen.low != chosen.high
    high = max((c.high if c.high is not None else _floor(c)) for c in counts)
    low = min(_floor(c) for c in counts)
    return _Estimate(low, None if is_word else _floor(chosen), high, chosen.includes_perpetrators)


def _attackers(toll: _Toll, whole: _Estimate, best: Best) -> _Estimate:
    own = _estimate(toll, Who.PERPETRATORS, best)
    if own.said:
        return own
    parts = toll.attackers(latest_official)
    if parts:
        return _range(parts[:1], parts[0])
    return _Estimate(1, 1, 1) if whole.includes_perpetrators else own


def _ucdp_range(
    whole: _Estimate, attackers: _Estimate, sides: Sequence[_Estimate]
) -> tuple[int, int | None, int]:
    low, best, high = (_sum(getattr(s, end) for s in sides) for end in ("low", "best", "high"))
    if whole.said:
        low, high = max(whole.low or 0, low or 0), max(whole.high or 0, high or 0)
        best = None if whole.best is None and best is None else max(whole.best or 0, best or 0)
    if attackers.said and not whole.includes_perpetrators:
        low, high = (low or 0) + (attackers.low or 0), (high or 0) + (attackers.high or 0)
        best = _sum((best, attackers.best))
    return low or 0, best, high or 0


def _side_of_rest(incident: Incident, whole: _Estimate) -> str:
    """Return whose deaths a toll's unspecified remainder are: the targets', as far as the claims say."""
    resolution = incident.resolution(Field.TARGET)
    categories = {a.category for a in (resolution.values if resolution else ()) if isinstance(a, Actor)}
    if categories and categories <= _ARMED_TARGETS:
        return "defenders"
    if categories and not categories & _ARMED_TARGETS:
        return "civilians"
    return "civilians" if not categories and whole.includes_perpetrators else "unknown"
