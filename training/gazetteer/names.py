"""Which names of a place are worth keeping, and which of them is its common English one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from dateline.gazetteer.folding import fold, without_article
from training.gazetteer.sources import by_hand

LONGEST = 40
SMALL = 3_000  # people
_LATIN = re.compile(r"[A-ZÀ-ÞĀ-ɏḀ-ỿʻʼ‘’'][A-Za-zÀ-ɏḀ-ỿʻʼ‘’'`. \-–()]*$")
_GENERIC = (
    "Province|Governorate|Oblast|Oblast'|Krai|Kray|Republic|State|Department|District|Prefecture|County|"
    "Municipality|Region|Division|Voivodeship|Canton|Parish"
)
_TRAILING = re.compile(rf" (?:{_GENERIC})$", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:Provincia de|Departamento del?|Departamento de la|Estado de|Muḩāfaz̧at|Muhafazat|Muḩāfaz̧at al|"
    r"Wilayat|Wilaya de|Ostān-e|Gouvernorat de|Région de|Republic of|Province of|State of|County of) "
)
_MARKS = re.compile("[ʻʼʽ‘’`]")


@lru_cache(maxsize=2)
def _listed(table: str, key: str) -> frozenset[str]:
    return frozenset(by_hand("naming")[table][key].split())


def is_written(name: str) -> bool:
    """Return whether English text may write the place so: Latin script, capitalised, not a code."""
    is_code = name.isupper() and len(name) <= 4
    return len(name) <= LONGEST and not is_code and bool(_LATIN.match(name))


def bare(unit: str) -> str:
    """Return a unit's name without "Province", "Oblast" ..., unless only a direction would be left."""
    short = _LEADING.sub("", _TRAILING.sub("", unit))
    return short if short and set(fold(short).split()) - _listed("bare", "words") else unit


def is_arabic(country: str) -> bool:
    """Return whether a country's names are transliterated from Arabic script."""
    return country in _listed("transliterated", "arabic")


def plain(name: str, country: str) -> str:
    """Return a transliterated name as English text writes it ("Ḩamāh": "Hamah")."""
    if not is_arabic(country):
        return name
    letters = unicodedata.normalize("NFKD", _MARKS.sub("", name))
    return "".join(c for c in letters if not unicodedata.combining(c))


def written(names: Iterable[str], country: str, population: int) -> Iterator[str]:
    """Yield the alternate names worth keeping, and in Arabic-script countries also without the article."""
    arabic = is_arabic(country)
    if population < SMALL and not arabic and country not in _listed("transliterated", "other"):
        return
    for name in filter(is_written, names):
        yield name
        if arabic and (rest := without_article(fold(name))):
            yield rest


def foldings(names: Iterable[str]) -> list[str]:
    """Return the distinct folded forms of `names` that can be looked up, in order."""
    folded = (fold(name) for name in names if name and len(name) <= LONGEST)
    return sorted({name for name in folded if len(name) >= 2})
