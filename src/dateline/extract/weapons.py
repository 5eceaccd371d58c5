"""Words for what an incident was carried out with (language/*/weapons.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.language import lexicon
from dateline.model import IncidentType, Span, WeaponKind

REACH_OF_NO = 16  # characters before a weapon within which "no" denies it
_NO = re.compile(r"\b(?:no|without|not an?)\s+(?:\w+\s+)?$")

_BLASTS = frozenset(
    {
        WeaponKind.EXPLOSIVE,
        WeaponKind.CAR_BOMB,
        WeaponKind.GRENADE,
        WeaponKind.LANDMINE,
        WeaponKind.SUICIDE_BOMB,
    }
)
_ARMS = frozenset(
    {
        WeaponKind.FIREARM,
        WeaponKind.KNIFE_OR_BLADE,
        WeaponKind.GRENADE,
        WeaponKind.VEHICLE,
        WeaponKind.BLUNT_OR_BARE_HANDS,
        WeaponKind.FIRE,
    }
)
_NONE: frozenset[WeaponKind] = frozenset()

# What an incident of a type is carried out with: other weapons told beside it belong to other incidents.
OF_TYPE: dict[IncidentType, frozenset[WeaponKind]] = {
    IncidentType.SUICIDE_BOMBING: frozenset({WeaponKind.SUICIDE_BOMB, WeaponKind.CAR_BOMB}),
    IncidentType.BOMBING: _BLASTS,
    IncidentType.AIR_STRIKE: frozenset({WeaponKind.AIRCRAFT_OR_DRONE}),
    IncidentType.SHELLING: frozenset({WeaponKind.ROCKET_OR_MORTAR, WeaponKind.CHEMICAL}),
    IncidentType.ARMED_ASSAULT: _ARMS,
    IncidentType.ARMED_CLASH: frozenset({WeaponKind.FIREARM, WeaponKind.ROCKET_OR_MORTAR}),
    IncidentType.ARREST: _NONE,
    IncidentType.PROTEST: _NONE,
    IncidentType.ARSON: frozenset({WeaponKind.FIRE, WeaponKind.EXPLOSIVE}),
}


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """Words that name a weapon or a means, and its kind."""

    span: Span
    kind: WeaponKind


@lru_cache(maxsize=8)
def _weapons(language: str) -> tuple[tuple[WeaponKind, PhraseList], ...]:
    return tuple((WeaponKind(kind), phrases(words)) for kind, words in lexicon(language, "weapons").items())


def find_weapons(searched: PhraseText, language: str = "en") -> tuple[WeaponMention, ...]:
    """Return the weapons in a text, in its order; one stretch of words may name two kinds.

    "Suicide car bomb" is both a suicide and a car bomb, while the plain "bomb" inside it adds no
    kind of its own, and "no firearms" none at all.
    """
    found: list[WeaponMention] = []
    for kind, words in _weapons(language):
        for _, match in searched.every(words):
            span = Span.of(searched.text, *match.span())
            if not _is_plain_part(span, kind, found) and not _is_denied(searched.low, span):
                found.append(WeaponMention(span, kind))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end)))


def _is_denied(low: str, span: Span) -> bool:
    return _NO.search(low, max(0, span.start - REACH_OF_NO), span.start) is not None


def _is_plain_part(span: Span, kind: WeaponKind, found: list[WeaponMention]) -> bool:
    """Return whether a more specific kind already covers the words; the lexicon lists those first."""
    specific = (WeaponKind.SUICIDE_BOMB, WeaponKind.CAR_BOMB)
    return any(other.span.covers(span) and other.kind is not kind and kind not in specific for other in found)
