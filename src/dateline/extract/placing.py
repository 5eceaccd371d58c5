"""Where the incidents of a report happened: the report's places weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from dateline.extract.assembly import Draft, lead_in, places
from dateline.extract.passages import Findings, Passage
from dateline.language import lexicon
from dateline.model import Argument, Field, Focus, Place, PlaceMention, Span

REACH = 24  # characters before a place within which "in" or "near" belongs to it

# How precise a kind of place mention is.
_RANK = {"country": 1, "region": 2, "admin1": 3, "admin2": 4, "area": 5, "locality": 5, "city": 5, "site": 5}


@lru_cache(maxsize=8)
def _located_before(language: str) -> re.Pattern[str]:
    return re.compile(lexicon(language, "incidents")["located_before"])


@lru_cache(maxsize=8)
def _police(language: str) -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(lexicon(language, 'places')['police_words'].split())})\b")


class Placing:
    """Places the incidents of one document."""

    def __init__(self, findings: Findings, drafts: Sequence[Draft]) -> None:
        self._findings = findings
        self._drafts = drafts
        self._located_before = _located_before(findings.document.language)
        self._police = _police(findings.document.language)

    def arguments(self, draft: Draft, focus: Focus, span: Span) -> Iterator[Argument]:
        """Yield where the incident happened, if anything is known of it; `span` is that of the mention.

        What no words place lies in the report's one unit or country, and its main news in its one town.
        """
        said = self._place_mention(draft)
        site = self._site(draft)
        if said is not None and said.place is not None:
            yield Argument(Field.PLACE, replace(said.place, site=site), said.span)
            return
        country = self._country_of_report()
        if country is not None or site is not None:
            unit = self._unit_of_report(country)
            town = self._town_of_report(country) if focus is Focus.MAIN else None
            area = town or Place(admin1=unit, country=country)
            area = replace(area, site=site)
            yield Argument(Field.PLACE, area, span, score=0.5, inferred=True)

    def _site(self, draft: Draft) -> str | None:
        """Return the site told, or that of the first passage that names one, the nearest to its trigger."""
        if draft.told is not None:
            return draft.told.site.site if draft.told.site else None
        for passage in draft.passages:
            if passage.sites:
                at = passage.triggers[0].span.start if passage.triggers else passage.start
                return min(passage.sites, key=lambda each: abs(each.span.start - at)).site
        return None

    def _place_mention(self, draft: Draft) -> PlaceMention | None:
        """Return the place of the first passage that names one more precise than a country."""
        if draft.told is not None and draft.told.place is not None:
            return draft.told.place
        before = lead_in(self._findings, self._drafts, draft)
        passages = [*draft.passages, *([before] if before else [])]
        named = [(p, m) for p in passages for m in p.places if m.is_location and m.place is not None]
        precise = [(p, m) for p, m in named if _RANK.get(m.kind, 0) >= _RANK["admin1"]]
        among = precise or named
        if not among:
            return None
        first = among[0][0]
        return max((m for p, m in among if p is first), key=lambda m: self._nearness(first, m))

    def _nearness(self, passage: Passage, mention: PlaceMention) -> float:
        """Return how likely a place is the incident's own: behind "in", close to its trigger, precise."""
        low = self._findings.low[max(passage.start, mention.span.start - REACH) : mention.span.start]
        gap = min((abs(mention.span.start - t.span.start) for t in passage.triggers), default=0)
        return 2.0 * bool(self._located_before.search(low)) + _RANK.get(mention.kind, 0) / 4 - gap / 100

    def _country_of_report(self) -> str | None:
        """Return the country that the report's places lie in, when they agree on one."""
        countries = [p.country for passage in self._findings.passages for p in places(passage) if p.country]
        return max(sorted(set(countries)), key=countries.count) if countries else None

    def _unit_of_report(self, country: str | None) -> str | None:
        """Return the first-level unit in which all lies that the report names in its country, if one does."""
        named = {
            place.admin1
            for passage in self._findings.passages
            for place in places(passage)
            if place.country == country and place.name != country and place.admin1
        }
        return named.pop() if len(named) == 1 else None

    def _town_of_report(self, country: str | None) -> Place | None:
        """Return the one town that the report names in its country, or else the one whose police it names."""
        named = [
            (mention, mention.place)
            for passage in self._findings.passages
            for mention in passage.places
            if mention.kind == "city" and mention.place and mention.place.country == country
        ]
        towns = {place.name: place for mention, place in named if mention.is_location}
        of_police = {place.name: place for mention, place in named if self._has_police(mention)}
        among = towns or of_police
        return next(iter(among.values())) if len(among) == 1 else None

    def _has_police(self, mention: PlaceMention) -> bool:
        return self._police.match(self._findings.low, mention.span.end) is not None
