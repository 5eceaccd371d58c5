from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.sentences import sentences
from dateline.extract.times import find_times, parse_date
from dateline.extract.times.reckoned import reckoned
from dateline.model import UNKNOWN_DATE, DateRange, TimeMention

SATURDAY = DateRange.day(date(2024, 8, 24))


def times(text: str, published: DateRange = SATURDAY, **known: bool) -> tuple[TimeMention, ...]:
    return find_times(text, published, sentences(text), **known)


def only(text: str, published: DateRange = SATURDAY, **known: bool) -> TimeMention:
    (mention,) = times(text, published, **known)
    return mention


def days(first: str, last: str | None = None) -> DateRange:
    return DateRange(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "words", "value", "expected"),
    [
        ("Raiders came on Friday.", "Friday", "2024-08-23", days("2024-08-23")),
        ("Raiders came on Saturday.", "Saturday", "2024-08-24", days("2024-08-24")),
        ("Raiders came last Saturday.", "last Saturday", "2024-08-17", days("2024-08-17")),
        ("They will meet on Friday.", "Friday", "2024-08-30", days("2024-08-30")),
        ("Raiders came in March.", "March", "2024-03", days("2024-03-01", "2024-03-31")),
        ("Raiders came in December.", "December", "2023-12", days("2023-12-01", "2023-12-31")),
        ("Raiders came this summer.", "this summer", "2024-SU", days("2024-06-01", "2024-08-24")),
        ("Raiders came last week.", "last week", "2024-W33", days("2024-08-12", "2024-08-18")),
        ("Raiders came last month.", "last month", "2024-07", days("2024-07-01", "2024-07-31")),
        ("It began earlier this month.", "earlier this month", "2024-08", days("2024-08-01", "2024-08-24")),
        ("Raiders came yesterday.", "yesterday", "2024-08-23", days("2024-08-23")),
        ("Raiders came two days ago.", "two days ago", "2024-08-22", days("2024-08-22")),
        ("Raiders came two weeks ago.", "two weeks ago", "2024-W32", days("2024-08-07", "2024-08-13")),
        ("Raiders came two months ago.", "two months ago", "2024-06", days("2024-06-08", "2024-07-08")),
        ("Raiders came on 16 June.", "16 June", "2024-06-16", days("2024-06-16")),
        ("Raiders came on June 16, 2019.", "June 16, 2019", "2019-06-16", days("2019-06-16")),
        ("Raiders came in March last year.", "March last year", "2023-03", days("2023-03-01", "2023-03-31")),
        ("Raiders came in late June.", "late June", "2024-06", days("2024-06-21", "2024-06-30")),
        (
            "It lasted from 3 to 5 May 2019.",
            "3 to 5 May 2019",
            "2019-05-03",
            days("2019-05-03", "2019-05-05"),
        ),
        ("Raiders came in the 1990s.", "the 1990s", "199", days("1990-01-01", "1999-12-31")),
        ("Raiders came at Easter 2019.", "Easter 2019", "2019-04-21", days("2019-04-21")),
        ("Raiders came overnight.", "overnight", "2024-08-23TNI", days("2024-08-23", "2024-08-24")),
        ("They have fought since Monday.", "Monday", "2024-08-19", days("2024-08-19")),
        (
            "Raiders came at the end of March.",
            "the end of March",
            "2024-03",
            days("2024-03-25", "2024-03-31"),
        ),
        (
            "Raiders came the week before last.",
            "the week before last",
            "2024-W32",
            days("2024-08-05", "2024-08-11"),
        ),
        (
            "Raiders came a year ago this month.",
            "a year ago this month",
            "2023-08",
            days("2023-08-01", "2023-08-31"),
        ),
        ("The fair will open on 3 May.", "3 May", "2025-05-03", days("2025-05-03")),
        ("Raiders came in recent days.", "recent days", "PXD", days("2024-08-14", "2024-08-24")),
    ],
)
def test_the_words_of_reports(text, words, value, expected):
    found = only(text)
    assert (found.span.quote, found.value, found.range) == (words, value, expected)


