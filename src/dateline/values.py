"""An incident's values at a glance: when, where, how many, and the order of time."""

from __future__ import annotations

from datetime import date

from dateline.model import Count, DateRange, Field, Incident, Place, What, Who


def date_of(incident: Incident) -> DateRange:
    """Return when the incident began, as far as anything says so."""
    found = incident.value(Field.DATE)
    return found if isinstance(found, DateRange) else DateRange(None, None)


def place_of(incident: Incident) -> Place:
    """Return where it happened, as far as anything says so."""
    found = incident.value(Field.PLACE)
    return found if isinstance(found, Place) else Place()


def country_of(incident: Incident) -> str | None:
    """Return the ISO 3166 code of the country where it happened, or None."""
    return place_of(incident).country


def toll(incident: Incident, what: What) -> tuple[int, int | None] | None:
    """Return the whole number of one kind as (low, high), or None when nothing is said.

    That is the number of people without a side when one is given, else the sum of the sides, which
    reports give without a sum (codebook, section 4).
    """
    counts = [r.value for r in incident.counts(what) if isinstance(r.value, Count)]
    whole = [count for count in counts if count.who is Who.UNSPECIFIED and count.of_whom is None]
    added = whole or [count for count in counts if count.of_whom is None]
    if not added:
        return None
    highs = [count.high for count in added]
    high = None if None in highs else sum(n for n in highs if n is not None)
    return sum(count.low or 0 for count in added), high


def chronological(incident: Incident) -> tuple[date, date, str]:
    """Return the key that sorts incidents by time, those without a date last."""
    when = date_of(incident)
    latest = when.latest or when.earliest or date.max
    return latest, when.earliest or latest, incident.id
