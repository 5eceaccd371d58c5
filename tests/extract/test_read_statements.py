"""What the trained reader marks as said, without what leads to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.read_statements import bare
from dateline.model import Span


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (", six men fled", "six men fled"),
        ("six men fled,", "six men fled"),
        ("six men fled, and", "six men fled"),
        ("six men fled ― which", "six men fled"),
        ("“six men fled,”", "“six men fled,”"),
        ("six men fled", "six men fled"),
        (",", ","),
    ],
)
def test_a_content_is_bare_of_what_leads_to_it(words, left):
    assert bare(words, Span.of(words, 0, len(words))).quote == left


@given(st.text(alphabet="ab ,;:-and", min_size=1))
def test_what_is_left_lies_inside(text):
    left = bare(text, Span.of(text, 0, len(text)))
    assert 0 <= left.start < left.end <= len(text)
    assert left.quote == text[left.start : left.end]
