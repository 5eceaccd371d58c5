"""`dateline log`, `dateline verify`, `dateline rules`: what was done, whether it holds, what is known."""

from __future__ import annotations

from collections.abc import Mapping

import click
from rich.text import Text

from dateline.casebook import Casebook
from dateline.cli import options
from dateline.cli.jsonform import custody_row
from dateline.cli.tables import plain_table
from dateline.cli.terminal import line, print_json, screen
from dateline.errors import CustodyError
from dateline.model import Json
from dateline.store import CustodyEntry, CustodyKind

_SHOWN = 12  # digits of a hash that the table shows


@click.command()
@click.option(
    "--kind", type=click.Choice([kind.value for kind in CustodyKind]), help="Only entries of this kind."
)
@click.option("--last", type=click.IntRange(1), metavar="N", help="Only the last N entries.")
@options.database
@options.as_json
def log(kind: str | None, last: int | None, database: str, as_json: bool) -> None:
    """Show the custody log.

    Reports received and read, runs, judgements: each entry is chained to the one before by its hash.

    \b
    Example:
      dateline log --db cases.db --last 20
      dateline log --kind judged
    """
    with Casebook(database, create=False) as book:
        entries = [entry for entry in book.query.log() if kind in (None, entry.kind.value)]
    entries = entries[-last:] if last else entries
    if as_json:
        print_json([custody_row(entry) for entry in entries])
        return
    table = plain_table("N", "At", "What", "Of", "Says", "Hash", numbers=("N",))
    for entry in entries:
        moment = f"{entry.at:%Y-%m-%d %H:%M:%S}"
        subject = Text(line(entry.subject), "id")
        table.add_row(str(entry.n), moment, entry.kind, subject, _says(entry), entry.hash[:_SHOWN])
    screen().print(table)


def _says(entry: CustodyEntry) -> str:
    said = entry.payload
    if isinstance(said, Mapping):
        names = ("verdict", "reason", "by", "location", "locations", "new", "known", "rejected", "incidents")
        parts = (f"{name} {_plain(said[name])}" for name in names if said.get(name) not in (None, []))
        return line(", ".join(parts)) or f"text {str(said.get('text', ''))[:_SHOWN]}"
    return line(", ".join(str(part) for part in said)) if isinstance(said, list) else ""


def _plain(value: Json) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


@click.command()
@options.database
@options.as_json
def verify(database: str, as_json: bool) -> None:
    """Check that nothing stored was altered.

    Every stored byte, text and judgement is held against the custody log, and the log against its
    chain. Ends with code 5 when anything was altered. Note the printed hash elsewhere: with it,
    even a log that was cut short can be told.

    \b
    Example:
      dateline verify --db cases.db
    """
    with Casebook(database, create=False) as book:
        found = book.check()
    if as_json:
        counts = {"entries": found.entries, "blobs": found.blobs, "reports": found.reports}
        tail = {"judgements": found.judgements, "head": found.head, "faults": list(found.faults)}
        print_json(counts | tail)
    else:
        for fault in found.faults:
            screen().print(Text(line(fault), "against"), soft_wrap=True)
        if found.holds:
            click.echo(
                f"all holds: {found.reports} reports, {found.blobs} blobs, {found.judgements} judgements,"
                f" {found.entries} log entries, the last one {found.head}"
            )
    if not found.holds:
        raise CustodyError(
            f"{database}: {len(found.faults)} faults; the database was altered outside Dateline"
        )


@click.command()
@options.as_json
def rules(as_json: bool) -> None:
    """List the rules that pick a value where claims differ.

    \b
    Example:
      dateline rules
      dateline list --rule ucdp
    """
    from dateline.reconcile import DEFAULT, rule_named, rule_names

    known = {name: getattr(rule_named(name), "principle", "") for name in rule_names()}
    if as_json:
        print_json({"default": DEFAULT, "rules": known})
        return
    table = plain_table("Rule", "Of the claims on one number it takes")
    for name, principle in known.items():
        table.add_row(Text(name, "id"), principle + (" (default)" if name == DEFAULT else ""))
    screen().print(table)
