"""Candidates are what the finders found, in the order of the text, with what the rules made of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dateline.extract.assembly import assemble
from dateline.extract.candidates import MOST_CANDIDATES, CandidateKind, candidates
from dateline.extract.features import NAMES, Between, Describer, between, pairs
from dateline.extract.incidents import mention_of_each
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reading import Role
from dateline.gazetteer import Gazetteer
from dateline.model import DateRange, Document, Published

TEXT = (
    "Gunmen attacked a convoy near the river on Friday. They wounded 12 soldiers and fled. "
    "A bomb killed three people in Nairobi in 2019, police said."
)


@pytest.fixture(scope="module")
def places() -> PlaceFinder:
    return PlaceFinder(Gazetteer.shipped())


def found_in(text: str, places: PlaceFinder):
    published = Published(DateRange.day(date(2021, 5, 8)))
    findings = find_all(Document.of("r1", "Convoy attacked", text, published=published), places)
    drafts = assemble(findings)
    mentions = mention_of_each(findings, drafts)
    return findings, drafts, mentions, candidates(findings, drafts, mentions)


def test_they_keep_the_order_of_the_text_and_their_words(places):
    findings, _, _, found = found_in(TEXT, places)
    assert [c.span.start for c in found] == sorted(c.span.start for c in found)
    assert all(findings.document.text[c.span.start : c.span.end] == c.span.quote for c in found)
    assert {c.kind for c in found} >= {CandidateKind.TRIGGER, CandidateKind.NUMBER, CandidateKind.PLACE}


def test_what_the_rules_saw_in_them_goes_along(places):
    *_, found = found_in(TEXT, places)
    (soldiers,) = [c for c in found if c.kind is CandidateKind.NUMBER and c.span.quote == "12 soldiers"]
    assert Role.WOUNDED in soldiers.hints
    assert soldiers.drafts


def test_a_list_without_end_is_cut(places):
    *_, found = found_in("A bomb killed three people. " * 400, places)
    assert len(found) == MOST_CANDIDATES


def test_features_are_small_numbers_one_row_each(places):
    findings, drafts, mentions, found = found_in(TEXT, places)
    rows = Describer(findings.document.published.range, drafts, mentions).features(found)
    assert rows.shape == (len(found), len(NAMES))
    assert np.abs(rows).max() <= 1.5
    assert (rows[:, : len(CandidateKind)].sum(axis=1) == 1).all()


def test_two_candidates_are_compared_the_same_whatever_else_there_is(places):
    *_, found = found_in(TEXT, places)
    every = between(found)
    one, other = pairs(len(found))
    for row in range(0, len(every), 7):
        alone = between([found[one[row]], found[other[row]]])
        assert alone[0].tolist() == pytest.approx(every[row].tolist())


def test_another_day_and_another_place_part(places):
    *_, found = found_in(TEXT, places)
    attacked = next(c for c in found if c.span.quote == "attacked" and not c.passage.in_title)
    killed = next(c for c in found if c.kind is CandidateKind.TRIGGER and c.passage.index > 2)
    known = dict(zip(Between, between([attacked, killed])[0], strict=True))
    assert known[Between.DATES_PART] == 1
    assert known[Between.SAME_SENTENCE] == 0
