"""Writes docs/reference/cli.md from the commands themselves: `python scripts/cli_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from dateline.cli import main

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
HEAD = """# Command line

Written from the commands by `scripts/cli_page.py`; a test compares the two.
"""


def render(command: click.Command, name: str = "dateline") -> str:
    """Return the page for a command and all below it."""
    return HEAD + "".join(_section(command, click.Context(command, info_name=name)))


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"\n## {context.command_path}\n\n{_help(command)}\n"
    yield f"\n```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if options:
        yield "\n| option | meaning |\n|---|---|\n"
        yield from (_row(option, context) for option in options if not option.hidden)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below and not below.hidden:
                yield from _section(below, click.Context(below, info_name=name, parent=context))


def _help(command: click.Command) -> str:
    """Return the help with click's marks for kept line breaks as code blocks."""
    paragraphs = cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(_paragraph(text) for text in paragraphs)


def _paragraph(text: str) -> str:
    return f"```text\n{cleandoc(text.removeprefix(chr(8)))}\n```" if text.startswith("\b") else text


def _row(option: click.Option, context: click.Context) -> str:
    names, meaning = option.get_help_record(context) or ("", "")
    cells = (f"`{names}`", " ".join(meaning.split()))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(render(main), "utf-8")
