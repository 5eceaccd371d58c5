"""Named persons of a text: who is introduced with a title, an age or a given name, and is named again later.

Once a report has said "Mayor Ana Ruun" or "Ana Ruun, 34", it may go on with "Ruun" or "Ana" alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.actor_words import actor_words
from dateline.extract.speech_words import speech_words
from dateline.extract.words import Endings, Word, fold, folded, joined
from dateline.language import lexicon
from dateline.model import TargetCategory

_LONGEST_NAME = 5
_FULL_NAME = 2
_LONGEST_AGE = 2
_LONGEST_PASSIVE = 4  # words: "has since been shot"


@dataclass(frozen=True, slots=True)
class Person:
    """What a report says of a person when it first names them; None when it gives no station."""

    station: TargetCategory | None


@dataclass(frozen=True, slots=True)
class _Words:
    given: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]
    speech: frozenset[str]
    ordinary: frozenset[str]
    endings: tuple[str, ...]
    shouted: bool
    introductions: Endings
    done_to: Endings
    suffered: frozenset[str]
    auxiliaries: frozenset[str]
    titles: Mapping[TargetCategory, Endings]
    title_ends: frozenset[str]  # last words of titles
    short_titles: Mapping[str, TargetCategory]  # of one word: "Gen."


@lru_cache(maxsize=8)
def _words(language: str, shouted: bool) -> _Words:
    table = lexicon(language, "persons")
    titles = lexicon(language, "actors")["titles"]
    return _Words(
        given=frozenset(table["given"].split()),
        particles=frozenset(map(fold, table["particles"])),
        never=frozenset(map(fold, table["never"])),
        speech=frozenset(map(fold, table["speech"])),
        ordinary=_ordinary(language) if shouted else frozenset(),
        endings=tuple(table["endings"]),
        shouted=shouted,
        introductions=Endings(map(folded, table["introductions"])),
        done_to=Endings(map(folded, table["done_to"])),
        suffered=frozenset(map(fold, table["suffered"])),
        auxiliaries=frozenset(map(fold, table["auxiliaries"])),
        titles={TargetCategory(station): Endings(map(folded, listed)) for station, listed in titles.items()},
        title_ends=frozenset(folded(title)[-1] for listed in titles.values() for title in listed),
        short_titles={
            fold(title): TargetCategory(station)
            for station, listed in titles.items()
            for title in listed
            if " " not in title
        },
    )


def find_persons(text: str, found: Sequence[Word], language: str, shouted: bool = False) -> dict[str, Person]:
    """Return the persons of a text by each folded word that names one of them alone: first and last names.

    In a text that is `shouted` capitals mean nothing: names are then what stands behind a title or
    begins with a given name, up to the first word that is none.
    """
    known = _words(language, shouted)
    persons: dict[str, Person] = {}
    for start, end in _runs(text, found, known):
        station = _station(text, found, start, known)
        if station is None and not _is_person(text, found, start, end, known):
            continue
        person = Person(station)
        persons.setdefault(found[end - 1].folded, person)
        if end - start >= _FULL_NAME and len(found[start].folded) > _FULL_NAME:
            persons.setdefault(found[start].folded, person)
    return persons


def person_end(text: str, found: Sequence[Word], index: int, language: str, shouted: bool = False) -> int:
    """Return the end (exclusive) of the name that begins at word `index`."""
    return _run_end(text, found, index, _words(language, shouted))


def _runs(text: str, found: Sequence[Word], known: _Words) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(found):
        if not _can_name(found[index], known):
            index += 1
            continue
        end = _run_end(text, found, index, known)
        yield index, end
        index = end


def _can_name(word: Word, known: _Words) -> bool:
    if not word.is_capital or word.folded in known.never or word.folded in known.short_titles:
        return False
    if not known.shouted:
        return len(word.text) == 1 or not word.text.isupper()
    return word.folded not in known.ordinary and not word.folded.endswith(known.endings)


def _ordinary(language: str) -> frozenset[str]:
    """Return the words of the language's tables, none of which is a name in copy set in capitals."""
    actors, speech = actor_words(language, ()), speech_words(language)
    return frozenset().union(
        actors.adjectives,
        actors.definite,
        actors.indefinite,
        actors.numbers,
        actors.verbal,
        actors.locative,
        actors.never_names,
        actors.nouns.all_words(),
        actors.states.all_words(),
        speech.verbs.all_words(),
        speech.finite,
        speech.determiners,
        speech.clause,
        speech.adverbials,
        speech.adjuncts,
        speech.auxiliaries,
    )


def _run_end(text: str, found: Sequence[Word], start: int, known: _Words) -> int:
    end = last = start + 1
    while end < len(found) and end - start < _LONGEST_NAME and _continues(text, found, end):
        if _can_name(found[end], known):
            last = end + 1
        elif found[end].folded not in known.particles:
            break
        end += 1
    return last


def _continues(text: str, found: Sequence[Word], index: int) -> bool:
    gap = text[found[index - 1].end : found[index].start]
    return gap in (" ", "-", "\u00a0") or (gap == ". " and len(found[index - 1].text) == 1)


def _station(text: str, found: Sequence[Word], start: int, known: _Words) -> TargetCategory | None:
    """Return the station that a title before the name gives, or None."""
    if start == 0:
        return None
    gap = text[found[start - 1].end : found[start].start]
    if found[start - 1].folded not in known.title_ends:
        return None
    if gap == ". ":
        return known.short_titles.get(found[start - 1].folded)
    return next(
        (station for station, titles in known.titles.items() if titles.before(text, found, start) < start),
        None,
    )


def _is_person(text: str, found: Sequence[Word], start: int, end: int, known: _Words) -> bool:
    if known.shouted:
        return end - start >= _FULL_NAME and found[start].folded in known.given
    if start and known.introductions.before(text, found, start) < start and found[start - 1].text.islower():
        return True
    if end - start < _FULL_NAME:
        return False
    return (
        found[start].folded in known.given
        or _has_age(text, found, end)
        or _speaks(text, found, end, known)
        or _suffers(text, found, start, end, known)
    )


def _has_age(text: str, found: Sequence[Word], end: int) -> bool:
    """Return whether ", 34," or "(34)" stands behind a name."""
    if end >= len(found):
        return False
    age = found[end].text
    gap = text[found[end - 1].end : found[end].start]
    behind = text[found[end].end : found[end].end + 1]
    return (
        age.isdigit()
        and len(age) == _LONGEST_AGE
        and (gap, behind) in ((", ", ","), (" (", ")"), (", ", "."))
    )


def _suffers(text: str, found: Sequence[Word], start: int, end: int, known: _Words) -> bool:
    """Return whether the words say what befell a full name: "the death of Ana Ruun", "Ana Ruun was shot"."""
    if known.done_to.before(text, found, start) < start:
        return True
    behind = [word.folded for word in found[end : end + _LONGEST_PASSIVE]]
    verb = next((n for n, word in enumerate(behind) if word not in known.auxiliaries), 0)
    near = all(joined(text, found[end + n - 1], found[end + n]) for n in range(verb + 1)) if verb else False
    return near and behind[verb] in known.suffered


def _speaks(text: str, found: Sequence[Word], end: int, known: _Words) -> bool:
    if end >= len(found) or found[end].folded not in known.speech:
        return False
    return joined(text, found[end - 1], found[end]) or text[found[end - 1].end : found[end].start] == ", "
