"""From the mentions of all reports to incidents: copies, links, dates narrowed by links, reconciliation.

Everything here is computed from what is stored, so it may be done again at any time: after a run,
after a judgement, after a run that was killed in the middle of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from dateline.about import __version__
from dateline.extract.claims import claims
from dateline.ingest import Signature, bands_of, find_copies
from dateline.link import (
    Comparable,
    Edge,
    Growing,
    Linkable,
    Regrouped,
    Weights,
    assign,
    comparables,
    differing,
    law_of,
    link_all,
    linkables,
    narrow,
    ties_of,
)
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
_KEPT_TOGETHER = 2_000  # mentions or edges that are kept by one statement
_LINKED_BY = f"{__version__}/1"  # the way of linking; the second number counts its changes between versions
_FEW, _SHARE = 100, 20  # so many new mentions, or one in so many: then linking all is quicker than one by one

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
    origin, corrected_by = origin_of(session, document), session.evidence.corrected_by(document.report_id)
    said = [
        claim
        for mention in mentions
        for claim in claims(mention, document, origin, version, corrected_by=corrected_by)
    ]
    session.findings.replace(document.report_id, mentions, said)
    session.evidence.mark_read(document.report_id, version)


def linkables_of(session: Session) -> tuple[Linkable, ...]:
    """Return all incident mentions of a store, ready to be compared."""
    by_report: dict[str, list[IncidentMention]] = {}
    for mention in session.findings.mentions():
        by_report.setdefault(mention.report_id, []).append(mention)
    documents = (d for d in session.evidence.documents() if d.report_id in by_report)
    return tuple(item for d in documents for item in linkables(d, tuple(by_report[d.report_id])))


def linkables_in(session: Session, mention_ids: Iterable[str]) -> tuple[Linkable, ...]:
    """Return some mentions ready to be compared, in the order given; only their reports are read."""
    named = tuple(mention_ids)
    reports = {mention.report_id for mention in session.findings.mentions_by_id(named).values()}
    found: dict[str, Linkable] = {}
    for report_id in reports:
        document = session.evidence.document(report_id)
        if document is not None:
            told = tuple(session.findings.mentions(report_id))
            found |= {item.id: item for item in linkables(document, told)}
    return tuple(found[mention_id] for mention_id in named if mention_id in found)


def origin_of(session: Session, document: Document) -> str:
    """Return whose story a report is where it cites no one: its original's outlet, or at least its id."""
    original = session.evidence.document(document.copy_of) if document.copy_of else None
    story = original or document
    return story.outlet or story.report_id


