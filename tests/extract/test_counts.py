import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.actors import find_actors
from dateline.extract.counts import CountFinder
from dateline.extract.deeds import Deeds
from dateline.extract.phrases import PhraseText
from dateline.extract.quantities import find_quantities
from dateline.extract.sides import sided
from dateline.model import Count, OfWhom, Scope, What, Who


def counts(sentence: str) -> list[Count]:
    finder = CountFinder(PhraseText(sentence))
    found = finder.find(0, len(sentence), find_quantities(sentence), find_actors(sentence))
    return [mention.count for mention in found]


def tolls(sentence: str) -> set[tuple[str, int | None, int | None]]:
    return {(count.what.value, count.low, count.high) for count in counts(sentence)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The blast killed 12 people and wounded 30 others.", {("killed", 12, 12), ("wounded", 30, 30)}),
        ("Twelve people were killed and 30 injured.", {("killed", 12, 12), ("wounded", 30, 30)}),
        ("Gunmen shot 3 dead in the market.", {("killed", 3, 3)}),
        ("Shooting leaves 1 dead, 3 wounded.", {("killed", 1, 1), ("wounded", 3, 3)}),
        ("20 people killed 30 others injured in a blast.", {("killed", 20, 20), ("wounded", 30, 30)}),
        ("8 killed 58 injured in a blast.", {("killed", 8, 8), ("wounded", 58, 58)}),
        ("At least five soldiers died in the ambush.", {("killed", 5, None)}),
        (
            "Militants kidnapped 900 Executed 18 People in the North",
            {("abducted", 900, 900), ("killed", 18, 18)},
        ),
        ("The death toll rose to 47 on Monday.", {("killed", 47, 47)}),
        ("Gunmen abducted more than 20 pupils.", {("abducted", 21, None)}),
        ("Four guards have been taken hostage.", {("hostages", 4, 4)}),
        ("Police arrested two suspects.", {("arrested", 2, 2)}),
        ("Commandos freed two guards.", {("freed", 2, 2)}),
        ("No casualties were reported.", {("killed", 0, 0)}),
        ("Three prisoners escaped.", {("escaped", 3, 3)}),
        ("The shooting left one boy in critical condition.", {("wounded", 1, 1)}),
        ("A party shooting left nine people hospitalized.", {("wounded", 9, 9)}),
        ("The blast left three guards and a nurse dead.", {("killed", 3, 3), ("killed", 1, 1)}),
        ("Teen killed, man jailed in Harrow shooting", {("killed", 1, 1)}),
        ("Police name 16-year-old fatally shot", {("killed", 1, 1)}),
    ],
)
def test_a_number_counts_what_the_words_beside_it_say(sentence, expected):
    assert expected <= tolls(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A clerk shot two colleagues before committing suicide.",
        "He then turned the gun on himself.",
        "The attacker killed a guard and took his own life.",
        "A bomber blew himself up at the gate.",
    ],
)
def test_who_dies_by_his_own_hand_is_a_perpetrator_killed(sentence):
    assert Count(What.KILLED, Who.PERPETRATORS, 1, 1) in counts(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He tried to kill himself, police said.",
        "The man accidentally shot himself in the foot.",
        "She threatened to kill herself in the siege.",
    ],
)
def test_who_only_tries_is_not_dead(sentence):
    assert not [count for count in counts(sentence) if count.what is What.KILLED]


@pytest.mark.parametrize(
    ("sentence", "words", "does"),
    [
        ("A gunman killed three shoppers.", "A gunman", True),
        ("Two men have shot dead a guard.", "Two men", True),
        ("A gunman killed by police was a guard.", "A gunman", False),
        ("A gunman was killed in the raid.", "A gunman", False),
        ("Three shoppers killed in the mall were named.", "Three shoppers", False),
    ],
)
def test_the_subject_of_a_deed_is_told_from_its_victims(sentence, words, does):
    assert Deeds(PhraseText(sentence)).does(len(words), len(sentence)) is does


@pytest.mark.parametrize(
    "sentence",
    [
        "A shooting left a teenager critically injured.",
        "A neighbour found him dead in the yard.",
        "Bullets nearly killed his father.",
        "He shot his sons, 10 and 12, on Friday.",
        "The father shot his 12- and 10-year-old sons.",
        "Image 1 of 17 A clerk was shot at.",
    ],
)
def test_who_is_hurt_finds_the_dead_or_tells_his_age_is_no_toll(sentence):
    assert not [count for count in counts(sentence) if count.what is What.KILLED]


