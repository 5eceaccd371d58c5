"""Properties of the scores: 1 for the reference itself, 0 for nothing, and nothing else by luck."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate import read_reference, score
from dateline.evaluate.matching import date_closeness
from dateline.model import (
    DateRange,
    Focus,
    IncidentAnnotation,
    IncidentType,
    Quoted,
    Reality,
    ReportAnnotation,
    Who,
)

REFERENCE = read_reference(Path(__file__).parents[2] / "examples" / "reference.jsonl")


def _text(report: ReportAnnotation) -> str:
    """Return a text in which each incident has a sentence of its own that holds its quotes."""
    return "\n".join("; ".join(incident.quotes) for incident in report.incidents)


TEXTS = {report.id: _text(report) for report in REFERENCE}


def test_reference_against_itself_is_perfect():
    scores = score(TEXTS, REFERENCE, REFERENCE)
    for row in scores.rows():
        assert row.tally.hits == row.tally.reference == row.tally.predicted, row.name
    assert scores.missed == scores.false_alarms == scores.confusions() == ()


def test_nothing_predicted_scores_nothing():
    scores = score(TEXTS, REFERENCE, ())
    assert scores.facts.f1 == scores["incidents"].recall == 0.0
    assert scores.facts.predicted == 0
    assert len(scores.missed) == scores["incidents"].reference


def test_unknown_reports_and_misquotes_are_told():
    stranger = ReportAnnotation("stranger")
    first = REFERENCE[0]
    misquoting = replace(first, incidents=(replace(first.incidents[0], quote="words of another report"),))
    scores = score(TEXTS, REFERENCE, (misquoting, stranger))
    assert scores.unknown_reports == ("stranger",)
    assert scores.misquoted == 1


@given(st.data())
def test_swapping_the_sides_swaps_precision_and_recall(data: st.DataObject):
    kept = tuple(
        replace(report, incidents=tuple(i for i in report.incidents if data.draw(st.booleans())))
        for report in REFERENCE[:6]
    )
    there, back = score(TEXTS, REFERENCE[:6], kept), score(TEXTS, kept, REFERENCE[:6])
    for name in ("incidents", "FACTS", "counts", "perpetrators"):
        assert there[name].precision == back[name].recall
        assert there[name].recall == back[name].precision
        assert there[name].f1 == pytest.approx(back[name].f1)


@given(st.sampled_from(IncidentType))
def test_wrong_type_costs_one_fact_and_is_shown(kind: IncidentType):
    first = REFERENCE[0]
    wrong = replace(first, incidents=(replace(first.incidents[0], type=kind),))
    scores = score(TEXTS, [first], [wrong])
    expected = scores.facts.reference - (kind is not first.incidents[0].type)
    assert scores.facts.hits == expected
    confused = [c for c in scores.confusions() if c.field == "type"]
    assert [c.predicted for c in confused] == ([kind] if kind is not first.incidents[0].type else [])


def test_false_alarm_costs_precision_only():
    false = IncidentAnnotation("X", IncidentType.ARSON, Focus.MAIN, Reality.ACTUAL, "a shed burned")
    empty = next(report for report in REFERENCE if not report.incidents)
    scores = score(
        TEXTS, REFERENCE, [*(r for r in REFERENCE if r != empty), replace(empty, incidents=(false,))]
    )
    assert scores["incidents"].recall == 1.0
    assert scores["incidents"].precision < 1.0
    assert [pair.report_id for pair in scores.false_alarms] == [empty.id]


def test_links_are_pairs_across_reports():
    unlinked = [
        replace(r, incidents=tuple(replace(i, incident=f"{r.id}{i.key}") for i in r.incidents))
        for r in REFERENCE
    ]
    assert score(TEXTS, REFERENCE, unlinked)["links"].predicted == 0
    assert score(TEXTS, REFERENCE, REFERENCE)["links"].f1 == 1.0


days = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(days, st.integers(0, 30), st.integers(-40, 40))
def test_date_closeness_is_symmetric_and_graded(start: date, length: int, shift: int):
    a = DateRange(start, start + timedelta(length))
    b = DateRange(start + timedelta(shift), start + timedelta(length + shift))
    closeness = date_closeness(a, b)
    assert closeness == date_closeness(b, a)
    assert closeness == (1.0 if shift == 0 else 0.5 if abs(shift) <= min(7, length) else 0.0)


def test_open_end_is_not_close_to_a_day():
    day = date(2020, 1, 1)
    assert date_closeness(DateRange(None, day), DateRange(day, day)) == 0.0


def test_half_a_count_where_only_the_people_differ():
    first = REFERENCE[0].incidents[0]
    count = first.counts[0]
    changed = replace(count.value, who=Who.CIVILIANS)
    wrong = replace(first, counts=(Quoted(changed, count.quote, count.attribution), *first.counts[1:]))
    scores = score(
        TEXTS,
        [replace(REFERENCE[0], incidents=(first,))],
        [replace(REFERENCE[0], incidents=(wrong,))],
    )
    assert scores["counts"].hits == len(first.counts) - 0.5
    (confused,) = [c for c in scores.confusions() if c.field == "who is counted"]
    assert (confused.reference, confused.predicted) == ("security_forces", "civilians")
    assert confused.examples[0].report_id == REFERENCE[0].id
