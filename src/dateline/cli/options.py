"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import click

from dateline.model import IncidentType, Reality, Standing

F = TypeVar("F", bound=Callable[..., Any])


def database(command: F) -> F:
    """Add --db: which database."""
    return click.option(
        "--db",
        "database",
        default="dateline.db",
        show_default=True,
        envvar="DATELINE_DB",
        metavar="FILE",
        help="The database file; the variable DATELINE_DB sets another default.",
    )(command)


def rule(command: F) -> F:
    """Add --rule: by which rule values are picked."""
    return click.option(
        "--rule",
        default="latest-official",
        show_default=True,
        metavar="NAME",
        help="The rule that picks values where claims differ; `dateline rules` lists them.",
    )(command)


def min_score(command: F) -> F:
    """Add --min-score: how sure the reading must be."""
    return click.option(
        "--min-score",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="P",
        help="Leave out mentions and claims that were read with a score below P (0 to 1).",
    )(command)


def accidents(command: F) -> F:
    """Add --accidents: also what the codebook does not code."""
    return click.option(
        "--accidents",
        is_flag=True,
        help="Read accidents with weapons and suicides too, which the codebook leaves out.",
    )(command)


def as_json(command: F) -> F:
    """Add --json: for machines."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")(command)


def reviewer(command: F) -> F:
    """Add --by: who decides."""
    return click.option(
        "--by", metavar="NAME", help="Who decides; else DATELINE_REVIEWER, else your user name."
    )(command)


def filters(command: F) -> F:
    """Add the options that restrict which incidents are shown."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def _one_of(vocabulary: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([member.value for member in vocabulary])


_FILTERS = (
    click.option(
        "--type", "type", multiple=True, type=_one_of(IncidentType), metavar="TYPE",
        help="Only this type of incident, such as hostage_taking; may be given again.",
    ),
    click.option(
        "--country", multiple=True, metavar="CODE",
        help="Only this country, by its ISO 3166 code, such as GE; may be given again.",
    ),
    click.option("--since", metavar="DAY", help="Only what may have begun on or after this day."),
    click.option("--until", metavar="DAY", help="Only what may have begun on or before this day."),
    click.option(
        "--killed", type=click.IntRange(0), metavar="N", help="Only where at least N people were killed."
    ),
    click.option("--text", metavar="WORDS", help="Only where a value or a quote holds these words."),
    click.option(
        "--reality", multiple=True, type=_one_of(Reality), help="Only what is given as this."
    ),
    click.option(
        "--standing", multiple=True, type=_one_of(Standing),
        help="Only where some value stands like this, such as contested.",
    ),
    click.option(
        "--reports", type=click.IntRange(0), default=0, metavar="N",
        help="Only what at least N reports tell of.",
    ),
)  # fmt: skip
