"""From the mentions of all reports to incidents: copies, links, dates narrowed by links, reconciliation.

Everything here is computed from what is stored, so it may be done again at any time: after a run,
after a judgement, after a run that was killed in the middle of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from dateline.about import __version__
from dateline.extract.claims import claims
from dateline.ingest import CopyIndex, Signature, find_copies
from dateline.link import Linkable, assign, link, linkables, narrow
from dateline.model import (
    Argument,
    Document,
    Field,
    IncidentMention,
    Json,
    Judgement,
    canonical_json,
    sha256_hex,
)
from dateline.ontology import ontology
from dateline.progress import Progress, Silent
from dateline.reconcile import DEFAULT, reconcile, rule_named
from dateline.store import Bound, Session, changes_in

T = TypeVar("T")

_SIGNED_TOGETHER = 200  # documents whose texts are held at once while copies are looked for

Assigned = Mapping[str, Sequence[str]]  # ids of mentions by the id of their incident


@dataclass(frozen=True, slots=True)
class Settled:
    """The ids of the incidents that came up, and of those in which something changed."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def keep_findings(
    session: Session, document: Document, mentions: Sequence[IncidentMention], version: str
) -> None:
    """Keep the mentions of a document and their claims in place of what an earlier reading found."""
    origin = origin_of(session, document)
    said = [claim for mention in mentions for claim in claims(mention, document, origin, version)]
    session.findings.replace(document.report_id, mentions, said)
    session.evidence.mark_read(document.report_id, version)


def linkables_of(session: Session) -> tuple[Linkable, ...]:
    """Return all incident mentions of a store, ready to be compared."""
    by_report: dict[str, list[IncidentMention]] = {}
    for mention in session.findings.mentions():
        by_report.setdefault(mention.report_id, []).append(mention)
    documents = (d for d in session.evidence.documents() if d.report_id in by_report)
    return tuple(item for d in documents for item in linkables(d, tuple(by_report[d.report_id])))


def origin_of(session: Session, document: Document) -> str:
    """Return whose story a report is where it cites no one: its original's outlet, or at least its id."""
    original = session.evidence.document(document.copy_of) if document.copy_of else None
    story = original or document
    return story.outlet or story.report_id


