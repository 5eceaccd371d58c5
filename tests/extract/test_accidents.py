"""Accidents with weapons and suicides are read where that is asked for, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.extract.reader import shipped_extractor
from dateline.model import DateRange, Document, Field, IncidentType, Published, PublishedBasis, What

CODED, ALL = shipped_extractor(), shipped_extractor(accidents=True)
PUBLISHED = Published(DateRange.day(date(2016, 5, 3)), PublishedBasis.STATED)
ACCIDENT = (
    "A boy of nine was accidentally shot in Fresno, California, on Monday when a rifle went off in a garage, "
    "police said. He was wounded in the arm and is in stable condition."
)
POLITICS = (
    "The council of Fresno, California, voted on Monday to mend the roads that the rain had washed away."
)


def document(text: str, title: str = "") -> Document:
    return Document.of("r1", title, text, published=PUBLISHED)


def test_an_accident_is_read_only_where_accidents_are_asked_for():
    report = document(ACCIDENT, "Boy hurt in accidental shooting")
    assert CODED.extract(report) == ()
    (told, *_) = ALL.extract(report)
    assert told.type is IncidentType.OTHER_VIOLENCE
    assert {c.value.what for c in told.arguments if c.field is Field.COUNT} == {What.WOUNDED}


def test_who_shot_himself_by_accident_is_not_taken_for_dead():
    text = (
        "A man shot himself in Fresno, California, on Monday when his gun went off by accident, police said."
    )
    (told, *_) = ALL.extract(document(text, "Man in accidental shooting"))
    assert What.KILLED not in {count.what for count in told.counts}


@pytest.mark.parametrize("text", [POLITICS, ""])
def test_what_tells_of_no_accident_stays_unread(text):
    assert ALL.extract(document(text)) == ()


def test_what_the_codebook_codes_is_read_alike():
    report = document("Gunmen killed four people at a market in Kano, Nigeria, on Monday, police said.")
    assert ALL.extract(report) == CODED.extract(report) != ()


def test_the_wish_is_part_of_the_version_so_that_reports_are_read_anew():
    assert ALL.version == f"{CODED.version}+accidents"
