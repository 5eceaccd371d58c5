"""Counts of people: which number counts what, of whom, and how much of it (codebook, section 4).

A number is tied to the nearest words that say what happened to the people it counts: the noun
behind it ("12 deaths"), a verb before it ("killed 12") or behind it ("12 people were killed"), or
the verb of the number that it is joined to ("killed 12 soldiers and a priest").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from dateline.extract.count_words import count_words
from dateline.extract.deeds import names_somebody
from dateline.extract.phrases import PhraseText
from dateline.extract.sides import side_of
from dateline.extract.single_people import JOINED, Single, SinglePeople, distinct, is_a_person
from dateline.model import (
    ActorMention,
    Count,
    OfWhom,
    PerpetratorCategory,
    QuantityMention,
    Scope,
    Span,
    What,
    Who,
)

# How far, in characters, words may stand from the number that they say something of.
TOUCHING = 2
NEAR = 14
BESIDE = 34
FAR = 90
LONGEST_NOUN_PHRASE = 60
LARGEST_BAND = 1000  # more attackers than this are an army, not a count of perpetrators

# What stands behind is said of the next number: "kidnapped 900 executed 18".
_OF_NEXT = re.compile(r"\s+\w+\s+\d")
# But in "8 killed 58 others injured" each number has its own behind it.
_OWN_BEHIND = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+(?:at least |more than |over |about |some )?\d+(?:\s+[\w-]+){0,2}?\s+"
    r"(?:killed|dead|wounded|injured|hurt|missing|arrested|detained|kidnapped|abducted)\b(?!\s+(?:an?|the|\d))"
)
_ANOTHER_CLAUSE = re.compile(r",|\band\b|\bor\b")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|got)\s+(?:\w+\s+)?$")
_OBLIQUE = re.compile(r"\b(?:of|to|for|from|against|on|with|between|wanted|including)\s+$")
_OF_THEM = re.compile(r"\s*of (?:them|whom|those)\b")
# Behind these words others are meant than those counted: "wounded 85 on Tuesday, the governor said".
_APART = re.compile(
    r"\b(?:on|in|at|by|and|when|as|after|before|while|said|says|dead|killed|wounded|injured|hurt|died)\b|[,;:(]"
)
_WORD = re.compile(r"[\w’'-]+")
_PARTICIPLE = re.compile(r"(?:\w+ly )?(?:\w+ed|shot|hurt|slain)")
_OBJECT_BEHIND = re.compile(
    r"\s+(?:(?:an?|another|the|his|her|their) (?!(?:day|week|month|year|night|same|next|following)\b)"
    r"|(?:him|her|them)(?:sel(?:f|ves))?\b|(?:\d+|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?!(?:minute|hour|day|week|month|year|time|other time)s?\b))"
)
_LIST_GOES_ON = re.compile(
    r"(?:,\s+(?:an?|the|his|her|their)\s[^,.;]{1,40}){0,6},?\s+and\s+"
    r"(?:an?|another|the|his|her|their|\d+|at least|one|two|three|four|five|six|seven|eight|nine|ten)\b"
)
_CONJUNCTIONS = frozenset({"and", "or", "but"})
_CLAUSE_END = re.compile(r"[;:]|\bwhile\b|\bbut\b|\bafter\b|\bwhen\b")

ARTICLES = frozenset({"a", "an", "another"})

# Those whose number, when they act, is a number of perpetrators; soldiers and police are forces.
_BANDS = frozenset(
    {
        PerpetratorCategory.UNIDENTIFIED_ARMED,
        PerpetratorCategory.REBEL_OR_MILITANT_GROUP,
        PerpetratorCategory.CRIMINAL_GROUP,
        PerpetratorCategory.PRISONERS,
        PerpetratorCategory.INDIVIDUAL,
        PerpetratorCategory.MILITIA,
        PerpetratorCategory.MOB_OR_RIOTERS,
    }
)


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count in its words, and the actor counted, where the words name one."""

    span: Span
    count: Count
    actor: ActorMention | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number with the noun phrase that it belongs to, and the actor that it counts, if one is named."""

    span: Span
    quantity: QuantityMention
    actor: ActorMention | None


@dataclass(frozen=True, slots=True)
class _Told:
    """Where the words for people end whose fate is told, and what it is."""

    end: int
    what: What


class CountFinder:
    """Finds the counts of one sentence at a time."""

    def __init__(self, searched: PhraseText, language: str = "en") -> None:
        self._text = searched.text
        self._searched = searched
        self._low = searched.low
        self._words = count_words(language)
        self._singles = SinglePeople(searched, self._words)

    def find(
        self,
        start: int,
        end: int,
        quantities: Sequence[QuantityMention],
        actors: Sequence[ActorMention],
    ) -> tuple[CountMention, ...]:
        """Return the counts in the sentence from `start` to `end`, in its order.

        `quantities` and `actors` are those that lie in the sentence.
        """
        found: list[CountMention] = []
        singles = tuple(self._singles.find(start, end, actors))
        told = [_Told(single.person.end, single.what) for single in singles]
        for noun in self.numbers(end, quantities, actors):
            before = (each for each in told if each.end <= noun.span.start)
            previous = max(before, key=lambda each: each.end, default=None)
            what = self._what(noun, start, end, previous)
            if what is not None:
                found.append(self.counted(noun, what, start, end))
                told.append(_Told(noun.span.end, what))
        found.extend(self._single_people(end, actors, singles, found))
        found.extend(self.by_own_hand(start, end)[:1])
        return _apportioned(sorted(found, key=lambda mention: mention.span.start))

    def numbers(
        self, end: int, quantities: Sequence[QuantityMention], actors: Sequence[ActorMention]
    ) -> Iterator[Numbered]:
        """Yield the numbers of the sentence that ends at `end`, each with the people that it numbers."""
        for position, quantity in enumerate(quantities):
            limit = quantities[position + 1].span.start if position + 1 < len(quantities) else end
            is_article = quantity.span.quote.lower() in ARTICLES
            if is_article and self._text[quantity.span.end : limit].isspace():
                continue  # "another six people" are six
            yield self._noun_of(quantity, actors, min(limit, quantity.span.end + LONGEST_NOUN_PHRASE))

    def _noun_of(self, quantity: QuantityMention, actors: Sequence[ActorMention], limit: int) -> Numbered:
        """Return the number with the actor that it counts: the first that ends behind it, close by."""
        is_article = quantity.span.quote.lower() in ARTICLES
        furthest = quantity.span.start if is_article else quantity.span.end + NEAR
        for actor in actors:
            begins_near = quantity.span.start - NEAR <= actor.span.start <= furthest
            between = self._low[quantity.span.end : actor.span.start]
            if (
                begins_near
                and actor.span.start < limit
                and not _APART.search(between)
                and quantity.span.end < actor.span.end <= limit + NEAR
            ):
                return Numbered(Span.of(self._text, quantity.span.start, actor.span.end), quantity, actor)
        return Numbered(quantity.span, quantity, None)

    def _what(self, noun: Numbered, start: int, end: int, previous: _Told | None) -> What | None:
        if noun.quantity.high == 0:
            return self._denied(noun, end)
        if noun.quantity.span.quote.lower() in ARTICLES and not is_a_person(noun.actor):
            return self._before(noun, start, TOUCHING)
        return (
            self._as_noun(noun, end)
            or self._before(noun, start, NEAR)
            or self._after(noun, end, BESIDE)
            or self._joined(noun, previous)
            or self._included(noun, start, previous)
            or self._perpetrators(noun, start, end)
            or self._after(noun, end, FAR)
        )

    def _denied(self, noun: Numbered, end: int) -> What | None:
        for what, words in self._words.none:
            match = self._searched.first(
                words, noun.quantity.span.start, min(end, noun.quantity.span.end + FAR)
            )
            if match and match.start() - noun.quantity.span.end <= NEAR:
                return what
        return None

    def _as_noun(self, noun: Numbered, end: int) -> What | None:
        quantity_end = noun.quantity.span.end
        has_own = _OWN_BEHIND.match(self._low, quantity_end, end)
        if _OF_NEXT.match(self._low, quantity_end, end) and not has_own:
            return None
        of_them = _OF_THEM.match(self._low, quantity_end)
        quantity_end = of_them.end() if of_them else quantity_end
        for words in self._words.whats:
            match = self._searched.first(words.noun, quantity_end, min(end, quantity_end + NEAR + 12))
            between = _WORD.findall(self._low, quantity_end, match.start()) if match else []
            if match and self._is_active(match):
                continue
            if match and len(between) <= 1 and not _CONJUNCTIONS.intersection(between):
                return words.what
        return None

    def _before(self, noun: Numbered, start: int, reach: int) -> What | None:
        begin = max(start, noun.span.start - FAR)
        best: tuple[int, int, What] | None = None
        for words in self._words.whats:
            for among in (words.before, words.toll):
                for _, match in self._searched.every(among, begin, noun.span.start):
                    gap = noun.span.start - match.end()
                    joined = _ANOTHER_CLAUSE.search(self._low, match.end(), noun.span.start)
                    if joined or self._singles.only_nearly(match.start()):
                        continue
                    if gap <= reach and (best is None or (gap, match.start()) < best[:2]):
                        best = (gap, match.start(), words.what)
        return best[2] if best else None

    def _after(self, noun: Numbered, end: int, reach: int) -> What | None:
        limit = min(end, noun.span.end + reach)
        clause = _CLAUSE_END.search(self._low, noun.span.end, limit)
        limit = clause.start() if clause else limit
        nearest: tuple[int, What] | None = None
        for words in self._words.whats:
            found = (match for _, match in self._searched.every(words.after, noun.span.end, limit))
            match = next((each for each in found if not self._is_done_to_others(noun.span.end, each)), None)
            if match and (nearest is None or match.start() < nearest[0]):
                nearest = (match.start(), words.what)
        return nearest[1] if nearest else None

    def _is_done_to_others(self, people: int, said: re.Match[str]) -> bool:
        """Return whether words behind people, who end at `people`, tell what they did to others, or found."""
        return self._is_active(said) or self._words.finds.search(self._low, people, said.start()) is not None

    def _is_active(self, said: re.Match[str]) -> bool:
        """Return whether a bare participle is the verb of those who did it: "six men wounded a guard"."""
        if _PARTICIPLE.fullmatch(said[0]) is None:
            return False
        has_object = _OBJECT_BEHIND.match(self._low, said.end()) is not None
        if has_object:
            return _OWN_BEHIND.match(self._low, said.end()) is None
        is_plain = self._text[said.start()].islower()  # in a title all words are capitalised
        return is_plain and names_somebody(self._text, said.end())

    def _joined(self, noun: Numbered, previous: _Told | None) -> What | None:
        if previous is None:
            return None
        between = self._low[previous.end : noun.span.start]
        is_article = noun.quantity.span.quote.lower() in ARTICLES
        if is_article and between.strip() == "," and not _LIST_GOES_ON.match(self._low, noun.span.end):
            return None  # "killed the mayor, a former teacher, on Monday"
        return previous.what if JOINED.fullmatch(between) else None

    def _included(self, noun: Numbered, start: int, previous: _Told | None) -> What | None:
        """Return what the number before counts, where this one is said to be among them."""
        if previous is None:
            return None
        among = self._searched.first(
            self._words.part_before, max(start, noun.span.start - NEAR), noun.span.start
        )
        return previous.what if among else None

    def _perpetrators(self, noun: Numbered, start: int, end: int) -> What | None:
        actor = noun.actor
        if actor is None or actor.perpetrator not in _BANDS:
            return None
        if (noun.quantity.low or 0) > LARGEST_BAND:
            return None
        by_whom = self._low[max(start, noun.span.start - 4) : noun.span.start].strip().endswith("by")
        is_band = actor.perpetrator is not PerpetratorCategory.INDIVIDUAL
        reach = FAR if is_band else BESIDE
        acting = self._searched.first(self._words.acting, noun.span.end, min(end, noun.span.end + reach))
        if acting and _PASSIVE.search(self._low, noun.span.end, acting.start()):
            return None
        is_asked_for = actor.perpetrator is PerpetratorCategory.PRISONERS and bool(
            _OBLIQUE.search(self._low, start, noun.span.start)
        )
        is_subject = not actor.definite and not is_asked_for
        return What.PERPETRATORS if by_whom or acting or (is_band and is_subject) else None

    def counted(self, noun: Numbered, what: What, start: int, end: int) -> CountMention:
        """Return a number of the sentence from `start` to `end` as a count of `what`."""
        quantity = noun.quantity
        of_whom = self._of_whom(noun.span.start, noun.span.end)
        count = Count(
            what=what,
            who=side_of(what, noun.actor, of_whom),
            low=quantity.low,
            high=quantity.high,
            vague=quantity.vague,
            scope=self._scope(noun, start, end),
            of_whom=of_whom,
            includes_perpetrators=self._includes_perpetrators(noun, end),
        )
        return CountMention(noun.span, count, noun.actor)

    def _scope(self, noun: Numbered, start: int, end: int) -> Scope:
        before = self._searched.first(
            self._words.part_before, max(start, noun.span.start - BESIDE), noun.span.start
        )
        after = self._searched.first(
            self._words.part_after, noun.quantity.span.end, min(end, noun.span.end + NEAR)
        )
        is_part = (before and not _is_new_clause(self._low[before.end() : noun.span.start])) or after
        return Scope.PART if is_part else Scope.TOTAL

    def _of_whom(self, start: int, end: int) -> OfWhom | None:
        for whom, words in self._words.of_whom:
            if self._searched.first(words, start, end):
                return whom
        return None

    def _includes_perpetrators(self, noun: Numbered, end: int) -> bool:
        return (
            self._searched.first(
                self._words.includes_perpetrators, noun.span.end, min(end, noun.span.end + FAR)
            )
            is not None
        )

    def _single_people(
        self,
        end: int,
        actors: Sequence[ActorMention],
        singles: Iterable[Single],
        counted: Sequence[CountMention],
    ) -> Iterator[CountMention]:
        """Yield a count of 1 for each single person, named or definite, to whom something was done.

        `counted` are the numbers of people; who is told together with them is one more.
        """
        taken = [mention.span for mention in counted]
        beside = (
            single
            for mention in counted
            if mention.count.what is not What.PERPETRATORS and mention.count.high != 0
            for single in self._singles.joined(mention.count.what, mention.span.end, end, actors)
        )
        for single in chain(singles, beside):
            if any(single.span.overlaps(other) for other in taken):
                continue
            taken.append(single.span)
            yield self.one(single.span, single.actor, single.what)

    def by_own_hand(self, start: int, end: int) -> list[CountMention]:
        """Return the deaths by their own hand of single people who did it (codebook, section 4)."""
        count = Count(What.KILLED, Who.PERPETRATORS, 1, 1)
        return [
            CountMention(Span.of(self._text, *match.span()), count)
            for match in distinct(self._words.died_by_own_hand, self._searched, start, end)
            if not self._searched.first(
                self._words.only_tried, max(start, match.start() - BESIDE), min(end, match.end() + NEAR)
            )
        ]

    def one(self, span: Span, actor: ActorMention | None, what: What) -> CountMention:
        """Return a single person, told in the words of `span`, as a count of one."""
        of_whom = self._of_whom(span.start, span.end)
        count = Count(what, side_of(what, actor, of_whom), 1, 1, of_whom=of_whom)
        return CountMention(span, count, actor)


def _apportioned(found: Sequence[CountMention]) -> tuple[CountMention, ...]:
    """Return the counts of a sentence, those that add up to one before them marked as its parts.

    "Four people, three guards and a nurse": the four are the total.
    """
    parts: set[int] = set()
    for at, total in enumerate(found):
        if not total.count.is_exact:
            continue
        alike = [n for n in range(at + 1, len(found)) if found[n].count.what is total.count.what]
        sums = accumulate(found[n].count.low or 0 for n in alike)
        for last, together in enumerate(sums, start=1):
            if last > 1 and together == total.count.low:
                parts.update(alike[:last])
    return tuple(_as_part(mention) if n in parts else mention for n, mention in enumerate(found))


def _as_part(mention: CountMention) -> CountMention:
    return replace(mention, count=replace(mention.count, scope=Scope.PART))


def _is_new_clause(between: str) -> bool:
    return bool(re.search(r"[.;]|\bwas\b|\bwere\b", between))
