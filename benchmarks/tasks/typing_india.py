"""What police do, sentence by sentence, by phrases (language/en/police.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.language import lexicon

Row = dict[str, Any]


@lru_cache(maxsize=1)
def _police() -> dict[str, PhraseList]:
    return {name: phrases(words) for name, words in lexicon("en", "police").items()}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the labels of each sentence."""
    for row in rows:
        yield {"id": row["id"], "labels": labels(row["text"])}


def labels(text: str) -> list[str]:
    """Return the labels of one sentence: KILL, ARREST, FAIL, FORCE and ANY_ACTION."""
    searched = PhraseText(text)
    said = {name for name, words in _police().items() if searched.first(words)}
    found = [name.upper() for name in ("force", "kill", "arrest", "fail") if name in said]
    if said & {"force", "kill", "arrest"} or {"actor", "action"} <= said:
        found.append("ANY_ACTION")
    return found
