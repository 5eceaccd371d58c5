"""`dateline run`: reports in, incidents up to date, and what could not be read."""

from __future__ import annotations

import os

import click
from rich.console import Console
from rich.text import Text

from dateline.casebook import Casebook
from dateline.cli import options
from dateline.cli.jsonform import incident_row
from dateline.cli.tables import incident_table
from dateline.cli.terminal import bars, line, print_json, screen
from dateline.config import Settings
from dateline.model import Rejection
from dateline.pipeline import RunSummary
from dateline.wording import several

_MOST = 40  # incidents that the table after a run shows


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.database
@options.rule
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=lambda: os.cpu_count() or 1,
    show_default="one a processor",
    metavar="N",
    help="Processes that read reports, and link where there are many; 0 does all in this one.",
)
@options.accidents
@options.as_json
def run(
    paths: tuple[str, ...], database: str, rule: str, workers: int, accidents: bool, as_json: bool
) -> None:
    """Read reports and bring all incidents up to date.

    PATH is a file, a folder, a pattern, or - for standard input. Text, HTML, JSON Lines and feeds
    are told apart by their content. A run that was stopped goes on where it was.

    \b
    Example:
      dateline run reports/ --db cases.db
      dateline run 'archive/*.jsonl' --db cases.db --workers 4
      curl -s https://example.org/article | dateline run - --db cases.db
    """
    settings = Settings(workers=workers, accidents=accidents)
    with Casebook(database, rule=rule, settings=settings) as book:
        with bars() as progress:
            summary = book.add(*paths, progress=progress)
        if as_json:
            print_json(_summary_json(book, summary))
        else:
            _print_summary(screen(), book, summary)


def _print_summary(console: Console, book: Casebook, summary: RunSummary) -> None:
    console.print(_reports_line(summary))
    for rejection in summary.rejected:
        console.print(_rejection_line(rejection), soft_wrap=True)
    console.print(_incidents_line(summary))
    incidents = book.incidents()
    fresh = [*summary.incidents_new, *summary.incidents_changed]
    shown = incidents if len(incidents) <= _MOST else [i for i in incidents if i.id in fresh][:_MOST]
    if shown:
        console.print()
        console.print(incident_table(shown, console.width))
    if len(shown) < len(incidents):
        console.print(f"{len(incidents) - len(shown)} more: dateline list --db {book.path}", style="faint")
    elif shown:
        most_told = max(shown, key=lambda incident: len(incident.report_ids))
        console.print(f"See one in full: dateline show {most_told.id} --db {book.path}", style="faint")


def _reports_line(summary: RunSummary) -> Text:
    parts = [
        f"{len(summary.new)} new",
        f"{summary.known} known" if summary.known else "",
        f"{len(summary.corrections)} of the new ones corrections" if summary.corrections else "",
        f"{summary.read_again} read again by a newer extractor" if summary.read_again else "",
        f"{len(summary.rejected)} not read" + (":" if summary.rejected else ""),
    ]
    came = len(summary.new) + summary.known + len(summary.rejected)
    return Text.assemble((f"{came} came in: ", "label"), ", ".join(part for part in parts if part))


def _rejection_line(rejection: Rejection) -> Text:
    where, why = line(rejection.location), line(rejection.detail)
    return Text.assemble("  ", (where, "label"), f"  {rejection.reason.value.replace('_', ' ')}: ", why)


def _incidents_line(summary: RunSummary) -> Text:
    changes = f"{len(summary.incidents_new)} new, {len(summary.incidents_changed)} changed"
    told = f"{several(summary.incidents, 'incident')} in {several(summary.mentions, 'mention')}: "
    return Text.assemble((told, "label"), changes)


def _summary_json(book: Casebook, summary: RunSummary) -> dict[str, object]:
    return {
        "reports": {
            "new": list(summary.new),
            "known": summary.known,
            "read_again": summary.read_again,
            "corrections": list(summary.corrections),
        },
        "rejected": [
            {"location": r.location, "reason": r.reason.value, "detail": r.detail} for r in summary.rejected
        ],
        "mentions": summary.mentions,
        "incidents_new": list(summary.incidents_new),
        "incidents_changed": list(summary.incidents_changed),
        "incidents": [incident_row(incident) for incident in book.incidents()],
    }
