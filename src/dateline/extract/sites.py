"""The kind of site that an incident happened at, in the ontology's word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.model import Span
from dateline.ontology import ontology

_ENDING = {"y": "(?:y|ies)"}


@dataclass(frozen=True, slots=True)
class SiteMention:
    """Words for a site, and the ontology's word for its kind."""

    span: Span
    site: str


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


def find_sites(text: str, low: str) -> Iterator[SiteMention]:
    """Yield the sites named in a text, in its order; `low` is the text in lower case, with its offsets."""
    expression, _ = _sites()
    for match in expression.finditer(low):
        site = site_named(match[1])
        if site is not None:
            yield SiteMention(Span.of(text, *match.span(1)), site)


def site_named(words: str) -> str | None:
    """Return the ontology's word for a site named by `words` in lower case, singular or plural."""
    _, meaning = _sites()
    words = " ".join(words.split())
    singulars = (words, words.removesuffix("s"), words.removesuffix("es"), words.removesuffix("ies") + "y")
    return next((meaning[word] for word in singulars if word in meaning), None)
