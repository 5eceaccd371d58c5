"""Incidents that reports are about, one row each, with date, place and tolls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.casebook import Told, incidents
from dateline.model import DateRange, Field, Place, What
from dateline.model.comparison import is_area
from dateline.reconcile import gtd_toll

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one row an incident; each report stands once, under its main incident.

    The data set codes accidents and suicides with firearms, so they are asked for.
    """
    for told in incidents(rows, accidents=True):
        yield as_row(told)


def as_row(told: Told) -> Row:
    """Return an incident in the form of the scorer.

    The data set counts nobody as 0 where nothing is said, perpetrators included, as GTD counts them.
    """
    where, when = told.incident.value(Field.PLACE), told.incident.value(Field.DATE)
    place = where if isinstance(where, Place) else Place()
    return {
        "incident_id": told.incident.id,
        "docs": list(told.rows),
        "date": _day(when) if isinstance(when, DateRange) else None,
        "city": None if is_area(place) else place.town or place.name,
        "admin1": place.admin1,
        "country": place.country,
        "lat": place.latitude,
        "lon": place.longitude,
        "killed": gtd_toll(told.incident).total or 0,
        "wounded": gtd_toll(told.incident, What.WOUNDED).total or 0,
    }


def _day(when: DateRange) -> str | None:
    """Return the last day that is possible, since the form has no room for a range.

    Most ranges are the day of a report and the one before, and news is more often of the day itself.
    """
    day = when.latest or when.earliest
    return day.isoformat() if day else None
