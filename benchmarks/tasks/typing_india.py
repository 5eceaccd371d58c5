"""What police do, sentence by sentence: by the trained reader, the rules' phrases being one more vote.

Sentences of one document are read together, as the reader learned them; the rules' phrases are data
(language/en/police.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from dateline.extract.encoder import Part, Reader, is_shipped, reader_of, shipped_folder
from dateline.extract.phrases import PhraseList, PhraseText, phrases
from dateline.extract.reading import PoliceAction
from dateline.language import lexicon

Row = dict[str, Any]
# The probability from which a label is given, and what the rules' word counts; tuned on training documents.
FLOOR, RULES_SAY = 0.5, 0.2


@lru_cache(maxsize=1)
def _police() -> dict[str, PhraseList]:
    return {name: phrases(words) for name, words in lexicon("en", "police").items()}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the labels of each sentence."""
    reader = reader_of(shipped_folder()) if is_shipped() else None
    for _, group in groupby(rows, key=document_of):
        of_document = list(group)
        found = read_labels(reader, of_document) if reader else [labels(row["text"]) for row in of_document]
        for row, told in zip(of_document, found, strict=True):
            yield {"id": row["id"], "labels": told}


def document_of(row: Row) -> str:
    """Return the document of a sentence, which its id begins with: "71-3" is the fourth of document 71."""
    identifier = str(row["id"])
    return identifier.rpartition("-")[0] or identifier


def read_labels(reader: Reader, rows: Sequence[Row]) -> list[list[str]]:
    """Return the labels of the sentences of one document, in their order."""
    text, bounds = "", []
    for row in rows:
        bounds.append((len(text), len(text) + len(row["text"])))
        text += row["text"].replace("\n", " ") + "\n"
    read = {(s.start, s.end): s.police for s in reader.read(text, bounds, Part.STATEMENTS).read_sentences()}
    found = []
    for row, where in zip(rows, bounds, strict=True):
        by_rules = labels(row["text"])
        chances = {action.value: read.get(where, {}).get(action, 0.0) for action in PoliceAction}
        found.append([name for name, p in chances.items() if p + RULES_SAY * (name in by_rules) >= FLOOR])
    return found


def labels(text: str) -> list[str]:
    """Return the labels of one sentence by rules: KILL, ARREST, FAIL, FORCE and ANY_ACTION."""
    searched = PhraseText(text)
    said = {name for name, words in _police().items() if searched.first(words)}
    found = [name.upper() for name in ("force", "kill", "arrest", "fail") if name in said]
    if said & {"force", "kill", "arrest"} or {"actor", "action"} <= said:
        found.append("ANY_ACTION")
    return found
