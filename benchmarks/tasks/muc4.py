"""MUC-4 templates from incident mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.documents import documents
from dateline.extract.actors import find_actors
from dateline.extract.reader import shipped_extractor
from dateline.gazetteer import Gazetteer
from dateline.model import (
    Actor,
    Argument,
    Count,
    Field,
    IncidentMention,
    IncidentType,
    Reality,
    Span,
    TargetCategory,
)
from dateline.ontology import ontology

Row = dict[str, Any]

# MUC-4 asks for acts of terrorism: fighting between armies and rebels, and what the state does, are none.
NOT_ASKED = frozenset(
    {
        IncidentType.ARREST,
        IncidentType.PROTEST,
        IncidentType.RIOT,
        IncidentType.SECURITY_OPERATION,
        IncidentType.ARMED_CLASH,
        IncidentType.PRISON_RIOT,
    }
)
THINGS = frozenset(
    {
        TargetCategory.BUSINESS,
        TargetCategory.TRANSPORT,
        TargetCategory.INFRASTRUCTURE,
        TargetCategory.DIPLOMATIC,
        TargetCategory.OTHER,
    }
)
NAMED_PERSON = "name"  # the head of a mention of a named person
STAGES = {Reality.ACTUAL: "ACCOMPLISHED", Reality.FOILED: "ATTEMPTED", Reality.PLANNED: "THREATENED"}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the templates of each document."""
    extractor = shipped_extractor()
    countries = Gazetteer.shipped()
    for row, document in documents(rows):
        mentions = extractor.extract(document)
        names = [actor.span for actor in find_actors(document.text) if actor.head == NAMED_PERSON]
        asked = [mention for mention in mentions if mention.type not in NOT_ASKED]
        yield {"id": row["id"], "templates": [template(m, countries, names) for m in asked]}


def template(mention: IncidentMention, countries: Gazetteer, names: Sequence[Span]) -> Row:
    """Return one mention as a template."""
    return {
        "incident_type": ontology().types[mention.type].muc4 or "ATTACK",
        "PerpInd": [[a.value.words] for a in actors(mention, Field.PERPETRATOR) if not a.value.name],
        "PerpOrg": [[a.value.words] for a in actors(mention, Field.PERPETRATOR) if a.value.name],
        "Target": [[a.value.words] for a in actors(mention, Field.TARGET) if a.value.category in THINGS],
        "Victim": [[name] for name in named_victims(mention, names)],
        "Weapon": [[a.span.quote] for a in mention.of(Field.WEAPON)],
        "date": date(mention),
        "location": location(mention, countries),
        "stage": STAGES.get(mention.reality, "ACCOMPLISHED"),
    }


def actors(mention: IncidentMention, field: Field) -> list[Argument]:
    """Return the arguments of a field whose values are actors."""
    return [a for a in mention.of(field) if isinstance(a.value, Actor)]


def named_victims(mention: IncidentMention, names: Sequence[Span]) -> list[str]:
    """Return the names of people inside the words for targets and for single people counted."""
    suffered = [a.span for a in mention.of(Field.TARGET)]
    suffered += [a.span for a in mention.of(Field.COUNT) if isinstance(a.value, Count) and a.value.low == 1]
    return list(dict.fromkeys(name.quote for name in names for span in suffered if span.overlaps(name)))


def date(mention: IncidentMention) -> str | None:
    """Return the date in MUC-4's form."""
    range_ = mention.date
    if not range_.is_known:
        return None
    if range_.is_day:
        return str(range_.earliest)
    return f"{range_.earliest or '..'}/{range_.latest or '..'}"


def location(mention: IncidentMention, countries: Gazetteer) -> Row | None:
    """Return country and places, coarse to fine."""
    place = mention.place
    if place is None or place.country is None:
        return None
    names = [n for n in dict.fromkeys((place.admin1, place.name)) if n]
    return {"country": country_name(countries, place.country), "places": names}


def country_name(countries: Gazetteer, code: str) -> str:
    """Return a country's English name, or its code when the gazetteer does not know it."""
    found = countries.country(code)
    return found.name if found else code
