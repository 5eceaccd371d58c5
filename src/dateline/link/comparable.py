"""What linking keeps of a mention: where it stands, its traits, and the keys under which it is found."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.link.blocking import keys
from dateline.link.linkable import Linkable
from dateline.link.traits import Traits, number_of, print_key
from dateline.link.words import Rarity, word_bag
from dateline.model import Anchor, Focus, IncidentType
from dateline.model.comparison import Parents

_DIGITS = 15  # hexadecimal digits of a mention's id that fit a signed number of 64 bits


@dataclass(frozen=True, slots=True)
class Comparable:
    """One mention, ready to be compared with any other, now or years later."""

    id: str
    report_id: str
    anchor: Anchor
    type: IncidentType
    focus: Focus
    traits: Traits
    keys: array[int] = field(hash=False)  # sorted; of a million mentions, a quarter of the memory of tuples

    @classmethod
    def of(cls, item: Linkable, parents: Parents) -> Comparable:
        """Return what is kept of a mention; `parents` maps a group's name to that of which it is a branch."""
        mention, bag = item.mention, word_bag(item.words, Rarity.shipped())
        found = {*keys(item, bag, parents), print_key(item.anchor, mention.type)}
        return cls(
            mention.id,
            mention.report_id,
            item.anchor,
            mention.type,
            mention.focus,
            Traits.of(item, bag, parents),
            keys_of_numbers(map(number_of, found)),
        )

    @property
    def number(self) -> int:
        """Return the number of the mention: numbers stand in the order of ids."""
        return number_of_id(self.id)

    @property
    def place(self) -> tuple[str, int, int, IncidentType]:
        """Return what two prints of one text have in common."""
        return self.anchor.content_sha256, self.anchor.start, self.anchor.end, self.type


def keys_of_numbers(numbers: Iterable[int]) -> array[int]:
    """Return the keys of a mention as they are kept: each once, in their order."""
    return array("q", sorted({*numbers}))


def number_of_id(mention_id: str) -> int:
    """Return the number of a mention's id."""
    return int(mention_id[1 : 1 + _DIGITS], 16)


def comparables(items: Iterable[Linkable], parents: Parents) -> list[Comparable]:
    """Return what is kept of mentions, each once, in the order of their ids."""
    unique = {item.id: item for item in items}
    return [Comparable.of(unique[mention_id], parents) for mention_id in sorted(unique)]
