"""Sites are found by the ontology's words for them, each with its kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.sites import find_sites, site_named
from dateline.ontology import ontology

WORDS = sorted({word for site in ontology().sites.values() for word in (site.word, *site.words)})


def sites(text: str) -> list[tuple[str, str]]:
    return [(found.span.quote, found.site) for found in find_sites(text, text.lower())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "They shelled a Field Hospital and two markets.",
            [("Field Hospital", "hospital"), ("markets", "market")],
        ),
        ("A neighbourhood near the town was hit.", [("neighbourhood", "residential area"), ("town", "town")]),
        ("It ended in a barroom brawl.", []),
    ],
)
def test_words_for_a_site_are_found_with_its_kind(text, found):
    assert sites(text) == found


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_each_word_means_one_site_wherever_it_stands(one, other):
    text = f"First the {one}, then the {other}."
    kinds = [site for _, site in sites(text)]
    assert {site_named(one), site_named(other)} <= set(kinds) | {None}
    assert all(text[f.span.start : f.span.end] == f.span.quote for f in find_sites(text, text.lower()))
