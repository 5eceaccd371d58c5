"""How the testimonies of one slot stand to each other, whatever the rule: agreed, revised, contested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType

from dateline.model import CaptivityStatus, Field, Reality, Slot, Standing
from dateline.model.comparison import Parents, are_compatible
from dateline.reconcile.testimony import Testimony, is_later, origins

_MOVES = frozenset({Field.COUNT, Field.STATUS, Field.REALITY})  # fields whose value changes with time
_UNSETTLED = frozenset({Reality.PLANNED, Reality.HYPOTHETICAL})


@dataclass(frozen=True, slots=True)
class Assessment:
    """The testimonies of a slot, sorted: what still stands, what a later one replaced, what is denied, and
    what the outlets themselves have corrected since.
    """

    slot: Slot
    current: tuple[Testimony, ...] = ()
    superseded: tuple[Testimony, ...] = ()
    inferred: tuple[Testimony, ...] = ()
    denials: tuple[Testimony, ...] = ()
    withdrawn: tuple[Testimony, ...] = ()
    parents: Parents = field(default_factory=lambda: MappingProxyType({}))

    @property
    def said(self) -> tuple[Testimony, ...]:
        """Return everything that is asserted in words, or what is inferred when nothing is.

        Of what was withdrawn only when there is nothing else.
        """
        return (*self.current, *self.superseded) or self.inferred or self.last_said

    @property
    def last_said(self) -> tuple[Testimony, ...]:
        """Return what was asserted before its outlets corrected it."""
        return tuple(t for t in self.withdrawn if not t.denies)

    @property
    def everything(self) -> tuple[Testimony, ...]:
        """Return all testimonies, denials and what was withdrawn included."""
        return (*self.current, *self.superseded, *self.inferred, *self.denials, *self.withdrawn)

    def conflict(self, one: Testimony, other: Testimony) -> bool:
        """Return whether two assertions cannot both be true."""
        return not are_compatible(one.value, other.value, self.parents)

    def standing(self, accepted: Sequence[Testimony]) -> Standing:
        """Return how the slot stands when a rule builds its value from `accepted`."""
        if not accepted:
            return Standing.UNKNOWN
        if self._contradicted():
            return Standing.CONTESTED
        if self.superseded or self._corrected(accepted):
            return Standing.REVISED
        return Standing.AGREED if len(origins(accepted)) > 1 else Standing.SINGLE

    def _corrected(self, accepted: Sequence[Testimony]) -> bool:
        """Return whether an outlet said something else before, or says nothing any more."""
        return any(t in accepted or any(self.conflict(t, a) for a in accepted) for t in self.last_said)

    def _contradicted(self) -> bool:
        if any(self.conflict(a, b) for a, b in combinations(self.current, 2)):
            return True
        return any(d.value == t.value for d in self.denials for t in self.current)


def assess(slot: Slot, said: Sequence[Testimony], parents: Parents | None = None) -> Assessment:
    """Return the testimonies of one slot sorted by how they stand."""
    kin: Mapping[str, str] = parents or {}
    withdrawn = tuple(t for t in said if t.withdrawn)
    told = tuple(t for t in said if not t.withdrawn)
    asserted = [t for t in told if not t.denies]
    explicit = [t for t in asserted if not t.inferred]
    replaced = [t for t in explicit if any(supersedes(slot.field, u, t, kin) for u in explicit)]
    return Assessment(
        slot=slot,
        current=tuple(t for t in explicit if t not in replaced),
        superseded=tuple(replaced),
        inferred=tuple(t for t in asserted if t.inferred),
        denials=tuple(t for t in told if t.denies),
        withdrawn=withdrawn,
        parents=kin,
    )


def supersedes(field_: Field, one: Testimony, other: Testimony, parents: Parents) -> bool:
    """Return whether `one` replaces `other`: later, at odds with it, by the same or a better placed speaker.

    A captivity that has ended, or a plan that was carried out or foiled, replaces "ongoing" or
    "planned" unless that was certainly said later.
    """
    if field_ not in _MOVES or are_compatible(one.value, other.value, parents):
        return False
    if _was_open(other) and not _was_open(one):
        return not is_later(other, one) and not one.is_boast
    if not is_later(one, other) or one.is_boast:
        return False
    same = one.speaker == other.speaker and (one.speaker is not None or one.origin == other.origin)
    return same or one.placed >= other.placed


def _was_open(testimony: Testimony) -> bool:
    return testimony.value is CaptivityStatus.ONGOING or testimony.value in _UNSETTLED
