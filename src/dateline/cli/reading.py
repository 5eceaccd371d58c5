"""Commands that only look: list, show, timeline, report, history."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console
from rich.text import Text

from dateline.casebook import Casebook
from dateline.cli import options
from dateline.cli.case import SHORT, dated, name_of, print_case, print_inset, quoted
from dateline.cli.jsonform import (
    history_row,
    incident_row,
    ledger_row,
    report_row,
    timeline_row,
    why_rows,
)
from dateline.cli.page import print_page
from dateline.cli.tables import incident_table
from dateline.cli.terminal import line, print_json, screen, tell_left_out
from dateline.errors import NotFoundError, UsageError
from dateline.export.records import incident_record
from dateline.filter import wanted_by
from dateline.model import Field, value_from_json
from dateline.query import CaseFile, TimelineEntry
from dateline.store import Change
from dateline.wording import in_words, label, speaker_of, words

_TOLD = (Field.TYPE, Field.REALITY, Field.FOCUS)  # what a timeline leaves out


@click.command("list")
@options.database
@options.rule
@options.min_score
@options.filters
@options.as_json
def list_(database: str, rule: str, min_score: float, as_json: bool, **wanted: Any) -> None:
    """List incidents, oldest first.

    \b
    Example:
      dateline list --db cases.db
      dateline list --country GE --since 2025-03-01 --killed 5
      dateline list --min-score 0.7
      dateline list --type hostage_taking --standing contested --json
    """
    with Casebook(database, rule=rule, min_score=min_score, create=False) as book:
        incidents = book.incidents(**wanted)
        tell_left_out(book.query.left_out(wanted_by(**wanted)), min_score)
    if as_json:
        print_json([incident_row(incident) for incident in incidents])
    elif incidents:
        console = screen()
        console.print(incident_table(incidents, console.width))
    else:
        click.echo("no incident", err=True)


@click.command()
@click.argument("incident", required=False)
@click.option("--first", is_flag=True, help="Show the incident that most reports tell of.")
@click.option("--why", is_flag=True, help="Also how each date, place and number was read from its words.")
@options.database
@options.rule
@options.min_score
@options.as_json
def show(
    incident: str | None, first: bool, why: bool, database: str, rule: str, min_score: float, as_json: bool
) -> None:
    """Show one incident in full, claim by claim.

    Each value stands with its standing, its rule and the reason. A claim is marked + when the value
    rests on it and - when it says otherwise; its words stand in their sentence, with outlet, date
    and speaker. INCIDENT is an id or the beginning of one.

    \b
    Example:
      dateline show i3f9 --db cases.db
      dateline show i3f9 --rule ucdp
      dateline show i3f9 --why
      dateline show --first --json
    """
    with Casebook(database, rule=rule, min_score=min_score, create=False) as book:
        casefile = book.query.casefile(_chosen(book, incident, first))
        steps = book.why(casefile.incident.id) if why else {}
        tell_left_out(book.query.left_out_of(casefile.incident.id), min_score)
    if as_json:
        record = incident_record(casefile.incident, casefile.citations)
        print_json(record | {"why": why_rows(steps)} if why else record)
    else:
        print_case(screen(), casefile, steps)


def _chosen(book: Casebook, incident: str | None, first: bool) -> str:
    if incident:
        return incident
    if not first:
        raise UsageError("which incident? give its id or --first; `dateline list` shows the ids")
    incidents = book.incidents()
    if not incidents:
        raise NotFoundError(f"there is no incident in {book.path}; read reports with: dateline run PATH")
    return max(incidents, key=lambda found: len(found.report_ids)).id


@click.command()
@click.argument("incident")
@options.database
@options.rule
@options.as_json
def timeline(incident: str, database: str, rule: str, as_json: bool) -> None:
    """Show what each report says of an incident.

    Reports come in the order of publication; values that no earlier report gave are marked +.

    \b
    Example:
      dateline timeline i3f9 --db cases.db
    """
    with Casebook(database, rule=rule, create=False) as book:
        casefile, entries = book.query.timeline(incident)
    if as_json:
        print_json({"incident": casefile.incident.id, "entries": [timeline_row(entry) for entry in entries]})
        return
    console = screen()
    for entry in entries:
        _print_entry(console, casefile, entry)


def _print_entry(console: Console, casefile: CaseFile, entry: TimelineEntry) -> None:
    citation = entry.source
    head = Text.assemble((dated(citation), "label"), f"  {line(name_of(citation))}")
    head.append(f"  {line(citation.title or '')}", "faint")
    console.print(head, soft_wrap=True)
    for claim in entry.claims:
        if claim.inferred or claim.field in _TOLD:
            continue
        mark = ("+ ", "for") if claim.id in entry.new else ("  ", "faint")
        row = Text.assemble(mark, (f"{label(claim.slot)}: ", "label"), line(in_words(claim.value)))
        row.append(line(speaker_of(claim)) + "  ", "faint")
        row.append_text(quoted(casefile.excerpt(claim), marked=console.is_terminal))
        print_inset(console, row, 2)
    console.print()


@click.command()
@click.argument("report")
@options.database
@options.as_json
def report(report: str, database: str, as_json: bool) -> None:
    """Show a report with its mentions marked.

    Behind each marked value stands what it was read as. REPORT is an id or the beginning of one;
    `dateline show` gives the ids.

    \b
    Example:
      dateline report r54e1 --db cases.db
    """
    with Casebook(database, create=False) as book:
        view = book.query.report(report)
    if as_json:
        print_json(report_row(view))
    else:
        print_page(screen(), view)


@click.command()
@click.argument("incident")
@options.database
@options.as_json
def history(incident: str, database: str, as_json: bool) -> None:
    """Show what changed in an incident, and why.

    Also what became of its id: first seen, merged, split, gone.

    \b
    Example:
      dateline history i3f9 --db cases.db
    """
    with Casebook(database, create=False) as book:
        entries, changes = book.query.history(incident)
    if as_json:
        rows = [ledger_row(entry) for entry in entries]
        print_json({"ledger": rows, "changes": [history_row(change) for change in changes]})
        return
    console = screen()
    for entry in entries:
        target = f" {entry.target}" if entry.target else ""
        act = {"merged": "merged into", "split": "split from", "minted": "first seen", "deleted": "gone"}
        cause = f"  because of report {entry.report_id[:SHORT]}" if entry.report_id else ""
        said = f"  {act[entry.act]}{target}{cause}"
        console.print(Text.assemble(f"{entry.at:%Y-%m-%d %H:%M}  ", (entry.incident_id, "id"), said))
    for change in changes:
        console.print(_change_line(change), soft_wrap=True)


def _change_line(change: Change) -> Text:
    cause = f"report {change.report_id[:SHORT]}" if change.report_id else "what other reports say"
    if change.judgement_id:
        cause = f"judgement {change.judgement_id[:SHORT]}"
    field = change.slot.split(".")[0]
    row = Text.assemble(f"{change.at:%Y-%m-%d %H:%M}  ", (f"{words(change.slot)}: ", "label"))
    if change.before:
        row.append(f"{_shown(field, change.before)} → ", "faint")
    return row.append(f"{_shown(field, change.after)}").append(f"  because of {cause}", "faint")


def _shown(field: str, state: Any) -> str:
    if not state:
        return "nothing said"
    kind = Field(field) if field in set(Field) else Field.COUNT
    values = "; ".join(line(in_words(value_from_json(kind, value))) for value in state["values"])
    return f"{values or 'unknown'} ({state['standing']})"