@dataclass(slots=True)
class Settling:
    """From the mentions of all reports to incidents; methods stand in the order of the work.

    `changed` are the judgements that were made or withdrawn since mentions were last linked; `workers`
    processes share the linking of many.
    """

    session: Session
    at: datetime
    changed: Sequence[Judgement] = ()
    progress: Progress = field(default_factory=Silent)
    workers: int = 1

    def settle(self) -> Settled:
        """Bring all incidents up to date; only what new reports or judgements touch is done again."""
        self.progress.stage("Linking mentions")
        findings, computed = self.session.findings, self.session.computed
        reports = findings.unlinked()
        news = self._news(reports) if computed.basis_of("link") == _LINKED_BY else None
        copied = self._mark_copies(reports if news else self.session.evidence.unsigned())
        regrouped = self._link(news) if news else self._link_all()
        narrowed = self._narrow(regrouped)
        corrected = self.session.evidence.corrected(reports)
        self._renew_claims(copied | narrowed | corrected)
        incidents = self._assign(regrouped, None if news else frozenset(computed.ids()))
        incidents |= findings.incidents_of({*reports, *copied, *narrowed, *corrected})
        incidents |= findings.incidents_in(j.anchor.content_sha256 for j in self.changed)
        findings.mark_linked()
        computed.settle("link", _LINKED_BY)
        return self._reconcile(incidents)

    @property
    def _judged(self) -> tuple[Judgement, ...]:
        return self.session.decisions.standing()

    def _mark_copies(self, report_ids: Sequence[str]) -> frozenset[str]:
        """Find copies among documents that are new; return the ids of those of which that is news."""
        evidence = self.session.evidence
        known, original_of = _Signed(self.session), dict[str, str]()
        for batch in batches(report_ids, _SIGNED_TOGETHER):
            signed = known.of(batch)
            documents = [d for d in map(evidence.document, (r for r in batch if r not in signed)) if d]
            original_of |= find_copies(documents, known)
        before = evidence.copies(original_of)
        changed = {r for r in original_of if original_of[r] != before.get(r)}
        for report_id in changed:
            evidence.mark_copy(report_id, original_of[report_id])
        return frozenset(changed)

    def _link_all(self) -> Regrouped:
        """Link all mentions, and make the index anew."""
        links, items = self.session.links, comparables(linkables_of(self.session), ontology().parents)
        clusters, edges = link_all(items, self._judged, workers=self.workers)
        links.clear()
        for batch in batches(items, _KEPT_TOGETHER):
            links.add(batch)
        numbers = [item.number for item in items]
        between = (Edge(numbers[a], numbers[b], score, met) for a, b, score, met in edges)
        for portion in batches(between, _KEPT_TOGETHER):
            links.put(portion)
        return Regrouped(clusters, frozenset(items))

    def _news(self, report_ids: Sequence[str]) -> _News | None:
        """Return which mentions of reports came and went; None if so many that linking all is quicker."""
        found, known = self._comparables(report_ids), self.session.links.of_reports(report_ids)
        same = {each for each in found.keys() & known.keys() if _are_same(found[each], known[each])}
        gone, fresh = (tuple(items[each] for each in sorted(items.keys() - same)) for items in (known, found))
        few = len(gone) + len(fresh) <= max(_FEW, self.session.links.count() // _SHARE)
        return _News(gone, fresh) if few else None

    def _link(self, news: _News) -> Regrouped:
        """Link what is new, and what it touches."""
        judged = self._judged
        growing = Growing(self.session.links, judged, Weights.shipped(), self._ties(judged))
        for item in news.gone:
            growing.remove(item)
        for item in news.fresh:
            growing.add(item)
        self._judge_anew(growing)
        return growing.regrouped()

    def _comparables(self, report_ids: Sequence[str]) -> dict[str, Comparable]:
        items = [item for report_id in report_ids for item in self._linkables(report_id)]
        return {item.id: item for item in comparables(items, ontology().parents)}

    def _linkables(self, report_id: str) -> tuple[Linkable, ...]:
        document = self.session.evidence.document(report_id)
        return linkables(document, tuple(self.session.findings.mentions(report_id))) if document else ()

    def _ties(self, judged: Sequence[Judgement]) -> dict[int, set[int]]:
        """Return the mentions that judgements join."""
        return ties_of(list(self._on_texts_of(judged).values()), judged)

    def _on_texts_of(self, judged: Iterable[Judgement]) -> dict[str, Comparable]:
        """Return the mentions, by id, in the texts of judgements that say which mentions are one incident."""
        anchors = (a for j in judged if j.verdict.takes_pair for a in (j.anchor, j.other) if a)
        return self.session.links.of_texts(anchor.content_sha256 for anchor in anchors)

    def _judge_anew(self, growing: Growing) -> None:
        """Look again at the mentions of which judgements say something else than before."""
        changed = {j.id: j for j in self.changed if j.anchor.field is None}
        if not changed:
            return
        standing = {j.id for j in growing.judgements}
        withdrawn = [replace(j, withdrawn_at=None) for j in changed.values() if j.id not in standing]
        before = [j for j in growing.judgements if j.id not in changed] + withdrawn
        texts = {anchor.content_sha256 for j in changed.values() for anchor in (j.anchor, j.other) if anchor}
        named = self._on_texts_of([*growing.judgements, *before]) | self.session.links.of_texts(texts)
        items = [named[mention_id] for mention_id in sorted(named)]
        other = differing(law_of(items, before), law_of(items, growing.judgements))
        growing.judge_anew([items[at] for at in other], ties_of(items, before))

    def _narrow(self, regrouped: Regrouped) -> frozenset[str]:
        """Bound dates by what reports retell; return the ids of reports for which that is news."""
        report_ids = sorted({item.report_id for item in regrouped.touched})
        items = {item.id: item for report_id in report_ids for item in self._linkables(report_id)}
        clusters = {mention_id: cluster for cluster in regrouped.clusters for mention_id in cluster}
        away = self.session.findings.incident_of(items.keys() - clusters.keys())
        members = self.session.findings.members(set(away.values()))
        apart = {mention_id: members[incident_id] for mention_id, incident_id in away.items()}
        others = {m for cluster in apart.values() for m in cluster} - items.keys()
        for report_id in sorted({m.report_id for m in self.session.findings.mentions_by_id(others).values()}):
            items |= {item.id: item for item in self._linkables(report_id) if item.id in others}
        found = narrow(items.values(), {*regrouped.clusters, *apart.values()})
        bounds = {n.mention_id: Bound(n.date, n.reason, n.because) for n in found}
        of_these = [item.id for item in items.values() if item.report_id in set(report_ids)]
        return self.session.findings.narrow(bounds, of_these)

    def _renew_claims(self, report_ids: Iterable[str]) -> None:
        for report_id in sorted(report_ids):
            document = self.session.evidence.document(report_id)
            if document is None:
                continue
            bounds = self.session.findings.bounds([report_id])
            origin, version = origin_of(self.session, document), self.session.evidence.read_by(report_id)
            corrected_by = self.session.evidence.corrected_by(report_id)
            said = [
                claim
                for mention in self.session.findings.mentions(report_id)
                for claim in claims(
                    mention, document, origin, version, _bounded(mention, bounds), corrected_by
                )
            ]
            self.session.findings.replace_claims(report_id, said)

    def _assign(self, regrouped: Regrouped, all_before: frozenset[str] | None) -> frozenset[str]:
        """Give each cluster its incident's id; return the ids of incidents that may be other than before.

        `all_before` are the incidents that were, if all mentions were linked.
        """
        decisions = self.session.decisions
        anchor_of = {item.id: item.anchor for item in regrouped.touched}
        report_of = {item.anchor: item.report_id for item in regrouped.touched}
        ledger = decisions.ledger_of(frozenset(report_of)) if all_before is None else decisions.ledger()
        before = frozenset(ledger.redirect(ledger.holders[a]) for a in report_of if a in ledger.holders)
        dying = before if all_before is None else None
        anchors = [[anchor_of[mention_id] for mention_id in cluster] for cluster in regrouped.clusters]
        assignment = assign(anchors, ledger, self.at, report_of.get, dying=dying)
        decisions.enter(assignment.entries)
        decisions.hold(assignment.holders)
        held: dict[str, str | None] = dict.fromkeys(anchor_of)
        for incident_id, cluster in zip(assignment.ids, regrouped.clusters, strict=True):
            held.update(dict.fromkeys(cluster, incident_id))
        self.session.findings.assign(held)
        return before | frozenset(assignment.ids) | (all_before or frozenset())

    def _reconcile(self, incident_ids: Collection[str]) -> Settled:
        """Compute anew those incidents whose claims or judgements changed, and keep what changed in them."""
        computed, members = self.session.computed, self.session.findings.members(incident_ids)
        computed.drop(set(incident_ids) - members.keys())
        rule, judged, stored = rule_named(DEFAULT, ontology().parents), self._judged, computed.bases(members)
        bases = {i: basis for i, basis in self._bases(members, judged) if stored.get(i) != basis}
        self.progress.stage("Reconciling incidents", len(bases))
        cause = self.changed[0].id if self.changed else None
        new, changed = [], []
        for incident_id, basis in sorted(bases.items()):
            said = self.session.findings.claims(members[incident_id])
            incident = reconcile(incident_id, said, judged, rule)
            before = computed.put(incident, rule.name, basis)
            differences = changes_in(before, incident, self.at, cause)
            computed.record(differences)
            if before is None:
                new.append(incident_id)
            elif differences:
                changed.append(incident_id)
            self.progress.advance()
        return Settled(tuple(new), tuple(changed))

    def _bases(self, members: Assigned, judged: Sequence[Judgement]) -> Iterator[tuple[str, str]]:
        """Yield each incident's id with the hash of all that it is computed from."""
        on_text: dict[str, list[str]] = {}
        for judgement in judged:
            on_text.setdefault(judgement.anchor.content_sha256, []).append(judgement.id)
        for incident_id, mention_ids in members.items():
            parts = self.session.findings.claim_digest(mention_ids)
            decided = sorted({j for _, content in parts for j in on_text.get(content, ())})
            said = [digest for digest, _ in parts]
            yield incident_id, sha256_hex(canonical_json([__version__, DEFAULT, said, decided]))


@dataclass(frozen=True, slots=True)
class _News:
    """The mentions that are no more, or no more as they were, and those that are there now."""

    gone: tuple[Comparable, ...]
    fresh: tuple[Comparable, ...]


class _Signed:
    """The signatures in a store, as copies are looked for among them."""

    def __init__(self, session: Session) -> None:
        self._kept = session.signatures

    def add(self, signature: Signature) -> None:
        if not self._kept.of([signature.report_id]):
            self._kept.sign(signature.report_id, _signature_to_json(signature), bands_of(signature))

    def of(self, report_ids: Iterable[str]) -> dict[str, Signature]:
        return {known: _signature(kept) for known, kept in self._kept.of(report_ids).items()}

    def in_bands(self, bands: Sequence[int], most: int) -> frozenset[str]:
        return self._kept.in_bands(bands, most)


def _are_same(found: Comparable, known: Comparable) -> bool:
    """Return whether a mention is kept as it is found now: with one id, its values may be others."""
    return (found.focus, found.keys, found.traits) == (known.focus, known.keys, known.traits)


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
