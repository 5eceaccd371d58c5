"""Finding who did it and who or what suffered it: groups, states' forces, descriptions, kinds of site.

The span is the noun phrase as a coder would quote it: a noun or name that the language's table or
the ontology knows, grown to the left over what describes or numbers it and to the right over the
group that it belongs to. What role an actor has is for the incident to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from dateline.extract.actor_growth import grow_left, grow_right
from dateline.extract.actor_names import unknown_groups
from dateline.extract.actor_phrases import bare_phrases
from dateline.extract.actor_text import STATE_HEAD, ActorText, Phrase, words_in_titles
from dateline.extract.actor_words import Needs, actor_words
from dateline.extract.ages import find_ages
from dateline.extract.persons import find_persons
from dateline.extract.words import Word, is_shouted, words
from dateline.model import ActorMention, PerpetratorCategory, Span, TargetCategory

_COALITION = "coalition"
_TAKES_ITS_GROUPS = frozenset(
    {
        PerpetratorCategory.REBEL_OR_MILITANT_GROUP,
        PerpetratorCategory.UNIDENTIFIED_ARMED,
        PerpetratorCategory.INDIVIDUAL,
        PerpetratorCategory.MILITIA,
        PerpetratorCategory.CRIMINAL_GROUP,
        PerpetratorCategory.STATE_MILITARY,
    }
)
_TAKES_ITS_SIDE = frozenset(
    {
        PerpetratorCategory.INDIVIDUAL,
        PerpetratorCategory.UNIDENTIFIED_ARMED,
        PerpetratorCategory.STATE_MILITARY,
    }
)


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
    persons = find_persons(text, found, language, shouted)
    titled = words_in_titles(text, found)
    ages = find_ages(text, found, language)
    context = ActorText(text, found, lexicon, local, shouted, sites, titled, ages, persons, language)
    return tuple(_mention(context, phrase) for phrase in _grown(context) if _counts(context, phrase))


def _grown(context: ActorText) -> Iterator[Phrase]:
    """Yield the full phrases; none reaches into another."""
    floor = 0
    for phrase in bare_phrases(context):
        if phrase.start >= floor:
            grown = grow_right(context, grow_left(context, phrase, floor))
            floor = grown.end
            yield grown


def _counts(context: ActorText, phrase: Phrase) -> bool:
    """Return whether the phrase is an actor at all: not a bare "raid", not a state that is a place."""
    if phrase.noun.needs is Needs.SIDE:
        return phrase.state is not None or phrase.side is not None
    if phrase.noun.needs is Needs.DETERMINER:
        return phrase.plural or phrase.start < phrase.core
    if phrase.noun.head != STATE_HEAD:
        return True
    return not _is_place(context, phrase)


def _is_place(context: ActorText, phrase: Phrase) -> bool:
    name = " ".join(word.text for word in context.words[phrase.core : phrase.end])
    if phrase.state and name in phrase.state.adjectives:
        return True
    index = phrase.start - 1
    if index >= 0 and context.words[index].folded == "the":
        index -= 1
    before = context.before(phrase.start).rstrip()[-1:]
    return before == "," or (index >= 0 and context.words[index].folded in context.lexicon.locative)


def _mention(context: ActorText, phrase: Phrase) -> ActorMention:
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
        target=_target(phrase),
        who=noun.who,
        plural=phrase.plural or noun.plural,
        definite=phrase.definite,
    )


def _perpetrator(phrase: Phrase) -> PerpetratorCategory | None:
    noun = phrase.noun
    if phrase.group and noun.perpetrator in _TAKES_ITS_GROUPS:
        return phrase.group.category
    if phrase.override and noun.perpetrator in _TAKES_ITS_SIDE:
        return phrase.override
    if noun.alone and not phrase.plural:
        return noun.alone
    return noun.perpetrator


def _target(phrase: Phrase) -> TargetCategory | None:
    fights_a_state = _perpetrator(phrase) is PerpetratorCategory.REBEL_OR_MILITANT_GROUP
    return (
        TargetCategory.MILITANTS if fights_a_state and phrase.noun.target is not None else phrase.noun.target
    )


def _name(context: ActorText, phrase: Phrase) -> str | None:
    if phrase.group:
        return phrase.group.name
    if _COALITION in phrase.noun.head or phrase.side == _COALITION:
        return _coalition(context, phrase)
    if phrase.state is None:
        return None
    if phrase.noun.head == STATE_HEAD:
        return phrase.state.name
    if phrase.noun.force is None:
        return None
    force = "Air Force" if "air force" in phrase.noun.head else phrase.noun.force
    return f"{phrase.state.adjective} {force}"


def _coalition(context: ActorText, phrase: Phrase) -> str | None:
    found: Sequence[Word] = context.words[phrase.start : phrase.end]
    leader = next((before.text for before, word in pairwise(found) if word.folded == "led"), None)
    return f"{leader}-led coalition" if leader else None
