"""Incidents and reports as HTML for notebooks. Reports come from strangers: every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dateline.model import Claim, Incident, Resolution, Span, Standing, What
from dateline.query import CaseFile, ReportView
from dateline.values import date_of, place_of, toll
from dateline.wording import FIELD_ORDER, in_words, label, number, speaker_of, title_of

_COLOUR = {
    Standing.AGREED: "#1a7f37",
    Standing.REVISED: "#0969da",
    Standing.CONTESTED: "#bc4c00",
    Standing.SINGLE: "#57606a",
    Standing.UNKNOWN: "#8c959f",
}
_HEAD = ("incident", "when", "what", "where", "killed", "wounded", "reports", "contested")


def incidents_html(incidents: Iterable[Incident]) -> str:
    """Return a table with one row an incident."""
    head = "".join(f"<th style='text-align:left'>{name}</th>" for name in _HEAD)
    body = "".join(_row(incident) for incident in incidents)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(incident: Incident) -> str:
    contested = (label(r.slot) for r in incident.resolutions if r.standing is Standing.CONTESTED)
    cells = (
        incident.id,
        str(date_of(incident)),
        title_of(incident),
        str(place_of(incident)),
        number(toll(incident, What.KILLED)),
        number(toll(incident, What.WOUNDED)),
        str(len(incident.report_ids)),
        ", ".join(contested),
    )
    return f"<tr>{''.join(f'<td style=text-align:left>{escape(cell)}</td>' for cell in cells)}</tr>"


def incident_html(casefile: CaseFile) -> str:
    """Return every field of an incident with its standing and, folded in, the claims behind it."""
    incident = casefile.incident
    head = f"<h3>{escape(title_of(incident))} <small><code>{escape(incident.id)}</code></small></h3>"
    ordered = sorted(incident.resolutions, key=lambda r: (FIELD_ORDER.index(r.slot.field), r.slot.key))
    return head + "".join(_resolution(casefile, resolution) for resolution in ordered)


def _resolution(casefile: CaseFile, resolution: Resolution) -> str:
    values = escape("; ".join(map(in_words, resolution.values)) or "unknown")
    standing = resolution.standing
    badge = f"<span style='color:{_COLOUR[standing]}'>{standing.value}</span>"
    claims = (casefile.incident.claim(c) for c in (*resolution.supporting, *resolution.opposing))
    listed = "".join(_claim(casefile, claim, resolution) for claim in claims)
    summary = f"<summary><b>{escape(label(resolution.slot))}</b>: {values} – {badge}</summary>"
    why = f"<small>{escape(resolution.rule)}: {escape(resolution.reason)}</small>"
    return f"<details>{summary}{why}<ul>{listed}</ul></details>"


def _claim(casefile: CaseFile, claim: Claim, resolution: Resolution) -> str:
    found, source = casefile.excerpt(claim), casefile.source(claim)
    mark = "✓" if claim.id in resolution.supporting else "✗"
    words = f"{escape(found.before)}<mark>{escape(found.words)}</mark>{escape(found.after)}"
    told = f"{source.name}, {source.published.range}{speaker_of(claim)}"
    told += "; corrected since" if claim.corrected_by else ""
    return f"<li>{mark} <b>{escape(in_words(claim.value))}</b>: “{words}” <small>{escape(told)}</small></li>"


def report_html(view: ReportView) -> str:
    """Return the text of a report with the words of its claims marked."""
    if view.document is None:
        reasons = "; ".join(str(rejection) for rejection in view.rejections)
        return f"<p>Not read: {escape(reasons)}</p>"
    spans = [argument.span for mention in view.mentions for argument in mention.arguments]
    title = escape(view.document.title or view.report.location)
    told = escape(f"{view.document.outlet or 'outlet unknown'}, {view.document.published.range}")
    text = _marked(view.document.text, view.document.body_start, spans)
    return f"<h3>{title}</h3><small>{told}</small><div style='white-space:pre-wrap'>{text}</div>"


def _marked(text: str, start: int, spans: Sequence[Span]) -> str:
    pieces, at = [], start
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if span.start >= at:
            pieces.append(f"{escape(text[at : span.start])}<mark>{escape(span.quote)}</mark>")
            at = span.end
    return "".join(pieces) + escape(text[at:])
