"""Words that tell of an incident, and of which type (language/*/triggers.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.language import lexicon
from dateline.model import IncidentType, Span

# How much a trigger weighs as evidence of its type. Only the order matters to the rules.
WEIGHTS = {"strong": 1.0, "plain": 0.7, "weak": 0.3}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an incident, and the weight in 0 to 1 with which they say its type."""

    span: Span
    type: IncidentType
    weight: float


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The phrases of all types in one list, and what each of them says; those that say nothing."""

    triggers: PhraseList
    meanings: tuple[tuple[IncidentType, float], ...]
    excluded: PhraseList


@lru_cache(maxsize=8)
def _triggers(language: str) -> _Lexicon:
    table = lexicon(language, "triggers")
    entries = [
        (kind, weight, words)
        for kind in IncidentType
        for strength, weight in WEIGHTS.items()
        for words in table[kind.value][strength]
    ]
    return _Lexicon(
        phrases(words for _, _, words in entries),
        tuple((kind, weight) for kind, weight, _ in entries),
        phrases(table["not_before"]["words"]),
    )


def find_triggers(searched: PhraseText, language: str = "en") -> tuple[Trigger, ...]:
    """Return the triggers of a text in its order; of triggers that overlap, the heaviest and longest."""
    known = _triggers(language)
    found = [
        Trigger(Span.of(searched.text, *match.span()), *known.meanings[number])
        for number, match in searched.every(known.triggers)
    ]
    barred = [match.span() for _, match in searched.every(known.excluded)]
    return _without_overlaps([t for t in found if not _inside(t, barred)])


def _inside(trigger: Trigger, barred: list[tuple[int, int]]) -> bool:
    return any(start <= trigger.span.start and trigger.span.end <= end for start, end in barred)


def _without_overlaps(found: list[Trigger]) -> tuple[Trigger, ...]:
    """Keep the heaviest of overlapping triggers; of equals the longest, then the one of higher precedence."""

    def rank(trigger: Trigger) -> tuple[float, int, int, int]:
        length = trigger.span.end - trigger.span.start
        return (-trigger.weight, -length, trigger.type.precedence, trigger.span.start)

    taken: set[int] = set()
    kept: list[Trigger] = []
    for trigger in sorted(found, key=rank):
        letters = range(trigger.span.start, trigger.span.end)
        if taken.isdisjoint(letters):
            taken.update(letters)
            kept.append(trigger)
    return tuple(sorted(kept, key=lambda trigger: trigger.span.start))