def test_day_and_month_in_figures_may_be_either():
    assert only("Seen on 05/06/2024.").range == days("2024-05-06", "2024-06-05")
    assert only("Seen on 16/06/2024.").range == days("2024-06-16")


def test_the_next_day_follows_the_day_told_before():
    text = "Raiders came on 3 March 2019. The next day the army answered. Two days later it was over."
    assert [m.range for m in times(text)] == [days("2019-03-03"), days("2019-03-04"), days("2019-03-06")]


def test_both_ends_of_a_stretch_have_all_of_it():
    first, second = times("Raiders came between Monday and Wednesday.")
    assert (first.value, second.value) == ("2024-08-19", "2024-08-21")
    assert first.range == second.range == days("2024-08-19", "2024-08-21")


def test_two_weekdays_of_one_happening_have_both_days():
    ranges = {m.range for m in times("Shells fell on Thursday and Friday.")}
    assert ranges == {days("2024-08-22", "2024-08-23")}


def test_a_history_goes_by_its_own_years():
    told = (
        "The war began in 1911. In 1912 a truce held. By 1913 it was broken, and in 1914 peace came in May. "
    )
    last = times(told + "In June 1915 all was quiet. On 3 July the king left.")[-1]
    assert (last.span.quote, last.range) == ("3 July", days("1915-07-03"))


def test_seasons_of_the_south():
    found = only("Raiders came this winter.", southern=True)
    assert found.range == days("2024-06-01", "2024-08-24")


def test_a_page_date_bounds_from_above_only():
    page = DateRange(None, date(2024, 11, 23))
    assert only("Raiders came on Friday.", page).range == DateRange(None, date(2024, 11, 22))
    assert only("Raiders came yesterday.", page).range == DateRange(None, date(2024, 11, 22))
    assert only("Raiders came in June.", page).range == days("2024-06-01", "2024-06-30")


def test_without_a_day_of_publication():
    assert only("Raiders came in 2016.", UNKNOWN_DATE).range == days("2016-01-01", "2016-12-31")
    friday = only("Raiders came on Friday.", UNKNOWN_DATE)
    assert (friday.value, friday.range) == ("XXXX-WXX-5", UNKNOWN_DATE)


def rows_of_the_page() -> list[tuple[str, str, str]]:
    page = (Path(__file__).parents[2] / "docs/explanation/dates.md").read_text("utf-8")
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if "2024-" in line
    ]
    return [
        (words.partition(" (")[0], first, last) for words, first, last in (c for c in cells if len(c) == 3)
    ]


@pytest.mark.parametrize(("words", "first", "last"), rows_of_the_page())
def test_the_page_on_dates_tells_the_truth(words, first, last):
    assert times(f"Raiders came {words}.")[0].range == days(first, last)


@pytest.mark.parametrize(
    "text",
    ["It may rain.", "They march on.", "Call 555-2016-11.", "He paid $2016.", "He fell in the 1900 block."],
)
def test_what_is_no_time(text):
    assert times(text) == ()


def test_parse_date_reads_a_date_and_nothing_else():
    assert parse_date(" Jun.16 - 2024 ") == days("2024-06-16")
    assert parse_date("4 FEB 90") == days("1990-02-04")
    assert parse_date("Friday") is None
    assert parse_date("2024-13-01") is None
    assert parse_date("2024-06-16 and more") is None


FORMATS = [
    "%d %B %Y",
    "%B %d, %Y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%b %d, %Y",
    "%A, %d %B %Y",
    "%d %B, %Y",
]
calendar_days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(calendar_days, st.sampled_from(FORMATS))
def test_a_formatted_date_is_in_its_range(day, form):
    text = f"Raiders came on {day.strftime(form)} to the mill."
    assert any(m.range.is_known and m.range.contains(day) for m in times(text, UNKNOWN_DATE))
    assert (parse_date(day.strftime(form)) or UNKNOWN_DATE).contains(day)


