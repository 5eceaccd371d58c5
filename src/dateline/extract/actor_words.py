"""The nouns, names and modifiers that actors are made of, from the language's table and the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateline.extract.words import Endings, Phrases, fold, folded
from dateline.language import lexicon
from dateline.model import PerpetratorCategory, TargetCategory, Who
from dateline.ontology import Group, Ontology, State, ontology

_WORD = re.compile(r"\w+")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


class Needs(StrEnum):
    """What must stand before a noun for it to be an actor."""

    SIDE = "side"  # a state or a side: "regime air strikes"
    DETERMINER = "determiner"  # in the singular: "a hostage", not "taken hostage"


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says of whom it names; `head` is its singular.

    `alone` is the category of one such perpetrator, `force` what a state's adjective makes a name
    with ("Armed Forces"), `needs` what must stand before it, and `place` the kind of site that a
    report must speak of.
    """

    head: str
    plural: bool = False
    perpetrator: PerpetratorCategory | None = None
    alone: PerpetratorCategory | None = None
    target: TargetCategory | None = None
    who: Who | None = None
    force: str | None = None
    needs: Needs | None = None
    place: str | None = None
    is_mass: bool = False


@dataclass(frozen=True, slots=True)
class GroupName:
    """A name of a group as it is written, word by word, for the rules of capitals."""

    group: Group
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Everything that the finder looks up."""

    nouns: Phrases[Noun]
    groups: Phrases[GroupName]
    states: Phrases[State]
    adjectives: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    numbers: frozenset[str]
    verbal: frozenset[str]
    sides: frozenset[str]
    locative: frozenset[str]
    loose_names: frozenset[str]
    shouted_words: frozenset[str]
    never_names: frozenset[str]
    bounds: Endings
    introductions: Endings
    joints: Phrases[bool]
    complements: Phrases[bool]
    modifier_class: Mapping[str, PerpetratorCategory]
    group_heads: Mapping[str, PerpetratorCategory]
    not_groups: frozenset[tuple[str, ...]]
    places: frozenset[str]
    first_words: frozenset[str]  # of nouns and of groups' names


@lru_cache(maxsize=8)
def actor_words(language: str, folders: tuple[Path, ...]) -> ActorWords:
    """Return the compiled words of a language with the groups of the shipped and the user's ontology."""
    table = lexicon(language, "actors")
    known = ontology(folders)
    modifiers = table["modifiers"]
    nouns, groups = _nouns(table, known), _groups(known)
    return ActorWords(
        nouns=nouns,
        groups=groups,
        states=_states(known),
        adjectives=_folded_set(modifiers["adjectives"]),
        definite=_folded_set(modifiers["definite"]),
        indefinite=_folded_set(modifiers["indefinite"]),
        numbers=number_words(language),
        verbal=_folded_set(modifiers["verbal"]),
        sides=_folded_set(modifiers["sides"]),
        locative=_folded_set(modifiers["locative"]),
        loose_names=_folded_set(modifiers["loose_names"]),
        shouted_words=_folded_set(modifiers["shouted_words"]),
        never_names=_folded_set(modifiers["never_names"]),
        bounds=Endings(map(folded, modifiers["bounds"])),
        introductions=Endings(map(folded, table["unknown_groups"]["introductions"])),
        joints=_phrases(modifiers["joints"]),
        complements=_phrases(modifiers["complements"]),
        modifier_class={
            fold(word): PerpetratorCategory(name) for word, name in table["modifier_class"].items()
        },
        group_heads=_group_heads(table["unknown_groups"]),
        not_groups=frozenset(map(folded, table["unknown_groups"]["not_groups"])),
        places=frozenset(entry["place"] for entry in table["class"] if "place" in entry),
        first_words=nouns.first_words() | groups.first_words(),
    )


def _folded_set(listed: list[str]) -> frozenset[str]:
    return frozenset(map(fold, listed))


def _phrases(listed: list[str]) -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases()
    for phrase in listed:
        phrases.add(folded(phrase), True)
    return phrases


def number_words(language: str) -> frozenset[str]:
    """Return the folded words that are numbers or parts of numbers."""
    table = lexicon(language, "numbers")
    known = {"hundred", "dozen", "hundreds", "dozens", "scores", "half"}
    return frozenset(known.union(table["units"], table["teens"], table["tens"], table["scales"]))


def _group_heads(table: Mapping[str, list[str]]) -> dict[str, PerpetratorCategory]:
    return {
        head: category
        for category in PerpetratorCategory
        for head in map(fold, table.get(category.value, ()))
    }


def _nouns(table: Mapping[str, Any], known: Ontology) -> Phrases[Noun]:
    by_phrase: dict[tuple[str, ...], list[Noun]] = {}
    for phrase, noun in (*_site_nouns(known), *_class_nouns(table)):
        by_phrase.setdefault(phrase, []).insert(0, noun)
    nouns: Phrases[Noun] = Phrases()
    for phrase, candidates in by_phrase.items():
        for noun in candidates:
            nouns.add(phrase, noun)
    return nouns


def _site_nouns(known: Ontology) -> Iterator[tuple[tuple[str, ...], Noun]]:
    for site in known.sites.values():
        for word in (site.word, *site.words):
            noun = Noun(head=word, target=site.target)
            yield folded(word), noun
            yield folded(_plural(word)), replace(noun, plural=True)


def _class_nouns(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Noun]]:
    for entry in table["class"]:
        pattern = _pattern(entry)
        for written in entry.get("nouns", ()):
            singular, _, plural = written.partition("/")
            yield folded(singular), replace(pattern, head=singular)
            yield folded(plural or _plural(singular)), replace(pattern, head=singular, plural=True)
        for written in entry.get("plurals", ()):
            yield folded(written), replace(pattern, head=written, plural=True, is_mass=True)


def _pattern(entry: Mapping[str, Any]) -> Noun:
    return Noun(
        head="",
        perpetrator=PerpetratorCategory(entry["perpetrator"]) if "perpetrator" in entry else None,
        alone=PerpetratorCategory(entry["alone"]) if "alone" in entry else None,
        target=TargetCategory(entry["target"]) if "target" in entry else None,
        who=Who(entry["who"]) if "who" in entry else None,
        force=entry.get("force"),
        needs=Needs(entry["needs"]) if "needs" in entry else None,
        place=entry.get("place"),
    )


def _plural(singular: str) -> str:
    if singular.endswith(_SIBILANTS):
        return singular + "es"
    if singular.endswith("y") and singular[-2] not in "aeiou":
        return singular[:-1] + "ies"
    return singular + "s"


def _groups(known: Ontology) -> Phrases[GroupName]:
    names: Phrases[GroupName] = Phrases()
    for group in known.groups.values():
        for written in dict.fromkeys((group.name, *group.aliases)):
            names.add(folded(written), GroupName(group, tuple(_WORD.findall(written))))
    return names


def _states(known: Ontology) -> Phrases[State]:
    names: Phrases[State] = Phrases()
    for state in known.states.values():
        for written in dict.fromkeys((state.name, *state.adjectives, *state.others)):
            names.add(folded(written), state)
    return names
