"""The kind of site that an incident happened at, in the ontology's word for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dateline.extract.passages import Findings, Passage
from dateline.ontology import ontology

_ENDING = {"y": "(?:y|ies)"}


@lru_cache(maxsize=1)
def _sites() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one expression for all words for sites, and the site that each word means."""
    meaning = {word: site.word for site in ontology().sites.values() for word in (site.word, *site.words)}
    longest_first = sorted(meaning, key=lambda word: (-len(word), word))
    alternatives = "|".join(_plural(word) for word in longest_first)
    return re.compile(rf"(?<!\w)({alternatives})(?!\w)"), meaning


def _plural(word: str) -> str:
    spaced = re.escape(word).replace(r"\ ", r"\s+")
    if word.endswith("y"):
        return spaced[:-1] + _ENDING["y"]
    return spaced + "(?:e?s)?"


def find_site(findings: Findings, passages: Sequence[Passage]) -> str | None:
    """Return the site of the first passage that names one, the nearest to its trigger; None if none does."""
    expression, _ = _sites()
    for passage in passages:
        found = list(expression.finditer(findings.low, passage.start, passage.end))
        if found:
            at = passage.triggers[0].span.start if passage.triggers else passage.start
            return site_named(min(found, key=lambda match: abs(match.start() - at))[1])
    return None


def site_named(words: str) -> str | None:
    """Return the ontology's word for a site named by `words` in lower case, singular or plural."""
    _, meaning = _sites()
    words = " ".join(words.split())
    singulars = (words, words.removesuffix("s"), words.removesuffix("es"), words.removesuffix("ies") + "y")
    return next((meaning[word] for word in singulars if word in meaning), None)
