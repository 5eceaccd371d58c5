"""Incidents in a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from rich import box
from rich.table import Table
from rich.text import Text

from dateline.cli.terminal import line
from dateline.model import Count, DateRange, Incident, Scope, Standing, What, Who
from dateline.values import date_of, place_of
from dateline.wording import title_of, words

_A_DAY = timedelta(days=1)
_ROOMY = 100  # columns from which on a table shows everything
_WIDTHS = {  # the most that each column takes; the place takes what is left
    "Incident": 9,
    "When": 13,
    "What": 14,
    "Where": None,
    "Killed": 11,
    "Held": 11,
    "Reports": 7,
    "Contested": 12,
}
_LEFT_OUT = ("Held", "Contested")  # where there is little room
_SHORT = {
    Who.CIVILIANS: "civ.",
    Who.SECURITY_FORCES: "forces",
    Who.OFFICIALS: "off.",
    Who.MILITANTS: "mil.",
    Who.PERPETRATORS: "perp.",
}


def plain_table(*heads: str, numbers: Iterable[str] = ()) -> Table:
    """Return an empty table without a frame; the columns named in `numbers` stand to the right."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="label", padding=(0, 1, 0, 0))
    for head in heads:
        table.add_column(head, justify="right" if head in numbers else "left", overflow="fold")
    return table


def incident_table(incidents: Iterable[Incident], room: int) -> Table:
    """Return one row an incident; with little room, fewer columns."""
    shown = [head for head in _WIDTHS if room >= _ROOMY or head not in _LEFT_OUT]
    table = plain_table(*shown, numbers=("Reports",))
    for column, head in zip(table.columns, shown, strict=True):
        column.max_width = _WIDTHS[head]
    table.columns[0].no_wrap = True
    for incident in incidents:
        cells = _cells(incident)
        table.add_row(*(cells[head] for head in shown))
    return table


def _cells(incident: Incident) -> dict[str, str | Text]:
    return {
        "Incident": Text(incident.id, "id"),
        "When": short_date(date_of(incident)),
        "What": title_of(incident),
        "Where": line(str(replace(place_of(incident), site=None))),
        "Killed": totals(incident, What.KILLED),
        "Held": totals(incident, What.HOSTAGES) or totals(incident, What.ABDUCTED),
        "Reports": str(len(incident.report_ids)),
        "Contested": Text(_contested(incident), "contested"),
    }


def short_date(when: DateRange) -> str:
    """Return a range of days in little room: "2025-03" for a whole month, "until 2025-03-12"."""
    first, last = when.earliest, when.latest
    if first and last and first.day == 1 and (last + _A_DAY).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"{first:%Y}"
    return str(when).replace("on or before", "until").replace("on or after", "from")


def totals(incident: Incident, what: What) -> str:
    """Return the totals of one kind side by side, since nobody added them up: "4; 5 perp."."""
    found = [(r.slot, r.value) for r in incident.counts(what) if isinstance(r.value, Count)]
    whole = [(slot, value) for slot, value in found if slot.scope is Scope.TOTAL and not slot.of_whom]
    return "; ".join(
        f"{value} {_SHORT.get(slot.who or Who.UNSPECIFIED, '')}".strip() for slot, value in whole
    )


def _contested(incident: Incident) -> str:
    slots = [r.slot for r in incident.resolutions if r.standing is Standing.CONTESTED]
    return ", ".join(dict.fromkeys(words(slot.what or slot.field) for slot in slots))
