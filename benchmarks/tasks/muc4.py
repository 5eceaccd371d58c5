"""MUC-4 templates: by the trained reader's own heads for them, else from incident mentions.

MUC-4 has rules of its own for what is an incident and which words fill a slot; the reader learned them
from its training templates. Date, place and stage come from the incident mentions of the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.documents import documents
from dateline.extract.actors import find_actors
from dateline.extract.encoder import Part, is_shipped, reader_of, shipped_folder
from dateline.extract.joining import clusters
from dateline.extract.read_text import Marking, ReadText
from dateline.extract.reader import shipped_extractor
from dateline.extract.reading import MucType, Role, RoleSpan
from dateline.extract.sentences import sentences
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


# The probabilities from which a fill is taken and two fills are of one template (tuned on the open dev part).
TOGETHER, FILL, GOES_ON = 0.8, 0.45, 0.2
SLOTS = {
    Role.MUC_INDIVIDUAL: "PerpInd",
    Role.MUC_ORGANISATION: "PerpOrg",
    Role.MUC_TARGET: "Target",
    Role.MUC_VICTIM: "Victim",
    Role.MUC_WEAPON: "Weapon",
}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the templates of each document."""
    yield from (by_reader if is_shipped() else by_rules)(rows)


def by_reader(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the templates that the reader's own heads for MUC-4 make."""
    extractor, countries = shipped_extractor(), Gazetteer.shipped()
    reader = reader_of(shipped_folder())
    for row, document in documents(rows):
        read = reader.read(document.text, sentences(document.text), Part.STATEMENTS)
        mentions = extractor.extract(document)
        yield {"id": row["id"], "templates": [filled(t, mentions, countries) for t in templates(read)]}


@dataclass(frozen=True, slots=True)
class Template:
    """Fills that belong together, and the type that they speak for most."""

    type: MucType
    fills: tuple[RoleSpan, ...]


def templates(read: ReadText) -> list[Template]:
    """Return the fills of a document in groups, in the order of the text."""
    fills = read.runs(*SLOTS, marking=Marking(FILL, GOES_ON))
    if not fills:
        return []
    types, links = read.templates(fills)
    found = []
    for group in clusters(links, TOGETHER):
        votes = sum(fills[at].score * types[at] for at in group)
        members = tuple(fills[at] for at in sorted(group))
        found.append(Template(list(MucType)[int(np.argmax(votes))], members))
    return sorted(found, key=lambda template: template.fills[0].span.start)


def filled(template: Template, mentions: Sequence[IncidentMention], countries: Gazetteer) -> Row:
    """Return a template in MUC-4's form, dated and placed by the mention that tells of it."""
    slots = {
        slot: [[words] for words in entities(fill for fill in template.fills if fill.role is role)]
        for role, slot in SLOTS.items()
    }
    told = max(mentions, key=lambda mention: _shared(template, mention), default=None)
    is_told = told is not None and _shared(template, told) > 0
    return {
        "incident_type": template.type.value,
        **slots,
        "date": date(told) if told is not None and is_told else None,
        "location": location(told, countries) if told is not None and is_told else None,
        "stage": STAGES.get(told.reality, "ACCOMPLISHED") if told is not None and is_told else "ACCOMPLISHED",
    }


def _shared(template: Template, mention: IncidentMention) -> int:
    return sum(
        any(start <= fill.span.start < end for start, end in mention.sentences) for fill in template.fills
    )


def entities(fills: Iterable[RoleSpan]) -> list[str]:
    """Return each entity once, by its longest name: "FMLN" and "Oqueli" are said of fuller names."""
    kept: list[str] = []
    for words in sorted({fill.span.quote for fill in fills}, key=lambda quote: (-len(quote), quote)):
        if not any(_is_short_for(words, name) for name in kept):
            kept.append(words)
    return kept


def _is_short_for(words: str, name: str) -> bool:
    parts = name.lower().split()
    is_part = set(words.lower().split()) <= set(parts)
    initials = "".join(part[0] for part in parts if part not in ("of", "the", "for", "and", "de", "la"))
    return is_part or words.lower() == initials


def by_rules(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the templates that the incident mentions make."""
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
