"""`dateline explain` and `dateline doubts`: why mentions were joined or parted, and what to decide next."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.casebook import Casebook
from dateline.cli import options
from dateline.cli.case import SHORT, print_inset
from dateline.cli.terminal import line, print_json, screen
from dateline.doubts import Comparison, FieldDoubt, LinkDoubt, Side
from dateline.model import Field, IncidentMention, What
from dateline.wording import in_words, label, title_of, words

_DAY_KEY = re.compile(r"day (\d+) (.+)")
_KEYS_SHOWN = 4
_KINDS: dict[str, type] = {"links": LinkDoubt, "fields": FieldDoubt}
_TOLLS = (What.KILLED, What.WOUNDED, What.HOSTAGES, What.ABDUCTED)


@click.command()
@click.argument("one")
@click.argument("other")
@options.database
@options.as_json
def explain(one: str, other: str, database: str, as_json: bool) -> None:
    """Show why two mentions are one incident or two.

    Each feature stands with what it weighed, in log-odds: what speaks for one incident is positive.
    ONE and OTHER are mentions, incidents or reports by their ids; of incidents and reports the
    likeliest pair of their mentions is explained.

    \b
    Example:
      dateline explain i3f9 i81c --db cases.db
      dateline explain m12ab m98cd --json
    """
    with Casebook(database, create=False) as book:
        found = book.explain(one, other)
    if as_json:
        print_json(comparison_row(found))
    else:
        print_comparison(screen(), found)


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many.")
@click.option(
    "--kind",
    type=click.Choice(["links", "fields"]),
    help="Only what is one incident (links), or only contested values (fields).",
)
@options.database
@options.rule
@options.as_json
def doubts(limit: int, kind: str | None, database: str, rule: str, as_json: bool) -> None:
    """Show what is most in doubt, the most informative first.

    Pairs of mentions nearest to the threshold of linking, and values that contradict each other. Each
    stands with the commands that decide it; what is decided leaves the list.

    \b
    Example:
      dateline doubts --db cases.db --limit 5
      dateline doubts --kind fields --json
    """
    wanted = _KINDS[kind] if kind else tuple(_KINDS.values())
    with Casebook(database, rule=rule, create=False) as book:
        found = [doubt for doubt in book.doubts() if isinstance(doubt, wanted)][:limit]
    if as_json:
        print_json([doubt_row(doubt) for doubt in found])
    elif not found:
        click.echo("nothing is in doubt", err=True)
    else:
        console = screen()
        for number, doubt in enumerate(found, start=1):
            print_doubt(console, number, doubt)


def print_comparison(console: Console, found: Comparison) -> None:
    """Print a comparison: the two sides, what they have in common, and what decided."""
    console.print(_sides(found.one, found.other, console.width))
    console.print(Text(_verdict(found), "label"), soft_wrap=True)
    for name, value, weighed in found.explanation.parts:
        shown = "" if value == 1 else f" = {value:.2f}"
        style = "for" if weighed > 0 else "against"
        console.print(Text.assemble("  ", (f"{weighed:+6.2f}", style), f"  {name}{shown}"))
    side = "above" if found.explanation.score > 0 else "below"
    console.print(Text(f"  {abs(found.explanation.score):6.2f}  {side} the threshold, all together", "label"))
    print_inset(console, Text(_compared_for(found), "faint"), 2)


def _verdict(found: Comparison) -> str:
    now = "one incident" if found.together else "two incidents"
    if found.explanation.law:
        return f"{now}: {found.explanation.law}"
    alone = "one incident" if found.explanation.joins else "two"
    beside = "" if found.explanation.joins == found.together else f"; the pair alone would be {alone}"
    likeliest = f" (the likeliest of {found.among} pairs)" if found.among > 1 else ""
    return f"{now}{beside}{likeliest}"


def _compared_for(found: Comparison) -> str:
    if not found.keys:
        return "No day, place, group or rare word in common: they were never compared."
    shown = ", ".join(_key(key) for key in found.keys[:_KEYS_SHOWN])
    more = f" and {len(found.keys) - _KEYS_SHOWN} more" if len(found.keys) > _KEYS_SHOWN else ""
    return f"Compared because both have: {shown}{more}."


def _key(key: str) -> str:
    """Return a block key as people read it: "day 738000 GE" as a date."""
    day = _DAY_KEY.fullmatch(key)
    return f"{date.fromordinal(int(day[1]))} in {day[2]}" if day else key


def _sides(one: Side, other: Side, width: int) -> Table:
    table = Table(box=None, width=min(width, 100), padding=(0, 2, 0, 0), header_style="label")
    table.add_column("")
    for side in (one, other):
        table.add_column(Text(f"{side.mention.id[:SHORT]}  {line(side.outlet or 'outlet unknown')}"))
    for name, values in _rows(one.mention, other.mention):
        table.add_row(Text(name, "label"), *(Text(line(value)) for value in values))
    return table


def _rows(one: IncidentMention, other: IncidentMention) -> list[tuple[str, tuple[str, str]]]:
    rows = [
        ("What", (words(one.type), words(other.type))),
        ("When", (str(one.date), str(other.date))),
        ("Where", (_where(one), _where(other))),
        *((words(what).capitalize(), (_toll(one, what), _toll(other, what))) for what in _TOLLS),
        ("By", (_who(one), _who(other))),
        ("Words", (f"“{one.span.quote}”", f"“{other.span.quote}”")),
    ]
    return [(name, values) for name, values in rows if any(values)]


def _where(mention: IncidentMention) -> str:
    return str(mention.place) if mention.place else "place unknown"


def _toll(mention: IncidentMention, what: What) -> str:
    return "; ".join(dict.fromkeys(in_words(count) for count in mention.counts if count.what is what))


def _who(mention: IncidentMention) -> str:
    return "; ".join(actor.name or actor.words for actor in mention.actors(Field.PERPETRATOR))


def print_doubt(console: Console, number: int, doubt: LinkDoubt | FieldDoubt) -> None:
    """Print a doubt with the commands that decide it."""
    head = Text.assemble((f"{number:>3}. ", "label"), _told(doubt))
    console.print(head, soft_wrap=True)
    if isinstance(doubt, LinkDoubt):
        for side in (doubt.one, doubt.other):
            said = f"{side.mention.id[:SHORT]}  {side.outlet or 'outlet unknown'}, {side.mention.date}: "
            print_inset(console, Text(line(f"{said}“{side.mention.span.quote}”")), 5)
    else:
        claims = doubt.incident.claims_by_id
        for mark, ids in (("+", doubt.resolution.supporting), ("-", doubt.resolution.opposing)):
            for claim_id in ids[:2]:
                claim = claims[claim_id]
                said = f"{mark} {claim_id[:SHORT]}  {in_words(claim.value)}: “{claim.span.quote}”"
                print_inset(console, Text(line(said)), 5)
    print_inset(console, Text(f'{doubt.decide} --reason "…"', "id"), 5)
    print_inset(console, Text(f'{doubt.otherwise} --reason "…"', "id"), 5)


def _told(doubt: LinkDoubt | FieldDoubt) -> str:
    if isinstance(doubt, LinkDoubt):
        return f"{'joined' if doubt.together else 'parted'} by {doubt.score:+.2f}: one incident or two?"
    found = doubt.resolution
    value = in_words(found.value) if found.value is not None else "nothing"
    return line(
        f"{doubt.incident.id[:SHORT]}  {title_of(doubt.incident)}, {label(found.slot)}: {value}, contested"
    )


def comparison_row(found: Comparison) -> dict[str, Any]:
    """Return a comparison for machines."""
    return {
        "one": side_row(found.one),
        "other": side_row(found.other),
        "together": found.together,
        "law": found.explanation.law,
        "score": round(found.explanation.score, 4),
        "features": [
            {"name": name, "value": round(value, 4), "weight": round(weighed, 4)}
            for name, value, weighed in found.explanation.parts
        ],
        "keys": list(found.keys),
        "pairs": found.among,
    }


def side_row(side: Side) -> dict[str, Any]:
    """Return one side of a pair for machines."""
    mention = side.mention
    return {
        "mention": mention.id,
        "report": mention.report_id,
        "outlet": side.outlet,
        "incident": side.incident_id,
        "type": mention.type.value,
        "date": mention.date.to_json(),
        "place": mention.place.to_json() if mention.place else None,
        "quote": mention.span.quote,
    }


def doubt_row(doubt: LinkDoubt | FieldDoubt) -> dict[str, Any]:
    """Return a doubt for machines."""
    common = {"weight": round(doubt.weight, 4), "decide": [doubt.decide, doubt.otherwise]}
    if isinstance(doubt, LinkDoubt):
        sides = {"one": side_row(doubt.one), "other": side_row(doubt.other)}
        return {"kind": "link", "score": round(doubt.score, 4), "together": doubt.together, **sides, **common}
    found = doubt.resolution
    return {
        "kind": "field",
        "incident": doubt.incident.id,
        "slot": found.slot.key,
        "values": [in_words(value) for value in found.values],
        "supporting": list(found.supporting),
        "opposing": list(found.opposing),
        **common,
    }