@dataclass(slots=True)
class Settling:
    """From the mentions of all reports to incidents; methods stand in the order of the work."""

    session: Session
    at: datetime
    judgement_id: str | None = None
    progress: Progress = field(default_factory=Silent)

    def settle(self) -> Settled:
        """Bring all incidents up to date; a step whose input is as it was is not done again."""
        self.progress.stage("Linking mentions")
        copied = self._mark_copies()
        basis = self._link_basis()
        if basis == self.session.computed.basis_of("link"):
            return self._reconcile(self._members())
        items = linkables_of(self.session)
        clusters = link(items, self._judged, parents=ontology().parents)
        self._renew_claims(copied | self._narrow(items, clusters))
        members = self._assign(items, clusters)
        self.session.computed.settle("link", basis)
        return self._reconcile(members)

    def _link_basis(self) -> str:
        """Return the hash of all that decides which mentions are one incident."""
        on_mentions = [j.id for j in self._judged if j.anchor.field is None]
        return sha256_hex(canonical_json([__version__, self.session.findings.digest(), on_mentions]))

    def _members(self) -> Assigned:
        """Return the mentions of each incident as they were last linked."""
        members: dict[str, list[str]] = {}
        for mention_id, incident_id in sorted(self.session.findings.incident_of().items()):
            members.setdefault(incident_id, []).append(mention_id)
        return members

    @property
    def _judged(self) -> tuple[Judgement, ...]:
        return self.session.decisions.standing()

    def _mark_copies(self) -> frozenset[str]:
        """Find copies among documents that are new; return the ids of those of which that is news."""
        evidence = self.session.evidence
        if not (unsigned := evidence.unsigned()):
            return frozenset()
        before = evidence.copies()
        known = CopyIndex.of(_signature(kept) for kept in evidence.signatures())
        original_of = dict(before)
        for batch in batches(unsigned, _SIGNED_TOGETHER):
            documents = [d for d in map(evidence.document, batch) if d]
            original_of |= find_copies(documents, known)
            for report_id in batch:
                evidence.sign(report_id, _signature_to_json(known.signatures[report_id]))
        changed = {r for r in original_of if original_of[r] != before.get(r)}
        for report_id in changed:
            evidence.mark_copy(report_id, original_of[report_id])
        return frozenset(changed)

    def _narrow(self, items: Sequence[Linkable], clusters: Sequence[Sequence[str]]) -> frozenset[str]:
        """Bound dates by what reports retell; return the ids of reports for which that is news."""
        bounds = {n.mention_id: Bound(n.date, n.reason, n.because) for n in narrow(items, clusters)}
        return self.session.findings.narrow(bounds)

    def _renew_claims(self, report_ids: Iterable[str]) -> None:
        bounds = self.session.findings.bounds()
        for report_id in sorted(report_ids):
            document = self.session.evidence.document(report_id)
            if document is None:
                continue
            origin, version = origin_of(self.session, document), self.session.evidence.read_by(report_id)
            said = [
                claim
                for mention in self.session.findings.mentions(report_id)
                for claim in claims(mention, document, origin, version, _bounded(mention, bounds))
            ]
            self.session.findings.replace_claims(report_id, said)

    def _assign(self, items: Sequence[Linkable], clusters: Sequence[Sequence[str]]) -> Assigned:
        """Give each cluster its incident's id; return the mentions of each incident."""
        anchor_of = {item.id: item.anchor for item in items}
        report_of = {item.anchor: item.report_id for item in items}
        anchors = [[anchor_of[mention_id] for mention_id in cluster] for cluster in clusters]
        assignment = assign(anchors, self.session.decisions.ledger(), self.at, report_of.get)
        self.session.decisions.enter(assignment.entries)
        self.session.decisions.hold(assignment.holders)
        members = dict(zip(assignment.ids, clusters, strict=True))
        self.session.findings.assign({m: i for i, mentions in members.items() for m in mentions})
        return members

    def _reconcile(self, members: Assigned) -> Settled:
        """Compute anew every incident whose claims or judgements changed, and keep what changed in it."""
        computed = self.session.computed
        computed.drop(set(computed.ids()) - set(members))
        rule, judged, stored = rule_named(DEFAULT, ontology().parents), self._judged, computed.bases()
        bases = {i: basis for i, basis in self._bases(members) if stored.get(i) != basis}
        self.progress.stage("Reconciling incidents", len(bases))
        new, changed = [], []
        for incident_id, basis in sorted(bases.items()):
            said = self.session.findings.claims(members[incident_id])
            incident = reconcile(incident_id, said, judged, rule)
            before = computed.put(incident, rule.name, basis)
            differences = changes_in(before, incident, self.at, self.judgement_id)
            computed.record(differences)
            if before is None:
                new.append(incident_id)
            elif differences:
                changed.append(incident_id)
            self.progress.advance()
        return Settled(tuple(new), tuple(changed))

    def _bases(self, members: Assigned) -> Iterator[tuple[str, str]]:
        """Yield each incident's id with the hash of all that it is computed from."""
        digests = self.session.findings.claim_digests()
        on_text: dict[str, list[str]] = {}
        for judgement in self._judged:
            on_text.setdefault(judgement.anchor.content_sha256, []).append(judgement.id)
        for incident_id, mention_ids in members.items():
            parts = [digests[mention_id] for mention_id in sorted(mention_ids)]
            decided = sorted({j for _, content in parts for j in on_text.get(content, ())})
            said = [digest for digest, _ in parts]
            yield incident_id, sha256_hex(canonical_json([__version__, DEFAULT, said, decided]))


def _signature(kept: Any) -> Signature:
    published = date.fromisoformat(kept["published"]) if kept["published"] else None
    return Signature(kept["report_id"], published, kept["shingles"], tuple(kept["hashes"]))


def _signature_to_json(signature: Signature) -> Json:
    return {
        "report_id": signature.report_id,
        "published": signature.published.isoformat() if signature.published else None,
        "shingles": signature.shingles,
        "hashes": list(signature.hashes),
    }


def _bounded(mention: IncidentMention, bounds: Mapping[str, Bound]) -> tuple[Argument, ...]:
    """Return the date of a mention as other reports bound it, as an argument that no words say."""
    bound = bounds.get(mention.id)
    return (Argument(Field.DATE, bound.date, mention.span, inferred=True),) if bound else ()


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    coming = iter(items)
    while batch := list(islice(coming, size)):
        yield batch
