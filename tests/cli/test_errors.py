"""Whatever goes wrong on purpose gives one line on standard error and a code that says what kind it was."""

import os
import sqlite3
import subprocess
import sys

import pytest

from .conftest import REPORTS

COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["list", "--db", "nowhere.db"], 4, "no database at nowhere.db; make one with: dateline run"),
        (["show", "izzz", "--db", "{sample}"], 6, "no incident 'izzz'"),
        (["show", "--db", "{sample}"], 2, "which incident?"),
        (["report", "rzzz", "--db", "{sample}"], 6, "no report 'rzzz'"),
        (["undo", "jzzz", "--db", "{sample}"], 6, "no judgement 'jzzz'"),
        (["judge", "reject", "czzz", "--reason", "no", "--db", "{sample}"], 6, "no claim 'czzz'"),
        (["judge", "reject", "c", "--reason", " ", "--db", "{sample}"], 2, "needs a reason"),
        (["list", "--rule", "mine", "--db", "{sample}"], 2, "no rule 'mine'; known rules:"),
        (["list", "--since", "yesterday", "--db", "{sample}"], 2, "no day"),
        (["export", "--format", "xls", "--db", "{sample}"], 2, "known formats: json"),
        (["export", "-o", "no/such/folder/x", "--db", "{sample}"], 3, "cannot be written"),
        (["run", "no-such-file.txt", "--db", "{tmp}/x.db"], 3, "nothing to read at 'no-such-file.txt'"),
        (["run", "{reports}", "--db", "{tmp}"], 4, "is a folder"),
        (["run", "{reports}", "--db", "/proc/x.db"], 4, "cannot be written"),
        (["run", "{reports}", "--db", "{reports}/06-potiskum-market-bomb.txt"], 4, "is not a database"),
        (["evaluate", "--reference", "nowhere.jsonl", "--docs", "{reports}"], 3, "cannot read annotations"),
    ],
)
def test_one_clear_line(dateline, sample, tmp_path, arguments, code, message):
    places = {"sample": sample, "tmp": tmp_path, "reports": REPORTS}
    result = dateline(*(argument.format(**places) for argument in arguments), code=code)
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("dateline: ")
    assert message in result.stderr


def test_an_altered_database_ends_with_its_own_code(dateline, copy):
    altered = sqlite3.connect(copy)
    altered.execute("UPDATE documents SET text = 'Nothing happened.' WHERE rowid = 1")
    altered.commit()
    result = dateline("verify", "--db", copy, code=5)
    assert "the text of report" in result.stdout
    assert "altered outside Dateline" in result.stderr


def test_a_database_of_a_newer_version_is_refused(dateline, copy):
    newer = sqlite3.connect(copy)
    newer.execute("UPDATE alembic_version SET version_num = '0999'")
    newer.commit()
    assert "newer Dateline" in dateline("list", "--db", copy, code=4).stderr


def test_debug_shows_where_an_error_comes_from(dateline):
    from dateline.errors import StoreError

    with pytest.raises(StoreError):
        dateline("--debug", "list", "--db", "nowhere.db")


def test_a_reader_that_goes_away_is_no_error(sample):
    command = " ".join(f"'{part}'" for part in COMMAND)
    shell = f"{command} log --db {sample} --json | head -n 1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, env=os.environ, check=False)
    assert done.stdout == "[\n"
    assert done.stderr == ""
