"""The worked examples of the three schemes, and what must hold of any toll."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Actor, Field, Scope, TargetCategory, Who
from dateline.reconcile import (
    Best,
    Plural,
    acled_fatalities,
    gtd_toll,
    reconcile,
    rule_named,
    share,
    ucdp_toll,
)

from .claims import ARMY, GROUP, HOSPITAL, POLICE, claim, count, exactly


def incident(*claims):
    return reconcile("i1", claims, (), rule_named("latest-official"))


def ucdp(found, best=Best.LATEST_OFFICIAL):
    toll = ucdp_toll(found, best)
    return (toll.low, toll.best, toll.high)


def test_three_officials_over_two_days():
    found = incident(
        exactly(4, said=POLICE, on=1), exactly(7, said=ARMY, on=1), exactly(6, said=HOSPITAL, on=2)
    )
    assert acled_fatalities(found) == 4
    assert gtd_toll(found).total == 6
    assert ucdp(found) == (4, 6, 7)
    assert ucdp(found, Best.MEDIAN) == (4, 6, 7)


def test_several_without_a_number():
    found = incident(count(3, vague=True))
    assert acled_fatalities(found) == 10
    assert acled_fatalities(found, Plural.FEW) == 3
    assert gtd_toll(found).total is None
    toll = ucdp_toll(found)
    assert toll.best is None
    assert toll.low >= 1


def test_a_boast_is_discounted():
    found = incident(exactly(30, said=GROUP), exactly(5, said=POLICE))
    assert acled_fatalities(found) == 5
    assert gtd_toll(found).total == 5
    assert ucdp(found) == (5, 5, 5)


def test_a_toll_that_includes_the_attacker():
    found = incident(exactly(6, includes=True))
    assert acled_fatalities(found) == 6
    toll = gtd_toll(found)
    assert (toll.total, toll.perpetrators) == (6, 1)
    ged = ucdp_toll(found)
    assert (ged.attackers, ged.civilians, ged.best) == (1, 5, 6)


def test_the_attacker_as_a_part_is_not_added():
    part = exactly(1, who=Who.PERPETRATORS, scope=Scope.PART, start=40)
    found = incident(exactly(6, includes=True), part)
    assert acled_fatalities(found) == 6
    assert gtd_toll(found).perpetrators == 1
    assert ucdp(found) == (6, 6, 6)


def test_casualties_feared_is_no_figure():
    found = incident(claim(Field.TARGET, Actor("shoppers", TargetCategory.CIVILIANS)))
    assert acled_fatalities(found) == 0
    assert gtd_toll(found).total is None
    assert ucdp_toll(found) is None


def test_a_toll_over_towns_and_days_is_shared():
    assert share(20, 4) == (5, 5, 5, 5)
    assert share(7, 3) == (3, 2, 2)


def test_sides_given_without_a_sum_are_added_up():
    found = incident(
        exactly(15, who=Who.SECURITY_FORCES),
        exactly(1, who=Who.CIVILIANS, start=30),
        exactly(2, who=Who.PERPETRATORS, start=60),
    )
    assert acled_fatalities(found) == 18
    assert (gtd_toll(found).total, gtd_toll(found).perpetrators) == (18, 2)
    toll = ucdp_toll(found)
    assert (toll.attackers, toll.defenders, toll.civilians, toll.best) == (2, 15, 1, 18)


@pytest.mark.parametrize(("low", "figure"), [(24, 12), (200, 100), (2000, 1000)])
def test_acled_takes_dozens_for_twelve(low, figure):
    assert acled_fatalities(incident(count(low, vague=True))) == figure


def test_unspecified_dead_are_those_of_the_side_that_was_attacked():
    soldiers = claim(Field.TARGET, Actor("an army post", TargetCategory.MILITARY))
    assert ucdp_toll(incident(exactly(4), soldiers)).defenders == 4
    assert ucdp_toll(incident(exactly(4))).unknown == 4


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_tolls_lie_between_the_figures_said(figures):
    found = incident(*(exactly(n, said=POLICE, on=1 + i, origin=f"o{i}") for i, n in enumerate(figures)))
    assert acled_fatalities(found) == min(figures)
    assert gtd_toll(found).total == figures[-1]
    low, best, high = ucdp(found)
    assert (low, high) == (min(figures), max(figures))
    assert best == figures[-1]


@given(st.integers(0, 1000), st.integers(1, 30))
def test_shares_add_up(total, rows):
    assert sum(share(total, rows)) == total
    assert max(share(total, rows)) == share(total, rows)[0]
