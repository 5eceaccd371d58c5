"""On which side the people are that a count counts: what the words say, and what the incident makes of it."""

from __future__ import annotations

from dataclasses import replace

from dateline.model import ActorMention, Count, OfWhom, PerpetratorCategory, What, Who

# A single "man" is a civilian to coders, "people" are of no side.
_PRIVATE = frozenset({"man", "person", "youth", "teenager", "resident"})
_MILITANT = frozenset({PerpetratorCategory.REBEL_OR_MILITANT_GROUP, PerpetratorCategory.MILITIA})


def side_of(what: What, actor: ActorMention | None, of_whom: OfWhom | None) -> Who:
    """Return the side counted, before anything is known of the incident: see `sided`."""
    if what is What.PERPETRATORS:
        return Who.PERPETRATORS
    who = (actor.who if actor else None) or Who.UNSPECIFIED
    if who is Who.UNSPECIFIED and actor is not None and actor.perpetrator in _MILITANT:
        return Who.MILITANTS
    is_private = of_whom is not None or (actor is not None and actor.head in _PRIVATE and not actor.plural)
    return Who.CIVILIANS if who is Who.UNSPECIFIED and is_private else who


def sided(count: Count, attacked_by_the_state: bool) -> Count:
    """Return the count with its side as seen from the incident that it belongs to.

    Members of armed groups who are killed or held in an attack of their own are its
    `perpetrators`; in an air strike, a raid or an arrest by the state they are `militants`.
    """
    if count.who is not Who.MILITANTS or attacked_by_the_state:
        return count
    return replace(count, who=Who.PERPETRATORS)
