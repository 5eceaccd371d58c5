from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.dates import find_dateline, find_days, stated_range
from dateline.model import DateRange

DAY = date(2021, 5, 8)


@pytest.mark.parametrize(
    "words",
    ["8 May 2021", "May 8, 2021", "8th of May 2021", "MAY 8 2021", "2021-05-08", "2021/05/08", "08.05.2021",
     "May.8 - 2021", "Saturday, May 8th, 2021",
     "2021-05-08T23:30:00+02:00", "Sat, 08 May 2021 10:00:00 GMT"],
)  # fmt: skip
def test_one_day_in_many_hands(words: str) -> None:
    assert stated_range(words) == DateRange.day(DAY)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2021", DateRange(date(2021, 1, 1), date(2021, 12, 31))),
        ("2021-02", DateRange(date(2021, 2, 1), date(2021, 2, 28))),
        ("05/08/2021", DateRange(DAY, date(2021, 8, 5))),
        ("05/28/2021", DateRange.day(date(2021, 5, 28))),
        ("1620432000", DateRange.day(DAY)),
        ("1620432000000", DateRange.day(DAY)),
        ("31.02.2021", None),
        ("2021-13-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_value_is_no_more_precise_than_its_words(words: str, days: DateRange | None) -> None:
    assert stated_range(words) == days


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_written_days_are_read_back(day: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a %b %d %Y", "%Y%m%d"):
        assert stated_range(day.strftime(form)) == DateRange.day(day)
    (found,) = find_days(f"Seen on {day:%d %B %Y} at noon")
    assert f"Seen on {day:%d %B %Y} at noon"[found.start : found.end] == f"{day:%d %B %Y}"


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("VERRINA, Utopia, May 8 (Agency) - Two officers were freed.", None),
        ("VERRINA, 8 May. Two officers were freed.", None),
        ("PORT VERRINA, Saturday, May 8, 2021 (AG) — Two officers were freed.", 2021),
        ("Verrina, 8 May 2021 -- Two officers were freed.", 2021),
        ("PORT VERRINA, 8 MAY 89 (AGE) -- [TEXT] TWO OFFICERS WERE FREED.", 1989),
    ],
)
def test_a_dateline_opens_the_body(line: str, year: int | None) -> None:
    found = find_dateline(line)
    assert found
    assert (found.year, found.month, found.day) == (year, 5, 8)


@pytest.mark.parametrize(
    "line",
    [
        "Police said on May 8 - the day of the vote - that two officers were freed.",
        "All sixteen pupils have been home since 8 May. Nobody knows why.",
        "Sat May 8 2021 - Two officers were freed.",
        "VERRINA (Agency) - Two officers were freed.",
        "The raid of May 8, 2021 is not forgotten.",
    ],
)
def test_other_days_are_no_dateline(line: str) -> None:
    assert find_dateline(line) is None


@given(given_day=st.dates(date(1950, 1, 1), date(2090, 1, 1)), back=st.integers(-350, 7))
def test_a_day_without_a_year_takes_the_nearest(given_day: date, back: int) -> None:
    day = given_day + timedelta(days=back)
    found = find_dateline(f"VERRINA, {day:%B} {day.day} (Agency) - Two officers were freed.")
    assert found
    if (day.month, day.day) != (2, 29):
        assert found.nearest(DateRange.day(given_day)) == day
    assert found.nearest(DateRange(None, None)) is None
    bounded = found.nearest(DateRange(None, given_day))
    assert bounded is None or bounded <= given_day


def test_a_dateline_may_have_its_day_in_brackets():
    written = find_dateline("KANO, Nigeria (May 3, 2011)")
    assert written is not None
    assert (written.year, written.month, written.day) == (2011, 5, 3)
