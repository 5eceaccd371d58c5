"""Which spans of a reading tell of the same incident: anchors first, then what belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.extract.reading import Reading, Role

ANCHOR_FLOOR = 0.5  # the score from which words count as telling of an incident of their own
MERGE_FLOOR = 0.6  # the link from which two anchors are one incident
JOIN_FLOOR = 0.35  # the link from which a span belongs to the incident it fits best
SHARED = 0.8  # the link from which a span belongs to a further incident as well


@dataclass(frozen=True, slots=True)
class Group:
    """The spans of one incident, by their position in the reading; the first anchor is the best."""

    anchors: tuple[int, ...]
    members: tuple[int, ...]


def groups(reading: Reading) -> tuple[Group, ...]:
    """Return the incidents that a reading tells of, in the order of the text."""
    anchors = [at for at, span in reading.of(Role.INCIDENT) if span.score >= ANCHOR_FLOOR]
    merged = _merged(reading, anchors)
    members: list[list[int]] = [[] for _ in merged]
    for at, span in enumerate(reading.spans):
        if span.role.is_told and span.role is not Role.INCIDENT:
            for number in _homes(reading, at, merged):
                members[number].append(at)
    return tuple(Group(_best_first(reading, a), tuple(m)) for a, m in zip(merged, members, strict=True))


def _merged(reading: Reading, anchors: Sequence[int]) -> list[list[int]]:
    """Return the anchors in groups: each joins the group that it is linked to best, or opens one."""
    merged: list[list[int]] = []
    for anchor in anchors:
        links = [_mean_link(reading, anchor, group) for group in merged]
        best = max(range(len(merged)), key=links.__getitem__, default=None)
        if best is not None and links[best] >= MERGE_FLOOR:
            merged[best].append(anchor)
        else:
            merged.append([anchor])
    return merged


def _homes(reading: Reading, at: int, merged: Sequence[Sequence[int]]) -> list[int]:
    """Return the groups that a span belongs to: the best that is good enough, and any beyond doubt."""
    links = [_mean_link(reading, at, group) for group in merged]
    best = max(links, default=0.0)
    floor = min(SHARED, best) if best >= JOIN_FLOOR else SHARED
    return [number for number, link in enumerate(links) if link >= floor]


def _mean_link(reading: Reading, at: int, group: Sequence[int]) -> float:
    return sum(reading.link(at, anchor) for anchor in group) / len(group)


def _best_first(reading: Reading, anchors: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(anchors, key=lambda at: (-reading.spans[at].score, at)))
