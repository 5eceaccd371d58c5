"""The nouns and names of a text that can be actors, each taken into the one that follows it directly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.actor_names import acronym_behind, group_at
from dateline.extract.actor_text import GROUP_HEAD, STATE_HEAD, ActorText, Phrase
from dateline.extract.actor_words import Noun
from dateline.extract.persons import person_end
from dateline.extract.words import Word
from dateline.model import PerpetratorCategory, TargetCategory, Who
from dateline.ontology import Group

_LONGEST_BRACKET = 40  # characters
_STATE_NOUN = Noun(
    head=STATE_HEAD,
    perpetrator=PerpetratorCategory.STATE_MILITARY,
    target=TargetCategory.GOVERNMENT,
    is_mass=True,
)
_PERSON = Noun(
    head="name",
    perpetrator=PerpetratorCategory.INDIVIDUAL,
    target=TargetCategory.CIVILIANS,
    who=Who.UNSPECIFIED,
)


def bare_phrases(context: ActorText) -> Iterator[Phrase]:
    """Yield the bare phrases: nouns and names, each taken into the one that follows it directly."""
    waiting: Phrase | None = None
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


def _phrase_at(context: ActorText, index: int) -> Phrase | None:
    word = context.words[index]
    if index in context.ages.notes:
        return _note_at(context, index)
    if word.folded not in context.lexicon.first_words and not word.is_capital:
        return None
    named = group_at(context.text, context.words, index, context.lexicon, context.local, context.shouted)
    noun = _noun_at(context, index)
    if named and (not noun or named.end >= noun.end):
        end = named.end + bool(acronym_behind(context.text, context.words, named.end))
        return Phrase(index, end, _group_noun(named.group), index, group=named.group, definite=True)
    return noun or _state_at(context, index) or _person_at(context, index)


def _note_at(context: ActorText, index: int) -> Phrase | None:
    """Return the person told as age and sex alone, "17YOM", if not in brackets: "man (M/17)"."""
    note = context.ages.notes[index]
    before = context.text[max(0, context.words[index].start - _LONGEST_BRACKET) : context.words[index].start]
    if before.rfind("(") > before.rfind(")"):
        return None
    key = Word(note.noun, note.noun, 0, len(note.noun))
    for _, noun in context.lexicon.nouns.at(note.noun, (key,), 0):
        return Phrase(note.start, note.end, noun, index)
    return None


def _group_noun(group: Group) -> Noun:
    is_state = group.category in (PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE)
    return Noun(
        head=GROUP_HEAD,
        plural=True,
        perpetrator=group.category,
        target=TargetCategory.MILITARY if is_state else TargetCategory.MILITANTS,
        who=Who.SECURITY_FORCES if is_state else Who.MILITANTS,
        is_mass=True,
    )


def _noun_at(context: ActorText, index: int) -> Phrase | None:
    for end, noun in context.lexicon.nouns.at(context.text, context.words, index):
        if noun.place is None or noun.place in context.sites:
            return Phrase(index, end, noun, index, plural=noun.plural)
    return None


def _state_at(context: ActorText, index: int) -> Phrase | None:
    if not context.words[index].is_capital:
        return None
    for end, state in context.lexicon.states.at(context.text, context.words, index):
        return Phrase(index, end, _STATE_NOUN, index, state=state, definite=True)
    bare = _without_s(context.words[index])
    for _, state in context.lexicon.states.at(context.text, (bare,), 0) if bare else ():
        return Phrase(index, index + 1, _STATE_NOUN, index, state=state, definite=True)
    return None


def _without_s(word: Word) -> Word | None:
    """Return the word without an s whose apostrophe got lost, "Syrias army", or None."""
    if not word.text.endswith("s"):
        return None
    return Word(word.text[:-1], word.folded[:-1], word.start, word.end - 1)


def _person_at(context: ActorText, index: int) -> Phrase | None:
    """Return the named person whose name begins at word `index`, or None."""
    word = context.words[index]
    if not word.is_capital or word.folded not in context.persons:
        return None
    end = person_end(context.text, context.words, index, context.language, context.shouted)
    station = context.persons[word.folded].station
    noun = replace(_PERSON, target=station) if station else _PERSON
    if station in (TargetCategory.GOVERNMENT, TargetCategory.DIPLOMATIC):
        noun = replace(noun, who=Who.OFFICIALS)
    return Phrase(index, end, noun, index, definite=True)


def _is_modifier(context: ActorText, first: Phrase, second: Phrase) -> bool:
    """Return whether `first` stands directly before `second` and only describes it."""
    if first.end != second.start:
        return first.end + 1 == second.start and _is_possessive(context, first, second)
    if not context.joins(first.end - 1):
        return False
    if second.noun.head in (GROUP_HEAD, STATE_HEAD):
        return False
    if second.noun.head == _PERSON.head:
        return not first.noun.plural
    return first.noun.is_mass or not first.noun.plural


def _is_possessive(context: ActorText, first: Phrase, second: Phrase) -> bool:
    """Return whether "Syria's army" or "US-led coalition" joins two phrases into one."""
    between = context.words[first.end]
    if first.state is None and first.group is None:
        return False
    joins = context.joins(first.end - 1) and context.joins(first.end)
    return joins and second.noun.head != STATE_HEAD and between.folded in ("s", "led", "backed", "linked")


def _compound(first: Phrase, second: Phrase) -> Phrase:
    side = first.noun.head if first.state is None and first.group is None else None
    return replace(
        second,
        start=first.start,
        group=second.group or first.group,
        state=second.state or first.state,
        side=second.side or first.side or side,
        override=second.override or first.override,
    )
