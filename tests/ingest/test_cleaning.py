"""Scraped plain text: whole lines are kept or left out, the headline and the day are told apart."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_samples import BODY, SENTENCES

from dateline.ingest.clean import clean, trim
from dateline.ingest.extent import extent_of, is_dump
from dateline.ingest.lines import Kind, lines_of
from dateline.model import DateRange, PublishedBasis

MARCH, APRIL = date(2021, 3, 4), date(2021, 4, 3)
HEADLINE = "Two officers freed after hill town raid"
MENU = "\n".join(
    ["Home", "World", "Sport", "Weather report", "Our people", "Jobs", "Shop", "Log in", "Puzzles"]
)
TEASERS = "\n".join(
    [
        "More stories",
        "Bakery opens again",
        "Rain is on its way",
        "Team wins cup",
        "Actor weds singer",
        "Back to top",
    ]
)


def scraped(*lines: str) -> str:
    return "\n".join(lines)


def test_furniture_goes_and_the_article_stays() -> None:
    page = scraped(
        HEADLINE,
        "",
        "Written by Ann Somebody",
        "Jun.16 - 2021 11:01 AM CET",
        "News",
        "Photo: Some Agency",
        SENTENCES[0],
        "",
        "Trending Now",
        "TRENDING NOW",
        SENTENCES[1],
        "A town in fear",
        SENTENCES[2],
        "Latest article",
    )
    article = clean(page)
    assert article.title == HEADLINE
    assert [line for line in article.body.split("\n") if line] == [
        SENTENCES[0],
        SENTENCES[1],
        "A town in fear",
        SENTENCES[2],
    ]
    assert article.published.range == DateRange.day(date(2021, 6, 16))
    assert article.published.basis is PublishedBasis.STATED
    assert article.published.quote == "Jun.16 - 2021 11:01 AM CET"


@pytest.mark.parametrize(
    ("top", "basis", "days"),
    [
        (("Saturday, May 8, 2021", HEADLINE), PublishedBasis.PAGE, DateRange(None, date(2021, 5, 8))),
        ((HEADLINE, "8 May 2021"), PublishedBasis.PAGE, DateRange(None, date(2021, 5, 8))),
        ((HEADLINE, "Published: 8 May 2021"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "Updated 08.05.2021"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "May 8, 2021 at 14:05"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "By Ann Bee", "8 May 2021"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "By Ann Somebody | May 8, 2021"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "Posted 03/04/2021"), PublishedBasis.STATED, DateRange(MARCH, APRIL)),
        ((HEADLINE, "Sat 8 May 2021, 9: 03am AEST"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "7:00pm UK, 08 May 2021"), PublishedBasis.STATED, DateRange.day(date(2021, 5, 8))),
        ((HEADLINE, "Posted 03 / 04 / 2021"), PublishedBasis.STATED, DateRange(MARCH, APRIL)),
        ((HEADLINE,), PublishedBasis.UNKNOWN, DateRange(None, None)),
    ],
)  # fmt: skip
def test_a_day_is_stated_only_when_something_ties_it_to_the_article(
    top: tuple[str, ...], basis: PublishedBasis, days: DateRange
) -> None:
    article = clean(scraped(*top, "", BODY))
    assert article.title == HEADLINE
    assert article.published.basis is basis
    assert article.published.range == days
    assert article.body == BODY


def test_a_text_without_a_headline_has_none() -> None:
    assert clean(BODY).title is None
    assert clean(BODY).body == BODY


def test_a_headline_said_twice_is_taken_once() -> None:
    article = clean(
        scraped(f"{HEADLINE} | The Verrina Post", "World", HEADLINE, "By Ann Somebody", BODY, HEADLINE)
    )
    assert article.title == HEADLINE
    assert article.body == BODY


def test_a_whole_page_gives_its_article_alone() -> None:
    page = scraped(
        HEADLINE, MENU, HEADLINE, "By Ann Somebody", BODY, TEASERS, MENU, "We use cookies on this site."
    )
    assert is_dump(lines_of(page))
    assert clean(page).title == HEADLINE
    assert clean(page).body == BODY


def test_hard_wrapped_text_is_kept_whole() -> None:
    words = (" ".join(SENTENCES) + " ").split() * 5
    wrapped = "\n".join(" ".join(words[n : n + 9]) for n in range(0, len(words), 9))
    assert clean(wrapped).body.split() == words


def test_lists_in_an_article_are_kept() -> None:
    text = scraped(SENTENCES[0], "The dead are:", "Ann Somebody, 34", "Bob Nobody, 51", SENTENCES[1])
    assert clean(text).body == text


def test_a_clean_text_is_only_trimmed_at_its_edges() -> None:
    text = scraped(HEADLINE, "8 May 2021", SENTENCES[0], "Trending Now", SENTENCES[1], "Read more", "Share")
    article = trim(text)
    assert article.title == HEADLINE
    assert article.body == scraped(SENTENCES[0], "Trending Now", SENTENCES[1])


LINES = st.lists(
    st.sampled_from(
        [*SENTENCES, HEADLINE, *MENU.split("\n"), *TEASERS.split("\n"), "", "  ", "By Ann Bee", "8 May 2021"]
    )
    | st.text(max_size=60).map(lambda text: text.replace("\r", "").replace("\n", "")),
    max_size=60,
)


@given(lines=LINES)
def test_cleaning_invents_nothing(lines: list[str]) -> None:
    known = {line.strip() for line in lines}
    for article in (clean("\n".join(lines)), trim("\n".join(lines))):
        assert {line.strip() for line in article.body.split("\n")} <= known | {""}
        assert article.title is None or article.title in known


@given(lines=LINES)
def test_cleaning_keeps_the_order_of_lines(lines: list[str]) -> None:
    rest = iter(line.strip() for line in lines)
    for line in filter(None, map(str.strip, clean("\n".join(lines)).body.split("\n"))):
        assert line in rest


@given(lines=LINES)
def test_every_line_gets_a_kind_and_the_extent_lies_inside(lines: list[str]) -> None:
    told = lines_of("\n".join(lines))
    assert [line.text for line in told] == "\n".join(lines).split("\n")
    start, end = extent_of(told)
    assert 0 <= start <= end <= len(told)
    assert all((line.kind is Kind.BLANK) == (not line.text.strip()) for line in told)


@pytest.mark.parametrize(
    "junk",
    ["a" * 10**6, "a " * 500_000, "3 May 2020 " * 90_000, "By A " * 200_000, "(" * 10**6, "12/3/" * 200_000],
)
def test_a_megabyte_on_one_line_takes_no_long_time(junk: str) -> None:
    start = time.process_time()
    clean(junk)
    assert time.process_time() - start < 2
