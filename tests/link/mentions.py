"""Short ways to write the incident mentions of invented reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from dateline.link import Linkable
from dateline.model import (
    OUTLET,
    Actor,
    Argument,
    CaptivityStatus,
    Count,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    Judgement,
    PerpetratorCategory,
    Place,
    Published,
    PublishedBasis,
    Reality,
    Verdict,
    What,
    Who,
)

NORTHTOWN = Place("Northtown", "Upper Vale", "ZZ", latitude=10.0, longitude=20.0, radius_km=8)
SOUTHTOWN = Place("Southtown", "Lower Vale", "ZZ", latitude=14.0, longitude=20.0, radius_km=8)
UPPER_VALE = Place("Upper Vale region", "Upper Vale", "ZZ", latitude=10.2, longitude=20.1, radius_km=120)


def days(first: str | None, last: str | None) -> DateRange:
    return DateRange(*(date.fromisoformat(d) if d else None for d in (first, last)))


def on(day: str) -> DateRange:
    return days(day, day)


def linkable(
    text: str,
    *,
    when: DateRange | None = None,
    where: Place | None = None,
    kind: IncidentType = IncidentType.ARMED_ASSAULT,
    focus: Focus = Focus.MAIN,
    published: DateRange | None = None,
    group: str | None = None,
    killed: int | None = None,
    status: CaptivityStatus | None = None,
    retold: bool = False,
    report: str | None = None,
    inferred: bool = False,
) -> Linkable:
    before = "." * (len(text) if report else 0)  # mentions of one report stand at different places
    document = Document.of(report or f"r-{text[:40]}", None, before + text)
    span = document.span(len(before), len(before) + min(len(text), 30))
    found: list[tuple[Field, object]] = [(Field.DATE, when), (Field.PLACE, where), (Field.STATUS, status)]
    if group:
        actor = Actor(group, PerpetratorCategory.REBEL_OR_MILITANT_GROUP, group)
        found.append((Field.PERPETRATOR, actor))
    if killed is not None:
        found.append((Field.COUNT, Count(What.KILLED, Who.UNSPECIFIED, killed, killed)))
    mention = IncidentMention(
        report_id=document.report_id,
        type=kind,
        focus=focus,
        reality=Reality.ACTUAL,
        span=span,
        arguments=tuple(
            Argument(field, value, span, OUTLET, inferred=inferred and field is Field.DATE)  # type: ignore[arg-type]
            for field, value in found
            if value is not None
        ),
        sentences=((len(before), len(before) + len(text)),),
        retold=retold,
    )
    known = Published(published, PublishedBasis.STATED) if published else Published()
    made = Linkable.of(document, mention, (mention,))
    return Linkable(mention, known, made.anchor, made.words)


def judged(verdict: Verdict, one: Linkable, other: Linkable | None = None, *, at: int = 1) -> Judgement:
    return Judgement(
        verdict, one.anchor, "reviewer", datetime(2031, 6, at), "seen", other.anchor if other else None
    )


def names(clusters: Sequence[Sequence[str]], **items: Linkable) -> set[frozenset[str]]:
    by_id = {item.id: name for name, item in items.items()}
    return {frozenset(by_id[mention] for mention in cluster) for cluster in clusters}
