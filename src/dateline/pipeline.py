"""The way of the data: reports in, incidents out.

    read -> parse -> copies -> extract -> claims -> link -> narrow -> reconcile -> store

`run` reads top to bottom. Workers only return values; this process alone writes, in batches, so
that a run that was killed goes on where it was: each batch is kept whole or read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from dateline.about import __version__
from dateline.config import Settings
from dateline.engine import Engine, Failure, LocalEngine
from dateline.extract.claims import claims
from dateline.extract.extractor import Extractor
from dateline.ingest import parse, read
from dateline.link import Linkable, assign, link, linkables, narrow
from dateline.model import (
    Argument,
    Document,
    Field,
    IncidentMention,
    Judgement,
    Rejection,
    RejectionReason,
    Report,
    identity,
)
from dateline.ontology import ontology
from dateline.progress import Progress, Silent
from dateline.reconcile import DEFAULT, reconcile, rule_named
from dateline.store import Bound, CustodyKind, Session, Store, changes_in

T = TypeVar("T")

Assigned = Mapping[str, Sequence[str]]  # ids of mentions by the id of their incident


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: ids of reports and incidents, and everything that was not read, with why."""

    new: tuple[str, ...] = ()
    known: int = 0
    read_again: int = 0
    rejected: tuple[Rejection, ...] = ()
    corrections: tuple[str, ...] = ()  # new reports that supersede one at the same address
    mentions: int = 0
    incidents: int = 0
    incidents_new: tuple[str, ...] = ()
    incidents_changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """The ids of the incidents that came up, and of those in which something changed."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    new: list[str] = field(default_factory=list)
    known: int = 0
    read_again: int = 0
    rejected: list[Rejection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as a worker read it: its document, and the incidents that the document mentions."""

    document: Document
    mentions: tuple[IncidentMention, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """What a worker does with a report: parse it, then extract. Depends on the report alone."""

    settings: Settings
    extractor: Extractor

    def __call__(self, report: Report) -> Reading | Rejection:
        """Return what the report says, or why it cannot be read."""
        document = parse(report, self.settings)
        if isinstance(document, Rejection):
            return document
        return Reading(document, self.extractor.extract(document))


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def run(
    locations: Sequence[str],
    store: Store,
    settings: Settings,
    extractor: Extractor,
    progress: Progress | None = None,
    clock: Callable[[], datetime] = now,
) -> RunSummary:
    """Read what is at `locations`, add it to `store`, and bring all incidents up to date.

    What cannot be read is in the summary and in the store, with its reason. InputError when there
    is nothing at a location; StoreBusyError when another run is writing to the store.
    """
    with store.lock():
        return _Run(store, settings, extractor, progress or Silent(), clock).over(locations)


def judge(store: Store, judgement: Judgement) -> Settled:
    """Keep a judgement, bring all incidents up to date, and return what that changed."""
    with store.write() as session:
        session.decisions.judge(judgement)
        return Settling(session, judgement.at, judgement.id).settle()


def withdraw(
    store: Store, judgement_id: str, by: str, clock: Callable[[], datetime] = now
) -> tuple[Judgement, Settled]:
    """Withdraw a judgement, which puts back what was before it; return it and what that changed."""
    with store.write() as session:
        withdrawn = session.decisions.withdraw(judgement_id, by, clock())
        return withdrawn, Settling(session, clock(), withdrawn.id).settle()


class _Run:
    """One run; its methods stand in the order in which they are called."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        extractor: Extractor,
        progress: Progress,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._settings = settings
        self._extractor = extractor
        self._progress = progress
        self._clock = clock
        self._engine: Engine = LocalEngine(settings.workers)
        self._tally = _Tally()

    def over(self, locations: Sequence[str]) -> RunSummary:
        run_id = self._begin(locations)
        self._progress.stage("Reading reports")
        for done in _batches(self._engine.map(self._reader, self._unknown(locations)), self._batch):
            self._keep(done)
        self._read_again()
        summary = self._settle()
        self._end(run_id, summary)
        return summary

    @property
    def _reader(self) -> Reader:
        return Reader(self._settings, self._extractor)

    @property
    def _batch(self) -> int:
        return self._settings.batch_size

    def _begin(self, locations: Sequence[str]) -> str:
        at = self._clock()
        run_id = identity("u", at.isoformat(), list(locations))
        with self._store.write() as session:
            made = {"dateline": __version__, "extractor": self._extractor.version}
            session.custody.append(CustodyKind.RUN_STARTED, run_id, made | {"locations": list(locations)}, at)
        return run_id

    def _unknown(self, locations: Sequence[str]) -> Iterator[Report]:
        """Yield the reports at `locations` that have not been read; settle the rest on the way."""
        found = (item for location in locations for item in read(location, self._settings))
        for batch in _batches(found, self._batch):
            reports = [item for item in batch if isinstance(item, Report)]
            with self._store.read() as session:
                known = session.evidence.read_already(report.id for report in reports)
            self._keep_again([report for report in reports if report.id in known])
            self._reject([item for item in batch if isinstance(item, Rejection)])
            yield from (report for report in reports if report.id not in known)

    def _keep_again(self, reports: Sequence[Report]) -> None:
        if not reports:
            return
        with self._store.write() as session:
            for report in reports:
                session.evidence.receive(report, self._clock())
        self._tally.known += len(reports)
        self._progress.advance(len(reports))

    def _reject(self, rejections: Sequence[Rejection]) -> None:
        if not rejections:
            return
        with self._store.write() as session:
            for rejection in rejections:
                session.evidence.reject(rejection, self._clock())
        self._tally.rejected.extend(rejections)

    def _keep(self, done: Sequence[tuple[Report, Reading | Rejection | Failure]]) -> None:
        """Keep one batch of reports with all that was found in them, or none of it."""
        new, rejected, known = [], [], 0
        with self._store.write() as session:
            for report, result in done:
                session.evidence.receive(report, self._clock())
                outcome = _failed(report, result) if isinstance(result, Failure) else result
                if isinstance(outcome, Rejection):
                    session.evidence.reject(outcome, self._clock())
                    rejected.append(outcome)
                elif session.evidence.read_already([report.id]):
                    known += 1
                else:
                    self._keep_reading(session, outcome)
                    new.append(report.id)
        self._tally.new.extend(new)
        self._tally.rejected.extend(rejected)
        self._tally.known += known
        self._progress.advance(len(done))

    def _keep_reading(self, session: Session, reading: Reading) -> None:
        session.evidence.keep(reading.document, self._clock())
        keep_findings(session, reading.document, reading.mentions, self._extractor.version)

    def _read_again(self) -> None:
        """Extract anew from documents that another version of the extractor has read."""
        version = self._extractor.version
        with self._store.read() as session:
            waiting = session.evidence.read_otherwise(version)
        if waiting:
            self._progress.stage("Reading again with " + version, len(waiting))
        again = self._engine.map(self._extractor.extract, self._documents(waiting))
        for done in _batches(again, self._batch):
            with self._store.write() as session:
                for document, mentions in done:
                    found = () if isinstance(mentions, Failure) else mentions
                    keep_findings(session, document, found, version)
            self._tally.read_again += len(done)
            self._progress.advance(len(done))

    def _documents(self, report_ids: Sequence[str]) -> Iterator[Document]:
        for batch in _batches(report_ids, self._batch):
            with self._store.read() as session:
                documents = [session.evidence.document(report_id) for report_id in batch]
            yield from (document for document in documents if document)

    def _settle(self) -> RunSummary:
        with self._store.write() as session:
            settled = Settling(session, self._clock(), progress=self._progress).settle()
            superseded = session.evidence.superseded()
            return RunSummary(
                new=tuple(self._tally.new),
                known=self._tally.known,
                read_again=self._tally.read_again,
                rejected=tuple(self._tally.rejected),
                corrections=tuple(r for r in self._tally.new if r in superseded),
                mentions=session.findings.count(),
                incidents=session.computed.count(),
                incidents_new=settled.new,
                incidents_changed=settled.changed,
            )

    def _end(self, run_id: str, summary: RunSummary) -> None:
        counts = {
            "new": len(summary.new),
            "known": summary.known,
            "read again": summary.read_again,
            "rejected": len(summary.rejected),
            "mentions": summary.mentions,
            "incidents": summary.incidents,
        }
        with self._store.write() as session:
            session.custody.append(CustodyKind.RUN_FINISHED, run_id, counts, self._clock())


def keep_findings(
    session: Session, document: Document, mentions: Sequence[IncidentMention], version: str
) -> None:
    """Keep the mentions of a document and their claims in place of what an earlier reading found."""
    origin = origin_of(session, document)
    said = [claim for mention in mentions for claim in claims(mention, document, origin, version)]
    session.findings.replace(document.report_id, mentions, said)
    session.evidence.mark_read(document.report_id, version)


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
        """Bring all incidents up to date."""
        self.progress.stage("Linking mentions")
        copied = self._mark_copies()
        items = self._linkables()
        clusters = link(items, self._judged, parents=ontology().parents)
        self._renew_claims(copied | self._narrow(items, clusters))
        return self._reconcile(self._assign(items, clusters))

    @property
    def _judged(self) -> tuple[Judgement, ...]:
        return self.session.decisions.standing()

    def _mark_copies(self) -> frozenset[str]:
        """Note which documents are copies; return the ids of those of which that is news."""
        before = {d.report_id: d.copy_of for d in self.session.evidence.documents()}
        original_of = _copies(self.session.evidence.documents())
        changed = {r for r, copy_of in before.items() if original_of.get(r) != copy_of}
        for report_id in changed:
            self.session.evidence.mark_copy(report_id, original_of.get(report_id))
        return frozenset(changed)

    def _linkables(self) -> tuple[Linkable, ...]:
        by_report: dict[str, list[IncidentMention]] = {}
        for mention in self.session.findings.mentions():
            by_report.setdefault(mention.report_id, []).append(mention)
        documents = (d for d in self.session.evidence.documents() if d.report_id in by_report)
        return tuple(item for d in documents for item in linkables(d, tuple(by_report[d.report_id])))

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
        """Compute every incident anew, keep it, and keep what changed in it."""
        self.progress.stage("Reconciling incidents", len(members))
        rule, judged = rule_named(DEFAULT, ontology().parents), self._judged
        self.session.computed.drop(set(self.session.computed.ids()) - set(members))
        new, changed = [], []
        for incident_id, mention_ids in sorted(members.items()):
            said = self.session.findings.claims(mention_ids)
            incident = reconcile(incident_id, said, judged, rule)
            before = self.session.computed.put(incident, rule.name)
            differences = changes_in(before, incident, self.at, self.judgement_id)
            self.session.computed.record(differences)
            if before is None:
                new.append(incident_id)
            elif differences:
                changed.append(incident_id)
            self.progress.advance()
        return Settled(tuple(new), tuple(changed))


def _copies(documents: Iterable[Document]) -> dict[str, str]:
    """Return the original of every document that has the text of an earlier one, by report id."""
    first: dict[str, str] = {}
    original_of: dict[str, str] = {}
    for document in documents:
        original = first.setdefault(document.content_sha256, document.report_id)
        if original != document.report_id:
            original_of[document.report_id] = original
    return original_of


def _bounded(mention: IncidentMention, bounds: Mapping[str, Bound]) -> tuple[Argument, ...]:
    """Return the date of a mention as other reports bound it, as an argument that no words say."""
    bound = bounds.get(mention.id)
    return (Argument(Field.DATE, bound.date, mention.span, inferred=True),) if bound else ()


def _failed(report: Report, failure: Failure) -> Rejection:
    detail = f"could not be read ({failure.detail}); please report this as an error of Dateline"
    return Rejection(report.location, RejectionReason.FAILED, detail, report.blob.sha256, report.id)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    coming = iter(items)
    while batch := list(islice(coming, size)):
        yield batch
