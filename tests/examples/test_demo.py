"""What the demo shows of the sample reports, told as facts and held as floors of the scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline import Casebook
from dateline.config import Settings
from dateline.evaluate import Scores, read_corpus, read_reference, score
from dateline.export.reference import annotate
from dateline.model import (
    CaptivityStatus,
    Count,
    Field,
    Incident,
    IncidentType,
    Reality,
    ReportAnnotation,
    Standing,
    What,
    Who,
)
from dateline.values import place_of

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook(tmp_path_factory.mktemp("casebook") / "demo.db") as opened:
        opened.add(EXAMPLES / "reports")
        yield opened


@pytest.fixture(scope="module")
def coded(book: Casebook) -> tuple[ReportAnnotation, ...]:
    """Return what was read off each report, in the form of the annotation."""
    report_ids = {entry.subject for entry in book.query.log() if entry.kind == "report received"}
    views = [book.query.report(report_id) for report_id in sorted(report_ids)]
    return tuple(
        annotate(view.report.name, view.document, view.mentions, view.incident_of)
        for view in views
        if view.document
    )


@pytest.fixture(scope="module")
def scores(coded: tuple[ReportAnnotation, ...]) -> Scores:
    corpus = read_corpus([EXAMPLES / "reports"], Settings())
    return score(corpus.texts, read_reference(EXAMPLES / "reference.jsonl", corpus.texts), coded)


def _most_told(book: Casebook, kind: IncidentType, country: str) -> Incident:
    found = [i for i in book.incidents(type=kind.value) if place_of(i).country == country]
    return max(found, key=lambda incident: len(incident.report_ids))


def test_siege_is_one_incident_that_ends_by_force(book: Casebook):
    siege = _most_told(book, IncidentType.HOSTAGE_TAKING, "GE")
    assert len(siege.report_ids) == 5
    status = siege.resolution(Field.STATUS)
    assert status is not None
    assert (status.value, status.standing) == (CaptivityStatus.ENDED_BY_FORCE, Standing.REVISED)
    assert siege.resolution(Field.DEMAND) is not None


def test_rising_toll_is_revised_and_keeps_every_claim(book: Casebook):
    bombing = _most_told(book, IncidentType.BOMBING, "NG")
    assert len(bombing.report_ids) == 3
    (toll,) = [r for r in bombing.counts(What.KILLED) if r.slot.who is Who.UNSPECIFIED]
    assert isinstance(toll.value, Count)
    assert (toll.value.low, toll.value.high) == (14, 14)
    said = {bombing.claim(claim_id).value for claim_id in (*toll.supporting, *toll.opposing)}
    assert {count.low for count in said if isinstance(count, Count)} >= {4, 9, 14}


def test_denied_abduction_keeps_both_sides(book: Casebook):
    abduction = _most_told(book, IncidentType.KIDNAPPING, "CM")
    reality = abduction.resolution(Field.REALITY)
    assert len(abduction.report_ids) == 2
    assert reality is not None
    assert reality.value is Reality.DENIED
    assert reality.standing in (Standing.REVISED, Standing.CONTESTED)
    assert {abduction.claim(claim_id).value for claim_id in reality.opposing} == {Reality.ACTUAL}


def test_accident_is_no_incident(coded: tuple[ReportAnnotation, ...]):
    (ferry,) = [report for report in coded if report.id == "17-ferry-capsizes"]
    assert ferry.incidents == ()


def test_quotes_are_words_of_the_reports(scores: Scores):
    assert scores.misquoted == 0


@pytest.mark.parametrize(("row", "floor"), [("incidents", 0.85), ("FACTS", 0.55), ("links", 0.75)])
def test_scores_do_not_fall(scores: Scores, row: str, floor: float):
    assert scores[row].f1 >= floor
