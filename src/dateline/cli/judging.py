"""`dateline judge` and `dateline undo`: a reviewer's decisions, above every machine run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from rich.text import Text

from dateline.casebook import Casebook, Decision
from dateline.cli import options
from dateline.cli.tables import incident_table
from dateline.cli.terminal import line, print_json, screen
from dateline.model import Verdict

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def judge() -> None:
    """Decide what holds, with a reason.

    What is one incident, which value is right, what is no incident. A decision outranks every later
    run, also by a better extractor, and can be undone.

    \b
    Example:
      dateline judge same i3f9 i81c --reason "one siege, two names of the town"
      dateline judge reject c1a2b --reason "the toll of another attack"
      dateline undo j77e
    """


def _decision(command: F) -> F:
    reason = click.option("--reason", required=True, metavar="WORDS", help="Why, in a few words.")
    return reason(options.reviewer(options.database(options.as_json(command))))


@judge.command()
@click.argument("one")
@click.argument("other")
@_decision
def same(one: str, other: str, **said: Any) -> None:
    """Two incidents, or two mentions, are one incident.

    \b
    Example:
      dateline judge same i3f9 i81c --reason "one siege, two names of the town"
    """
    _judge(Verdict.SAME, one, other, **said)


@judge.command()
@click.argument("one")
@click.argument("other")
@_decision
def different(one: str, other: str, **said: Any) -> None:
    """Two mentions, or two incidents, are two incidents.

    Mentions of one incident are told by their ids, which `dateline report` shows.

    \b
    Example:
      dateline judge different m12ab m98cd --reason "the second bomb was in another city"
    """
    _judge(Verdict.DIFFERENT, one, other, **said)


@judge.command()
@click.argument("claim")
@_decision
def accept(claim: str, **said: Any) -> None:
    """The value of this claim is the one.

    \b
    Example:
      dateline judge accept c1a2b --reason "the hospital's list has seven names"
    """
    _judge(Verdict.ACCEPT, claim, **said)


@judge.command()
@click.argument("claim")
@_decision
def reject(claim: str, **said: Any) -> None:
    """The value of this claim is wrong, or the words do not say it.

    \b
    Example:
      dateline judge reject c1a2b --reason "the toll of another attack"
    """
    _judge(Verdict.REJECT, claim, **said)


@judge.command()
@click.argument("mention")
@_decision
def irrelevant(mention: str, **said: Any) -> None:
    """This mention is no incident: a drill, a film, talk of violence in general.

    \b
    Example:
      dateline judge irrelevant m12ab --reason "a drill"
    """
    _judge(Verdict.IRRELEVANT, mention, **said)


@judge.command()
@click.argument("mention")
@_decision
def relevant(mention: str, **said: Any) -> None:
    """This mention is an incident after all.

    \b
    Example:
      dateline judge relevant m12ab --reason "it was no drill"
    """
    _judge(Verdict.RELEVANT, mention, **said)


@click.command()
@click.argument("judgement")
@options.reviewer
@options.database
@options.as_json
def undo(judgement: str, by: str | None, database: str, as_json: bool) -> None:
    """Withdraw a judgement.

    What was before it is back; both stay in the log.

    \b
    Example:
      dateline undo j77e --db cases.db
    """
    with Casebook(database, create=False) as book:
        _print_decision(book, book.undo(judgement, by=by), "withdrawn", as_json=as_json)


def _judge(
    verdict: Verdict,
    thing: str,
    other: str | None = None,
    *,
    reason: str,
    by: str | None,
    database: str,
    as_json: bool,
) -> None:
    with Casebook(database, create=False) as book:
        decision = book.judge(verdict, thing, other, reason=reason, by=by)
        _print_decision(book, decision, "kept", as_json=as_json)


def _print_decision(book: Casebook, decision: Decision, what: str, *, as_json: bool) -> None:
    judgement, settled = decision.judgement, decision.settled
    touched = [*settled.new, *settled.changed]
    if as_json:
        print_json({"judgement": judgement.id, "verdict": judgement.verdict.value, "changed": touched})
        return
    console = screen()
    said = f" {judgement.verdict} by {line(judgement.by)}: {line(judgement.reason)} ({what})"
    console.print(Text.assemble((judgement.id, "id"), said), soft_wrap=True)
    incidents = [incident for incident in book.incidents() if incident.id in touched]
    console.print(incident_table(incidents, console.width) if incidents else "No value is different for it.")
