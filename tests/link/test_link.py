from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import contradictions, explain, link, narrow
from dateline.model import CaptivityStatus, Focus, IncidentType, Verdict

from .mentions import NORTHTOWN, SOUTHTOWN, UPPER_VALE, days, judged, linkable, names, on

SIEGE = IncidentType.HOSTAGE_TAKING


@pytest.fixture
def siege():
    return linkable(
        "Inmates hold two warders in the Upper Vale remand prison and ask for a van, officials say.",
        when=days("2031-06-15", "2031-06-16"),
        where=replace(UPPER_VALE, site="prison"),
        kind=SIEGE,
        published=on("2031-06-16"),
        group="Red Dawn",
        status=CaptivityStatus.ONGOING,
    )


@pytest.fixture
def retelling():
    return linkable(
        "It follows a similar incident this summer, in which soldiers freed two warders and killed the "
        "Red Dawn inmates who held them in a remand prison in Northtown.",
        when=days("2031-06-01", "2031-08-31"),
        where=replace(NORTHTOWN, site="prison"),
        kind=SIEGE,
        focus=Focus.BACKGROUND,
        published=days(None, "2031-11-20"),
        group="Red Dawn",
        status=CaptivityStatus.ENDED_BY_FORCE,
        retold=True,
        report="r-late",
    )


@pytest.fixture
def later():
    return linkable(
        "Convicts with knives seize staff of the Southtown penal colony and kill a guard.",
        when=days("2031-06-01", "2031-11-20"),
        where=replace(SOUTHTOWN, site="prison"),
        kind=SIEGE,
        published=days(None, "2031-11-20"),
        group="Red Dawn",
        status=CaptivityStatus.ONGOING,
        report="r-late",
    )


def test_a_background_retelling_joins_the_incident_that_it_retells(siege, retelling, later):
    found = names(link([later, retelling, siege]), siege=siege, retelling=retelling, later=later)
    assert found == {frozenset({"siege", "retelling"}), frozenset({"later"})}


def test_what_a_report_retells_bounds_its_own_date(siege, retelling, later):
    items = [siege, retelling, later]
    (narrowed,) = narrow(items, link(items))
    assert narrowed.mention_id == later.id
    assert narrowed.date == days("2031-06-17", "2031-11-20")
    assert "similar incident" in narrowed.reason
    assert narrowed.argument(later.mention).inferred


def test_a_report_does_not_bound_itself(retelling, later):
    assert narrow([retelling, later], link([retelling, later])) == ()


def shooting(text, **known):
    return linkable(
        text, **{"when": on("2031-03-02"), "where": NORTHTOWN, "published": on("2031-03-03")} | known
    )


FIRST = "Gunmen shot dead three shoppers at the Marlow arcade in Northtown on Sunday."
SECOND = "The attack at the Marlow arcade in Northtown on Sunday left three shoppers dead."


def test_two_reports_of_one_attack_are_one_incident():
    a, b = shooting(FIRST, killed=3), shooting(SECOND, killed=3)
    assert names(link([a, b]), a=a, b=b) == {frozenset("ab")}


def test_differing_tolls_do_not_make_two_incidents():
    a, b = shooting(FIRST, killed=3), shooting(SECOND, killed=5)
    assert names(link([a, b]), a=a, b=b) == {frozenset("ab")}


def test_another_town_or_another_day_makes_another_incident():
    a = shooting("Gunmen shot dead three shoppers in Northtown on Sunday, police said.")
    there = shooting(
        "Gunmen shot dead three shoppers in Southtown on Sunday, police said.",
        where=SOUTHTOWN,
        report="r-south",
    )
    then = shooting(
        "Gunmen shot dead three shoppers in Northtown on Tuesday, police said.",
        when=on("2031-03-11"),
        published=on("2031-03-12"),
        report="r-then",
    )
    assert len(link([a, there, then])) == 3
    assert explain(a, there).law == "parted: another place is named"
    assert explain(a, then).law == "parted: another day is named"


def test_two_mentions_in_one_report_are_two_incidents_unless_judged():
    a, b = shooting(FIRST, report="r1"), shooting(SECOND, report="r1")
    assert len(link([a, b])) == 2
    told = explain(a, b)
    assert not told.joins
    assert told.law is None
    assert "one report tells of them apart" in [name for name, _, _ in told.parts]
    assert len(link([a, b], [judged(Verdict.SAME, a, b)])) == 1


