"""Finding who did it and who or what suffered it: groups, states' forces, descriptions, kinds of site.

The span is the noun phrase as a coder would quote it: a noun or name that the language's table or
the ontology knows, grown to the left over what describes or numbers it and to the right over the
group that it belongs to. What role an actor has is for the incident to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from dateline.extract.actor_names import NamedGroup, acronym_behind, group_at, unknown_groups
from dateline.extract.actor_words import ActorWords, Needs, Noun, actor_words
from dateline.extract.words import Phrases, Word, is_shouted, joined, words
from dateline.model import ActorMention, PerpetratorCategory, Span, TargetCategory, Who
from dateline.ontology import Group, State

_LONGEST_GROWTH = 7
_LOOK_BACK = 4
_SHORT_WORD = 3
_SHORTEST_TITLE = 3
_TITLE_SHARE = 0.75
_GROUP_HEAD = "group"
_STATE_HEAD = "state"
_COALITION = "coalition"
_TAKES_ITS_GROUPS = frozenset(
    {
        PerpetratorCategory.REBEL_OR_MILITANT_GROUP,
        PerpetratorCategory.UNIDENTIFIED_ARMED,
        PerpetratorCategory.INDIVIDUAL,
        PerpetratorCategory.MILITIA,
        PerpetratorCategory.CRIMINAL_GROUP,
    }
)
_ONE_OF_MANY = frozenset({"a", "an", "one", "another"})


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its words and what is known of its names."""

    text: str
    words: tuple[Word, ...]
    lexicon: ActorWords
    local: dict[tuple[str, ...], NamedGroup]
    shouted: bool
    sites: frozenset[str]
    titled: frozenset[int]

    def joins(self, index: int) -> bool:
        """Return whether word `index` and the next belong to one phrase."""
        return joined(self.text, self.words[index], self.words[index + 1])

    def opens_sentence(self, index: int) -> bool:
        """Return whether word `index` is the first of a sentence or a line."""
        before = self.before(index).rstrip(" \"'“”‘’(-–—")
        return not before or before[-1] in ".!?\n:"

    def before(self, index: int) -> str:
        """Return the few characters before word `index`."""
        start = self.words[index].start
        return self.text[max(0, start - _LOOK_BACK) : start]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase in the making: words `start` to `end` (exclusive), its noun from `core` on, its name."""

    start: int
    end: int
    noun: Noun
    core: int
    group: Group | None = None
    state: State | None = None
    definite: bool = False
    plural: bool = False
    side: str | None = None
    override: PerpetratorCategory | None = None


def find_actors(
    text: str, language: str = "en", ontology_folders: tuple[Path, ...] = ()
) -> tuple[ActorMention, ...]:
    """Return the actors of `text` in its order, none inside another.

    `ontology_folders` hold the user's own groups. The cost is linear in the length of the text.
    """
    lexicon = actor_words(language, ontology_folders)
    found, shouted = words(text), is_shouted(text)
    local = unknown_groups(text, found, lexicon) if not shouted else {}
    sites = frozenset(word.folded for word in found) & lexicon.places
    context = _Text(text, found, lexicon, local, shouted, sites, _in_titles(text, found))
    return tuple(_mention(context, phrase) for phrase in _grown(context) if _counts(context, phrase))


def _in_titles(text: str, found: Sequence[Word]) -> frozenset[int]:
    """Return the words that stand in lines where capitals mean nothing: "Gunmen Storm Village Market"."""
    inside: list[int] = []
    line: list[int] = []
    for index, word in enumerate(found):
        line.append(index)
        if index + 1 == len(found) or "\n" in text[word.end : found[index + 1].start]:
            long = [found[i].is_capital for i in line if len(found[i].text) > _SHORT_WORD]
            if len(long) >= _SHORTEST_TITLE and sum(long) > _TITLE_SHARE * len(long):
                inside.extend(line)
            line = []
    return frozenset(inside)


def _grown(context: _Text) -> Iterator[_Phrase]:
    """Yield the full phrases; none reaches into another."""
    floor = 0
    for phrase in _phrases(context):
        if phrase.start >= floor:
            grown = _grow_right(context, _grow_left(context, phrase, floor))
            floor = grown.end
            yield grown


def _phrases(context: _Text) -> Iterator[_Phrase]:
    """Yield the bare phrases: nouns and names, each taken into the one that follows it directly."""
    waiting: _Phrase | None = None
    index = 0
    while index < len(context.words):
        phrase = _phrase_at(context, index)
        if phrase is None:
            index += 1
            continue
        if waiting and _is_modifier(context, waiting, phrase):
            phrase = _compound(waiting, phrase)
        elif waiting:
            yield waiting
        waiting, index = phrase, phrase.end
    if waiting:
        yield waiting


def _phrase_at(context: _Text, index: int) -> _Phrase | None:
    word = context.words[index]
    if not word.is_capital and not context.lexicon.begins(word.folded):
        return None
    named = group_at(context.text, context.words, index, context.lexicon, context.local, context.shouted)
    noun = _noun_at(context, index)
    if named and (not noun or named.end >= noun.end):
        end = named.end + bool(acronym_behind(context.text, context.words, named.end))
        return _Phrase(index, end, _group_noun(named.group), index, group=named.group, definite=True)
    return noun or _state_at(context, index)


def _group_noun(group: Group) -> Noun:
    is_state = group.category in (PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE)
    return Noun(
        head=_GROUP_HEAD,
        plural=True,
        perpetrator=group.category,
        target=TargetCategory.MILITARY if is_state else TargetCategory.MILITANTS,
        who=Who.SECURITY_FORCES if is_state else Who.MILITANTS,
        is_mass=True,
    )


def _noun_at(context: _Text, index: int) -> _Phrase | None:
    for end, noun in context.lexicon.nouns.at(context.text, context.words, index):
        if noun.place is None or noun.place in context.sites:
            return _Phrase(index, end, noun, index, plural=noun.plural)
    return None


_STATE_NOUN = Noun(
    head=_STATE_HEAD,
    perpetrator=PerpetratorCategory.STATE_MILITARY,
    target=TargetCategory.GOVERNMENT,
    is_mass=True,
)


def _state_at(context: _Text, index: int) -> _Phrase | None:
    if not context.words[index].is_capital:
        return None
    for end, state in context.lexicon.states.at(context.text, context.words, index):
        return _Phrase(index, end, _STATE_NOUN, index, state=state, definite=True)
    return None


def _is_modifier(context: _Text, first: _Phrase, second: _Phrase) -> bool:
    """Return whether `first` stands directly before `second` and only describes it."""
    if first.end != second.start:
        return first.end + 1 == second.start and _is_possessive(context, first, second)
    if not context.joins(first.end - 1):
        return False
    if second.noun.head in (_GROUP_HEAD, _STATE_HEAD):
        return False
    return first.noun.is_mass or not first.noun.plural


def _is_possessive(context: _Text, first: _Phrase, second: _Phrase) -> bool:
    """Return whether "Syria's army" or "US-led coalition" joins two phrases into one."""
    between = context.words[first.end]
    if first.state is None and first.group is None:
        return False
    joins = context.joins(first.end - 1) and context.joins(first.end)
    return joins and second.noun.head != _STATE_HEAD and between.folded in ("s", "led", "backed", "linked")


def _compound(first: _Phrase, second: _Phrase) -> _Phrase:
    side = first.noun.head if first.state is None and first.group is None else None
    return replace(
        second,
        start=first.start,
        group=second.group or first.group,
        state=second.state or first.state,
        side=second.side or first.side or side,
        override=second.override or first.override,
    )


def _grow_left(context: _Text, phrase: _Phrase, floor: int) -> _Phrase:
    start, determiner = phrase.start, None
    override, side, state = phrase.override, phrase.side, phrase.state
    numbered = False
    while start > floor and phrase.start - start < _LONGEST_GROWTH and context.joins(start - 1):
        word = context.words[start - 1]
        if word.folded in context.lexicon.definite or word.folded in context.lexicon.indefinite:
            determiner = word.folded
            start -= 1
            break
        if not _describes(context, start - 1):
            break
        override = override or context.lexicon.modifier_class.get(word.folded)
        side = side or (word.folded if word.folded in context.lexicon.sides else None)
        numbered = numbered or _is_number(context, word)
        start -= 1
    start = _without_verbs(context, start, phrase.start, determiner is not None)
    start = max(floor, _with_bounds(context, start))
    definite = phrase.definite or determiner in context.lexicon.definite
    return replace(
        phrase,
        start=start,
        override=override,
        side=side,
        state=state,
        definite=definite,
        plural=(phrase.plural or numbered) and not (phrase.noun.is_mass and determiner in _ONE_OF_MANY),
    )


def _describes(context: _Text, index: int) -> bool:
    """Return whether word `index` can stand between an article and the noun."""
    word = context.words[index]
    if word.folded in context.lexicon.adjectives or _is_number(context, word):
        return True
    if context.text[word.end : word.end + 1] == "-":
        return True
    if context.shouted or not word.is_capital or word.folded in context.lexicon.never_names:
        return False
    if index in context.titled:
        return False
    return not context.opens_sentence(index)


def _is_number(context: _Text, word: Word) -> bool:
    return word.text[0].isdigit() or word.folded in context.lexicon.numbers


def _without_verbs(context: _Text, start: int, stop: int, determined: bool) -> int:
    """Return `start` moved past participles that are more likely the verb: "[kidnapped] civilians"."""
    while not determined and start < stop and context.words[start].folded in context.lexicon.verbal:
        if context.text[context.words[start].end] == "-":
            break
        start += 1
    return start


def _with_bounds(context: _Text, start: int) -> int:
    """Return `start` moved before "at least", "members of" and the like."""
    for _ in range(2):
        grown = context.lexicon.bounds.before(context.text, context.words, start)
        if grown == start:
            return start
        start = grown
    return start


def _grow_right(context: _Text, phrase: _Phrase) -> _Phrase:
    if phrase.noun.head == _STATE_HEAD:
        return phrase
    end = _phrase_end(context, context.lexicon.complements, phrase.end) or phrase.end
    if phrase.group is None and (tail := _group_behind(context, end)):
        return replace(phrase, end=tail.end, group=tail.group)
    return replace(phrase, end=end)


def _phrase_end(context: _Text, phrases: Phrases[bool], index: int) -> int | None:
    """Return the end of the longest of `phrases` that begins at word `index`, or None."""
    if 0 < index < len(context.words) and context.joins(index - 1):
        return next((stop for stop, _ in phrases.at(context.text, context.words, index)), None)
    return None


def _group_behind(context: _Text, index: int) -> NamedGroup | None:
    """Return the group that "of the so-called ..." names behind a phrase, if it does."""
    stop = _phrase_end(context, context.lexicon.joints, index)
    while stop is not None and stop < len(context.words) and context.joins(stop - 1):
        named = group_at(context.text, context.words, stop, context.lexicon, context.local, context.shouted)
        if named:
            return named
        if context.words[stop].folded not in context.lexicon.definite and not _describes(context, stop):
            return None
        stop += 1
    return None


def _counts(context: _Text, phrase: _Phrase) -> bool:
    """Return whether the phrase is an actor at all: not a bare "raid", not a state that is a place."""
    if phrase.noun.needs is Needs.SIDE:
        return phrase.state is not None or phrase.side is not None
    if phrase.noun.needs is Needs.DETERMINER:
        return phrase.plural or phrase.start < phrase.core
    if phrase.noun.head != _STATE_HEAD:
        return True
    return not _is_place(context, phrase)


def _is_place(context: _Text, phrase: _Phrase) -> bool:
    name = " ".join(word.text for word in context.words[phrase.core : phrase.end])
    if phrase.state and name in phrase.state.adjectives:
        return True
    index = phrase.start - 1
    if index >= 0 and context.words[index].folded == "the":
        index -= 1
    before = context.before(phrase.start).rstrip()[-1:]
    return before == "," or (index >= 0 and context.words[index].folded in context.lexicon.locative)


def _mention(context: _Text, phrase: _Phrase) -> ActorMention:
    start, end = context.words[phrase.start].start, context.words[phrase.end - 1].end
    if any(bracket in context.text[start:end] for bracket in "[(") and context.text[end : end + 1] in (
        "]",
        ")",
    ):
        end += 1
    noun = phrase.noun
    return ActorMention(
        span=Span.of(context.text, start, end),
        head=noun.head,
        name=_name(context, phrase),
        perpetrator=_perpetrator(phrase),
        target=noun.target,
        who=noun.who,
        plural=phrase.plural or noun.plural,
        definite=phrase.definite,
    )


def _perpetrator(phrase: _Phrase) -> PerpetratorCategory | None:
    noun = phrase.noun
    if phrase.group and noun.perpetrator in _TAKES_ITS_GROUPS:
        return phrase.group.category
    if phrase.override and noun.perpetrator is PerpetratorCategory.INDIVIDUAL:
        return phrase.override
    if noun.alone and not phrase.plural:
        return noun.alone
    return noun.perpetrator


def _name(context: _Text, phrase: _Phrase) -> str | None:
    if phrase.group:
        return phrase.group.name
    if phrase.noun.head == _COALITION or phrase.side == _COALITION:
        return _coalition(context, phrase)
    if phrase.state is None:
        return None
    if phrase.noun.head == _STATE_HEAD:
        return phrase.state.name
    if phrase.noun.force is None:
        return None
    force = "Air Force" if "air force" in phrase.noun.head else phrase.noun.force
    return f"{phrase.state.adjective} {force}"


def _coalition(context: _Text, phrase: _Phrase) -> str | None:
    found: Sequence[Word] = context.words[phrase.start : phrase.end]
    leader = next((before.text for before, word in pairwise(found) if word.folded == "led"), None)
    return f"{leader}-led coalition" if leader else None
