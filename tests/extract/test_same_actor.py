"""Which words for those who did it mean the same actor."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.same_actor import identity, is_same
from dateline.model import ActorMention, PerpetratorCategory, Span

MILITARY, POLICE = PerpetratorCategory.STATE_MILITARY, PerpetratorCategory.STATE_POLICE
REBELS = PerpetratorCategory.REBEL_OR_MILITANT_GROUP
LONE = PerpetratorCategory.INDIVIDUAL


def actor(words: str, head: str, name: str | None = None) -> ActorMention:
    return ActorMention(Span.of(words, 0, len(words)), head, name)


ARMY = actor("the Syrian army", "army", "Syrian Armed Forces")
AIR_FORCE = actor("Syrian warplanes", "warplane", "Syrian Air Force")
RUSSIANS = actor("Russian jets", "jet", "Russian Armed Forces")
UNITS = actor("army units", "unit")
TERRORISTS = actor("terrorists", "terrorist")
GROUPS = actor("terrorist groups", "group")
FRONT = actor("al-Nusra Front", "group", "al-Nusra Front")
REBEL_GROUPS = replace(actor("rebel groups", "group"), plural=True)


@pytest.mark.parametrize(
    ("one", "other", "category", "same"),
    [
        (ARMY, UNITS, MILITARY, True),
        (ARMY, AIR_FORCE, MILITARY, True),
        (ARMY, RUSSIANS, MILITARY, False),
        (TERRORISTS, GROUPS, REBELS, True),
        (TERRORISTS, actor("rebels", "rebel"), REBELS, False),
        (FRONT, REBEL_GROUPS, REBELS, False),
    ],
)
def test_a_description_may_mean_who_was_named(one, other, category, same):
    assert is_same(one, other, category, category) is same


def described(words: str, head: str, *, plural: bool = False) -> ActorMention:
    definite = words.startswith("the ")
    return ActorMention(Span.of(words, 0, len(words)), head, plural=plural, definite=definite)


@pytest.mark.parametrize(
    ("one", "other", "category", "same"),
    [
        (FRONT, described("the militants", "militant", plural=True), REBELS, True),
        (FRONT, described("jihadist group", "jihadist group"), REBELS, True),
        (FRONT, described("militants", "militant", plural=True), REBELS, False),
        (actor("Ivar Loon", "name"), actor("Loon", "name"), LONE, True),
        (actor("Ivar Loon", "name"), actor("Ana Ruun", "name"), LONE, False),
        (actor("Ivar Loon", "name"), described("a man", "man"), LONE, True),
        (actor("Ivar Loon", "name"), described("two men", "man", plural=True), LONE, False),
        (actor("Ivar Loon", "name"), described("the gunman", "gunman"), REBELS, False),
    ],
)
def test_who_is_named_is_meant_by_what_takes_the_name_up(one, other, category, same):
    assert is_same(one, other, category, category) is same
    assert is_same(other, one, category, category) is same


def test_forces_of_two_kinds_are_two():
    assert not is_same(ARMY, actor("police officers", "officer"), MILITARY, POLICE)


def test_groups_share_no_identity_by_a_word_that_says_nothing():
    assert not is_same(actor("armed groups", "armed"), actor("local groups", "local"), REBELS, REBELS)


ACTORS = (ARMY, AIR_FORCE, RUSSIANS, UNITS, TERRORISTS, GROUPS, FRONT, REBEL_GROUPS)


@given(st.sampled_from(list(product(ACTORS, ACTORS))), st.sampled_from([MILITARY, REBELS]))
def test_it_does_not_matter_which_comes_first(pair, category):
    one, other = pair
    assert is_same(one, other, category, category) == is_same(other, one, category, category)
    assert is_same(one, one, category, category)
    assert identity(one) == identity(one)
