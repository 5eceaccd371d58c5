"""Fields that hold many values: perpetrators, targets, weapons, demands, motives.

Different values can all be true, so they do not contradict, with one exception: named perpetrators
that are no branch of each other, put forward by different speakers, are rivals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.model import Actor, Field, PerpetratorCategory, Standing, Value
from dateline.model.comparison import Parents, actor_key, are_rivals, is_branch, lineage
from dateline.reconcile.testimony import Testimony, origins

_PERSONS = frozenset({PerpetratorCategory.INDIVIDUAL, PerpetratorCategory.PRISONERS})


@dataclass(frozen=True, slots=True)
class Strand:
    """One of several values, with the testimonies for it."""

    value: Value
    said: tuple[Testimony, ...]

    @property
    def rank(self) -> tuple[object, ...]:
        """Return a sorting key: named before described, firm before hedged, then by independent origins."""
        named = isinstance(self.value, Actor) and self.value.name is not None
        firm = any(not t.hedged for t in self.said)
        asserted = any(not t.denies for t in self.said)
        return not asserted, not named, not firm, -len(origins(self.said)), str(self.value), self.said[0].key


def strands(said: Sequence[Testimony], parents: Parents) -> tuple[Strand, ...]:
    """Return the different values, best first; a group and its branch are one, under the branch's name."""
    groups: dict[str, list[Testimony]] = defaultdict(list)
    for testimony in said:
        groups[_key(testimony.value)].append(testimony)
    for name in sorted(groups, key=lambda n: (len(lineage(n, parents)), n)):
        branches = [other for other in groups if other != name and is_branch(other, name, parents)]
        if branches:
            best = min(branches, key=lambda b: (-len(origins(groups[b])), b))
            groups[best].extend(groups.pop(name))
    found = [_strand(name, members) for name, members in groups.items()]
    return tuple(sorted(found, key=lambda strand: strand.rank))


def _key(value: Value) -> str:
    if isinstance(value, Actor):
        return actor_key(value)
    return " ".join(str(value).casefold().split())


def _strand(name: str, members: list[Testimony]) -> Strand:
    own = [t for t in members if _key(t.value) == name]
    best = min(own, key=lambda t: (t.denies, t.hedged, -t.placed, t.day, t.key))
    return Strand(best.value, tuple(sorted(members, key=lambda t: t.key)))


def standing(field: Field, found: Sequence[Strand], parents: Parents) -> Standing:
    """Return how the values stand: contested by rivals or a denial, agreed when the first has two origins."""
    asserted = [s for s in found if any(not t.denies for t in s.said)]
    if not asserted:
        return Standing.UNKNOWN
    if any(t.denies for s in asserted for t in s.said):
        return Standing.CONTESTED
    if field in (Field.PERPETRATOR, Field.CLAIMED_BY) and _any_rivals(asserted, parents):
        return Standing.CONTESTED
    return Standing.AGREED if len(origins(asserted[0].said)) > 1 else Standing.SINGLE


def _any_rivals(found: Sequence[Strand], parents: Parents) -> bool:
    return any(_rival(a, b, parents) for a, b in combinations(found, 2))


def _rival(one: Strand, other: Strand, parents: Parents) -> bool:
    a, b = one.value, other.value
    if not (isinstance(a, Actor) and isinstance(b, Actor)) or not are_rivals(a, b, parents):
        return False
    if a.category in _PERSONS or b.category in _PERSONS:
        return False
    voices = [{(t.origin, t.speaker) for t in s.said} for s in (one, other)]
    attributed = any(t.speaker or t.hedged for s in (one, other) for t in s.said)
    return attributed and not voices[0] & voices[1]
