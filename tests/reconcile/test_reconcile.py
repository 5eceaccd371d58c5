"""How claims stand to each other, what each rule shows, and what must hold of any claims."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.model import (
    Actor,
    Attribution,
    CaptivityStatus,
    Count,
    DateRange,
    Field,
    IncidentType,
    Judgement,
    OfWhom,
    PerpetratorCategory,
    Place,
    Scope,
    SpeakerKind,
    Standing,
    TargetCategory,
    Verdict,
    WeaponKind,
    What,
    Who,
    canonical_json,
    value_to_json,
)
from dateline.reconcile import reconcile, rule_named, rule_names

from .claims import ARMY, GROUP, HOSPITAL, POLICE, claim, count, day, exactly

PARENTS = {"Red Dawn Coast Province": "Red Dawn"}
RULES = ("latest-official", "acled", "gtd", "ucdp")


def incident(*claims, judgements=(), rule="latest-official"):
    return reconcile("i1", claims, judgements, rule_named(rule, PARENTS))


def the(found, key):
    return next(r for r in found.resolutions if r.slot.key == key)


def resolved(*claims, key="killed", **known):
    return the(incident(*claims, **known), key)


def group(name, **known):
    category = PerpetratorCategory.REBEL_OR_MILITANT_GROUP
    return claim(Field.PERPETRATOR, Actor(name, category, name), **known)


# -- numbers


def test_at_least_two_and_two_agree_on_two():
    found = resolved(count(2, origin="Wire"), exactly(2, origin="Daily Lantern", on=3))
    assert found.standing is Standing.AGREED
    assert (found.value.low, found.value.high) == (2, 2)
    assert len(found.supporting) == 2


def test_one_origin_is_single_however_often_it_is_printed():
    found = resolved(*(exactly(2, origin="Wire", report=f"r{n}", on=1 + n) for n in range(12)))
    assert found.standing is Standing.SINGLE
    assert len(found.supporting) == 12


def test_a_later_toll_by_the_same_or_a_better_placed_speaker_revises():
    found = resolved(exactly(4, said=POLICE, on=1), exactly(7, said=POLICE, on=2))
    assert (found.standing, found.value.low) == (Standing.REVISED, 7)
    witness = Attribution("a neighbour", SpeakerKind.VICTIM_OR_WITNESS)
    assert (
        resolved(exactly(4, said=POLICE, on=1), exactly(7, said=witness, on=2)).standing is Standing.CONTESTED
    )


def test_tolls_of_one_day_that_differ_are_contested_and_both_are_on_record():
    found = resolved(exactly(4, said=POLICE), exactly(7, said=ARMY))
    assert found.standing is Standing.CONTESTED
    assert len(found.supporting) == len(found.opposing) == 1


def test_a_part_is_never_set_against_a_total():
    children = Count(What.KILLED, Who.UNSPECIFIED, 3, 3, scope=Scope.PART, of_whom=OfWhom.CHILDREN)
    found = incident(exactly(12), claim(Field.COUNT, children, start=50))
    assert the(found, "killed").value.low == 12
    assert the(found, "killed.part.children").value.low == 3
    assert {r.standing for r in found.resolutions} == {Standing.SINGLE}


@pytest.mark.parametrize(("rule", "shown"), [("latest-official", 6), ("acled", 4), ("gtd", 6), ("ucdp", 6)])
def test_each_rule_shows_its_own_figure_and_says_why(rule, shown):
    said = (exactly(4, said=POLICE), exactly(7, said=ARMY), exactly(6, said=HOSPITAL, on=2))
    found = resolved(*said, rule=rule)
    assert (found.value.low, found.rule) == (shown, rule)
    assert found.standing is Standing.REVISED
    assert str({4: "police", 6: "the hospital"}[shown]) in found.reason


def test_gtd_takes_the_majority_of_the_most_recent_and_else_the_lowest():
    said = [exactly(n, origin=f"o{i}") for i, n in enumerate((9, 8, 9))]
    assert resolved(*said, rule="gtd").value.low == 9
    assert resolved(*said[:2], rule="gtd").value.low == 8


@pytest.mark.parametrize("rule", RULES)
def test_a_boast_is_discounted_but_on_record(rule):
    found = resolved(exactly(30, said=GROUP, on=2), exactly(5, said=POLICE, on=1), rule=rule)
    assert found.value.low == 5
    assert found.standing is Standing.CONTESTED
    assert len(found.opposing) == 1


def test_a_vague_word_supports_a_number_and_does_not_narrow_it():
    found = resolved(count(24, vague=True, origin="Wire"), exactly(19))
    assert (found.standing, found.value.low, found.value.vague) == (Standing.AGREED, 19, False)


def test_nothing_said_is_unknown_and_not_zero():
    assert incident(claim(Field.WEAPON, WeaponKind.FIREARM)).counts(What.KILLED) == ()
    denied = resolved(exactly(7, said=replace(ARMY, denies=True)))
    assert (denied.standing, denied.values, len(denied.opposing)) == (Standing.UNKNOWN, (), 1)


def test_a_denial_contests():
    found = resolved(exactly(7, said=POLICE), exactly(7, said=replace(ARMY, denies=True)))
    assert (found.standing, found.value.low) == (Standing.CONTESTED, 7)


# -- other fields


def test_dates_meet_and_an_inferred_date_yields_to_a_stated_one():
    summer = claim(Field.DATE, DateRange(date(2031, 6, 1), date(2031, 8, 31)), on=None)
    night = claim(Field.DATE, DateRange(date(2031, 6, 15), date(2031, 6, 16)), origin="Wire", inferred=True)
    found = resolved(summer, night, key="date")
    assert found.value == night.value
    wrong = claim(Field.DATE, day(20), origin="Wire", inferred=True)
    assert resolved(summer, wrong, key="date").value == summer.value
    assert resolved(summer, wrong, key="date").standing is Standing.SINGLE


def test_a_town_within_a_region_agrees_with_the_region():
    region = claim(Field.PLACE, Place("Upper Vale region", "Upper Vale", "ZZ", site="prison"))
    town = claim(Field.PLACE, Place("Northtown", "Upper Vale", "ZZ"), origin="Wire")
    found = resolved(region, town, key="place")
    assert found.standing is Standing.AGREED
    assert (found.value.name, found.value.site) == ("Northtown", "prison")
    other = claim(Field.PLACE, Place("Southtown", "Lower Vale", "ZZ"), origin="Third")
    assert resolved(town, other, key="place").standing is Standing.CONTESTED


def test_a_type_that_says_nothing_yields():
    vague = [claim(Field.TYPE, IncidentType.OTHER_VIOLENCE, origin=f"o{n}") for n in range(3)]
    found = resolved(*vague, claim(Field.TYPE, IncidentType.ARMED_ASSAULT), key="type")
    assert (found.value, found.standing) == (IncidentType.ARMED_ASSAULT, Standing.AGREED)
    siege = claim(Field.TYPE, IncidentType.HOSTAGE_TAKING)
    attack = claim(Field.TYPE, IncidentType.ARMED_ASSAULT, origin="Wire")
    assert resolved(siege, attack, key="type").value is IncidentType.HOSTAGE_TAKING


def test_captivity_that_has_ended_revises_ongoing_whatever_the_hour():
    ongoing = claim(Field.STATUS, CaptivityStatus.ONGOING, on=2)
    ended = claim(Field.STATUS, CaptivityStatus.ENDED_BY_FORCE, on=2, origin="Wire")
    unknown_day = claim(Field.STATUS, CaptivityStatus.ENDED_BY_FORCE, on=None, origin="Wire")
    for last in (ended, unknown_day):
        found = resolved(ongoing, last, key="status")
        assert (found.value, found.standing) == (CaptivityStatus.ENDED_BY_FORCE, Standing.REVISED)
    freed = claim(Field.STATUS, CaptivityStatus.RELEASED, on=2, origin="Third")
    assert resolved(ended, freed, key="status").standing is Standing.CONTESTED


def test_rival_perpetrators_by_different_speakers_are_contested_with_both_on_record():
    state = Actor("Zedland", PerpetratorCategory.STATE_MILITARY, "Zedland")
    regime = Attribution("the regime", SpeakerKind.OFFICIAL, hedged=True)
    found = resolved(group("Red Dawn"), claim(Field.PERPETRATOR, state, said=regime), key="perpetrator")
    assert found.standing is Standing.CONTESTED
    assert [str(v) for v in found.values] == ["Red Dawn", "Zedland"]


def test_a_branch_and_its_parent_do_not_contradict_and_the_branch_is_chosen():
    said = Attribution("the ministry", SpeakerKind.OFFICIAL)
    found = resolved(
        group("Red Dawn"), group("Red Dawn Coast Province", origin="Wire", said=said), key="perpetrator"
    )
    assert [str(v) for v in found.values] == ["Red Dawn Coast Province"]
    assert found.standing is Standing.AGREED


def test_described_and_named_perpetrators_stand_side_by_side():
    armed = PerpetratorCategory.UNIDENTIFIED_ARMED
    gunmen = [claim(Field.PERPETRATOR, Actor(w, armed), origin=w) for w in ("gunmen", "the gunmen")]
    found = resolved(*gunmen, group("Red Dawn", origin="Wire"), key="perpetrator")
    assert [str(v) for v in found.values] == ["Red Dawn", "gunmen"]
    assert found.standing is not Standing.CONTESTED


def test_several_targets_do_not_contradict():
    kinds = (TargetCategory.RELIGIOUS, TargetCategory.POLICE)
    found = resolved(*(claim(Field.TARGET, Actor(k.value, k)) for k in kinds), key="target")
    assert len(found.values) == 2
    assert found.standing is Standing.SINGLE


# -- judgements


def judgement(verdict, on, at=1, **anchor):
    return Judgement(verdict, replace(on.anchor, **anchor), "reviewer", datetime(2031, 6, at), "checked")


def test_an_accepted_value_wins_and_a_withdrawn_judgement_restores_what_was():
    four, seven = exactly(4, said=POLICE), exactly(7, said=ARMY)
    before = incident(four, seven)
    accept = judgement(Verdict.ACCEPT, seven)
    found = resolved(four, seven, judgements=[accept])
    assert (found.value, found.judged, found.supporting) == (seven.value, True, (seven.id,))
    assert incident(four, seven, judgements=[replace(accept, withdrawn_at=datetime(2031, 7, 1))]) == before


def test_a_rejected_claim_is_out_and_kept_as_opposing():
    four, seven = exactly(4, said=POLICE), exactly(7, said=ARMY)
    found = resolved(four, seven, judgements=[judgement(Verdict.REJECT, four)])
    assert (found.value.low, found.standing) == (7, Standing.SINGLE)
    assert found.opposing == found.rejected == (four.id,)


def test_a_judgement_survives_another_extraction():
    four, seven = exactly(4, said=POLICE, start=20), exactly(7, said=ARMY)
    shifted = judgement(Verdict.REJECT, four, start=four.span.start - 5, end=four.span.end + 9)
    assert resolved(four, seven, judgements=[shifted]).rejected == (four.id,)
    elsewhere = judgement(Verdict.REJECT, four, start=200, end=210)
    assert resolved(four, seven, judgements=[elsewhere]).rejected == ()


def test_a_reviewer_may_correct_a_value():
    four = exactly(4, said=POLICE)
    right = replace(four.value, low=5, high=5)
    corrected = judgement(Verdict.ACCEPT, four, value=canonical_json(value_to_json(right)))
    found = resolved(four, judgements=[corrected])
    assert (found.value, found.judged, found.opposing) == (right, True, (four.id,))


def test_an_unknown_rule_is_named_with_the_known_ones():
    assert set(RULES) <= set(rule_names())
    with pytest.raises(UsageError, match="no rule 'mine'; known rules: latest-official, acled"):
        rule_named("mine")


# -- corrections


def test_what_an_outlet_has_corrected_gives_way_and_stays_on_record():
    wrong = claim(Field.DATE, day(3), on=4, corrected_by="r-later")
    right = claim(Field.DATE, day(2), on=4, report="r-later")
    found = resolved(wrong, right, key="date")
    assert found.values == (day(2),)
    assert found.standing is Standing.REVISED
    assert found.opposing == (wrong.id,)


def test_a_corrected_toll_is_no_toll_under_any_rule():
    wrong = exactly(3, said=POLICE, corrected_by="r-later")
    right = exactly(9, said=POLICE, report="r-later")
    for rule in RULES:
        assert resolved(wrong, right, rule=rule).values == (right.value,)


def test_a_group_that_only_the_uncorrected_version_named_is_no_perpetrator():
    wrong = group("Red Dawn", corrected_by="r-later")
    right = group("Grey Tide", report="r-later")
    found = resolved(wrong, right, key="perpetrator")
    assert found.values == (right.value,)
    assert found.standing is Standing.REVISED


def test_a_corrected_denial_denies_nothing_any_more():
    denied = exactly(4, said=replace(ARMY, denies=True), origin="Wire", corrected_by="r-later")
    assert resolved(denied, exactly(4)).standing is Standing.SINGLE


def test_what_no_version_says_any_more_is_shown_as_such():
    found = resolved(exactly(4, corrected_by="r-later"))
    assert found.values == (exactly(4).value,)
    assert found.standing is Standing.REVISED
    assert "corrected since" in found.reason


def test_a_correction_that_repeats_a_value_revises_nothing():
    before, after = exactly(4, corrected_by="r-later"), exactly(4, report="r-later")
    found = resolved(before, after)
    assert (found.standing, found.supporting) == (Standing.SINGLE, (after.id,))


# -- what must hold of any claims

speakers = st.sampled_from([Attribution(), POLICE, ARMY, GROUP, Attribution("locals", None, hedged=True)])
places = st.sampled_from(
    [
        Place("Northtown", "Upper Vale", "ZZ"),
        Place(None, "Upper Vale", "ZZ"),
        Place("Southtown", "Lower Vale", "ZZ"),
    ]
)


@st.composite
def numbers(draw):
    low = draw(st.one_of(st.none(), st.integers(0, 30)))
    high = (
        draw(st.one_of(st.none(), st.integers(low or 0, 40))) if low is not None else draw(st.integers(0, 40))
    )
    return Count(
        What.KILLED, draw(st.sampled_from([Who.UNSPECIFIED, Who.CIVILIANS])), low, high, draw(st.booleans())
    )


@st.composite
def ranges(draw):
    first = draw(st.integers(1, 25))
    return DateRange(date(2031, 5, first), date(2031, 5, draw(st.integers(first, 28))))


@st.composite
def claims(draw):
    field, value = draw(
        st.one_of(
            st.tuples(st.just(Field.COUNT), numbers()),
            st.tuples(st.just(Field.DATE), ranges()),
            st.tuples(st.just(Field.PLACE), places),
            st.tuples(st.just(Field.STATUS), st.sampled_from(CaptivityStatus)),
            st.tuples(st.just(Field.TYPE), st.sampled_from(IncidentType)),
            st.tuples(st.just(Field.WEAPON), st.sampled_from(WeaponKind)),
        )
    )
    on, origin = (
        draw(st.one_of(st.none(), st.integers(1, 5))),
        draw(st.sampled_from(["Wire", "Daily Lantern", "Third"])),
    )
    return claim(
        field,
        value,
        said=draw(speakers),
        on=on,
        origin=origin,
        corrected_by="r-later" if (on, origin) in CORRECTED else None,
        inferred=field is Field.DATE and draw(st.booleans()),
        start=draw(st.integers(0, 3)) * 40,
    )


CORRECTED = frozenset({(1, "Wire"), (2, "Wire"), (2, "Third")})  # a report is corrected with all its claims
worlds = st.lists(claims(), min_size=1, max_size=8)
rules = st.sampled_from(RULES)


@given(worlds, rules, st.randoms())
def test_the_order_of_claims_does_not_matter(said, rule, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    assert incident(*shuffled, rule=rule) == incident(*said, rule=rule)


@given(worlds, rules)
def test_every_value_cites_its_claims_and_every_claim_is_cited_once(said, rule):
    found = incident(*said, rule=rule)
    for resolution in found.resolutions:
        assert bool(resolution.values) == bool(resolution.supporting)
        own = {c.id for c in found.claims if c.slot == resolution.slot}
        assert own == set(resolution.supporting) | set(resolution.opposing)
        assert not set(resolution.supporting) & set(resolution.opposing)


@given(worlds, rules)
def test_corrected_claims_hold_up_no_value_where_others_assert_one(said, rule):
    found = incident(*said, rule=rule)
    for resolution in found.resolutions:
        own = [c for c in found.claims if c.slot == resolution.slot]
        if any(not (c.corrected_by or c.attribution.denies) for c in own):
            assert not any(found.claim(i).corrected_by for i in resolution.supporting)


@given(worlds, rules, st.data())
def test_a_copy_changes_no_value(said, rule, data):
    original = data.draw(st.sampled_from(said))
    later = original.as_of
    if later.latest:
        later = DateRange.day(date(2031, 5, data.draw(st.integers(later.latest.day, 28))))
    copy = replace(original, report_id="r-copy", mention_id="m-copy", as_of=later)
    before, after = incident(*said, rule=rule), incident(*said, copy, rule=rule)
    assert [(r.slot, r.standing, r.values, r.reason) for r in before.resolutions] == [
        (r.slot, r.standing, r.values, r.reason) for r in after.resolutions
    ]


@given(worlds, rules, st.data())
def test_withdrawing_a_judgement_restores_what_was(said, rule, data):
    on = data.draw(st.sampled_from(said))
    made = judgement(data.draw(st.sampled_from([Verdict.ACCEPT, Verdict.REJECT])), on)
    judged = incident(*said, judgements=[made], rule=rule)
    resolution = next(r for r in judged.resolutions if r.slot == on.slot)
    assert resolution.judged or on.id in resolution.rejected
    withdrawn = replace(made, withdrawn_at=datetime(2031, 7, 1))
    assert incident(*said, judgements=[withdrawn], rule=rule) == incident(*said, rule=rule)


@given(worlds, rules)
def test_a_number_lies_within_what_its_claims_say(said, rule):
    found = incident(*said, rule=rule)
    for resolution in found.resolutions:
        if isinstance(resolution.value, Count):
            cited = [found.claim(i).value for i in resolution.supporting]
            assert (resolution.value.low or 0) >= min(c.low or 0 for c in cited)
            top = max(c.high if c.high is not None else 10**9 for c in cited)
            assert (resolution.value.high if resolution.value.high is not None else 10**9) <= top


@given(worlds, rules)
def test_reconciling_again_changes_nothing(said, rule):
    once = incident(*said, rule=rule)
    assert incident(*once.claims, rule=rule) == once
