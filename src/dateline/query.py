"""What the command line, the notebook and the exports ask of a store: always by one named rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from dateline.errors import NotFoundError, UsageError
from dateline.extract.sentences import sentences
from dateline.filter import EVERYTHING, Filter
from dateline.model import (
    Citation,
    Claim,
    Document,
    Field,
    Incident,
    IncidentMention,
    Judgement,
    LedgerAct,
    LedgerEntry,
    Rejection,
    Report,
    Retrieval,
    Span,
    Verdict,
)
from dateline.model.comparison import are_compatible
from dateline.ontology import ontology
from dateline.reconcile import DEFAULT, reconcile, rule_named
from dateline.store import Bound, Change, CustodyEntry, Session, Store
from dateline.values import chronological

_AROUND = 160  # characters of a sentence that are shown on each side of its words


@dataclass(frozen=True, slots=True)
class Source(Citation):
    """A report as a citation, with the text that its claims point into."""

    text: str = ""
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words in the sentence that they stand in, which is cut short where it is long."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One incident with the reports that tell of it, by id."""

    incident: Incident
    sources: Mapping[str, Source]
    # dates that follow from other reports, by mention id
    bounds: Mapping[str, Bound] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def citations(self) -> Mapping[str, Citation]:
        """Return how to cite each report, by its id."""
        return self.sources

    def source(self, claim: Claim) -> Source:
        """Return the report that makes a claim."""
        return self.sources[claim.report_id]

    def excerpt(self, claim: Claim) -> Excerpt:
        """Return a claim's words in their sentence."""
        return excerpt(self.source(claim).text, claim.span)

    def contradicted_by(self, claim: Claim) -> tuple[Claim, ...]:
        """Return the claims of the same slot that cannot be true together with `claim`."""
        others = (c for c in self.incident.claims if c.slot == claim.slot and c.id != claim.id)
        return tuple(c for c in others if _contradict(claim, c))


def _contradict(one: Claim, other: Claim) -> bool:
    if one.attribution.denies != other.attribution.denies:
        return one.value == other.value
    if one.field.holds_many or one.attribution.denies:
        return False
    return not are_compatible(one.value, other.value, ontology().parents)


