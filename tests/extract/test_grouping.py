"""Spans are put together to incidents by their links."""

from __future__ import annotations

from dateline.extract.grouping import Group, groups
from dateline.extract.reading import Reading, Role, RoleSpan
from dateline.model import Span


def span(role: Role, start: int, score: float = 0.9) -> RoleSpan:
    return RoleSpan(Span(start, start + 1, "x"), role, score, sentence=start, choices={})


def reading(spans: list[RoleSpan], linked: dict[tuple[int, int], float]) -> Reading:
    def link(a: int, b: int) -> float:
        return 1.0 if a == b else linked.get((min(a, b), max(a, b)), 0.0)

    every = range(len(spans))
    return Reading((), tuple(spans), tuple(tuple(link(a, b) for b in every) for a in every))


def test_each_span_goes_to_the_incident_it_is_linked_to():
    told = [span(Role.INCIDENT, 0), span(Role.KILLED, 1), span(Role.INCIDENT, 2), span(Role.WOUNDED, 3)]
    found = groups(reading(told, {(0, 1): 0.9, (2, 3): 0.7, (0, 3): 0.4}))
    assert found == (Group((0,), (1,)), Group((2,), (3,)))


def test_anchors_of_one_incident_are_merged_and_the_surest_comes_first():
    told = [span(Role.INCIDENT, 0, 0.6), span(Role.INCIDENT, 1, 0.95), span(Role.TARGET, 2)]
    assert groups(reading(told, {(0, 1): 0.9, (0, 2): 0.5, (1, 2): 0.5})) == (Group((1, 0), (2,)),)


def test_a_span_beyond_doubt_belongs_to_both():
    told = [span(Role.INCIDENT, 0), span(Role.INCIDENT, 1), span(Role.PLACE, 2)]
    first, second = groups(reading(told, {(0, 2): 0.95, (1, 2): 0.9}))
    assert first.members == second.members == (2,)


def test_a_span_that_fits_nowhere_is_left_out():
    told = [span(Role.INCIDENT, 0), span(Role.KILLED, 1)]
    assert groups(reading(told, {(0, 1): 0.1})) == (Group((0,), ()),)


def test_doubtful_anchors_and_words_of_statements_open_nothing():
    assert groups(reading([span(Role.INCIDENT, 0, 0.3), span(Role.CUE, 1)], {(0, 1): 0.9})) == ()
