"""The annotations that the project made: offsets and no words of others, and invented reports that agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.reader.annotated import FOLDER, QUOTED, text_of, with_offsets, with_quotes, written
from training.reader.recased import Casing

from dateline.model import Focus, IncidentType, Reality

ANNOTATED = [
    json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.open(encoding="utf-8")
]
WRITTEN = list(written())


def quoted(told: Any) -> Iterator[Any]:
    if isinstance(told, list):
        for each in told:
            yield from quoted(each)
    elif isinstance(told, dict):
        for name, value in told.items():
            if name in QUOTED and value:
                yield value
            else:
                yield from quoted(value)


def test_of_the_texts_of_others_only_offsets_are_kept():
    assert ANNOTATED
    for told in ANNOTATED:
        assert all(isinstance(start, int) and start < end for start, end in quoted(told["incidents"]))
        assert "text" not in told


def test_each_report_is_annotated_once():
    ids = [told["id"] for told in ANNOTATED] + [report["id"] for report, _ in WRITTEN]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "told", ANNOTATED + [{"incidents": i} for _, i in WRITTEN], ids=lambda t: t.get("id", "written")
)
def test_incidents_are_of_the_codebook(told):
    for incident in told["incidents"]:
        IncidentType(incident["type"]), Focus(incident["focus"]), Reality(incident["reality"])


def test_the_words_of_an_invented_report_stand_in_it():
    assert WRITTEN
    for report, incidents in WRITTEN:
        text = text_of(report)
        assert all(words in text for words in quoted(incidents))


@given(st.text(min_size=1), st.data())
def test_offsets_give_back_the_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    told = [{"quote": words, "counts": [{"quote": words, "low": 3, "speaker": None}]}]
    assert with_quotes(with_offsets(told, text), text) == told


def test_capitals_are_written_as_the_other_reports_write_them():
    casing = Casing.of(
        ["We saw the army of San Rico. It was in May that the army left."], ["THE FRONT [FQR] DID IT"]
    )
    text = "THE ARMY OF SAN RICO SAID: FQR MEN FLED. THE ORZAN BATTALION [OBX] AND OBX MEN STAYED IN MAY."
    written = casing.applied(text)
    assert (
        written
        == "The army of San Rico Said: FQR Men Fled. The Orzan Battalion [OBX] And OBX Men Stayed in May."
    )
    assert len(written) == len(text)
