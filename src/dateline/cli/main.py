"""The command `dateline`: its parts, loaded when they are asked for, and how errors end it."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from dateline.about import __version__
from dateline.errors import DatelineError

# Command to the module and the function that it stands in, in the order of the help.
_COMMANDS = {
    "run": "dateline.cli.running:run",
    "list": "dateline.cli.reading:list_",
    "show": "dateline.cli.reading:show",
    "timeline": "dateline.cli.reading:timeline",
    "report": "dateline.cli.reading:report",
    "history": "dateline.cli.reading:history",
    "explain": "dateline.cli.doubting:explain",
    "doubts": "dateline.cli.doubting:doubts",
    "judge": "dateline.cli.judging:judge",
    "undo": "dateline.cli.judging:undo",
    "log": "dateline.cli.custody:log",
    "verify": "dateline.cli.custody:verify",
    "places": "dateline.cli.placing:places",
    "export": "dateline.cli.files:export",
    "extract": "dateline.cli.files:extract",
    "evaluate": "dateline.cli.files:evaluate",
    "rules": "dateline.cli.custody:rules",
}
_CLOSED = 141  # what a shell reports of a command whose reader went away (128 + SIGPIPE)
_STOPPED = 130  # 128 + SIGINT


class Commands(click.Group):
    """A group that loads a command when it is asked for, and ends on errors with one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order in which one needs them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by name."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error that Dateline raises on purpose becomes one line and an exit code."""
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            if ctx.params.get("debug"):
                raise
            from dateline.cli.terminal import line

            click.echo(f"dateline: {line(str(error))}", err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_CLOSED)
        except KeyboardInterrupt:
            click.echo("dateline: stopped; the same command goes on where it was", err=True)
            sys.exit(_STOPPED)


@click.group(
    "dateline",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="dateline")
@click.option("--debug", is_flag=True, help="Show where in the program an error comes from.")
def main(debug: bool) -> None:
    """News reports in, sourced incident records out.

    \b
    Example:
      dateline run reports/ --db cases.db
      dateline list --db cases.db --country GE
      dateline show i3f9 --db cases.db

    \b
    Exit codes:
      0  done (reports may have been rejected)
      1  another error
      2  the command or its arguments make no sense
      3  the input is not there, cannot be read, or is no right annotation
      4  the database cannot be opened or written, is newer, or another run writes to it
      5  the custody log or the stored bytes do not match their hashes
      6  there is no incident, report, claim or judgement of that id
      7  a data file is not as its schema says
    """
