"""Words that tell of an incident, and of which type (language/*/triggers.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.phrases import Phrase, lowered, phrases
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
    entries: tuple[tuple[IncidentType, float, Phrase], ...]
    excluded: tuple[Phrase, ...]


@lru_cache(maxsize=8)
def _triggers(language: str) -> _Lexicon:
    table = lexicon(language, "triggers")
    entries = tuple(
        (kind, weight, phrase)
        for kind in IncidentType
        for strength, weight in WEIGHTS.items()
        for phrase in phrases(table[kind.value][strength])
    )
    return _Lexicon(entries, phrases(table["not_before"]["words"]))


def find_triggers(text: str, language: str = "en") -> tuple[Trigger, ...]:
    """Return the triggers of a text in its order; of triggers that overlap, the heaviest and longest."""
    low = lowered(text)
    known = _triggers(language)
    found = [
        Trigger(Span.of(text, match.start(), match.end()), kind, weight)
        for kind, weight, phrase in known.entries
        for match in phrase.finditer(low)
    ]
    barred = [match.span() for phrase in known.excluded for match in phrase.finditer(low)]
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
