"""Looking phrases up in a text finds what searching for each of them finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.openings import LENGTH, openings, without_lookaheads
from dateline.extract.phrases import PhraseText, phrases

ENTRIES = [
    "kill(?:ed|s)?",
    "(?:has |had )?(?:was|were) (?:\\w+ ){0,2}killed",
    "killed(?= (?:in|by)(?!\\w)| ?$)",
    "shot(?! dead)",
    "hostage[- ]tak(?:ing|ers?)",
    "(?:\\w+ )?more",
    "in",
    "(?:car|truck)? ?bomb",
]
WORDS = st.sampled_from(
    [
        "was",
        "were",
        "has",
        "had",
        "killed",
        "kills",
        "kill",
        "in",
        "by",
        "shot",
        "dead",
        "hostage-taking",
        "more",
        "one",
        "bomb",
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.data())
def test_the_first_match_is_the_earliest_of_all_phrases(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    among = phrases(ENTRIES)
    searched = (phrase.expression.search(text, start, end) for phrase in among.phrases)
    expected = min((match.start() for match in searched if match), default=None)
    found = PhraseText(text).first(among, start, end)
    assert (found.start() if found else None) == expected


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_every_match_of_each_phrase_is_found(text: str):
    among = phrases(ENTRIES)
    expected = {(n, m.span()) for n, p in enumerate(among.phrases) for m in p.expression.finditer(text)}
    assert {(number, match.span()) for number, match in PhraseText(text).every(among)} == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("kill(?:ed|s)?", {"kil"}),
        ("(?:has |had )?(?:was|were)", {"has", "had", "was", "wer"}),
        ("(?:a|the) bomb", {"a", "the"}),
        ("in", {"in"}),
        ("an?", {"a", "an"}),
        ("\\w+ killed", {""}),
        ("b[ae]d", {"b"}),
        ("go*al", {"go", "gal"}),
        ("so{2}n", {"so"}),
    ],
)
def test_the_openings_of_a_pattern_are_the_letters_it_can_begin_with(pattern: str, expected: set[str]):
    assert openings(pattern) == expected
    assert all(len(opening) <= LENGTH for opening in openings(pattern))


def test_a_pattern_without_its_lookaheads_matches_wherever_it_does():
    assert without_lookaheads("killed(?= (?:in|by)(?!\\w)| ?[,.)]| ?$) so") == "killed so"
    assert re.fullmatch(without_lookaheads("shot(?! dead)"), "shot")
