"""What values of one field that can all be true have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from dateline.model import Actor, Count, DateRange, Place, Value
from dateline.model.comparison import Parents, counts_meet, lineage, specificity


def common(values: Sequence[Value], parents: Parents) -> Value:
    """Return the common part of values of one field, best first, that are all compatible."""
    first = values[0]
    match first:
        case Count():
            return common_count([v for v in values if isinstance(v, Count)])
        case DateRange():
            return common_date([v for v in values if isinstance(v, DateRange)])
        case Place():
            return common_place([v for v in values if isinstance(v, Place)])
        case Actor():
            actors = [v for v in values if isinstance(v, Actor)]
            return max(
                actors, key=lambda a: (len(lineage(a.name, parents)) if a.name else 0, -actors.index(a))
            )
    return first


def common_count(counts: Sequence[Count]) -> Count:
    """Return what counts that all meet have in common; the first has the word on what is included.

    Vague words support a number and never narrow it, except that "about 100" says more than an
    interval with an open end.
    """
    like = [c for c in counts if c.includes_perpetrators == counts[0].includes_perpetrators]
    firm = [c for c in like if not c.vague]
    if not firm:
        return min(like, key=lambda c: (c.low != c.high, c.low is None, like.index(c)))
    joint = reduce(_meet, firm)
    about = next((c for c in like if c.vague and c.low == c.high), None)
    if about and None in (joint.low, joint.high) and counts_meet(joint, about):
        return about
    return joint


def _meet(one: Count, other: Count) -> Count:
    met = one.meet(other)
    return replace(one, low=met[0], high=met[1]) if met else one


def common_place(places: Sequence[Place]) -> Place:
    """Return the most specific of places that all meet, with the site if only another names it."""
    best = min(places, key=specificity)
    site = best.site or next((p.site for p in places if p.site), None)
    return replace(best, site=site)


def common_date(ranges: Sequence[DateRange]) -> DateRange:
    """Return the days that ranges which all meet allow."""
    joint = ranges[0]
    for other in ranges[1:]:
        joint = joint.meet(other) or joint
    return joint
