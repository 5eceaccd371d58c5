"""Every format writes what its golden file holds; JSON comes back as what went in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, UsageError
from dateline.export import Manifest, Precision, format_named, formats, precision, read
from dateline.export.csv_ import safe_cell
from dateline.model import Citation, Incident, Place

GOLDEN = Path(__file__).parent / "golden"
MANIFEST = Manifest("latest-official", "0.0")
FILES = {
    "json": "incidents.json",
    "csv": "incidents.csv",
    "csv-counts": "counts.csv",
    "csv-claims": "claims.csv",
    "geojson": "incidents.geojson",
}


def _written(name: str, incidents: tuple[Incident, ...], citations: Mapping[str, Citation]) -> str:
    out = io.StringIO()
    format_named(name).write(iter(incidents), citations, MANIFEST, out)
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_file_is_as_agreed(name: str, incidents, citations):
    shown = incidents[1:] if name == "json" else incidents  # short enough to read
    assert _written(name, shown, citations) == (GOLDEN / FILES[name]).read_text("utf-8")


def test_every_format_has_a_golden_file():
    assert set(formats()) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_file_names_the_rule(name: str, incidents, citations):
    assert "latest-official" in _written(name, incidents, citations)


@pytest.mark.parametrize("name", FILES)
def test_no_incidents_make_a_file_all_the_same(name: str):
    text = _written(name, (), {})
    if name.startswith("csv"):
        assert text.count("\n") == 1
    else:
        assert json.loads(text)


def test_json_comes_back(incidents, citations):
    back = read(io.StringIO(_written("json", incidents, citations)))
    assert back.incidents == incidents
    assert back.citations == citations
    assert back.manifest == MANIFEST


@pytest.mark.parametrize("text", ["", "[]", '{"format": "another"}'])
def test_another_file_is_refused(text: str):
    with pytest.raises(InputError, match="not a Dateline export"):
        read(io.StringIO(text))


def test_claims_table_quotes_and_cites(incidents, citations):
    rows = list(csv.DictReader(io.StringIO(_written("csv-claims", incidents, citations))))
    assert len(rows) == sum(len(incident.claims) for incident in incidents)
    police = next(row for row in rows if row["speaker"] == "police")
    assert (police["quote"], police["start"], police["outlet"]) == ("killed four", "40", "The Ledger")
    assert (police["standing"], police["chosen"]) == ("contested", "true")


@pytest.mark.parametrize("name", ["csv", "csv-counts", "csv-claims"])
def test_no_cell_is_a_formula(name: str, incidents, citations):
    hostile = {key: replace(c, outlet="=cmd|' /C calc'!A0") for key, c in citations.items()}
    for row in csv.reader(io.StringIO(_written(name, incidents, hostile))):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@given(st.text())
def test_safe_cell_keeps_words_and_disarms(text: str):
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") in (text.replace("\0", ""), text.replace("\0", "").removeprefix("'"))


def test_negative_numbers_stay_numbers():
    assert safe_cell(-1.5) == -1.5


def test_incident_on_no_map_has_no_geometry(incidents, citations):
    features = json.loads(_written("geojson", incidents, citations))["features"]
    assert features[0]["geometry"]["coordinates"] == [16.872, 41.117]
    assert features[0]["properties"]["precision"] == "town"
    assert features[1]["geometry"] is None
    assert features[1]["properties"]["precision"] == "none"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, Precision.NONE),
        (Place("Bari", "Apulia", "IT"), Precision.NONE),
        (Place("Bari", "Apulia", "IT", None, 41.1, 16.8, 8.0), Precision.TOWN),
        (Place("Apulia", "Apulia", "IT", None, 41.0, 16.6, 150.0), Precision.ADMIN1),
        (Place(None, "Apulia", "IT", "market", 41.0, 16.6, 150.0), Precision.ADMIN1),
        (Place("Salento", "Apulia", "IT", None, 40.3, 18.1, 60.0), Precision.AREA),
        (Place("Bari", "Apulia", "IT", None, 41.1, 16.8, None), Precision.AREA),
        (Place("Italy", None, "IT", None, 42.8, 12.8, 600.0), Precision.COUNTRY),
        (Place("Sahel", None, None, None, 15.0, 5.0, 2000.0), Precision.AREA),
    ],
)
def test_centroid_is_told_from_a_town(place: Place | None, expected: Precision):
    assert precision(place) is expected


def test_unknown_format_lists_the_known_ones():
    with pytest.raises(UsageError, match="known formats: json, csv"):
        format_named("xlsx")


def test_a_town_is_written_only_where_it_is_known_so_that_older_claims_keep_their_ids():
    plain, quarter = Place("Zahra", "Homs", "SY"), Place("Zahra", "Homs", "SY", town="Homs")
    assert "town" not in plain.to_json()
    assert Place.from_json(plain.to_json()) == plain
    assert Place.from_json(quarter.to_json()) == quarter
    assert (str(quarter), str(plain)) == ("Zahra, Homs, SY", "Zahra, Homs, SY")
    assert (quarter.full_name, plain.full_name) == ("Zahra, Homs", "Zahra")
