"""Ids that never change meaning: minted once, redirected on a merge, kept by the older core on a split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.model import Anchor, Ledger, LedgerAct, LedgerEntry, sha256_hex

_DIGITS = 8
_BORN = (LedgerAct.MINTED, LedgerAct.SPLIT)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The id of each cluster, in the clusters' order, the new lines of the ledger, and who holds what now."""

    ids: tuple[str, ...]
    entries: tuple[LedgerEntry, ...]
    holders: Mapping[Anchor, str]

    def ledger(self, before: Ledger) -> Ledger:
        """Return the ledger after this assignment."""
        return Ledger({**before.holders, **self.holders}, (*before.entries, *self.entries))


def assign(
    clusters: Sequence[Sequence[Anchor]],
    ledger: Ledger,
    now: datetime,
    report_of: Callable[[Anchor], str | None],
    *,
    dying: Collection[str] | None = None,
) -> Assignment:
    """Return an id for each cluster of mention anchors.

    A cluster keeps the oldest id whose core it holds; other ids whose core it holds redirect to
    that one. An id that no cluster holds gets a tombstone: any at all where `clusters` are all that
    there are, else one of `dying`, the ids of which the clusters hold all that is left.
    `report_of` names the report that an anchor stands in.
    """
    return _Assigning(clusters, ledger, now, report_of, dying).result()


class _Assigning:
    def __init__(
        self,
        clusters: Sequence[Sequence[Anchor]],
        ledger: Ledger,
        now: datetime,
        report_of: Callable[[Anchor], str | None],
        dying: Collection[str] | None,
    ) -> None:
        self._clusters = [sorted(cluster, key=lambda a: a.id) for cluster in clusters]
        self._now = now
        self._report_of = report_of
        self._ledger = ledger
        self._age = _ages(ledger)
        self._dying = set(self._age if dying is None else dying)
        self._dead = _dead(ledger)
        self._held = _Holders(ledger)
        self._entries: list[LedgerEntry] = []

    def result(self) -> Assignment:
        votes = [self._votes(cluster) for cluster in self._clusters]
        core = self._cores(votes)
        ids: list[str] = ["" for _ in self._clusters]
        for at in sorted(range(len(ids)), key=lambda n: self._clusters[n][0].id):
            own = sorted((i for i, home in core.items() if home == at), key=lambda i: self._age[i])
            ids[at] = own[0] if own else self._mint(self._clusters[at], votes[at])
            for merged in own[1:]:
                self._write(merged, LedgerAct.MERGED, ids[at], self._newcomer(self._clusters[at]))
        for incident_id in sorted(
            self._dying & set(self._age) - self._dead - set(core) - set(ids), key=lambda i: self._age[i]
        ):
            self._write(incident_id, LedgerAct.DELETED, None, None)
        holders = {anchor: ids[at] for at, cluster in enumerate(self._clusters) for anchor in cluster}
        return Assignment(tuple(ids), tuple(self._entries), holders)

    def _votes(self, cluster: Sequence[Anchor]) -> Mapping[str, int]:
        """Return how many anchors of a cluster each living id held."""
        votes: dict[str, int] = defaultdict(int)
        for anchor in cluster:
            held = self._held.of(anchor)
            if held and held not in self._dead:
                votes[held] += 1
        return votes

    def _cores(self, votes: Sequence[Mapping[str, int]]) -> dict[str, int]:
        """Return the cluster in which each living id stays: its founding anchor's, else most anchors'."""
        homes: dict[str, list[int]] = defaultdict(list)
        for at, held in enumerate(votes):
            for incident_id in held:
                homes[incident_id].append(at)

        def nearness(incident_id: str, at: int) -> tuple[bool, int, str]:
            founded = not self._holds_founder(incident_id, self._clusters[at])
            return founded, -votes[at][incident_id], self._clusters[at][0].id

        return {i: min(at_all, key=lambda at, i=i: nearness(i, at)) for i, at_all in homes.items()}  # type: ignore[misc]

    def _holds_founder(self, incident_id: str, cluster: Sequence[Anchor]) -> bool:
        return any(incident_id in names_of(anchor) for anchor in self._held.lineage(cluster))

    def _mint(self, cluster: Sequence[Anchor], votes: Mapping[str, int]) -> str:
        """Return the id of a cluster that has none: one that a merge had taken from it, else a new one."""
        revived = {name for anchor in self._held.lineage(cluster) for name in names_of(anchor)} & self._dead
        if revived:
            minted = min(revived, key=lambda i: self._age[i])
            self._dead.discard(minted)
        else:
            minted = next(name for name in names_of(cluster[0]) if name not in self._age)
            self._age[minted] = len(self._age)
        parent = max(votes, key=lambda i: (votes[i], i)) if votes else None
        act = LedgerAct.SPLIT if parent else LedgerAct.MINTED
        self._write(minted, act, parent, self._report_of(cluster[0]))
        return minted

    def _newcomer(self, cluster: Sequence[Anchor]) -> str | None:
        """Return the report of an anchor new to the ledger: what brought two incidents together."""
        new = next((anchor for anchor in cluster if self._held.of(anchor) is None), None)
        return self._report_of(new) if new else None

    def _write(self, incident_id: str, act: LedgerAct, target: str | None, report: str | None) -> None:
        self._entries.append(LedgerEntry(incident_id, act, self._now, target, report))


class _Holders:
    """Which id an anchor held, also when a later extraction moved its ends."""

    def __init__(self, ledger: Ledger) -> None:
        self._held = ledger.holders
        self._redirects = ledger.redirects()
        self._by_content: dict[str, list[Anchor]] = defaultdict(list)
        for anchor in ledger.holders:
            self._by_content[anchor.content_sha256].append(anchor)

    def of(self, anchor: Anchor) -> str | None:
        near = self._near(anchor)
        if not near:
            return None
        held = self._held[near[0]]
        return self._redirects.get(held, held)

    def lineage(self, anchors: Sequence[Anchor]) -> list[Anchor]:
        """Return the anchors and all earlier ones that they overlap."""
        return [*anchors, *(near for anchor in anchors for near in self._near(anchor))]

    def _near(self, anchor: Anchor) -> list[Anchor]:
        def overlap(other: Anchor) -> int:
            return min(anchor.end, other.end) - max(anchor.start, other.start)

        met = [a for a in self._by_content.get(anchor.content_sha256, ()) if overlap(a) > 0]
        same = (anchor.start, anchor.end)
        return sorted(met, key=lambda a: ((a.start, a.end) != same, -overlap(a), a.id))


def names_of(anchor: Anchor) -> tuple[str, ...]:
    """Return the ids that an anchor may found, the first unless another incident has it."""
    digits = sha256_hex(anchor.id)
    return tuple("i" + digits[at : at + _DIGITS] for at in range(0, 32, _DIGITS))


def _ages(ledger: Ledger) -> dict[str, int]:
    ages: dict[str, int] = {}
    for entry in ledger.entries:
        if entry.act in _BORN:
            ages.setdefault(entry.incident_id, len(ages))
    return ages


def _dead(ledger: Ledger) -> set[str]:
    last = {entry.incident_id: entry.act for entry in ledger.entries}
    return {incident_id for incident_id, act in last.items() if act not in _BORN}
