"""Every command in the pages exists, and what pages show as output is what the commands print."""

from __future__ import annotations

import re
import runpy
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from dateline.cli import main

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "examples" / "README.md", *(ROOT / "docs").rglob("*.md")])
CLI_PAGE = runpy.run_path(str(ROOT / "scripts" / "cli_page.py"))
CONSOLE = runpy.run_path(str(ROOT / "scripts" / "console_blocks.py"))


def _commands(page: Path) -> list[str]:
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    blocks += re.findall(r"^(?:    .*\n?)+", text, re.MULTILINE)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return [re.split(r"\s[|>#]", line)[0] for line in lines if line.startswith("dateline ")]


def _parse(command: click.Command, arguments: list[str], context: click.Context | None = None) -> None:
    if isinstance(command, click.Group):
        here = click.Context(command, parent=context, info_name=command.name)
        below = command.get_command(here, arguments[0])
        assert below is not None, f"there is no command {arguments[0]!r}"
        _parse(below, arguments[1:], here)
    else:
        command.make_context(command.name, arguments, parent=context)


@pytest.mark.parametrize(
    ("page", "line"),
    [(page.relative_to(ROOT), line) for page in PAGES for line in _commands(page)],
    ids=str,
)
def test_command_can_be_given(page: Path, line: str):
    _parse(main, shlex.split(line)[1:])


def test_command_line_page_is_as_the_commands_are():
    page = CLI_PAGE["render"](main)
    assert CLI_PAGE["PAGE"].read_text("utf-8") == page, "run: python scripts/cli_page.py"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_output_on_the_page_is_what_is_printed(name: str):
    page = (ROOT / name).read_text("utf-8")
    assert CONSOLE["filled"](page) == page, f"run: python scripts/console_blocks.py {name}"


def test_every_page_is_in_the_navigation_once():
    navigation = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    pages = [str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")]
    assert sorted(navigation) == sorted(pages)


def test_the_two_commands_of_the_readme_are_targets_of_make():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_console_command_is_the_documented_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"dateline": "dateline.cli:main"}