@given(calendar_days, st.integers(0, 6))
def test_a_weekday_is_the_last_one_of_that_name(published, back):
    day = published - timedelta(days=back)
    assert only(f"Raiders came on {day:%A}.", DateRange.day(published)).range == DateRange.day(day)


@given(calendar_days, st.integers(0, 6))
def test_a_weekday_owns_what_follows_also_where_scraping_lost_the_apostrophe(published, back):
    day = published - timedelta(days=back)
    assert only(f"{day:%A}s raid left two dead.", DateRange.day(published)).range == DateRange.day(day)
    assert not [
        m for m in times(f"They meet on {day:%A}s in the hall.", DateRange.day(published)) if m.range.is_day
    ]


@given(calendar_days, st.integers(0, 300))
def test_a_day_without_its_year_is_the_last_one(published, back):
    day = published - timedelta(days=back)
    assert only(f"Raiders came on {day:%B} {day.day}.", DateRange.day(published)).range == DateRange.day(day)


EXPRESSIONS = [
    *(
        "Friday",
        "last Friday",
        "Friday night",
        "yesterday",
        "today",
        "overnight",
        "last night",
        "last week",
        "this week",
    ),
    *(
        "last month",
        "this month",
        "last year",
        "this year",
        "earlier this month",
        "two days ago",
        "three weeks ago",
    ),
    *(
        "a year ago",
        "the past week",
        "16 June",
        "29 February",
        "the weekend",
        "last weekend",
        "Christmas",
        "two days earlier",
    ),
    *(
        "the next day",
        "5 May 2019",
        "tonight",
        "early on Monday",
        "last March",
        "last summer",
        "several weeks ago",
    ),
]


def test_what_is_reckoned_from_an_unknown_day_is_unknown():
    text = "Raiders came on 5 May 2019. On Friday they left. The next day all was quiet."
    assert [m.range.is_known for m in times(text, UNKNOWN_DATE)] == [True, False, False]


@pytest.mark.parametrize(
    "words",
    [
        "12 Ramadan 1445",
        "14 Muharram 1446 AH",
        "2 Meskerem 2016",
        "15 Bhadra 2081 BS",
        "Aug 21, 1403 SH",
        "25 August 2567 BE",
        "the night of 25 August 2567 BE",
        "1900 BC",
    ],
)
def test_dates_of_other_calendars_are_not_read(words):
    assert times(f"Raiders came to the mill on {words} and left.", DateRange.day(date(2024, 8, 24))) == ()


@pytest.mark.parametrize("words", ["25 August 2024", "May 2016", "2016", "25 August 2024, BBC"])
def test_gregorian_dates_are_not_taken_for_others(words):
    assert only(f"In Ramadan raiders came on {words} radio said.", UNKNOWN_DATE).range.is_known


def told_relatively(day: date, published: date) -> list[str]:
    """Return ways in which a report published on one day truly says that something was on another.

    A bare month may be the coming one: what has happened is dated back by the incident's own dating.
    """
    ago = (published - day).days
    weeks = (published - timedelta(days=published.weekday())) - (day - timedelta(days=day.weekday()))
    months = (published.year - day.year) * 12 + published.month - day.month
    said = [f"in {day.year}", f"in {day:%B %Y}", f"{ago} days ago" if ago > 1 else ""]
    said += ["today" if ago == 0 else "yesterday" if ago == 1 else ""]
    said += [f"on {day:%A}" if ago < 7 else "", "earlier this week" if weeks.days == 0 else ""]
    said += ["last week" if weeks.days == 7 else "", "last month" if months == 1 else ""]
    said += [f"in {day:%B}" if months < 10 else "", "last year" if published.year - day.year == 1 else ""]
    said += [f"{ago // 7} weeks ago" if ago % 7 == 0 and ago >= 14 else ""]
    return [words for words in said if words]


@given(calendar_days, st.integers(0, 400), st.data())
def test_what_is_truly_said_of_a_day_is_read_as_a_range_that_holds_it(published, ago, data):
    day = published - timedelta(days=ago)
    words = data.draw(st.sampled_from(told_relatively(day, published)))
    around = timedelta(days=data.draw(st.integers(0, 3)))
    for given_day in (DateRange.day(published), DateRange(published - around, published + around)):
        found = times(f"Raiders came to the mill {words}.", given_day)
        assert [m for m in found if m.range.is_known and m.range.contains(day)], (words, day, found)


