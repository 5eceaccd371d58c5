"""Every value says how it came about, from the document and the gazetteer alone."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.extract.claims import claims
from dateline.extract.rules import RuleExtractor
from dateline.gazetteer import Gazetteer
from dateline.model import DateRange, Document, Field, Published, PublishedBasis
from dateline.why import Explainer

TEXT = (
    "A bomb killed at least four people in the market of Tripoli in northern Lebanon on Friday, police said."
    " Officers in Beirut arrested dozens of men."
)


@pytest.fixture(scope="module")
def found():
    published = Published(DateRange.day(date(2021, 5, 8)), PublishedBasis.PAGE)
    document = Document.of("r1", "Blast in Tripoli", TEXT, published=published)
    mentions = RuleExtractor().extract(document)
    explainer = Explainer(document, Gazetteer.shipped())
    said = [claim for mention in mentions for claim in claims(mention, document, "o", "rules-1")]
    return [(claim, explainer.steps(claim)) for claim in said]


def says(found, field: Field) -> str:
    return "\n".join(
        f"{step.words}: {step.says}" for claim, steps in found for step in steps if claim.field is field
    )


def test_a_weekday_is_reckoned_from_the_publication_with_its_basis(found):
    told = says(found, Field.DATE)
    assert "Friday" in told
    assert "TIMEX3 2021-05-07, reckoned from the publication, 2021-05-08 (as the page shows" in told


def test_a_name_shows_its_readings_and_its_extent(found):
    told = says(found, Field.PLACE)
    assert "Tripoli (city), North Lebanon, LB" in told
    assert "stands for a circle of" in told


def test_a_number_shows_its_words_and_its_ends(found):
    told = says(found, Field.COUNT)
    assert "at least four: low 4, high open" in told
    assert "dozens: vague: low 24, high open" in told


def test_what_no_words_say_is_told_as_inferred():
    published = Published(DateRange.day(date(2021, 5, 8)))
    document = Document.of(
        "r1", "Blast kills four", "A bomb killed four people at a market.", published=published
    )
    (mention,) = RuleExtractor().extract(document)
    (said,) = [c for c in claims(mention, document, "o", "rules-1") if c.field is Field.DATE]
    (step,) = Explainer(document, Gazetteer.shipped()).steps(said)
    assert step.words is None
    assert "no words say when" in step.says


def test_a_southern_summer_is_in_january():
    published = Published(DateRange.day(date(2021, 6, 8)))
    text = "Gunmen killed three farmers near Nampula in Mozambique last summer, and two in Beira."
    document = Document.of("r1", "Farmers killed", text, published=published)
    days = [mention.date for mention in RuleExtractor().extract(document)]
    assert DateRange(date(2020, 12, 1), date(2021, 2, 28)) in days
