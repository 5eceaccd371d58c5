"""An incident in one row: what flat formats show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from dateline.model import (
    UNKNOWN_DATE,
    Citation,
    DateRange,
    Field,
    Incident,
    Place,
    Resolution,
    Scope,
    What,
    Who,
)


def count_columns() -> Mapping[What, str]:
    """Return the name under which flat formats show each kind of count."""
    return {what: "perpetrator_number" if what is What.PERPETRATORS else what.value for what in What}


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen values of an incident, those of one field joined in one text.

    `counts` gives under each column of `count_columns` its totals side by side, "4; perpetrators 5":
    they are of different people and are not added up, since no report did so.
    """

    date: DateRange
    place: Place | None
    perpetrators: str
    targets: str
    weapons: str
    counts: Mapping[str, str]
    status: str
    claimed_by: str
    contested: str
    outlets: tuple[str, ...]
    first_published: str

    @classmethod
    def of(cls, incident: Incident, citations: Mapping[str, Citation]) -> Self:
        """Return the incident's row."""
        date, place = incident.value(Field.DATE), incident.value(Field.PLACE)
        reports = [citations[report_id] for report_id in incident.report_ids]
        return cls(
            date=date if isinstance(date, DateRange) else UNKNOWN_DATE,
            place=place if isinstance(place, Place) else None,
            perpetrators=_joined(incident.resolution(Field.PERPETRATOR)),
            targets=_joined(incident.resolution(Field.TARGET)),
            weapons=_joined(incident.resolution(Field.WEAPON)),
            counts={name: _totals(incident.counts(what)) for what, name in count_columns().items()},
            status=_joined(incident.resolution(Field.STATUS)),
            claimed_by=_joined(incident.resolution(Field.CLAIMED_BY)),
            contested="; ".join(r.slot.key for r in incident.resolutions if r.standing.value == "contested"),
            outlets=tuple(dict.fromkeys(report.name for report in reports)),
            first_published=min(
                (str(r.published.range.latest) for r in reports if r.published.range.latest), default=""
            ),
        )


def _joined(resolution: Resolution | None) -> str:
    return "; ".join(dict.fromkeys(map(str, resolution.values))) if resolution else ""


def _totals(resolutions: tuple[Resolution, ...]) -> str:
    return "; ".join(_total(r) for r in resolutions if r.values and r.slot.scope is Scope.TOTAL)


def _total(resolution: Resolution) -> str:
    who, whom = resolution.slot.who, resolution.slot.of_whom
    people = [who.value if who and who is not Who.UNSPECIFIED else "", whom.value if whom else ""]
    return " ".join(part for part in (*people, str(resolution.value)) if part)
