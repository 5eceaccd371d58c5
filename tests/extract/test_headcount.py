"""Of which side the people are that an incident counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.deeds import Deeds
from dateline.extract.headcount import parts_of_tolls, people_only, with_others, without_the_dead
from dateline.extract.phrases import PhraseText
from dateline.model import Argument, Attribution, Count, Field, Scope, Span, What, Who

TOLD = "eight civilians were killed and nine others hurt, {} soldiers died and dozens more were injured"


def count(text: str, words: str, what: What, who: Who, number: int) -> Argument:
    start = text.index(words)
    value = Count(what, who, number, number)
    return Argument(Field.COUNT, value, Span.of(text, start, start + len(words)), Attribution())


def sides(*counts: Argument, text: str) -> list[Who]:
    return [a.value.who for a in with_others(text, counts) if isinstance(a.value, Count)]


def test_others_are_of_the_side_of_those_counted_before_them():
    text = TOLD.format("three")
    told = [
        count(text, "eight civilians", What.KILLED, Who.CIVILIANS, 8),
        count(text, "nine others", What.WOUNDED, Who.UNSPECIFIED, 9),
        count(text, "three soldiers", What.KILLED, Who.SECURITY_FORCES, 3),
        count(text, "dozens", What.WOUNDED, Who.UNSPECIFIED, 24),
    ]
    assert sides(*told, text=text) == [
        Who.CIVILIANS, Who.CIVILIANS, Who.SECURITY_FORCES, Who.SECURITY_FORCES
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["two gunmen came and nine others were hurt", "eight civilians died, more than nine people were hurt"],
)
def test_attackers_and_more_than_say_nothing_of_a_side(text: str):
    first = Who.PERPETRATORS if "gunmen" in text else Who.CIVILIANS
    words = "two gunmen" if "gunmen" in text else "eight civilians"
    told = [
        count(text, words, What.KILLED, first, 2),
        count(text, "nine", What.WOUNDED, Who.UNSPECIFIED, 9),
    ]
    assert sides(*told, text=text)[1] is Who.UNSPECIFIED


def test_things_are_no_people():
    told = [hurt(What.WOUNDED, 1, "a bus"), hurt(What.KILLED, 2, "two bus drivers")]
    assert list(people_only(told)) == told[1:]


@given(st.lists(st.tuples(st.sampled_from(What), st.sampled_from(Who)), max_size=5))
def test_what_is_known_of_a_side_stays(counted):
    text = "nine others " * 5
    told = [
        Argument(Field.COUNT, Count(what, who, 9, 9), Span.of(text, n * 12, n * 12 + 4), Attribution())
        for n, (what, who) in enumerate(counted)
    ]
    for before, after in zip(told, with_others(text, told), strict=True):
        assert before.value == after.value or before.value.who is Who.UNSPECIFIED


@pytest.mark.parametrize(
    ("before", "is_agent", "is_whole"),
    [
        ("he was detained by ", True, False),
        ("nearby ", False, False),
        ("two of the ", False, True),
        ("none of about ", False, True),
        ("the release of the ", False, False),
        ("the first of ", False, False),
    ],
)
def test_words_before_people_tell_agents_and_wholes(before: str, is_agent: bool, is_whole: bool):
    deeds = Deeds(PhraseText(before + "12 officers"))
    assert (deeds.is_agent(len(before)), deeds.is_whole(len(before))) == (is_agent, is_whole)


@pytest.mark.parametrize(
    ("behind", "are_free"),
    [
        (" abducted in May by rebels have been freed", True),
        (" who were kidnapped near the river came home on Friday", True),
        (" were kidnapped near the river", False),
        (" abducted in May, of whom two have been freed", False),
        (" were abducted and others have been freed", False),
    ],
)
def test_captives_told_in_passing_to_have_been_taken_are_free(behind: str, are_free: bool):
    low = "21 nurses" + behind
    assert Deeds(PhraseText(low)).are_free(len("21 nurses"), len(low)) is are_free


def hurt(what: What, number: int, quote: str, start: int = 0) -> Argument:
    span = Span(start, start + len(quote), quote)
    return Argument(Field.COUNT, Count(what, Who.CIVILIANS, number, number), span)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("four people were killed. a guard died", Scope.PART),
        ("a guard died. four people were killed", Scope.TOTAL),
        ("he killed four people and a guard", Scope.TOTAL),
    ],
)
def test_a_single_person_is_a_part_of_a_toll_told_before(text: str, scope: Scope):
    toll = hurt(What.KILLED, 4, "four people", text.index("four people"))
    guard = hurt(What.KILLED, 1, "a guard", text.index("a guard"))
    nurse = hurt(What.WOUNDED, 1, "a nurse", len(text))
    assert [a.value.scope for a in parts_of_tolls(text, [toll, guard, nurse])] == [
        Scope.TOTAL,
        scope,
        Scope.TOTAL,
    ]


@pytest.mark.parametrize(
    ("text", "wounded"),
    [
        ("a boy was shot. the boy died", []),
        ("a boy was shot. another boy died", ["a boy"]),
        ("another boy was shot. a boy died", ["another boy"]),
        ("a boy, 9, was shot. a boy, 12, died", ["a boy, 9"]),
        ("a nurse was shot. a boy died", ["a nurse"]),
    ],
)
def test_who_died_of_a_shot_is_not_wounded_too(text: str, wounded: list[str]):
    first, second = text.split(" was shot. ")
    dead = second.removesuffix(" died").removesuffix(",")
    shot = hurt(What.WOUNDED, 1, first.removesuffix(","))
    died = hurt(What.KILLED, 1, dead, text.index(second))
    kept = without_the_dead(text, [shot, died])
    assert [a.span.quote for a in kept if a.value.what is What.WOUNDED] == wounded


@given(st.lists(st.tuples(st.sampled_from([What.KILLED, What.WOUNDED]), st.integers(1, 9)), max_size=6))
def test_tolls_of_several_stay_as_they_are(numbers: list[tuple[What, int]]):
    told = [hurt(what, number, f"{number} people", at * 20) for at, (what, number) in enumerate(numbers)]
    after = list(parts_of_tolls(" " * 200, list(without_the_dead(" " * 200, told))))
    assert [a for a in after if a.value.low > 1] == [a for a in told if a.value.low > 1]
