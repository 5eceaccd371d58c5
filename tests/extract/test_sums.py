"""People told one beside the other. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.sums import together, told_once
from dateline.model import Argument, Attribution, Count, Field, Scope, Span, What, Who

JOINTS = (" and ", ", ", " as well as ", " while ")


def told(text: str, *people: tuple[str, int], who: Who = Who.CIVILIANS) -> list[Argument]:
    return [
        Argument(
            Field.COUNT,
            Count(What.KILLED, who, number, number),
            Span.of(text, text.index(words), text.index(words) + len(words)),
            Attribution(),
        )
        for words, number in people
    ]


def lows(text: str, *people: tuple[str, int]) -> list[tuple[int | None, Scope]]:
    added = together(text, told(text, *people))
    return [(a.value.low, a.value.scope) for a in added if isinstance(a.value, Count)]


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("killed a clerk and his wife", [("a clerk", 1), ("his wife", 1)], [2]),
        ("two guards and a clerk died", [("two guards", 2), ("a clerk", 1)], [3]),
        ("one man and one woman died", [("one man", 1), ("one woman", 1)], [2]),
        ("two women and four men died", [("two women", 2), ("four men", 4)], [2, 4]),
        ("a clerk died while his wife died", [("a clerk", 1), ("his wife", 1)], [1, 1]),
        ("they found four people, and Ruun died", [("four people", 4), ("Ruun", 1)], [4, 1]),
        ("a clerk, his wife and a boy died", [("a clerk", 1), ("his wife", 1), ("a boy", 1)], [3]),
    ],
)
def test_people_told_together_are_added(text, people, expected):
    assert [low for low, _ in lows(text, *people)] == expected


def test_a_list_that_adds_up_to_its_head_is_its_parts():
    people = [("three people", 3), ("a man", 1), ("two women", 2)]
    assert lows("three people, a man and two women, died", *people) == [
        (3, Scope.TOTAL), (1, Scope.PART), (2, Scope.PART)
    ]  # fmt: skip


def test_who_is_found_twice_in_the_same_words_is_told_once():
    text = "killed a senior leader and a guard"
    counts = told(text, ("a senior leader", 1), ("leader", 1), ("a guard", 1))
    assert list(told_once(counts)) == [counts[0], counts[2]]


def test_people_of_two_sides_are_not_added():
    text = "two guards and a clerk died"
    counts = told(text, ("two guards", 2), who=Who.SECURITY_FORCES) + told(text, ("a clerk", 1))
    assert list(together(text, counts)) == counts


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(JOINTS)), min_size=1, max_size=5))
def test_nobody_is_added_twice_or_lost(parts):
    text, people = "", []
    for at, (number, joint) in enumerate(parts):
        words = f"group{at}"
        people.append((words, number))
        text += words + joint
    total = sum(number for _, number in people)
    added = lows(text, *people)
    assert sum(low or 0 for low, scope in added if scope is Scope.TOTAL) <= total
    assert sum(low or 0 for low, _ in added) == total
