"""What a report retells bounds the date of what it reports: shown as inferred, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.link.linkable import Linkable
from dateline.model import Argument, CaptivityStatus, DateRange, Field, Focus, IncidentMention

_A_DAY = timedelta(days=1)
_LOOSE_DAYS = 7  # a date that the words already fix to a week is left alone
_APART_DAYS = 7  # an incident retold by month or season was not on the report's own day


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A tighter date of one mention, why, and the mentions it follows from."""

    mention_id: str
    date: DateRange
    reason: str
    because: tuple[str, ...]

    def argument(self, mention: IncidentMention) -> Argument:
        """Return the date as an argument of the mention that no words of the report say."""
        return Argument(Field.DATE, self.date, mention.span, inferred=True)


@dataclass(frozen=True, slots=True)
class _Bound:
    """The first day that is possible after a retold incident."""

    day: date
    retold: Linkable
    by: tuple[str, ...]


def narrow(items: Iterable[Linkable], clusters: Iterable[Sequence[str]]) -> tuple[Narrowed, ...]:
    """Return the dates of main incidents that their reports' linked background incidents tighten.

    A report that retells an incident was written after it, and so is its own incident unless the
    words date that already. Only a bound that other reports give is used.
    """
    by_id = {item.id: item for item in items}
    cluster_of = {mention_id: tuple(cluster) for cluster in clusters for mention_id in cluster}
    reports: dict[str, list[Linkable]] = defaultdict(list)
    for mention_id in sorted(by_id):
        reports[by_id[mention_id].report_id].append(by_id[mention_id])
    found: list[Narrowed] = []
    for mentions in reports.values():
        bounds = [
            bound
            for item in mentions
            if item.mention.focus is Focus.BACKGROUND
            for bound in _bound(item, [by_id[i] for i in cluster_of.get(item.id, ()) if i in by_id])
        ]
        if bounds:
            latest = max(bounds, key=lambda b: (b.day, b.retold.id))
            found += [n for item in mentions for n in _narrowed(item, latest)]
    return tuple(sorted(found, key=lambda n: n.mention_id))


def _bound(retold: Linkable, cluster: Sequence[Linkable]) -> Iterable[_Bound]:
    others = [item for item in cluster if item.report_id != retold.report_id]
    days = [d for item in others if (d := item.mention.date.earliest)]
    if _has_ended(retold):
        days += [d for item in others if (d := _still_going(item))]
    if days:
        day = max(days) + (_A_DAY if _is_past(retold) else timedelta(0))
        yield _Bound(day, retold, tuple(sorted(item.id for item in others)))


def _has_ended(item: Linkable) -> bool:
    return item.mention.status not in (None, CaptivityStatus.ONGOING, CaptivityStatus.UNKNOWN)


def _still_going(item: Linkable) -> date | None:
    """Return the first day on which a report that has the captivity as ongoing may have been published."""
    if item.mention.status is not CaptivityStatus.ONGOING or item.mention.focus is Focus.BACKGROUND:
        return None
    return item.published.range.earliest


def _is_past(retold: Linkable) -> bool:
    days = retold.mention.date.days
    return retold.mention.retold or days is None or days > _APART_DAYS


def _narrowed(item: Linkable, bound: _Bound) -> Iterable[Narrowed]:
    own = item.mention.date
    if item.mention.focus is not Focus.MAIN or (own.days is not None and own.days <= _LOOSE_DAYS):
        return
    after = own.meet(DateRange(bound.day, None))
    if after and after != own:
        reason = (
            f"the report retells “{bound.retold.mention.span.quote}”, which other reports date before this"
        )
        yield Narrowed(item.id, after, reason, (bound.retold.id, *bound.by))
