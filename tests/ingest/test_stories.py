"""A page of several stories is refused: its incidents would be mixed under one title and one date."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.page import NoArticleError, article_of

PROSE = (
    "<p>The council of the river district met on Monday and spoke for three hours about the flood wall, "
    "which engineers want to raise by half a metre before the snow melts in the hills above the town.</p>"
    "<p>Residents of the lower streets asked for sandbags and for a siren, and the mayor promised both, "
    "while the treasurer warned that the money for roads would then have to wait until next year.</p>"
)


def page(title: str, *articles: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{''.join(articles)}</body></html>"


def story(title: str, paragraphs: int = 1) -> str:
    return f"<article><h2>{title}</h2>{PROSE * paragraphs}</article>"


def test_several_stories_are_refused_by_their_titles():
    with pytest.raises(NoArticleError, match=r"a page of 3 stories .*Flood wall.*own page"):
        article_of(page("River Post", story("Flood wall"), story("New siren"), story("Roads wait")))


def test_a_story_on_its_own_page_is_read_whatever_follows():
    article = article_of(page("Flood wall - River Post", story("Flood wall"), story("New siren")))
    assert "flood wall" in article.body


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 12))
def test_teasers_do_not_make_a_page_of_several_stories(teasers):
    short = "<article><h3>More</h3><p>A short line that only leads to another page.</p></article>"
    article = article_of(page("River Post", story("Flood wall", 3), short * teasers))
    assert "engineers want to raise" in article.body
