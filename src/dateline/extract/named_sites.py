"""Sites with names of their own: "Al-Azhar university", "Tishrin Dam", "the Andino shopping mall".

No gazetteer holds them, and they are what a report calls the place of an attack. Where they lie is known
from the towns named beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.place_evidence import Surroundings
from dateline.extract.place_words import Style, Token, cues
from dateline.extract.toponyms import Spot, may_begin
from dateline.extract.unlisted import LOCALITY, located, named_words
from dateline.gazetteer import PlaceKind, fold
from dateline.model import PlaceMention

NAMED_SITE = "site"  # the kind of a mention of a site with a name of its own
LONGEST = 6  # words of a name before the kind of site
_OWNER = re.compile(r"['’]s? (?:[a-z]+ ){0,2}")


def named_sites(around: Surroundings, known: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the named sites of a text that lie somewhere; `known` are the other places of the text."""
    found = []
    for spot in _spots(around):
        listed = [m for m in known if m.kind != LOCALITY]
        inside = [m for m in listed if spot.start <= m.span.start and m.span.end <= spot.end]
        if not _is_named(spot, around, inside):
            continue
        own = [m for m in known if m in inside or _owns(around.text, m, spot)]
        towns = [m for m in own if m.kind == PlaceKind.CITY]
        mention = located(around.text, spot, towns or known, is_in_town=True)
        if mention is not None:
            found.append(replace(mention, kind=NAMED_SITE))
    return found


def _owns(text: str, mention: PlaceMention, spot: Spot) -> bool:
    """Return whether a town stands right before a site that is its own: "Cairo's Al-Azhar university"."""
    return _OWNER.fullmatch(text[mention.span.end : spot.start]) is not None


def _spots(around: Surroundings) -> Iterator[Spot]:
    """Yield the runs of capitalised words that end in a kind of site, that kind with them."""
    words, at = around.words, 0
    while at < len(words):
        last = _end(words, at) if _may_open(words, at) else None
        if last is not None:
            start, end = words[at].start, words[last - 1].end
            yield Spot(start, end, fold(around.text[start:end]), (), at, last)
        at = last or at + 1


def _may_open(words: Sequence[Token], at: int) -> bool:
    word = words[at]
    never = ("function_words", "titles", "names_of_other_things")
    is_ordinary = any(word.folded in cues()[name] for name in never) or _is_kind(word)
    return word.style is Style.PLAIN and may_begin(words, at) and not is_ordinary


def _end(words: Sequence[Token], first: int) -> int | None:
    """Return the index after the kind of site that ends the name begun at `first`, or None."""
    named = first
    for at in range(first + 1, min(len(words), first + LONGEST + 2)):
        word = words[at]
        if word.gap not in (" ", "-"):
            return None
        if _is_kind(word) and not _goes_on(words, at):
            return at + 1
        named = at if word.is_capitalised else named
        is_inside = word.is_capitalised or word.folded in cues()["inside_named_sites"] | _before_kind()
        if not is_inside or at - named > 2:
            return None
    return None


def _goes_on(words: Sequence[Token], at: int) -> bool:
    """Return whether the name goes on behind a kind of site: "High School Stadium", "University Press"."""
    following = words[at + 1] if at + 1 < len(words) else None
    return (
        following is not None and following.gap == " " and (following.is_capitalised or _is_kind(following))
    )


def _is_kind(word: Token) -> bool:
    return word.folded in cues()["named_sites"]


def _before_kind() -> frozenset[str]:
    return cues()["before_named_sites"]


def _is_named(spot: Spot, around: Surroundings, inside: Sequence[PlaceMention]) -> bool:
    """Return whether the words are a name, and not a town, a country or a people with a site in it."""
    words = around.words[spot.first : spot.last - 1]
    named = named_words(words)
    if around.words[spot.last - 1].text.endswith("s") or (named and named[0].folded in cues()["first_names"]):
        return False
    of_places = {range_ for m in inside for range_ in range(m.span.start, m.span.end)}
    of_others = cues()["names_of_other_things"] | _before_kind()
    if any(w.is_capitalised and w.start not in of_places and w.folded not in of_others for w in words):
        return True
    of_town = any(m.kind == PlaceKind.CITY for m in inside)
    last = around.words[spot.last - 1]
    return of_town and (last.is_capitalised or last.folded in cues()["one_a_town"])
