"""The verbs and other words that report speech, compiled from the language's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from dateline.extract.actor_words import number_words
from dateline.extract.words import Phrases, fold, folded
from dateline.language import lexicon
from dateline.model import SpeakerKind

_VOWELS = "aeiou"


class Manner(StrEnum):
    """What a verb of speech does with what is said."""

    ASSERTS = "asserts"
    DOUBTS = "doubts"
    THINKS = "thinks"
    DENIES = "denies"


class Form(StrEnum):
    """The form of a verb, as far as spelling tells."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of speech; `tells` says that the one who is told may stand behind it."""

    base: str
    form: Form
    manner: Manner
    tells: bool = False


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """Everything that the finder of statements looks up."""

    verbs: Phrases[Verb]
    according: Phrases[bool]
    impersonal: Phrases[bool]
    afterwards: Phrases[bool]
    hedges: frozenset[str]
    cue_words: frozenset[str]  # that a cue begins with
    doubt: frozenset[str]
    auxiliaries: frozenset[str]
    takes: Mapping[str, frozenset[str]]
    core: frozenset[str]
    not_said: Mapping[str, frozenset[str]]
    ending: frozenset[str]
    naming: frozenset[str]
    abbreviations: frozenset[str]
    clause: frozenset[str]
    relative: frozenset[str]
    adverbials: frozenset[str]
    adjuncts: frozenset[str]
    pronouns: frozenset[str]
    times: frozenset[str]
    finite: frozenset[str]
    determiners: frozenset[str]
    openers: frozenset[str]
    inner: frozenset[str]
    listeners: frozenset[str]
    outlets: Phrases[str]
    monitors: Phrases[str]
    speaking_places: Phrases[str]
    outlet_words: frozenset[str]
    roles: frozenset[str]
    speaking_for: frozenset[str]
    vouching: frozenset[str]
    tallying: frozenset[str]
    tally_words: frozenset[str]
    kinds: Mapping[str, SpeakerKind]
    kind_phrases: Phrases[SpeakerKind]
    kind_words: frozenset[str]
    adjectives: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=8)
def speech_words(language: str) -> SpeechWords:
    """Return the compiled words of a language."""
    table = lexicon(language, "speech")
    cues, bounds, names = table["cues"], table["boundaries"], table["names"]
    verbs, according, impersonal = _verbs(table), _phrases(cues["according"]), _phrases(cues["impersonal"])
    hedges, tallying = _folded_set(cues["hedges"]), _folded_set(cues["tallying"])
    return SpeechWords(
        verbs=verbs,
        according=according,
        impersonal=impersonal,
        afterwards=_phrases(cues["afterwards"]),
        hedges=hedges,
        cue_words=hedges.union(
            tallying, verbs.first_words(), according.first_words(), impersonal.first_words()
        ),
        doubt=_folded_set(table["doubt"]["words"]),
        auxiliaries=_folded_set(cues["auxiliaries"]),
        takes={base: _folded_set(listed) for base, listed in cues["takes"].items()},
        core=frozenset(cues["core"]),
        not_said={base: _folded_set(listed) for base, listed in cues["not_said"].items()},
        ending=frozenset(cues["ending"]),
        naming=frozenset(cues["naming"]),
        abbreviations=frozenset(lexicon(language, "sentences")["abbreviations"]),
        clause=_folded_set(bounds["clause"]),
        relative=_folded_set(bounds["relative"]),
        adverbials=_folded_set(bounds["adverbials"]),
        adjuncts=_folded_set(bounds["adjuncts"]),
        pronouns=_folded_set(bounds["pronouns"]),
        times=_folded_set(bounds["times"]),
        finite=_folded_set(bounds["finite"]),
        determiners=_folded_set(bounds["determiners"]),
        openers=_folded_set(bounds["openers"]),
        inner=_folded_set(bounds["inner"]),
        listeners=_folded_set(bounds["listeners"]),
        outlets=_names(names["outlets"]),
        monitors=_names(names["monitors"]),
        speaking_places=_names(names["places_that_speak"]),
        outlet_words=_folded_set(names["outlet_words"]),
        roles=_folded_set(table["roles"]),
        speaking_for=_folded_set(table["speaking_for"]),
        vouching=frozenset(cues["vouching"]),
        tallying=tallying,
        tally_words=_folded_set(cues["tally_words"]),
        kinds=_kinds(table["speakers"]),
        kind_phrases=_kind_phrases(table["speakers"]),
        kind_words=frozenset(
            word for listed in table["speakers"].values() for phrase in listed for word in folded(phrase)
        ),
        adjectives=_folded_set(lexicon(language, "actors")["modifiers"]["adjectives"]),
        numbers=number_words(language),
    )


def _folded_set(listed: list[str]) -> frozenset[str]:
    return frozenset(map(fold, listed))


def _phrases(listed: list[str]) -> Phrases[bool]:
    phrases: Phrases[bool] = Phrases()
    for phrase in listed:
        phrases.add(folded(phrase), True)
    return phrases


def _names(listed: list[str]) -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for name in dict.fromkeys(listed):
        phrases.add(folded(name), name)
    return phrases


def _kinds(table: Mapping[str, list[str]]) -> dict[str, SpeakerKind]:
    return {
        fold(word): SpeakerKind(kind) for kind, listed in table.items() for word in listed if " " not in word
    }


def _kind_phrases(table: Mapping[str, list[str]]) -> Phrases[SpeakerKind]:
    phrases: Phrases[SpeakerKind] = Phrases()
    for kind, listed in table.items():
        for phrase in listed:
            if " " in phrase:
                phrases.add(folded(phrase), SpeakerKind(kind))
    return phrases


def _verbs(table: Mapping[str, Any]) -> Phrases[Verb]:
    telling = frozenset(table["cues"]["telling"])
    verbs: Phrases[Verb] = Phrases()
    seen: set[tuple[tuple[str, ...], Form]] = set()
    for manner in Manner:
        for written in table["verbs"][manner.value]:
            base = written.split("/")[0]
            for form, spelling in _forms(written):
                key = folded(spelling)
                if (key, form) not in seen:
                    seen.add((key, form))
                    verbs.add(key, Verb(base, form, manner, base in telling))
    return verbs


def _forms(written: str) -> Iterator[tuple[Form, str]]:
    """Yield the forms of "base/third/past/participle/ing"; what is missing is made from the base."""
    base, *given = written.split("/")
    third, past = (*given, *[""] * 2)[:2]
    participle, ing = (*given, *[""] * 4)[2:4]
    past = past or _ended(base, "ed")
    yield Form.BASE, base
    yield Form.THIRD, third or _third(base)
    yield Form.PAST, past
    yield Form.PARTICIPLE, participle or past
    yield Form.ING, ing or _ended(base, "ing")


def _third(base: str) -> str:
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _ended(base: str, ending: str) -> str:
    if base.endswith("e") and not base.endswith("ee") and ending[0] in _VOWELS:
        return base[:-1] + ending
    return base + ending