def excerpt(text: str, span: Span) -> Excerpt:
    """Return the words at `span` in their sentence."""
    around = [s for s in sentences(text) if s[0] < span.end and span.start < s[1]]
    start = min((s[0] for s in around), default=span.start)
    end = max((s[1] for s in around), default=span.end)
    before = text[min(start, span.start) : span.start]
    after = text[span.end : max(end, span.end)]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return Excerpt(before, span.quote, after)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What one report says of an incident, `new` being the claims whose value nobody gave before."""

    source: Source
    claims: tuple[Claim, ...]
    new: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report: as received, as read, and the incidents that its mentions belong to, by mention id."""

    report: Report
    document: Document | None
    retrievals: tuple[Retrieval, ...]
    mentions: tuple[IncidentMention, ...]
    incident_of: Mapping[str, str]
    supersedes: str | None = None
    superseded_by: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What scores too little to be shown."""

    incidents: int = 0
    claims: int = 0


def check_score(score: float) -> None:
    """Raise UsageError unless a score is a probability."""
    if not 0 <= score <= 1:
        raise UsageError(f"a score lies between 0 and 1, not at {score}")


def _scoring(claims: Sequence[Claim], judged: Sequence[Judgement], least: float) -> tuple[Claim, ...]:
    """Return the claims that score enough, in mentions that do, and those that a reviewer accepted.

    A mention that a reviewer found relevant, or one with another, stays whatever it scores.
    """
    accepted = {judgement.anchor for judgement in judged if judgement.verdict is Verdict.ACCEPT}
    vouched = {
        (anchor.content_sha256, anchor.start, anchor.end)
        for judgement in judged
        if judgement.verdict in (Verdict.RELEVANT, Verdict.SAME)
        for anchor in (judgement.anchor, judgement.other)
        if anchor
    }
    places = {
        c.mention_id: (c.content_sha256, c.span.start, c.span.end) for c in claims if c.field is Field.TYPE
    }
    told = {c.mention_id for c in claims if c.field is Field.TYPE and c.score >= least}
    told |= {c.mention_id for c in claims if c.anchor in accepted or places.get(c.mention_id) in vouched}
    return tuple(
        c
        for c in claims
        if c.anchor in accepted
        or (
            c.mention_id in told and (c.score >= least or c.field in (Field.TYPE, Field.REALITY, Field.FOCUS))
        )
    )


class Query:
    """Questions to one store; every answer is of the moment of the question."""

    def __init__(self, store: Store, rule: str = DEFAULT, min_score: float = 0.0) -> None:
        """Ask by a rule; of mentions and claims only those whose score is at least `min_score`.

        UsageError when that is no probability. What lies below it is left out of the answers, not lost.
        """
        check_score(min_score)
        self._store = store
        self._rule = rule_named(rule, ontology().parents)
        self._min_score = min_score

    @property
    def rule(self) -> str:
        """Return the name of the rule that picks the values."""
        return self._rule.name

    def incidents(self, wanted: Filter = EVERYTHING) -> tuple[Incident, ...]:
        """Return the wanted incidents, oldest first."""
        with self._store.read() as session:
            found = [incident for incident in self._all(session) if wanted.accepts(incident)]
        return tuple(sorted(found, key=chronological))

    def casefiles(self, wanted: Filter = EVERYTHING) -> Iterator[CaseFile]:
        """Yield the wanted incidents with their reports, oldest first."""
        for incident in self.incidents(wanted):
            with self._store.read() as session:
                yield self._casefile(session, incident)

    def casefile(self, incident_id: str) -> CaseFile:
        """Return the incident whose id begins with `incident_id`, with its reports.

        Ids of merged incidents lead to the one they went into; NotFoundError when there is none.
        """
        with self._store.read() as session:
            incident = session.computed.incident(self._current_id(session, incident_id))
            shown = self._ruled(incident, session.decisions.standing())
            if shown is None:
                raise NotFoundError(f"{incident.id} is left out: no mention of it scores {self._min_score}")
            return self._casefile(session, shown)

    def incident(self, incident_id: str) -> Incident:
        """Return the incident whose id begins with `incident_id`."""
        return self.casefile(incident_id).incident

    def _all(self, session: Session) -> Iterator[Incident]:
        judged = session.decisions.standing()
        shown = (self._ruled(incident, judged) for incident in session.computed.incidents())
        return (incident for incident in shown if incident is not None)

    def _ruled(self, incident: Incident, judged: Sequence[Judgement]) -> Incident | None:
        """Return an incident by the rule and of what scores enough; None when no mention of it does."""
        if self._rule.name == DEFAULT and not self._min_score:
            return incident
        said = incident.claims
        if self._min_score:
            said = _scoring(said, judged, self._min_score)
            if not any(claim.field is Field.TYPE for claim in said):
                return None
        return reconcile(incident.id, said, judged, self._rule, incident.related)

    def left_out(self, wanted: Filter = EVERYTHING) -> LeftOut:
        """Return how much of the wanted incidents the least score leaves out."""
        if not self._min_score:
            return LeftOut()
        with self._store.read() as session:
            judged = session.decisions.standing()
            found = filter(wanted.accepts, session.computed.incidents())
            parts = [self._left_out(incident, judged) for incident in found]
        return LeftOut(sum(part.incidents for part in parts), sum(part.claims for part in parts))

    def left_out_of(self, incident_id: str) -> LeftOut:
        """Return how much of one incident the least score leaves out."""
        with self._store.read() as session:
            incident = session.computed.incident(self._current_id(session, incident_id))
            return self._left_out(incident, session.decisions.standing())

    def _left_out(self, incident: Incident, judged: Sequence[Judgement]) -> LeftOut:
        shown = self._ruled(incident, judged)
        return LeftOut(int(shown is None), len(incident.claims) - (len(shown.claims) if shown else 0))

    def _current_id(self, session: Session, incident_id: str) -> str:
        ledger = session.decisions.ledger_named(incident_id)
        known = {entry.incident_id for entry in ledger.entries if entry.incident_id.startswith(incident_id)}
        target = ledger.redirect(known.pop()) if len(known) == 1 else incident_id
        if session.computed.bases([target]) or not any(e.incident_id == target for e in ledger.entries):
            return target
        gone = [e for e in ledger.entries if e.incident_id == target and e.act is LedgerAct.DELETED]
        when = f" since {gone[-1].at:%Y-%m-%d}" if gone else ""
        raise NotFoundError(f"incident {target} is no more{when}: no mention of it is left")

    def _casefile(self, session: Session, incident: Incident) -> CaseFile:
        bounds = session.findings.bounds(incident.report_ids)
        own = {m: bounds[m] for m in incident.mention_ids if m in bounds}
        sources = _sources(session, incident.report_ids)
        return CaseFile(incident, MappingProxyType(sources), MappingProxyType(own))

    def timeline(self, incident_id: str) -> tuple[CaseFile, tuple[TimelineEntry, ...]]:
        """Return an incident and what its reports say of it, in the order of their publication."""
        casefile = self.casefile(incident_id)
        ordered = sorted(casefile.sources.values(), key=_published_order)
        seen: set[tuple[str, str]] = set()
        entries = [_timeline_entry(casefile, source, seen) for source in ordered]
        return casefile, tuple(entries)

    def report(self, report_id: str) -> ReportView:
        """Return the report whose id begins with `report_id`; NotFoundError when there is not one."""
        with self._store.read() as session:
            report = session.evidence.report(report_id)
            superseded = session.evidence.superseded()
            mentions = tuple(session.findings.mentions(report.id))
            return ReportView(
                report=report,
                document=session.evidence.document(report.id),
                retrievals=session.evidence.retrievals(report.id),
                mentions=mentions,
                incident_of=session.findings.incident_of(mention.id for mention in mentions),
                supersedes=superseded.get(report.id),
                superseded_by=tuple(new for new, old in superseded.items() if old == report.id),
                rejections=tuple(r for r in session.evidence.rejections() if r.report_id == report.id),
            )

    def history(self, incident_id: str) -> tuple[tuple[LedgerEntry, ...], tuple[Change, ...]]:
        """Return what became of an incident's id, and what changed in it, oldest first."""
        with self._store.read() as session:
            whole = self._current_id(session, incident_id)
            if not session.computed.bases([whole]):
                whole = session.computed.incident(whole).id
            lines = session.decisions.lines(whole)
            merged = {e.incident_id for e in lines if e.act is LedgerAct.MERGED}
            return lines, session.computed.history({whole, *merged})

    def claim(self, claim_id: str) -> Claim:
        """Return the claim whose id begins with `claim_id`; NotFoundError when there is not one."""
        with self._store.read() as session:
            return session.findings.claim(claim_id)

    def log(self) -> tuple[CustodyEntry, ...]:
        """Return the custody log, oldest entry first."""
        with self._store.read() as session:
            return tuple(session.custody.entries())

    def judgements(self) -> tuple[Judgement, ...]:
        """Return all judgements, withdrawn ones too, oldest first."""
        with self._store.read() as session:
            return tuple(session.decisions.judgements())

    def rejections(self) -> tuple[Rejection, ...]:
        """Return everything that could not be read, oldest first."""
        with self._store.read() as session:
            return tuple(session.evidence.rejections())


def _sources(session: Session, report_ids: tuple[str, ...]) -> dict[str, Source]:
    superseded = session.evidence.superseded()
    found: dict[str, Source] = {}
    for report_id in report_ids:
        report, document = session.evidence.report(report_id), session.evidence.document(report_id)
        if document is None:
            continue
        found[report_id] = Source.of(
            report, document, text=document.text, supersedes=superseded.get(report_id)
        )
    return found


def _published_order(source: Source) -> tuple[date, date, str]:
    when = source.published.range
    latest = when.latest or when.earliest or date.max
    return latest, when.earliest or latest, source.report_id


def _timeline_entry(casefile: CaseFile, source: Source, seen: set[tuple[str, str]]) -> TimelineEntry:
    said = tuple(c for c in casefile.incident.claims if c.report_id == source.report_id)
    new: set[str] = set()
    for claim in said:
        value = (claim.slot.key, str(claim.value).casefold())
        if value not in seen:
            new.add(claim.id)
        seen.add(value)
    return TimelineEntry(source, said, frozenset(new))
