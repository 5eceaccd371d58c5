"""Incidents are put together by average linkage: no chains, and nothing hangs on the order of rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.joining import clusters


def matrix(count: int, pairs: dict[tuple[int, int], float]) -> np.ndarray:
    found = np.eye(count, dtype=np.float32)
    for (a, b), chance in pairs.items():
        found[a, b] = found[b, a] = chance
    return found


def groups(joins: np.ndarray, bound: float = 0.5) -> set[frozenset[int]]:
    return {frozenset(group) for group in clusters(joins, bound)}


@st.composite
def joins(draw):
    count = draw(st.integers(0, 9))
    chances = draw(st.lists(st.floats(0, 1), min_size=count * count, max_size=count * count))
    upper = np.triu(np.array(chances, dtype=np.float32).reshape(count, count), 1)
    return upper + upper.T + np.eye(count, dtype=np.float32)


@given(joins(), st.floats(0.05, 0.95))
def test_every_row_is_in_exactly_one_group(found, bound):
    members = sorted(row for group in clusters(found, bound) for row in group)
    assert members == list(range(len(found)))


@given(joins())
def test_a_higher_bound_never_makes_fewer_groups(found):
    assert len(clusters(found, 0.8)) >= len(clusters(found, 0.4))


def test_likely_pairs_make_one_incident_and_unlikely_ones_two():
    found = matrix(4, {(0, 1): 0.9, (2, 3): 0.8, (0, 2): 0.1, (1, 3): 0.2, (0, 3): 0.1, (1, 2): 0.1})
    assert groups(found) == {frozenset({0, 1}), frozenset({2, 3})}


def test_one_doubtful_join_does_not_chain_two_incidents():
    sure = {(0, 1): 0.95, (2, 3): 0.95}
    chained = matrix(4, sure | {(1, 2): 0.9, (0, 2): 0.1, (0, 3): 0.1, (1, 3): 0.1})
    assert groups(chained) == {frozenset({0, 1}), frozenset({2, 3})}


def test_nothing_makes_no_incident():
    assert clusters(np.zeros((0, 0), dtype=np.float32), 0.5) == []