def test_an_incident_opened_twice_in_one_report_is_one_where_other_reports_say_so():
    a, b = shooting(FIRST, report="r1", killed=3), shooting(SECOND, report="r1", killed=3)
    others = [
        shooting(f"{text} {further}", killed=3, report=f"r-{n}")
        for n, (text, further) in enumerate(
            [(FIRST, "It was closed."), (SECOND, "It was closed."), (FIRST, "Police came late.")]
        )
    ]
    assert len(link([a, b, *others])) == 1


def test_a_town_is_the_town_of_its_quarters():
    quarter = replace(NORTHTOWN, name="Marlow", town="Northtown")
    a, b = shooting(FIRST, where=quarter), shooting(SECOND, where=NORTHTOWN)
    assert {name: value for name, value, _ in explain(a, b).parts}["same town"] == 1


def test_judgements_are_law_until_withdrawn():
    a, b = shooting(FIRST), shooting(SECOND)
    apart = judged(Verdict.DIFFERENT, a, b)
    assert len(link([a, b], [apart])) == 2
    assert len(link([a, b], [replace(apart, withdrawn_at=datetime(2031, 7, 1))])) == 1


def test_judgements_hold_transitively_and_contradictions_are_told():
    a, b, c = shooting(FIRST), shooting(SECOND), shooting("Something else", where=SOUTHTOWN)
    law = [judged(Verdict.SAME, a, c, at=3), judged(Verdict.DIFFERENT, b, c, at=2)]
    assert names(link([a, b, c], law), a=a, b=b, c=c) == {frozenset("ac"), frozenset("b")}
    old = judged(Verdict.SAME, a, b, at=1)
    assert [c.judgement for c in contradictions([a, b, c], [*law, old])] == [old]


def test_what_a_reviewer_finds_irrelevant_is_in_no_incident():
    a, b = shooting(FIRST), shooting(SECOND)
    assert link([a, b], [judged(Verdict.IRRELEVANT, a)]) == ((b.id,),)


def test_an_explanation_adds_up():
    a, b = shooting(FIRST, killed=3), shooting(SECOND, killed=3)
    found = explain(a, b)
    assert found.joins
    assert sum(weighed for _, _, weighed in found.parts) == pytest.approx(found.score)
    assert "same town" in str(found)


PLACES = st.sampled_from([NORTHTOWN, SOUTHTOWN, UPPER_VALE, None])
TEXTS = st.sampled_from([FIRST, SECOND, "Soldiers raid a farm.", "A bomb at the quay hurt nine sailors."])


@st.composite
def worlds(draw, most=7):
    size = draw(st.integers(1, most))
    made = [
        linkable(
            draw(TEXTS),
            when=draw(st.sampled_from([on("2031-03-02"), on("2031-03-03"), on("2031-04-01"), None])),
            where=draw(PLACES),
            report=f"r{draw(st.integers(0, 4))}-{n}"
            if draw(st.booleans())
            else f"r{draw(st.integers(0, 2))}",
        )
        for n in range(size)
    ]
    return list({item.id: item for item in made}.values())


@settings(max_examples=60, deadline=None)
@given(worlds(), st.randoms())
def test_clusters_do_not_depend_on_the_order(items, random):
    clusters = link(items)
    shuffled = list(items)
    random.shuffle(shuffled)
    assert link(shuffled) == clusters
    found = [mention for cluster in clusters for mention in cluster]
    assert sorted(found) == sorted({item.id for item in items})


@settings(max_examples=60, deadline=None)
@given(worlds(), st.data())
def test_must_and_cannot_link_hold(items, data):
    unique = list({item.id: item for item in items}.values())
    a = data.draw(st.sampled_from(unique))
    b = data.draw(st.sampled_from(unique))
    if a.anchor == b.anchor:
        return
    together = link(items, [judged(Verdict.SAME, a, b)])
    assert any({a.id, b.id} <= set(cluster) for cluster in together)
    apart = link(items, [judged(Verdict.DIFFERENT, a, b)])
    assert not any({a.id, b.id} <= set(cluster) for cluster in apart)
