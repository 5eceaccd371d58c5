"""Annotations are read whole, and every mistake is named with its place, what was found and expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import AnnotationError, InputError
from dateline.evaluate import check_reference, read_reference
from dateline.evaluate.reading import _COUNT, _INCIDENT, Node, parse_report

INCIDENT = {
    "key": "A",
    "focus": "main",
    "reality": "actual",
    "type": "bombing",
    "quote": "A bomb went off",
    "counts": [{"what": "killed", "who": "unspecified", "low": 2, "high": 2, "quote": "killed two"}],
}
TEXT = "A bomb went off in Turin and killed two, police said."


def _file(folder: Path, *incidents: dict, **report) -> Path:
    path = folder / "reference.jsonl"
    line = {"id": "one", "incidents": list(incidents), **report}
    path.write_text("\n" + json.dumps(line) + "\n", "utf-8")
    return path


def test_right_annotation_is_read(tmp_path: Path):
    path = _file(tmp_path, INCIDENT, published="2024-03-01", outlet="The Ledger")
    (report,) = read_reference(path, {"one": TEXT})
    assert report.outlet == "The Ledger"
    assert str(report.incidents[0].counts[0].value) == "2"


def test_what_is_written_is_read_again(tmp_path: Path):
    (report,) = read_reference(_file(tmp_path, INCIDENT))
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps(report.to_json()), "utf-8")
    assert read_reference(again) == (report,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": "explosion"}, [".incidents[0].type", '"explosion"', "expected one of hijacking"]),
        ({"focus": None}, [".incidents[0].focus", "expected a value"]),
        ({"wepons": []}, ["'wepons'", "weapons"]),
        ({"counts": {"what": "killed"}}, [".counts", "expected a list"]),
        ({"counts": [{**INCIDENT["counts"][0], "low": 3}]}, [".counts[0]", "low end lies above"]),
        ({"counts": [{**INCIDENT["counts"][0], "low": "two"}]}, [".counts[0].low", '"two"', "whole number"]),
        ({"counts": [{**INCIDENT["counts"][0], "vague": 1}]}, [".counts[0].vague", "true or false"]),
        ({"date": {"earliest": "March"}}, [".date.earliest", '"March"', "YYYY-MM-DD"]),
        ({"date": {"earliest": "20240302"}}, [".date.earliest", "YYYY-MM-DD"]),
        ({"date": {"earliest": "2024-03-02", "latest": "2024-03-01"}}, [".date", "ends before it begins"]),
        ({"place": {"country": "Italy"}}, [".place.country", "ISO 3166"]),
        ({"quote": "A bomb exploded"}, ["incident A", '"A bomb exploded"', "stand in report 'one'"]),
    ],
)
def test_mistake_is_named(tmp_path: Path, change: dict, words: list[str]):
    path = _file(tmp_path, {**INCIDENT, **change})
    with pytest.raises(AnnotationError) as caught:
        read_reference(path, {"one": TEXT})
    message = str(caught.value)
    assert message.startswith(f"{path}:2")
    assert "\n" not in message
    for word in words:
        assert word in message


def test_all_mistakes_are_listed(tmp_path: Path):
    path = tmp_path / "reference.jsonl"
    good = json.dumps({"id": "one", "incidents": [INCIDENT]})
    path.write_text("\n".join(["{", good, good, '{"id": 3}', '{"id": "two"}']), "utf-8")
    found = [str(error) for error in check_reference(path, {"one": TEXT})]
    assert [message.removeprefix(f"{path}:").split(":")[0] for message in found] == ["1", "3", "4.id", "5"]
    assert "not valid JSON" in found[0]
    assert "again" in found[1]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "9" * 5_000 + "}", '{"id": "one"', "3"])
def test_line_that_is_no_object_is_named(tmp_path: Path, line: str):
    path = tmp_path / "reference.jsonl"
    path.write_text(line + "\n", "utf-8")
    (error,) = check_reference(path)
    assert str(error).startswith(f"{path}:1: ")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["A", "main", "killed", "GE"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(_INCIDENT | _COUNT)), inner),
)


@given(st.dictionaries(st.sampled_from(sorted(_INCIDENT)), _VALUES))
def test_any_incident_is_read_or_refused_with_its_place(changes: dict):
    node = Node({"id": "one", "incidents": [{**INCIDENT, **changes}]}, "here")
    try:
        written = parse_report(node).to_json()
    except AnnotationError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert parse_report(Node(written, "again")).to_json() == written
    assert refusal.startswith("here.incidents") or not refusal


def test_two_incidents_under_one_key(tmp_path: Path):
    with pytest.raises(AnnotationError, match="key of its own"):
        read_reference(_file(tmp_path, INCIDENT, INCIDENT))


def test_missing_file_is_an_input_error(tmp_path: Path):
    with pytest.raises(InputError, match="cannot read annotations"):
        read_reference(tmp_path / "nothing.jsonl")
