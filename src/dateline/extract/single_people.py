"""Single people to whom something was done: "killed the mayor", "the clerk and his wife were shot"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.extract.count_words import CountWords
from dateline.extract.phrases import PhraseList, PhraseText
from dateline.model import ActorMention, Span, What

NEAR = 14  # characters between a person and what befell them
BESIDE = 34

JOINED = re.compile(r"[\s,]*(?:and|or|as well as|plus|including|along with|,)?[\s,]*(?:also |another )?")
_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]+|[A-Z]\.)"
    r"(?:[ ](?:[A-Z][\w’'.-]+|[A-Z]\.|de|del|la|al|bin|ibn|van|von)){1,4}(?=[\s,)]*$)"
)
_NO = re.compile(r"\b(?:no|neither|nor|not an?)\b")
_AND = re.compile(r",?\s+(?:and|as well as|plus|along with)\s+")
_LISTED = re.compile(r",\s+")
_OF_ONE = re.compile(r"(?:was|is|has|being)\b")
# What may follow the last of those told together; another word is likely a verb of theirs.
_ENDS = re.compile(
    r"\s*(?:[,.;:)(!?\"”—–]|\Z|(?:and|or|in|at|on|near|with|who|whose|before|after|while|during|outside|inside|when"
    r"|as|by|from|to|early|late|were|yesterday|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)"
)


@dataclass(frozen=True, slots=True)
class Single:
    """One person, what befell them, and the words that say it; the actor is None for a name that is none."""

    what: What
    span: Span
    person: Span
    actor: ActorMention | None


class SinglePeople:
    """Finds them in one sentence at a time."""

    def __init__(self, searched: PhraseText, words: CountWords) -> None:
        self._text = searched.text
        self._searched = searched
        self._low = searched.low
        self._words = words

    def find(self, start: int, end: int, actors: Sequence[ActorMention]) -> Iterator[Single]:
        """Yield those behind a verb ("killed the mayor") or before a passive, and those told beside them."""
        for words in self._words.whats:
            for verb in distinct(words.before, self._searched, start, end):
                if self.only_nearly(verb.start()):
                    continue
                for at, actor in enumerate(actors):
                    if self._low[verb.end() : actor.span.start].isspace() and _is_one(actor):
                        span = Span.of(self._text, verb.start(), actor.span.end)
                        yield Single(words.what, span, actor.span, actor)
                        yield from self._following(words.what, actor.span.end, end, actors[at + 1 :])
            for verb in distinct(words.one, self._searched, start, end):
                subject = self._subject(start, verb.start(), actors)
                if subject is not None:
                    person, actor_ = subject
                    span = Span.of(self._text, person.start, verb.end())
                    yield Single(words.what, span, person, actor_)
                    if not _OF_ONE.match(verb[0]):
                        yield from self._preceding(words.what, person.start, start, actors)

    def only_nearly(self, verb: int) -> bool:
        """Return whether what the verb at `verb` says did not come about: "nearly killed"."""
        return self._words.nearly.search(self._low, max(0, verb - NEAR), verb) is not None

    def joined(self, what: What, before: int, end: int, actors: Sequence[ActorMention]) -> Iterator[Single]:
        """Yield the single people told together with those whose words end at `before`."""
        behind = [actor for actor in actors if actor.span.start >= before]
        return self._following(what, before, end, behind)

    def _following(
        self, what: What, before: int, end: int, actors: Sequence[ActorMention]
    ) -> Iterator[Single]:
        """Yield who follows in a list, up to the last that "and" joins to it."""
        waiting: list[ActorMention] = []
        for actor in actors:
            is_last = _AND.fullmatch(self._low, before, actor.span.start)
            is_listed = _LISTED.fullmatch(self._low, before, actor.span.start)
            if not (is_last or is_listed):
                return
            if _is_one(actor):
                waiting.append(actor)
            before = actor.span.end
            if is_last and _ENDS.match(self._low, before, end):
                yield from (Single(what, each.span, each.span, each) for each in waiting)
                waiting.clear()
            if not _is_one(actor):
                return

    def _preceding(
        self, what: What, before: int, start: int, actors: Sequence[ActorMention]
    ) -> Iterator[Single]:
        """Yield who precedes the last of a list of subjects: "a clerk and his wife were shot"."""
        joint = _AND
        for actor in reversed([actor for actor in actors if start <= actor.span.start < before]):
            is_joined = joint.fullmatch(self._low, actor.span.end, before)
            if not is_joined or not _is_one(actor) or self._is_nobody(start, actor.span):
                return
            yield Single(what, actor.span, actor.span, actor)
            joint, before = _LISTED, actor.span.start

    def _is_nobody(self, start: int, span: Span) -> bool:
        """Return whether "no" stands before the words or at their head: "no child was taken"."""
        return _NO.search(self._low, max(start, span.start - NEAR), span.end) is not None

    def _subject(
        self, start: int, verb: int, actors: Sequence[ActorMention]
    ) -> tuple[Span, ActorMention | None] | None:
        """Return the single person that ends right before the verb, or None."""
        for actor in reversed(actors):
            ends_there = start <= actor.span.start and 0 <= verb - actor.span.end <= NEAR
            if ends_there and self._words.finds.search(self._low, actor.span.end, verb):
                return None
            if ends_there and not actor.plural and not self._is_nobody(start, actor.span):
                return actor.span, actor
        name = _NAME.search(self._text, max(start, verb - BESIDE), verb)
        return (Span.of(self._text, *name.span()), None) if name else None


def distinct(words: PhraseList, searched: PhraseText, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the matches of any of the phrases, none overlapping another."""
    last = start
    while match := searched.first(words, last, end):
        yield match
        last = match.end()


def is_a_person(actor: ActorMention | None) -> bool:
    """Return whether an actor is people at all: a site or a thing has no side to be counted on."""
    return actor is not None and actor.who is not None


def _is_one(actor: ActorMention) -> bool:
    return not actor.plural and is_a_person(actor)
