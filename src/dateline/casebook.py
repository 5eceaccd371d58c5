"""The casebook: everything that Dateline does, as one object for a notebook or a script.

Examples:
    >>> from dateline import Casebook
    >>> with Casebook("cases.db") as book:            # doctest: +SKIP
    ...     book.add("reports/")
    ...     book.incidents(country="GE").frame()
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dateline.about import __version__
from dateline.config import Settings
from dateline.display import incident_html, report_html
from dateline.doubts import Comparison, FieldDoubt, LinkDoubt, compared, field_doubts, link_doubts
from dateline.errors import CustodyError, NotFoundError, UsageError
from dateline.export import Manifest, format_named
from dateline.extract.extractor import Extractor
from dateline.filter import Filter, wanted_by
from dateline.frame import Incidents
from dateline.gazetteer import Gazetteer, beside
from dateline.link import Linkable
from dateline.model import (
    Anchor,
    Judgement,
    Verdict,
    text_anchor,
)
from dateline.pipeline import RunSummary, judge, run, withdraw
from dateline.progress import Progress
from dateline.query import CaseFile, Query, ReportView, TimelineEntry, check_score
from dateline.reconcile import DEFAULT
from dateline.settling import Settled, linkables_in, linkables_of
from dateline.store import Session, Store, Verification
from dateline.why import Step, explained

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Case(CaseFile):
    """One incident with its reports; a notebook shows every value with the words behind it."""

    def _repr_html_(self) -> str:
        return incident_html(self)


@dataclass(frozen=True, slots=True)
class ReportCase(ReportView):
    """One report; a notebook shows its text with the words of its claims marked."""

    def _repr_html_(self) -> str:
        return report_html(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """Judgements made together, as kept or withdrawn, and the incidents that they brought up or changed."""

    judgements: tuple[Judgement, ...]
    settled: Settled

    @property
    def judgement(self) -> Judgement:
        """Return the first of the judgements: its id stands for all."""
        return self.judgements[0]


class Casebook:
    """A database of reports and incidents, opened; use it in a `with` block or call `close()`."""

    def __init__(
        self,
        database: str | Path = "dateline.db",
        *,
        rule: str = DEFAULT,
        min_score: float = 0.0,
        settings: Settings | None = None,
        extractor: Extractor | None = None,
        create: bool = True,
    ) -> None:
        """Open the database, or make it when `create` is true; StoreError says why it cannot be.

        `min_score` leaves mentions and claims of a lower score (0 to 1) out of all answers and exports.
        """
        check_score(min_score)  # before a file is made
        self._settings = replace(settings or Settings(workers=0), database=str(database))
        self._extractor = extractor
        self._store = Store.open(database, create=create)
        self.query = Query(self._store, rule, min_score)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    @property
    def path(self) -> Path:
        """Return the file that the database is in."""
        return self._store.path

    @property
    def extractor(self) -> Extractor:
        """Return what reads the reports: the shipped extractor unless another was given."""
        if self._extractor is None:
            self._extractor = shipped_extractor(self.gazetteer, accidents=self._settings.accidents)
        return self._extractor

    @property
    def gazetteer(self) -> Gazetteer:
        """Return where reports' places are looked up: the shipped gazetteer and what was imported."""
        return Gazetteer.shipped(beside(self.path))

    def add(self, *locations: str | Path, progress: Progress | None = None) -> RunSummary:
        """Read files, folders or patterns, and bring all incidents up to date.

        What could not be read is in the summary, with its reason. InputError when there is nothing
        at a location; StoreBusyError when another run is writing to the database.
        """
        named = [str(location) for location in locations]
        return run(named, self._store, self._settings, self.extractor, progress)

    def incidents(self, **wanted: Any) -> Incidents:
        """Return incidents, oldest first; see `wanted_by` for the keywords that restrict them."""
        return Incidents(self.query.incidents(wanted_by(**wanted)))

    def incident(self, incident_id: str) -> Case:
        """Return the incident whose id begins with `incident_id`, with the reports that tell of it."""
        return Case(*_parts(self.query.casefile(incident_id)))

    def report(self, report_id: str) -> ReportCase:
        """Return the report whose id begins with `report_id`, with its mentions."""
        return ReportCase(*_parts(self.query.report(report_id)))

    def timeline(self, incident_id: str) -> tuple[TimelineEntry, ...]:
        """Return what each report says of an incident, in the order of publication."""
        return self.query.timeline(incident_id)[1]

    def judge(
        self,
        verdict: Verdict | str,
        thing: str,
        other: str | None = None,
        *,
        reason: str,
        by: str | None = None,
    ) -> Decision:
        """Keep a decision, bring all incidents up to date, and return it with what it changed.

        "same" and "different" take two incidents or mentions, "accept" and "reject" a claim,
        "relevant" and "irrelevant" a mention, or an incident for all its mentions; all by id.
        `by` is the user's name unless given.
        """
        decided = _verdict(verdict)
        if decided.takes_pair != (other is not None):
            wants = "two ids, of incidents or mentions" if decided.takes_pair else "one id"
            raise UsageError(f"{decided.value!r} takes {wants}")
        if not reason.strip():
            raise UsageError("a judgement needs a reason: say in a few words why")
        pairs = self._pairs(decided, thing, other)
        at, who = datetime.now(UTC), by or user()
        judgements = tuple(Judgement(decided, one, who, at, reason, second) for one, second in pairs)
        return Decision(judgements, judge(self._store, *judgements))

    def why(self, incident_id: str) -> dict[str, tuple[Step, ...]]:
        """Return how each value of an incident came about: the steps of each claim, by the claim's id."""
        incident = self.query.incident(incident_id)
        with self._store.read() as session:
            found = {report_id: session.evidence.document(report_id) for report_id in incident.report_ids}
        documents = {report_id: document for report_id, document in found.items() if document}
        return explained(incident.claims, documents, self.gazetteer)

    def explain(self, one: str, other: str) -> Comparison:
        """Return why two things are one incident or two; each is a mention, an incident or a report, by id.

        Of two sets of mentions the likeliest pair is explained.
        """
        with self._store.read() as session:
            left, right = (self._compared(session, thing) for thing in (one, other))
            if len({item.id for item in (*left, *right)}) == 1:
                raise UsageError(f"{one} and {other} are one and the same mention; give two")
            judged, incident_of = session.decisions.standing(), session.findings.incident_of()
            return compared((left, right), judged, incident_of)

    def _compared(self, session: Session, thing: str) -> Sequence[Linkable]:
        """Return the mentions that a mention, an incident or a report stands for."""
        named: Sequence[str]
        if thing.startswith("i"):
            named = self.query.incident(thing).mention_ids
        elif thing.startswith("r"):
            named = [mention.id for mention in self.query.report(thing).mentions]
        else:
            named = [session.findings.mention(thing).id]
        found = linkables_in(session, named)
        if not found:
            raise NotFoundError(f"{thing} has no mention of an incident that could be compared")
        return found

    def doubts(self) -> tuple[LinkDoubt | FieldDoubt, ...]:
        """Return what is most in doubt, links and fields together, the most informative first."""
        with self._store.read() as session:
            links = link_doubts(
                linkables_of(session), session.decisions.standing(), session.findings.incident_of()
            )
        found: list[LinkDoubt | FieldDoubt] = [*links, *field_doubts(self.query.incidents(Filter()))]
        return tuple(sorted(found, key=lambda doubt: -doubt.weight))

    def undo(self, judgement_id: str, *, by: str | None = None) -> Decision:
        """Withdraw a judgement, which stays on record, and put back what was before it."""
        return Decision(*withdraw(self._store, judgement_id, by or user()))

    def _pairs(
        self, decided: Verdict, thing: str, other: str | None
    ) -> tuple[tuple[Anchor, Anchor | None], ...]:
        """Return what a judgement is about: two whole incidents are one when all their mentions are."""
        if decided in _ON_VALUES:
            return ((self.query.claim(thing).anchor, None),)
        if other is None:
            return tuple((anchor, None) for anchor in self._anchors(thing))
        ones, others = self._anchors(thing), self._anchors(other)
        if decided is Verdict.DIFFERENT:
            return ((ones[0], others[0]),)
        first = others[0]
        joined = (*ones, *others[1:])
        if not any(anchor != first for anchor in joined):
            raise UsageError(f"{thing} and {other} are one incident already")
        return tuple((anchor, first) for anchor in joined if anchor != first)

    def _anchors(self, mention_or_incident: str) -> tuple[Anchor, ...]:
        """Return the anchor of a mention, or those of all mentions of an incident."""
        named: tuple[str, ...] = (mention_or_incident,)
        if mention_or_incident.startswith("i"):
            named = self.query.incident(mention_or_incident).mention_ids
        with self._store.read() as session:
            return tuple(self._anchor(session, mention_id) for mention_id in named)

    def _anchor(self, session: Session, mention_id: str) -> Anchor:
        mention = session.findings.mention(mention_id)
        document = session.evidence.document(mention.report_id)
        assert document is not None, "a mention stands in a document"
        return text_anchor(document.text, mention.span)

    def export(self, format: str, path: str | Path, **wanted: Any) -> int:
        """Write incidents to a file in a format by name; return how many."""
        chosen = format_named(format)
        with Path(path).open("w", encoding="utf-8", newline="") as out:
            return self.write(chosen.name, out, wanted_by(**wanted))

    def write(self, format: str, out: Any, wanted: Filter) -> int:
        """Write the wanted incidents to an open text file; return how many."""
        casefiles = list(self.query.casefiles(wanted))
        citations = {key: value for c in casefiles for key, value in c.citations.items()}
        manifest = Manifest(self.query.rule, __version__)
        format_named(format).write((c.incident for c in casefiles), citations, manifest, out)
        return len(casefiles)

    def verify(self) -> Verification:
        """Hash everything again and return what was checked; CustodyError names what was altered."""
        found = self.check()
        if not found.holds:
            more = f" (and {len(found.faults) - 1} more)" if len(found.faults) > 1 else ""
            raise CustodyError(f"{self.path}: {found.faults[0]}{more}")
        return found

    def check(self) -> Verification:
        """Hash everything again and return what was checked, with every fault found."""
        return self._store.verify()

    def __repr__(self) -> str:
        return f"<Casebook {self.path}>"


_ON_VALUES = (Verdict.ACCEPT, Verdict.REJECT)


def _parts(view: Any) -> list[Any]:
    return [getattr(view, part.name) for part in fields(view)]


def _verdict(name: str) -> Verdict:
    try:
        return Verdict(name)
    except ValueError as error:
        raise UsageError(f"no verdict {name!r}; known verdicts: {', '.join(Verdict)}") from error


def user() -> str:
    """Return who is judging: the environment's DATELINE_REVIEWER, else the name of the user."""
    return os.environ.get("DATELINE_REVIEWER") or os.environ.get("USER") or getpass.getuser()


def shipped_extractor(gazetteer: Gazetteer | None = None, *, accidents: bool = False) -> Extractor:
    """Return the extractor that comes with the package; with `accidents`, one that reads those too."""
    from dateline.extract import reader

    return reader.shipped_extractor(gazetteer, accidents=accidents)
