"""One incident in full: every value with its standing, its rule, and the words of each claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from dateline.cli.terminal import line, safe
from dateline.model import Citation, Claim, Field, Incident, Resolution, Standing
from dateline.query import CaseFile, Excerpt
from dateline.values import date_of, place_of
from dateline.why import Step
from dateline.wording import FIELD_ORDER, in_words, label, speaker_of, title_of

SHORT = 8  # characters of an id that are shown; any unambiguous beginning is understood
_MARGIN = 4
_BASIS = {"stated": "", "metadata": "", "page": " (page date)", "inferred": " (inferred)", "unknown": ""}


Why = Mapping[str, Sequence[Step]]  # steps to a claim's value, by the claim's id


def print_case(console: Console, casefile: CaseFile, why: Why = MappingProxyType({})) -> None:
    """Print an incident with all its claims and reports, each value with how it came about if `why` says."""
    incident = casefile.incident
    console.print(_title(incident), soft_wrap=True)
    for resolution in in_order(incident):
        if resolution.slot.field is not Field.FOCUS:  # stands with each report, below
            console.print()
            _print_resolution(console, casefile, resolution, why)
    console.print()
    print_reports(console, casefile)


def in_order(incident: Incident) -> list[Resolution]:
    """Return the resolutions in the order in which one wants to know them."""
    return sorted(incident.resolutions, key=lambda r: (FIELD_ORDER.index(r.slot.field), r.slot.key))


def _title(incident: Incident) -> Text:
    number = len(incident.report_ids)
    told = f"{number} report{'s' if number != 1 else ''}"
    where = line(str(place_of(incident)))
    return Text.assemble(
        (incident.id, "id"), "  ", (title_of(incident), "label"), f", {where}, {date_of(incident)}, {told}"
    )


def _print_resolution(console: Console, casefile: CaseFile, resolution: Resolution, why: Why) -> None:
    values = "; ".join(line(in_words(value)) for value in resolution.values) or "unknown"
    head = Text.assemble((f"{label(resolution.slot)}: ", "label"), values, "  ")
    head.append(_standing(resolution), resolution.standing.value)
    print_inset(console, head, 0)
    print_inset(console, Text(f"{resolution.rule}: {_reason(casefile, resolution)}", "faint"), _MARGIN)
    for bound in _bounds(casefile, resolution):
        print_inset(console, Text(f"narrowed: {line(bound)}", "faint"), _MARGIN)
    if resolution.slot.field is Field.REALITY and resolution.standing is not Standing.CONTESTED:
        return  # every mention says so as a whole
    cited = {*resolution.supporting, *resolution.opposing}
    for claim in (claim for claim in casefile.incident.claims if claim.id in cited):
        _print_claim(console, casefile, resolution, claim)
        for step in why.get(claim.id, ()):
            said = f"“{line(step.words)}” " if step.words else ""
            print_inset(console, Text.assemble(("how: ", "faint"), said, line(step.says)), _MARGIN + 2)


def _reason(casefile: CaseFile, resolution: Resolution) -> str:
    """Return the reason, with reports of no known outlet under the names of their files."""
    reason = resolution.reason
    for report_id, citation in casefile.citations.items():
        reason = reason.replace(report_id, name_of(citation))
    return line(reason)


def _standing(resolution: Resolution) -> str:
    return resolution.standing.value + (", judged by a reviewer" if resolution.judged else "")


def _bounds(casefile: CaseFile, resolution: Resolution) -> list[str]:
    if resolution.slot.field is not Field.DATE:
        return []
    return list(dict.fromkeys(bound.reason for bound in casefile.bounds.values()))


def print_inset(console: Console, text: Text, margin: int, hang: int = 4) -> None:
    """Print text broken into lines, the first `margin` columns in and the others `hang` more."""
    room = max(console.width - margin - hang, 20)
    for number, part in enumerate(text.wrap(console, room)):
        part.rstrip()
        console.print(Text(" " * (margin + hang * bool(number))).append_text(part), soft_wrap=True)


def _print_claim(console: Console, casefile: CaseFile, resolution: Resolution, claim: Claim) -> None:
    supports = claim.id in resolution.supporting
    mark = ("+", "for") if supports else ("-", "against")
    source = casefile.source(claim)
    head = Text.assemble(mark, " ", (claim.id[:SHORT], "id"), "  ", (line(in_words(claim.value)), "label"))
    head.append(f"  {line(name_of(source))}, {dated(source)}{line(speaker_of(claim))}")
    if claim.id in resolution.rejected:
        head.append("  rejected by a reviewer", "against")
    if claim.corrected_by:
        head.append(f"  corrected by {claim.corrected_by[:SHORT]}", "revised")
    rivals = [other.id[:SHORT] for other in casefile.contradicted_by(claim)]
    if rivals:
        head.append(f"  against {', '.join(rivals)}", "contested")
    print_inset(console, head, _MARGIN)
    if not claim.inferred:
        words = quoted(casefile.excerpt(claim), marked=console.is_terminal)
        print_inset(console, words, _MARGIN + 2, hang=1)


def quoted(found: Excerpt, *, marked: bool) -> Text:
    """Return words in their sentence: underlined on a terminal, between ‹ and › elsewhere."""
    before, words, after = (
        safe(part).replace("\n", " ") for part in (found.before, found.words, found.after)
    )
    inside = (words, "words") if marked else f"‹{words}›"
    return Text.assemble("“", before, inside, after, "”")


def name_of(citation: Citation) -> str:
    """Return what to call a report in few words: its outlet, else the name of its file."""
    return citation.outlet or PurePath(citation.location).name


def dated(citation: Citation) -> str:
    """Return when a report was published, and how that is known where it is not said outright."""
    published = citation.published
    return f"{published.range}{_BASIS[published.basis]}" if published.range.is_known else "undated"


def print_reports(console: Console, casefile: CaseFile) -> None:
    """Print the reports that tell of an incident."""
    console.print(Text("Reports", "label"))
    focus = {c.report_id: str(c.value) for c in casefile.incident.claims if c.field is Field.FOCUS}
    for source in casefile.sources.values():
        row = Text.assemble((source.report_id[:SHORT], "id"), f"  {line(name_of(source))}, {dated(source)}")
        row.append(f"  {line(source.title or '')}", "label")
        row.append(_part(focus.get(source.report_id)), "faint")
        if source.copy_of:
            row.append(f"  a copy of {source.copy_of[:SHORT]}", "revised")
        if source.supersedes:
            row.append(f"  corrects {source.supersedes[:SHORT]}", "revised")
        print_inset(console, row, _MARGIN)
        print_inset(console, Text(line(source.url or source.location), "faint"), _MARGIN + 2)


def _part(focus: str | None) -> str:
    return "  told as background" if focus == "background" else ""
