"""The sample reports and their annotation: invented, complete, and quoted letter by letter."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.evaluate import check_reference, read_corpus, read_reference
from dateline.model import CaptivityStatus, Focus, Reality

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = EXAMPLES / "reports"


def _texts() -> dict[str, str]:
    texts = {path.stem: path.read_text("utf-8") for path in REPORTS.glob("*.txt")}
    for path in REPORTS.glob("*.html"):
        texts[path.stem] = html.unescape(re.sub(r"<[^>]+>", "", path.read_text("utf-8")))
    for line in (REPORTS / "wires.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = row["title"] + "\n" + row["text"]
    return texts


def test_annotation_follows_the_codebook_and_quotes_its_reports():
    assert check_reference(EXAMPLES / "reference.jsonl", _texts()) == ()


def test_annotation_quotes_the_reports_as_they_are_read():
    corpus = read_corpus([REPORTS], Settings())
    assert corpus.rejections == ()
    assert check_reference(EXAMPLES / "reference.jsonl", corpus.texts) == ()


def test_every_report_is_annotated():
    assert {report.id for report in read_reference(EXAMPLES / "reference.jsonl")} == set(_texts())


@pytest.mark.parametrize("path", sorted(REPORTS.iterdir()), ids=lambda path: path.name)
def test_every_file_says_that_it_is_invented(path: Path):
    for part in (
        path.read_text("utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text("utf-8")]
    ):
        assert re.search(r"(?i)\binvented\b.*do not exist", part, re.DOTALL)


def test_samples_hold_what_the_demo_is_to_show():
    reports = read_reference(EXAMPLES / "reference.jsonl")
    incidents = [incident for report in reports for incident in report.incidents]
    told = {i.incident for i in incidents if i.focus is not Focus.BACKGROUND}
    assert len(reports) >= 14
    assert len(told) >= 5
    assert {Reality.ACTUAL, Reality.DENIED, Reality.FOILED} <= {i.reality for i in incidents}
    assert any(not report.incidents for report in reports)
    siege = [i.status for i in incidents if i.incident == "kutaisi-prison-2025-03-12"]
    assert siege[0] is CaptivityStatus.ONGOING
    assert CaptivityStatus.ENDED_BY_FORCE in siege
    assert any(count.value.vague for i in incidents for count in i.counts)
    assert any(i.claimed_by for i in incidents)
