import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.numerals import numeral_value
from dateline.extract.quantities import find_quantities

UNITS = [
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10 - 2] + ("-" + UNITS[number % 10] if number % 10 else "")
    for size, word in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if rest < 100 else " "
            return f"{in_words(number // size)} {word}" + (joint + in_words(rest) if rest else "")
    raise AssertionError(number)


def found(text: str) -> list[tuple[str, int | None, int | None, bool]]:
    return [(q.span.quote, q.low, q.high, q.vague) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("six guards", ("six", 6, 6, False)),
        ("1,200 people", ("1,200", 1200, 1200, False)),
        ("1.2 million people", ("1.2 million", 1_200_000, 1_200_000, False)),
        ("half a dozen men", ("half a dozen", 6, 6, False)),
        ("two dozen men", ("two dozen", 24, 24, False)),
        ("at least two guards", ("at least two", 2, None, False)),
        ("more than 20 dead", ("more than 20", 21, None, False)),
        ("over 20 dead", ("over 20", 21, None, False)),
        ("20 or more dead", ("20 or more", 20, None, False)),
        ("up to 30 dead", ("up to 30", None, 30, False)),
        ("as many as 30 dead", ("as many as 30", None, 30, False)),
        ("no more than three men", ("no more than three", None, 3, False)),
        ("fewer than 10 men", ("fewer than 10", None, 9, False)),
        ("between 10 and 15 men", ("between 10 and 15", 10, 15, False)),
        ("10 to 15 men", ("10 to 15", 10, 15, False)),
        ("two or three men", ("two or three", 2, 3, False)),
        ("several men", ("several", 3, None, True)),
        ("a number of men", ("a number of", 3, None, True)),
        ("dozens of men", ("dozens", 24, None, True)),
        ("scores of men", ("scores", 40, None, True)),
        ("hundreds of men", ("hundreds", 200, None, True)),
        ("thousands of men", ("thousands", 2000, None, True)),
        ("tens of thousands of men", ("tens of thousands", 20_000, None, True)),
        ("several hundred men", ("several hundred", 300, None, True)),
        ("about 100 men", ("about 100", 100, 100, True)),
        ("some 100 men", ("some 100", 100, 100, True)),
        ("nearly 80 men", ("nearly 80", None, 79, True)),
        ("no casualties", ("no", 0, 0, False)),
        ("nobody was hurt", ("nobody", 0, 0, False)),
        ("a guard", ("a", 1, 1, False)),
        ("both men", ("both", 2, 2, False)),
        ("AT LEAST TWO TERRORISTS", ("AT LEAST TWO", 2, None, False)),
        ("in May 12 gunmen were held", ("12", 12, 12, False)),
        ("a group of eight raiders", ("eight", 8, 8, False)),
    ],
)
def test_the_codebook_words(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "on 12 August 2016",
        "on August 12",
        "in 2010 soldiers came",
        "the 2016 attack",
        "at 10 a.m. they left",
        "at 10:30",
        "0730 GMT",
        "aged 20",
        "the 20-year-old suspect",
        "thirty-one years old",
        "Ada Example, 34, was there",
        "$20 million",
        "20 percent",
        "20%",
        "120 km away",
        "the 20th",
        "an AK-47",
        "12 Main Street",
        "call 555-1234 or +44 20 7946 0018",
        "Flight 370",
        "the 3000 block of Mill Lane",
        "at 12: 24 pm",
        "since 21 May have",
        "the founding (1881)",
        "both Arden and Brill",
        "both sides",
        "Group of 8 leaders",
        "version 1.2.3",
        "some people, many people, multiple people",
        "no immediate comment",
        "a week ago",
    ],
)
def test_what_counts_nothing(text):
    assert [words for words, *_ in found(text) if words.lower() not in ("a", "an")] == []


def test_a_change_is_two_numbers_and_no_range():
    assert found("the toll rose from 10 to 15") == [("10", 10, 10, False), ("15", 15, 15, False)]


def test_numbers_do_not_run_from_the_title_into_the_text():
    assert [low for _, low, *_ in found("Raid kills twenty\nTwo boys were hurt")] == [20, 2]


@given(st.integers(0, 999_999_999))
def test_number_words_come_to_their_number(number):
    words = in_words(number)
    assert numeral_value(words) == number
    assert found(f"They found {words} sheep.") == [(words, number, number, False)]


@given(st.integers(0, 999_999_999).filter(lambda n: not 1900 <= n <= 2100))
def test_digits_come_to_their_number(number):
    assert found(f"They found {number:,} sheep.") == [(f"{number:,}", number, number, False)]


fragments = st.sampled_from(
    [
        "at least",
        "two",
        "hundred",
        "and",
        "20",
        "1,200",
        "no",
        "a",
        "dozen",
        "to",
        "between",
        "several",
        "-",
        "\n",
        ".",
    ]
)


@given(st.one_of(st.text(), st.lists(fragments).map(" ".join)))
def test_any_text_gives_ordered_quotes_and_proper_intervals(text):
    end = 0
    for quantity in find_quantities(text):
        assert quantity.span.quote == text[quantity.span.start : quantity.span.end]
        assert quantity.span.start >= end
        assert quantity.low is not None or quantity.high is not None
        assert quantity.low is None or quantity.high is None or 0 <= quantity.low <= quantity.high
        end = quantity.span.end


@pytest.mark.parametrize("junk", ["between ", "1,", "half a ", " ", "twenty-", "1", "at least" + " " * 50])
def test_junk_is_read_in_linear_time(junk):
    text = junk * (300_000 // len(junk))
    began = time.process_time()
    find_quantities(text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "text",
    [
        "The clerk (34) was hurt.",
        "The brothers (17, 21 and 22) fled.",
        "A woman in her 40's was hurt.",
        "A 22 YOM was hurt.",
    ],
)
def test_ages_are_no_counts(text):
    assert not [found for found in find_quantities(text) if found.span.quote.lower() not in ("a", "an")]


@pytest.mark.parametrize("text", ["Dead (12)", "passengers (34)", "children (3)"])
def test_numbers_in_brackets_behind_many_are_counts(text):
    assert len(find_quantities(text)) == 1


def test_an_article_before_a_number_counts_nothing():
    assert [found.low for found in find_quantities("He hurt an additional seven pupils.")] == [7]


@pytest.mark.parametrize(
    "text", ["He called 911 at once.", "Told by 911 callers.", "In a 911 dispatcher's words."]
)
def test_an_emergency_number_counts_nobody(text):
    assert "911" not in [quantity.span.quote for quantity in find_quantities(text)]
