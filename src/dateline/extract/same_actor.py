"""Whether two mentions on one side of an incident mean the same actor.

Reports name an actor once and then mean him: "the Syrian army", "army units", "the regime". A coder keeps
one entry of these; so does the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.language import lexicon
from dateline.model import ActorMention, PerpetratorCategory, TargetCategory
from dateline.ontology import ontology

Category = PerpetratorCategory | TargetCategory
NAMED = "name"  # the head of a mention of a named person
_WORD = re.compile(r"[^\W\d_]+")
_GROUP = "group"
_BANDS = frozenset(
    {
        PerpetratorCategory.REBEL_OR_MILITANT_GROUP,
        PerpetratorCategory.MILITIA,
        PerpetratorCategory.CRIMINAL_GROUP,
    }
)
_STEM = 6  # letters of a word that are compared: "terrorist", "terrorists"


def identity(actor: ActorMention) -> str:
    """Return what tells one actor from another within an incident: a name, else the noun."""
    return (actor.name or (actor.span.quote if actor.head == NAMED else actor.head)).lower()


def is_same(one: ActorMention, other: ActorMention, of_one: Category, of_other: Category) -> bool:
    """Return whether two actors of these categories on one side are the same.

    Two names of one state's forces are, and so is a name and a mere description of a force of that kind;
    two descriptions are if they share a word that says something. A person is meant by the last name alone
    and by a description of one person, a named group by "the militants" or "the group".
    """
    if identity(one) == identity(other):
        return True
    if NAMED in (one.head, other.head):
        one_person = isinstance(of_one, TargetCategory) or of_one is PerpetratorCategory.INDIVIDUAL
        return _is_same_person(one, other, of_one is of_other and one_person)
    if of_one is not of_other:
        return False
    is_of_state = isinstance(of_one, PerpetratorCategory) and of_one.is_of_state
    if one.name and other.name:
        state = _state_of(one.name)
        return is_of_state and state is not None and state == _state_of(other.name)
    if one.name or other.name:
        return is_of_state or (of_one in _BANDS and _means_a_group(other if one.name else one))
    return bool(_telling(one) & _telling(other))


def _is_same_person(one: ActorMention, other: ActorMention, are_alike: bool) -> bool:
    if one.head == other.head:
        return one.span.quote.lower().split()[-1] == other.span.quote.lower().split()[-1]
    described = other if one.head == NAMED else one
    return are_alike and not (described.plural or described.name)


def _means_a_group(described: ActorMention) -> bool:
    """Return whether a description takes up who was named: "the militants", "jihadist group"."""
    return described.definite or (described.head.endswith(_GROUP) and not described.plural)


def _telling(actor: ActorMention) -> set[str]:
    words = {word[:_STEM] for word in _WORD.findall(actor.span.quote.lower())}
    return words - _empty()


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(word[:_STEM] for word in lexicon("en", "actors")["say_nothing"])


@lru_cache(maxsize=512)
def _state_of(name: str) -> str | None:
    """Return the state that a name means or begins with ("Syria", "Syrian Air Force"), or None."""
    for state in ontology().states.values():
        if name == state.name or any(name.startswith(f"{adjective} ") for adjective in state.adjectives):
            return state.code
    return None
