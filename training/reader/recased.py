"""Texts that come in capitals alone, written as news is: each word as the other reports write it.

Only MUC-4 needs this. The recased text has the length of its original, so that offsets stand in both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS_SENTENCE = re.compile(r"(?:[.!?:][\"”')\]]*|\n)\s*[\"“(\[]*\Z")
_ACRONYM = re.compile(r"[\[(]([^\W\d_]{2,5})[\])]")


@dataclass(frozen=True, slots=True)
class Casing:
    """How words are written inside sentences, by their lower-case form."""

    usual: dict[str, str]

    @classmethod
    def of(cls, texts: Iterable[str], capitals: Iterable[str]) -> Casing:
        """Return the casing that most of the texts' words have where no sentence opens.

        Words that the texts do not know, and `capitals` has in brackets behind a name, are acronyms.
        """
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for word in _WORD.finditer(text):
                if not _OPENS_SENTENCE.search(text, max(0, word.start() - 6), word.start()):
                    seen[word[0].lower()][word[0]] += 1
        acronyms = {word.lower(): word for text in capitals for word in _ACRONYM.findall(text)}
        usual = {low: max(sorted(forms), key=forms.__getitem__) for low, forms in seen.items()}
        return cls(acronyms | usual)

    def applied(self, text: str) -> str:
        """Return a text of capitals with each word as it is usually written; unknown words are names."""

        acronyms = set(_ACRONYM.findall(text))

        def written(word: re.Match[str]) -> str:
            low = word[0].lower()
            known = None if word[0] in acronyms else self.usual.get(low)
            form = known or (word[0] if word[0] in acronyms else low.capitalize())
            opens = word.start() == 0 or _OPENS_SENTENCE.search(text, max(0, word.start() - 6), word.start())
            form = form[0].upper() + form[1:] if opens else form
            return form if len(form) == len(word[0]) else word[0]

        return _WORD.sub(written, text)
