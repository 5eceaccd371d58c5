"""Reports are read under the names that annotations use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.errors import InputError
from dateline.evaluate import read_corpus

TEXT = "A bomb went off near a mill in Turin on Friday, police said.\n\nNobody was hurt, a spokesman said."


def _row(name: str) -> str:
    return json.dumps({"id": name, "title": "Bomb in Turin", "text": TEXT}) + "\n"


def test_names_are_ids_and_file_names(tmp_path: Path):
    (tmp_path / "turin.v2.txt").write_text("Bomb in Turin\n\n" + TEXT, "utf-8")
    (tmp_path / "more.jsonl").write_text(_row("first") + _row("second"), "utf-8")
    assert set(read_corpus([tmp_path], Settings()).documents) == {"turin.v2", "first", "second"}


def test_line_without_an_id_is_named_by_its_number(tmp_path: Path):
    (tmp_path / "more.jsonl").write_text(json.dumps({"text": TEXT}) + "\n", "utf-8")
    assert set(read_corpus([tmp_path], Settings()).documents) == {"more.jsonl:1"}


def test_what_cannot_be_read_is_kept_apart(tmp_path: Path):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "turin.txt").write_text("Bomb in Turin\n\n" + TEXT, "utf-8")
    corpus = read_corpus([tmp_path], Settings())
    assert set(corpus.documents) == {"turin"}
    assert [rejection.reason.value for rejection in corpus.rejections] == ["empty"]


def test_two_reports_of_one_name_are_refused(tmp_path: Path):
    (tmp_path / "more.jsonl").write_text(_row("first") * 2, "utf-8")
    with pytest.raises(InputError, match="second report named 'first'"):
        read_corpus([tmp_path], Settings())
