"""Colour and bars on a terminal only; nothing that a report holds ever reaches the terminal as a command."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.casebook import Casebook
from dateline.cli.terminal import line, safe

from .conftest import REPORTS

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]
COMMANDS_ON_REPORTS = [
    ["list"],
    ["show", "--first"],
    ["show", "--first", "--json"],
    ["timeline", "{incident}"],
    ["report", "{report}"],
    ["report", "{report}", "--json"],
    ["history", "{incident}"],
    ["log"],
    ["log", "--json"],
]
SEQUENCE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def on_terminal(*arguments: object, **environment: str) -> str:
    """Return what the command prints on a real pseudo-terminal."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", **environment},
    )
    os.close(follower)
    printed = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux ends a closed terminal so
            break
        if not part:
            break
        printed += part
    assert process.wait() == 0, printed.decode()
    return printed.decode()


@pytest.mark.parametrize("arguments", COMMANDS_ON_REPORTS, ids=" ".join)
def test_no_report_can_speak_to_the_terminal(dateline, hostile, arguments):
    with Casebook(hostile) as book:
        (incident, *_) = book.incidents()
        ids = {"incident": incident.id, "report": incident.report_ids[0]}
    output = dateline(*(argument.format(**ids) for argument in arguments), "--db", hostile).output
    assert SEQUENCE.findall(output) == []
    assert "[bold red]" not in output or "[/]" in output  # shown as written, not obeyed


def test_json_still_says_what_the_report_holds(dateline, hostile):
    record = json.loads(dateline("show", "--first", "--json", "--db", hostile).stdout)
    report_id = record["reports"][0]["report_id"]
    page = json.loads(dateline("report", report_id, "--json", "--db", hostile).stdout)
    assert "\x1b[2J" in page["document"]["text"]


def test_colour_on_a_terminal_only(dateline, sample):
    assert "\x1b[" in on_terminal("show", "--first", "--db", sample)
    assert "\x1b" not in dateline("show", "--first", "--db", sample).output
    without = on_terminal("list", "--db", sample, NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", without)


def test_bars_on_a_terminal_only(dateline, tmp_path):
    shown = on_terminal("run", REPORTS, "--db", tmp_path / "a.db", "--workers", "0")
    assert "Reading reports" in shown
    assert (
        "Reading reports" not in dateline("run", REPORTS, "--db", tmp_path / "b.db", "--workers", "0").output
    )


@given(st.text())
def test_safe_text_keeps_its_length_and_holds_no_control(text):
    assert len(safe(text)) == len(text)
    assert not SEQUENCE.search(safe(text))
    assert "\n" not in line(text)
