"""Exports of the sample reports: every claim leads back to its words, every format holds every incident."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import Casebook
from dateline.export import Exported, formats, read
from dateline.filter import EVERYTHING
from dateline.model import sha256_hex

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook(tmp_path_factory.mktemp("casebook") / "samples.db") as opened:
        opened.add(REPORTS)
        yield opened


@pytest.fixture(scope="module")
def exported(book: Casebook) -> Exported:
    return read(io.StringIO(_written(book, "json")))


def _written(book: Casebook, name: str) -> str:
    out = io.StringIO()
    book.write(name, out, EVERYTHING)
    return out.getvalue()


def test_json_comes_back_as_the_casebook_has_it(book: Casebook, exported: Exported):
    assert exported.incidents == tuple(book.incidents())
    assert exported.manifest.rule == "latest-official"


def test_every_claim_leads_back_to_its_words(book: Casebook, exported: Exported):
    claims = [claim for incident in exported.incidents for claim in incident.claims]
    assert claims
    for claim in claims:
        document = book.report(claim.report_id).document
        assert document is not None
        assert sha256_hex(document.text) == claim.content_sha256
        assert document.text[claim.span.start : claim.span.end] == claim.span.quote


def test_what_a_reviewer_rejected_comes_back_too(book: Casebook):
    incident = max(book.incidents(), key=lambda found: len(found.report_ids))
    decision = book.judge("reject", incident.claims[0].id, reason="not what it says", by="ada")
    back = read(io.StringIO(_written(book, "json")))
    assert back.incidents == tuple(book.incidents())
    assert any(resolution.rejected for found in back.incidents for resolution in found.resolutions)
    book.undo(decision.judgement.id, by="ada")
    assert read(io.StringIO(_written(book, "json"))).incidents != back.incidents


def test_every_resolution_rests_on_claims_of_the_file(exported: Exported):
    for incident in exported.incidents:
        for resolution in incident.resolutions:
            assert {*resolution.supporting, *resolution.opposing} <= set(incident.claims_by_id)


@pytest.mark.parametrize("name", ["csv", "csv-counts", "csv-claims"])
def test_tables_keep_their_width(book: Casebook, name: str):
    header, *rows = csv.reader(io.StringIO(_written(book, name)))
    assert rows
    assert {len(row) for row in rows} == {len(header)}


def test_no_format_loses_an_incident(book: Casebook):
    ids = {incident.id for incident in book.incidents()}
    for name in set(formats()) - {"csv-counts"}:
        text = _written(book, name)
        assert all(incident_id in text for incident_id in ids), name


def test_map_has_valid_points_and_says_how_precise(book: Casebook):
    features = json.loads(_written(book, "geojson"))["features"]
    assert any(feature["geometry"] for feature in features)
    for feature in features:
        if feature["geometry"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
            assert feature["properties"]["radius_km"] is not None
            assert feature["properties"]["precision"] != "none"
