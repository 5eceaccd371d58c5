"""From bytes to documents: what each form keeps, and how its publication date is known."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ingest_samples import BODY, SENTENCES

from dateline.config import Settings
from dateline.ingest import parse
from dateline.model import (
    Blob,
    DateRange,
    Document,
    MediaType,
    PublishedBasis,
    Rejection,
    RejectionReason,
    Report,
)

TITLE = "Two officers freed after hill town raid"
DAY = DateRange.day(date(2021, 5, 8))
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def report(content: str | bytes, kind: MediaType, url: str | None = None, **stated: str) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    return Report.of(Blob.of(raw, kind), "somewhere", url=url, stated=stated)


def parsed(
    content: str | bytes, kind: MediaType = MediaType.TEXT, url: str | None = None, **stated: str
) -> Document:
    document = parse(report(content, kind, url, **stated), Settings())
    assert isinstance(document, Document), document
    assert document.text == (f"{document.title}\n" if document.title else "") + document.body
    return document


def row(**fields: str | None) -> Document:
    stated = {key: value for key, value in fields.items() if value and key != "text"}
    return parsed(json.dumps(fields), MediaType.JSON, **stated)


def page(head: str = "", top: str = "", bottom: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE} - The Verrina Post</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<article><h1>{TITLE}</h1>{top}{PARAGRAPHS}{bottom}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


# --- rows ----------------------------------------------------------------------------------------


@hypothesis_settings(deadline=None)
@given(
    extra=st.lists(
        st.sampled_from(["Trending Now", "", "Read more", "By Ann Bee", "\t x \u00a0", "8 May 2021"])
    )
)
def test_a_row_with_a_title_is_not_altered(extra: list[str]) -> None:
    text = "\n".join([*extra, BODY, *extra])
    assert row(title=TITLE, text=text).text == f"{TITLE}\n{text}"


def test_a_row_without_a_title_gets_the_one_its_text_has() -> None:
    document = row(title=None, text=f"{TITLE}\nBy Ann Somebody\n8 May 2021\n\n{BODY}\nLatest article")
    assert document.title == TITLE
    assert document.body == BODY
    assert document.published.range == DAY
    assert document.published.basis is PublishedBasis.STATED


def test_what_the_row_states_counts_more_than_a_line_of_the_text() -> None:
    document = row(text=f"7 May 2021\n{BODY}", published="2021-05-08T10:00:00Z")
    assert (document.published.range, document.published.basis) == (DAY, PublishedBasis.METADATA)


@pytest.mark.parametrize(
    ("published", "days", "basis"),
    [
        ("2021-05-09", DAY, PublishedBasis.STATED),
        ("2021-12-30", DAY, PublishedBasis.STATED),
        (None, DateRange(None, None), PublishedBasis.UNKNOWN),
    ],
)
def test_a_dateline_counts_more_than_the_date_given(
    published: str | None, days: DateRange, basis: PublishedBasis
) -> None:
    document = row(title=TITLE, text=f"VERRINA, May 8 (Agency) - {BODY}", published=published)
    assert (document.published.range, document.published.basis) == (days, basis)


def test_markup_in_a_row_is_cleaned() -> None:
    document = row(title=TITLE, text=page(), published="2021-05-08")
    assert document.body == "\n".join(SENTENCES)
    assert document.published.range == DAY


# --- pages ---------------------------------------------------------------------------------------

ARTICLE_DATA = json.dumps({"@graph": [{"@type": "NewsArticle", "datePublished": "2021-05-08T10:00:00Z"}]})


@pytest.mark.parametrize(
    ("head", "top", "url", "basis", "days"),
    [
        (
            '<meta property="article:published_time" content="2021-05-08T09:00:00+02:00">',
            "",
            None,
            "METADATA",
            DAY,
        ),
        (f'<script type="application/ld+json">{ARTICLE_DATA}</script>', "", None, "METADATA", DAY),
        ("", '<time datetime="x">May 8, 2021</time>', None, "STATED", DAY),
        ("", '<div class="byline">By Ann Bee, 8 May 2021</div>', None, "STATED", DAY),
        ("", "", "https://verrina.example/2021/05/08/raid", "METADATA", DAY),
        # The clock of the metadata is UTC, the page shows the local day.
        (
            '<meta property="article:published_time" content="2021-05-09T02:00:00Z">',
            "<time>May 8, 2021</time>",
            None,
            "STATED",
            DAY,
        ),
        # A page says "updated" or shows another story's day: metadata about this article win.
        (
            '<meta property="article:published_time" content="2021-05-08T12:00:00Z">',
            "<time>June 1, 2021</time>",
            None,
            "METADATA",
            DAY,
        ),
    ],
)
def test_the_day_of_a_page(head: str, top: str, url: str | None, basis: str, days: DateRange) -> None:
    document = parsed(page(head, top), MediaType.HTML, url)
    assert document.published.basis is PublishedBasis[basis]
    assert document.published.range == days


def test_a_lone_date_in_the_footer_is_only_an_upper_bound() -> None:
    document = parsed(page(bottom="<p>Site as of 8 May 2021</p>"), MediaType.HTML)
    assert document.published.basis in (PublishedBasis.PAGE, PublishedBasis.UNKNOWN)
    assert document.published.range.earliest is None


def test_a_page_gives_headline_site_and_article_alone() -> None:
    teasers = "<ul><li><a href='/a'>Bakery opens again</a></li><li><a href='/b'>Team wins cup</a></li></ul>"
    head = '<meta property="og:site_name" content="The Verrina Post">'
    document = parsed(page(head, "<p>By Ann Somebody</p>", f"<p>Read more</p>{teasers}"), MediaType.HTML)
    assert document.title == TITLE
    assert document.outlet == "The Verrina Post"
    assert document.body == "\n".join(SENTENCES)


def test_an_article_cut_by_advertisements_is_joined() -> None:
    def part(sentences: tuple[str, ...]) -> str:
        return "<div class='article-body'>" + "".join(f"<p>{s}</p>" for s in sentences) + "</div>"

    parts = f"{part(SENTENCES[:2])}<div>Ad</div>{part(SENTENCES[2:])}"
    html = f"<html><body><article><h1>{TITLE}</h1>{parts}</article></body></html>"
    assert parsed(html, MediaType.HTML).body == "\n".join(SENTENCES)


def test_a_live_blog_is_not_taken_for_one_article() -> None:
    data = json.dumps({"@type": "LiveBlogPosting", "datePublished": "2021-05-08"})
    refused = parse(
        report(page(f'<script type="application/ld+json">{data}</script>'), MediaType.HTML), Settings()
    )
    assert isinstance(refused, Rejection)
    assert refused.reason is RejectionReason.NOT_AN_ARTICLE
    assert "live blog" in refused.detail


# --- encodings -----------------------------------------------------------------------------------

ACCENTED = BODY.replace("Verrina", "Vérrîna")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    assert parsed(ACCENTED.encode(encoding)).body == ACCENTED


def test_the_charset_that_a_page_declares_counts() -> None:
    html = page('<meta charset="iso-8859-2">').replace("Verrina late", "Věřina late")
    assert "Věřina" in parsed(html.encode("iso-8859-2"), MediaType.HTML).body


# --- languages and pages that are no article -----------------------------------------------------


def test_wire_copy_in_capitals_is_read() -> None:
    assert parsed(BODY.upper()).body == BODY.upper()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Вооружённые люди напали на полицейский участок и увели двух сотрудников, сообщил мэр.", "Russian"),
        ("Bewaffnete stürmten am Dienstag einen Posten und nahmen zwei Beamte mit, so der Leiter.", "German"),
        ("Hombres armados asaltaron el martes un puesto de policía y se llevaron a dos agentes.", "Spanish"),
        ("اقتحم مسلحون مركزا للشرطة يوم الثلاثاء واقتادوا اثنين من الضباط، بحسب رئيس البلدية.", "Arabic"),
    ],
)  # fmt: skip
def test_other_languages_are_named(text: str, language: str) -> None:
    refused = parse(report(f"{text} " * 2, MediaType.TEXT), Settings())
    assert isinstance(refused, Rejection)
    assert refused.reason is RejectionReason.UNKNOWN_LANGUAGE
    assert refused.detail.startswith(f"reads as {language}; Dateline reads: en")


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 30_000,
        "Please verify you are human to continue to the site of this newspaper.",
        "One two three",
    ],
)
def test_what_is_no_article_is_refused(text: str) -> None:
    refused = parse(report(text, MediaType.TEXT), Settings())
    assert isinstance(refused, Rejection)
    assert refused.reason is RejectionReason.NOT_AN_ARTICLE


@pytest.mark.parametrize("tag", ["<div>", "<p>", "<span>", "<ul><li>", "<"])
def test_hostile_markup_is_refused_or_read(tag: str) -> None:
    result = parse(report(f"<html><body>{tag * 100_000}{PARAGRAPHS}", MediaType.HTML), Settings())
    assert isinstance(result, Rejection)
    assert result.reason is RejectionReason.NOT_AN_ARTICLE


# --- a day before the headline -------------------------------------------------------------------


@pytest.mark.parametrize("day", ["12-05-2021", "12 May 2021", "Wed May 12 2021", "May 12, 2021"])
def test_a_day_that_opens_the_body_before_its_headline_is_the_reports_own(day: str) -> None:
    document = row(title=TITLE, text=f"{day} {TITLE}. {BODY}", published="2021-05-05")
    assert document.published.range == DateRange.day(date(2021, 5, 12))
    assert document.published.basis is PublishedBasis.STATED


def test_a_day_that_may_be_a_month_is_read_as_the_carrier_has_it() -> None:
    document = row(title=TITLE, text=f"06-01-2021 {TITLE}. {BODY}", published="2021-01-02")
    assert document.published.range == DateRange.day(date(2021, 1, 6))


def test_a_day_that_fits_the_carrier_neither_way_round_dates_no_report() -> None:
    document = row(title=TITLE, text=f"6-01-2021 {TITLE}. {BODY}", published="2021-01-26")
    assert document.published.range == DateRange.day(date(2021, 1, 26))


def test_a_day_that_opens_a_sentence_dates_no_report() -> None:
    document = row(title=TITLE, text=f"12 May 2021 was quiet. {BODY}", published="2021-05-14")
    assert document.published.range == DateRange.day(date(2021, 5, 14))