ends = st.tuples(calendar_days, calendar_days, calendar_days, calendar_days).map(sorted)


def covers(wide: DateRange, narrow: DateRange) -> bool:
    starts = wide.earliest is None or (narrow.earliest is not None and wide.earliest <= narrow.earliest)
    return starts and (wide.latest is None or (narrow.latest is not None and narrow.latest <= wide.latest))


@given(
    st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=4),
    ends,
    st.booleans(),
    st.sampled_from(["came", "will come"]),
)
def test_widening_the_publication_range_never_narrows(expressions, four, keeps_start, verb):
    text = " ".join(f"Raiders {verb} {words}." for words in expressions)
    a, b, c, d = four
    narrow = times(text, DateRange(b, c))
    wide = times(text, DateRange(a, d))
    unknown = times(text, UNKNOWN_DATE)
    assert [m.span for m in narrow] == [m.span for m in wide] == [m.span for m in unknown]
    for small, large, largest in zip(narrow, wide, unknown, strict=True):
        assert covers(large.range, small.range)
        assert covers(largest.range, large.range)


pieces = st.sampled_from(
    [
        *EXPRESSIONS,
        "in",
        "since",
        "from",
        "to",
        "9 p.m.",
        "31 February 2021",
        "0000-00-00",
        "June",
        "10,000 years ago",
        "the",
        "\n",
        "-",
        "99/99/99",
    ]
)


@given(
    st.one_of(st.text(), st.lists(pieces).map(" ".join)),
    st.one_of(st.just(None), st.dates()),
    st.one_of(st.just(None), st.dates()),
)
def test_any_text_gives_ordered_quotes(text, earliest, latest):
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    end = 0
    for mention in times(text, DateRange(earliest, latest)):
        assert mention.span.quote == text[mention.span.start : mention.span.end]
        assert mention.span.start >= end
        end = mention.span.end


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("They fled three days after the raid.", "three days after", days("2024-03-04")),
        ("They fled three days before the raid.", "three days before", days("2024-02-27")),
        ("They fled three days later.", "three days later", days("2024-03-04")),
        ("They fled days after the raid.", "days after", days("2024-03-01", "2024-03-11")),
        ("They fled the following day.", "the following day", days("2024-03-02")),
        ("They fled 16 hours after the raid.", "16 hours after", days("2024-03-01")),
    ],
)
def test_what_is_reckoned_from_a_happening_has_the_days_counted_from_it(text, words, expected):
    found = reckoned(text, only(text))
    assert found
    assert found.since(days("2024-03-01")).range == expected
    assert found.span.quote == words


@pytest.mark.parametrize(
    "text", ["They fled on Friday.", "They fled for three days.", "It was in March 2019."]
)
def test_what_stands_for_itself_is_reckoned_from_no_happening(text):
    assert reckoned(text, only(text)) is None


@given(
    st.dates(), st.integers(0, 400), st.integers(0, 400), st.sampled_from(["three days", "a week", "weeks"])
)
def test_a_wider_happening_never_narrows_what_is_reckoned_from_it(day, before, after, length):
    text = f"They fled {length} after the raid."
    found = reckoned(text, only(text))
    assert found
    narrow = found.since(DateRange.day(day)).range
    first = date.fromordinal(max(day.toordinal() - before, 1))
    last = date.fromordinal(min(day.toordinal() + after, date.max.toordinal()))
    wide = found.since(DateRange(first, last)).range
    if narrow.is_known and wide.is_known:
        assert wide.meet(narrow) == narrow


def test_a_time_of_day_alone_is_of_the_report_or_of_the_day_before():
    assert only("Raiders came at 9 p.m.").range == days("2024-08-23", "2024-08-24")
    assert times("Raiders came on Monday. They left at 9 p.m.")[1].range == days("2024-08-19")
