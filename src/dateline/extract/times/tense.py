"""Whether a sentence looks back or ahead: it decides which Friday, or which March, is meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from dateline.extract.patterns import any_of
from dateline.extract.times.reading import Heading
from dateline.language import lexicon


@lru_cache(maxsize=8)
def _cues(language: str) -> re.Pattern[str]:
    tense = lexicon(language, "calendar")["tense"]
    future, past = any_of(tense["future"]), any_of(tense["past"])
    return re.compile(
        rf"(?P<future>(?:\b(?=[a-z])|(?=['’]))(?:{future})\b)|\b(?:(?P<past>{past})|(?P<ed>\w{{2,}}ed))\b",
        re.IGNORECASE,
    )


class Headings:
    """The headings of a text's sentences, read once for each sentence that asks."""

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]], language: str) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._language = language
        self._known: dict[int, tuple[list[int], list[Heading]]] = {}

    def at(self, position: int) -> Heading:
        """Return where the sentence looks at `position`: by the nearest verb before, else the first after."""
        index = bisect_right(self._starts, position) - 1
        places, headings = self._cues_of(index) if index >= 0 else ([], [])
        if not headings:
            return Heading.PAST
        return headings[max(bisect_left(places, position) - 1, 0)]

    def _cues_of(self, index: int) -> tuple[list[int], list[Heading]]:
        if index not in self._known:
            start, end = self._sentences[index]
            not_past = lexicon(self._language, "calendar")["tense"]["not_past"]
            cues = [
                cue
                for cue in _cues(self._language).finditer(self._text, start, end)
                if not (cue["ed"] and cue["ed"].lower() in not_past) and cue[0] != "May"
            ]
            self._known[index] = (
                [cue.start() for cue in cues],
                [Heading.FUTURE if cue["future"] else Heading.PAST for cue in cues],
            )
        return self._known[index]
