"""Incident mentions in the form of the codebook, section 8: one JSON line a report.

The same form that reference annotations have, so that a prediction can be scored, corrected by
hand and scored against.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO, TypeVar

from dateline.model import (
    Actor,
    Count,
    DateRange,
    Document,
    Field,
    IncidentAnnotation,
    IncidentMention,
    Place,
    Quoted,
    ReportAnnotation,
    WeaponKind,
)

V = TypeVar("V", DateRange, Place, Actor, WeaponKind, Count)


def annotate(
    name: str,
    document: Document,
    mentions: Sequence[IncidentMention],
    incident_ids: Mapping[str, str] | None = None,
) -> ReportAnnotation:
    """Return what `mentions` say of `document`, as the annotation of the report called `name`.

    `incident_ids` gives the id of the incident that a mention was linked to, by mention id.
    """
    ids = incident_ids or {}
    return ReportAnnotation(
        id=name,
        incidents=tuple(
            annotate_mention(_key(number), mention, ids.get(mention.id))
            for number, mention in enumerate(mentions)
        ),
        published=document.published.range.latest if document.published.range.is_day else None,
        outlet=document.outlet,
    )


def annotate_mention(
    key: str, mention: IncidentMention, incident_id: str | None = None
) -> IncidentAnnotation:
    """Return one mention in the form of section 8; an inferred value has no quote."""
    return IncidentAnnotation(
        key=key,
        type=mention.type,
        focus=mention.focus,
        reality=mention.reality,
        quote=mention.span.quote,
        incident=incident_id,
        also=mention.also,
        date=_first(mention, Field.DATE, DateRange),
        place=_first(mention, Field.PLACE, Place),
        perpetrators=_all(mention, Field.PERPETRATOR, Actor),
        targets=_all(mention, Field.TARGET, Actor),
        weapons=_all(mention, Field.WEAPON, WeaponKind),
        counts=_all(mention, Field.COUNT, Count),
        demands=_words(mention, Field.DEMAND),
        motive=next(iter(_words(mention, Field.MOTIVE)), None),
        claimed_by=_first(mention, Field.CLAIMED_BY, Actor),
        status=mention.status,
    )


def write(reports: Iterable[ReportAnnotation], out: TextIO) -> None:
    """Write one JSON line a report."""
    for report in reports:
        out.write(json.dumps(report.to_json(), ensure_ascii=False) + "\n")


def _key(number: int) -> str:
    """Return A, B, ... Z, A1, B1, ... for 0, 1, ..."""
    turn, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(turn) if turn else "")


def _all(mention: IncidentMention, field: Field, kind: type[V]) -> tuple[Quoted[V], ...]:
    return tuple(
        Quoted(argument.value, argument.span.quote, argument.attribution)
        for argument in mention.of(field)
        if isinstance(argument.value, kind)
    )


def _words(mention: IncidentMention, field: Field) -> tuple[Quoted[str], ...]:
    """Return demands or motives: their value in this form is their words."""
    return tuple(
        Quoted(argument.span.quote, argument.span.quote, argument.attribution)
        for argument in mention.of(field)
    )


def _first(mention: IncidentMention, field: Field, kind: type[V]) -> Quoted[V] | None:
    argument = mention.first(field)
    if argument is None or not isinstance(argument.value, kind):
        return None
    quote = None if argument.inferred else argument.span.quote
    return Quoted(argument.value, quote, argument.attribution)
