"""An incident's standing in its report, as numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.assembly import assemble
from dateline.extract.candidates import CandidateKind, candidates
from dateline.extract.focus import NAMES, Standing, features
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.gazetteer import Gazetteer
from dateline.model import DateRange, Document, IncidentType, Published, Reality

DAY = date(2021, 5, 8)
TEXT = "Gunmen shot dead two guards at a depot in Kabul on Friday. Last year a bomb killed nine people there."


def standing(at: int) -> Standing:
    published = Published(DateRange.day(DAY))
    findings = find_all(Document.of("r1", "", TEXT, published=published), PlaceFinder(Gazetteer.shipped()))
    drafts = assemble(findings)
    found = candidates(findings, drafts, mention_of_each(findings, drafts))
    core = [c for c in found if c.kind is CandidateKind.TRIGGER and c.passage.index == at]
    time = findings.passages[at].times[0]
    return Standing(core, IncidentType.ARMED_ASSAULT, Reality.ACTUAL, time, at, 2, 4)


def named(row: np.ndarray) -> dict[str, float]:
    return {name: float(value) for name, value in zip(NAMES, row, strict=True) if value}


def test_news_and_what_is_retold_differ_in_where_they_stand_and_when_they_were():
    published = DateRange.day(DAY)
    news, old = (named(features(standing(at), published, 2)) for at in (0, 1))
    assert news["opens"] == news["first"] == 1.0
    assert "opens" not in old
    ages = [next(name for name in told if name.startswith("age=")) for told in (news, old)]
    assert ages[0] != ages[1]


@given(st.integers(0, 3000))
def test_the_older_an_incident_the_later_its_age(days):
    told = standing(0)
    published = DateRange.day(told.time.range.latest + timedelta(days=days))
    later = DateRange.day(told.time.range.latest + timedelta(days=days + 30))
    age, older = (
        next(n for n in named(features(told, p, 2)) if n.startswith("age=")) for p in (published, later)
    )
    assert int(age[4:]) <= int(older[4:])


def test_an_incident_without_a_day_is_undated():
    row = named(features(replace(standing(0), time=None), DateRange.day(DAY), 2))
    assert row["undated"] == 1.0
    assert not any(name.startswith("age=") for name in row)
