"""Average-linkage clusters under constraints: no chain of near neighbours joins two distant mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dateline.link.edges import Edges
from dateline.link.sparse import Floats, Ints

LARGEST = 400  # mentions that are clustered together; a larger block is cut at its weakest edges
FLOORS = tuple(
    map(float, range(7))
)  # scores above which edges count, one after the other, while a block is too large
NEVER = -1e6


class Sets:
    """Disjoint sets of the numbers below `size`."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, at: int) -> int:
        """Return the smallest number of the set that `at` is in."""
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent[b] = a

    def groups(self, members: Iterable[int]) -> list[list[int]]:
        """Return the sets among `members`, each sorted, in the order of their first members."""
        found: dict[int, list[int]] = {}
        for at in sorted(members):
            found.setdefault(self.find(at), []).append(at)
        return list(found.values())


def blocks(size: int, edges: Edges, joined: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return sets of mentions clustered apart from each other: connected by edges.

    Two clusters with a mean score above 0 hold an edge, so nothing is lost; but a set that is too
    large loses its weakest edges until its parts are small enough.
    """
    done: list[list[int]] = []
    todo = np.arange(size)
    always = np.array(joined, np.int64).reshape(-1, 2)
    for floor in FLOORS:
        kept = edges.above(floor)
        left, right = np.concatenate((kept.left, always[:, 0])), np.concatenate((kept.right, always[:, 1]))
        label = components(size, left, right)[todo]
        order = np.argsort(label, kind="stable")
        ends = np.flatnonzero(np.diff(label[order])) + 1
        found = [group.tolist() for group in np.split(todo[order], ends)]
        done += [g for g in found if len(g) <= LARGEST or floor == FLOORS[-1]]
        large = [g for g in found if len(g) > LARGEST and floor != FLOORS[-1]]
        if not large:
            break
        todo = np.array(sorted(at for group in large for at in group))
    return done if size else []


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Return for each number below `size` the smallest that pairs connect it to, itself if none do.

    Roots are hung under smaller ones, all pairs at a time, and chains cut short (Shiloach and Vishkin 1982).
    """
    label = np.arange(size)
    while len(left):
        ends = np.sort(np.stack((label[left], label[right])), axis=0)
        apart = ends[0] != ends[1]
        left, right = left[apart], right[apart]
        np.minimum.at(label, ends[1, apart], ends[0, apart])
        while not np.array_equal(label, above := label[label]):
            label = above
    return label


def average_linkage(members: Sequence[int], total: Floats) -> list[list[int]]:
    """Return the clusters of `members`: the two with the highest mean score join, while it is above 0.

    `total` holds the score of each two; NEVER keeps a pair apart for good, -NEVER joins it first.
    """
    if len(members) == 1:
        return [list(members)]
    groups: dict[int, list[int]] = {at: [member] for at, member in enumerate(members)}
    sizes = np.ones(len(members))
    total, mean = total.copy(), total.copy()
    np.fill_diagonal(mean, -np.inf)
    while len(groups) > 1:
        a, b = divmod(int(np.argmax(mean)), len(members))
        if mean[a, b] <= 0:
            break
        a, b = min(a, b), max(a, b)
        groups[a] += groups.pop(b)
        total[a] += total[b]
        total[:, a] += total[:, b]
        sizes[a] += sizes[b]
        mean[a] = total[a] / (sizes[a] * sizes)
        mean[a, a] = -np.inf
        sizes[b] = 1
        mean[:, a] = mean[a]
        mean[b] = mean[:, b] = -np.inf
        gone = [at for at in range(len(members)) if at not in groups]
        mean[a, gone] = mean[gone, a] = -np.inf
    return [sorted(group) for group in groups.values()]
