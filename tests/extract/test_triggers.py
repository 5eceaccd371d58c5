import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.phrases import PhraseText, first_phrase, lowered, phrases
from dateline.extract.triggers import find_triggers
from dateline.extract.weapons import find_weapons
from dateline.model import IncidentType, WeaponKind


def types(text: str) -> list[IncidentType]:
    return [trigger.type for trigger in find_triggers(PhraseText(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen opened fire on a bus", IncidentType.ARMED_ASSAULT),
        ("A SUICIDE CAR BOMBER STRUCK A CONVOY", IncidentType.SUICIDE_BOMBING),
        ("Inmates staged a mutiny at the jail", IncidentType.PRISON_RIOT),
        ("Warplanes bombed the village", IncidentType.AIR_STRIKE),
        ("They set a school on fire", IncidentType.ARSON),
        ("Rebels kidnapped two nurses", IncidentType.KIDNAPPING),
    ],
)
def test_the_words_of_each_kind_are_known(text, expected):
    assert expected in types(text)


def test_the_longer_and_heavier_trigger_wins_where_two_overlap():
    found = find_triggers(PhraseText("a suicide bombing in the capital"))
    assert [(t.type, t.span.quote) for t in found] == [(IncidentType.SUICIDE_BOMBING, "suicide bombing")]


def test_words_inside_other_words_are_no_triggers():
    assert not find_triggers(PhraseText("She is a bombastic shotputter with attackable habits"))


def test_a_heart_attack_is_no_attack():
    assert not [
        t for t in find_triggers(PhraseText("He suffered a heart attack")) if t.span.quote == "attack"
    ]


@given(st.text())
def test_triggers_and_weapons_quote_the_text_and_stand_in_order(text):
    triggers = find_triggers(PhraseText(text))
    assert all(text[t.span.start : t.span.end] == t.span.quote for t in triggers)
    assert [t.span.start for t in triggers] == sorted(t.span.start for t in triggers)
    assert not any(a.span.overlaps(b.span) for a in triggers for b in triggers if a is not b)
    weapons = find_weapons(PhraseText(text))
    assert all(text[w.span.start : w.span.end] == w.span.quote for w in weapons)


@given(st.text())
def test_lowering_keeps_every_offset(text):
    assert len(lowered(text)) == len(text)


def test_a_cue_says_nothing_of_a_text_without_its_literal_but_finds_it_with_any_blanks():
    phrase = phrases(["set (?:\\w+ ){0,3}on fire"])
    assert first_phrase(phrase, "they set two cars\non fire") is not None
    assert first_phrase(phrase, "they set off") is None


def test_a_suicide_car_bomb_is_of_two_kinds_and_not_of_a_third():
    found = find_weapons(PhraseText("a suicide car bomb"))
    kinds = {weapon.kind for weapon in found}
    assert kinds == {WeaponKind.SUICIDE_BOMB, WeaponKind.CAR_BOMB}


def test_a_weapon_that_is_denied_is_none():
    assert not find_weapons(PhraseText("The captors had no firearms, the service said."))


def test_a_megabyte_of_junk_takes_no_more_than_a_moment():
    import time

    text = "set " * 250_000
    began = time.monotonic()
    find_triggers(PhraseText(text))
    assert time.monotonic() - began < 10