def test_what_is_done_to_somebody_named_is_not_done_to_who_did_it():
    assert tolls("A guard fatally shot Ana Ruun and Bo Teck at the gate.") == {("killed", 1, 1)}
    sentence = "A guard fatally shot Ana Ruun."
    assert Deeds(PhraseText(sentence)).does(len("A guard"), len(sentence))


@pytest.mark.parametrize(
    ("text", "words", "fatal"),
    [
        ("A clerk was shot in the head and taken to hospital, where he died.", "A clerk", True),
        ("The guard shot the teenager. He was pronounced dead at the scene.", "the teenager", True),
        ("A 17-year-old was found with a wound. The victim later died.", "A 17-year-old", True),
        ("A boy was shot. Another man died at the scene.", "A boy", False),
        ("A woman was shot. She could have died, doctors said.", "A woman", False),
        ("A man was shot. The gunman died in a shootout.", "A man", False),
        ("A man was shot. Police found two others who had died.", "A man", False),
    ],
)
def test_who_is_hurt_and_dies_of_it_is_taken_up_by_the_words_that_say_so(text, words, fatal):
    assert Deeds(PhraseText(text)).is_fatal(text.index(words) + len(words)) is fatal


def test_a_number_joined_to_another_counts_the_same_thing():
    found = counts("Attackers killed 15 police officers and a priest.")
    assert {(c.what, c.who, c.low) for c in found} >= {
        (What.KILLED, Who.SECURITY_FORCES, 15),
        (What.KILLED, Who.CIVILIANS, 1),
    }


def test_attackers_who_act_are_counted_as_perpetrators():
    assert ("perpetrators", 4, 4) in tolls("Four gunmen stormed the building.")


def test_a_part_of_a_toll_is_no_total_and_says_of_whom():
    found = counts("Nine people were killed, including three children.")
    part = next(c for c in found if c.low == 3)
    assert (part.scope, part.of_whom) == (Scope.PART, OfWhom.CHILDREN)
    assert next(c for c in found if c.low == 9).scope is Scope.TOTAL


def test_numbers_that_add_up_to_the_one_before_them_are_its_parts():
    found = counts("Four people, three guards and a nurse, were taken hostage.")
    assert {(c.low, c.scope) for c in found} == {(4, Scope.TOTAL), (3, Scope.PART), (1, Scope.PART)}


def test_nobody_is_not_one():
    assert not [c for c in counts("No child was abducted, the minister said.") if c.low == 1]


def test_things_and_places_are_not_counted_as_people():
    assert not counts("A bomb hidden in a car exploded near a town.")


def test_members_of_armed_groups_are_militants_only_where_the_state_attacks():
    count = Count(What.KILLED, Who.MILITANTS, 6, 6)
    assert sided(count, attacked_by_the_state=True).who is Who.MILITANTS
    assert sided(count, attacked_by_the_state=False).who is Who.PERPETRATORS


@given(st.text(alphabet="killed wounded 0123456789,.aeinorst \n", max_size=200))
def test_any_text_gives_counts_whose_bounds_are_in_order(text):
    for count in counts(text):
        assert count.low is None or count.high is None or count.low <= count.high


@pytest.mark.parametrize(
    ("text", "low", "who"),
    [
        ("A market was hit, killing another six people.", 6, Who.UNSPECIFIED),
        ("The blast wounded 85 on Tuesday the provincial governor said.", 85, Who.UNSPECIFIED),
        ("The blast wounded 12 soldiers.", 12, Who.SECURITY_FORCES),
    ],
)
def test_a_number_counts_those_beside_it_and_is_counted_once(text, low, who):
    (count,) = counts(text)
    assert (count.low, count.who) == (low, who)


@pytest.mark.parametrize(
    ("sentence", "words", "other"),
    [
        ("They freed three guards and a nurse and killed five inmates.", "a nurse", True),
        ("They killed a nurse and a cook and fled.", "a nurse", False),
        ("A nurse and five inmates were killed.", "A nurse", False),
    ],
)
def test_who_stands_before_a_deed_done_to_others_is_not_its_victim(sentence, words, other):
    at = sentence.index(words) + len(words)
    assert Deeds(PhraseText(sentence)).is_before_other(at, len(sentence), What.KILLED) is other
