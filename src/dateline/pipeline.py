"""The way of the data: reports in, incidents out.

    read -> parse -> copies -> extract -> claims -> link -> narrow -> reconcile -> store

`run` reads top to bottom. Workers only return values; this process alone writes, in batches, so
that a run that was killed goes on where it was: each batch is kept whole or read again. What follows on
extraction looks at all reports together and stands in `settling.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from dateline.about import __version__
from dateline.config import Settings
from dateline.engine import Engine, Failure, LocalEngine
from dateline.extract.extractor import Extractor
from dateline.ingest import parse, read
from dateline.model import (
    Document,
    IncidentMention,
    Judgement,
    Rejection,
    RejectionReason,
    Report,
    identity,
)
from dateline.progress import Progress, Silent
from dateline.settling import Settled, Settling, batches, keep_findings
from dateline.store import CustodyKind, Session, Store

T = TypeVar("T")


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


def judge(store: Store, *judgements: Judgement) -> Settled:
    """Keep judgements made together, bring all incidents up to date, and return what that changed."""
    with store.write() as session:
        for judgement in judgements:
            session.decisions.judge(judgement)
        return Settling(session, judgements[0].at, judgements).settle()


def withdraw(
    store: Store, judgement_id: str, by: str, clock: Callable[[], datetime] = now
) -> tuple[tuple[Judgement, ...], Settled]:
    """Withdraw a judgement and those made together with it; return them and what that changed.

    All that was before them is back.
    """
    with store.write() as session:
        at, judgement = clock(), session.decisions.judgement(judgement_id)
        together = session.decisions.made_together(judgement)
        withdrawn = tuple(session.decisions.withdraw(each.id, by, at) for each in together)
        return withdrawn, Settling(session, at, withdrawn).settle()


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
        for done in batches(self._engine.map(self._reader, self._unknown(locations)), self._batch):
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
        for batch in batches(found, self._batch):
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
        for done in batches(again, self._batch):
            with self._store.write() as session:
                for document, mentions in done:
                    found = () if isinstance(mentions, Failure) else mentions
                    keep_findings(session, document, found, version)
            self._tally.read_again += len(done)
            self._progress.advance(len(done))

    def _documents(self, report_ids: Sequence[str]) -> Iterator[Document]:
        for batch in batches(report_ids, self._batch):
            with self._store.read() as session:
                documents = [session.evidence.document(report_id) for report_id in batch]
            yield from (document for document in documents if document)

    def _settle(self) -> RunSummary:
        with self._store.write() as session:
            settled = Settling(
                session, self._clock(), progress=self._progress, workers=self._settings.workers
            ).settle()
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


def _failed(report: Report, failure: Failure) -> Rejection:
    detail = f"could not be read ({failure.detail}); please report this as an error of Dateline"
    return Rejection(report.location, RejectionReason.FAILED, detail, report.blob.sha256, report.id)
