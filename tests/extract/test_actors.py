import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.actors import find_actors
from dateline.model import ActorMention, PerpetratorCategory, TargetCategory, Who


def actor(text: str, quote: str) -> ActorMention:
    found = {mention.span.quote: mention for mention in find_actors(text)}
    assert quote in found, list(found)
    return found[quote]


@pytest.mark.parametrize(
    ("text", "quote", "category"),
    [
        (
            "Gunmen on motorcycles opened fire.",
            "Gunmen on motorcycles",
            PerpetratorCategory.UNIDENTIFIED_ARMED,
        ),
        ("A suicide bomber struck.", "A suicide bomber", PerpetratorCategory.INDIVIDUAL),
        ("Six prisoners seized the yard.", "Six prisoners", PerpetratorCategory.PRISONERS),
        ("It was shelled by government forces.", "government forces", PerpetratorCategory.STATE_MILITARY),
        ("Riot police fired in the air.", "Riot police", PerpetratorCategory.STATE_POLICE),
        ("Pirates boarded it.", "Pirates", PerpetratorCategory.CRIMINAL_GROUP),
        ("Four masked men came.", "Four masked men", PerpetratorCategory.UNIDENTIFIED_ARMED),
        ("An angry mob burnt it.", "An angry mob", PerpetratorCategory.MOB_OR_RIOTERS),
        ("A pro-government militia held it.", "A pro-government militia", PerpetratorCategory.MILITIA),
    ],
)
def test_perpetrators_are_quoted_and_categorised(text, quote, category):
    assert actor(text, quote).perpetrator is category


@pytest.mark.parametrize(
    ("text", "quote", "target", "who"),
    [
        (
            "They killed at least 15 police officers.",
            "at least 15 police officers",
            TargetCategory.POLICE,
            Who.SECURITY_FORCES,
        ),
        ("They hit two Orthodox churches.", "two Orthodox churches", TargetCategory.RELIGIOUS, None),
        (
            "They held three prison guards.",
            "three prison guards",
            TargetCategory.PRISON_STAFF,
            Who.SECURITY_FORCES,
        ),
        ("In the prison, a guard was hurt.", "a guard", TargetCategory.PRISON_STAFF, Who.SECURITY_FORCES),
        ("The bank's guard slept.", "guard", TargetCategory.CIVILIANS, Who.UNSPECIFIED),
        ("A priest died.", "A priest", TargetCategory.RELIGIOUS, Who.CIVILIANS),
        ("The mayor was shot.", "The mayor", TargetCategory.GOVERNMENT, Who.OFFICIALS),
        (
            "Two foreign journalists fled.",
            "Two foreign journalists",
            TargetCategory.JOURNALISTS,
            Who.CIVILIANS,
        ),
        ("Nine people died.", "Nine people", TargetCategory.CIVILIANS, Who.UNSPECIFIED),
    ],
)
def test_targets_are_quoted_and_categorised(text, quote, target, who):
    found = actor(text, quote)
    assert (found.target, found.who) == (target, who)


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("IS claimed it.", "IS", "Islamic State"),
        ("ISISs fighters fled.", "ISISs fighters", "Islamic State"),
        ("It hit al-Shabab positions.", "al-Shabab", "Al-Shabaab"),
        ("Members of the Shining Path came.", "Members of the Shining Path", "Shining Path"),
        ("THE FMLN ATTACKED.", "THE FMLN", "Farabundo Marti National Liberation Front"),
        ("Militants linked to Boko Haram came.", "Militants linked to Boko Haram", "Boko Haram"),
        ("Kenyan soldiers shot back.", "Kenyan soldiers", "Kenyan Armed Forces"),
        ("Chad's army denied it.", "Chad's army", "Chadian Armed Forces"),
        ("A Saudi-led coalition struck.", "A Saudi-led coalition", "Saudi-led coalition"),
        ("Rwanda denied it.", "Rwanda", "Rwanda"),
    ],
)
def test_groups_and_forces_get_their_names(text, quote, name):
    assert actor(text, quote).name == name


def test_a_verb_in_capitals_is_no_group():
    assert find_actors("THE MAYOR IS DEAD.")[-1].head == "mayor"
    assert all(mention.name is None for mention in find_actors("He is there. It is late."))


def test_a_state_where_something_happens_is_no_actor():
    assert find_actors("It happened in Kenya, near Garissa, Kenya.") == ()


def test_an_unknown_group_is_known_by_its_name_and_later_by_its_acronym():
    text = "The Northern Lakes Liberation Front (NLLF) said so. Police blamed the NLLF."
    names = [mention.name for mention in find_actors(text) if mention.head == "group"]
    assert names == ["Northern Lakes Liberation Front", "Northern Lakes Liberation Front"]
    assert find_actors(text)[0].span.quote == "The Northern Lakes Liberation Front (NLLF)"


def test_a_group_may_call_itself_anything():
    text = "A group calling itself the River Otters took the boat. The River Otters want money."
    assert [mention.name for mention in find_actors(text) if mention.head == "group"] == ["River Otters"] * 2


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ana Ruun, 34, was shot. Ruun had no part in it.", "Ruun"),
        ("The suspect Ivar Loon fled. Loon was caught.", "Loon"),
        ("Mr. Loon fled.", "Loon"),
        ("Maria Loon fled.", "Maria Loon"),
    ],
)
def test_persons_are_found_once_they_are_introduced(text, quote):
    assert actor(text, quote).head == "name"


def test_names_are_found_in_copy_set_in_capitals():
    text = "GUNMEN KILLED SENATOR IVAR LOON YESTERDAY. LOON WAS AN ENGINEER."
    assert actor(text, "SENATOR IVAR LOON").target is TargetCategory.GOVERNMENT
    assert actor(text, "LOON").head == "name"


@pytest.mark.parametrize(
    "text",
    [
        "The fatal shooting of Keon Dallow drew protests.",
        "Keon Dallow was shot twice.",
        "Keon Dallow had also been arrested.",
    ],
)
def test_persons_are_found_by_what_befell_them(text: str):
    assert actor(text, "Keon Dallow").head == "name"


@pytest.mark.parametrize("text", ["Keon Dallow was large.", "The shelling of Keon Dallow went on."])
def test_what_befalls_places_too_tells_of_no_person(text: str):
    assert "Keon Dallow" not in {mention.span.quote for mention in find_actors(text)}


def test_a_persons_title_gives_the_station():
    found = actor("Ambassador Ivar Loon was shot. The street was empty when Loon came.", "Loon")
    assert (found.target, found.who) == (TargetCategory.DIPLOMATIC, Who.OFFICIALS)


def test_streets_and_towns_are_no_persons():
    assert all(mention.head != "name" for mention in find_actors("It was in Loon Street, New Haven."))


def test_villagers_who_attack_are_a_mob_and_kurdish_forces_no_states():
    assert actor("Villagers burnt it.", "Villagers").perpetrator is PerpetratorCategory.MOB_OR_RIOTERS
    kurdish = actor("Kurdish forces took it.", "Kurdish forces")
    assert kurdish.perpetrator is PerpetratorCategory.REBEL_OR_MILITANT_GROUP
    assert kurdish.target is TargetCategory.MILITANTS


def test_a_users_group_is_found(tmp_path):
    (tmp_path / "groups.toml").write_text('group = [{ name = "Quiet Ones", aliases = ["QXO"] }]', "utf-8")
    assert find_actors("The QXO fled.", ontology_folders=(tmp_path,))[0].name == "Quiet Ones"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_mentions_are_in_order_apart_and_quote_the_text(text):
    found = find_actors(text)
    assert all(mention.span.quote == text[mention.span.start : mention.span.end] for mention in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(
    st.lists(
        st.sampled_from(
            (
                "the",
                "six",
                "at least",
                "armed",
                "men",
                "gunmen",
                "of",
                "IS",
                "police",
                "Syrian",
                "army",
                "'s",
                "-led",
                "coalition",
                "prison",
                "guards",
                ",",
                ".",
            )
        ),
        max_size=30,
    )
)
def test_any_order_of_actor_words_gives_mentions_apart(chosen):
    found = find_actors(" ".join(chosen))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "junk", ["the " * 20_000, "IS " * 20_000, "armed men of " * 7_000, "A" * 100_000, "at least " * 10_000]
)
def test_junk_costs_linear_time(junk):
    start = time.process_time()
    find_actors(junk)
    assert time.process_time() - start < 3


@pytest.mark.parametrize("note", ["17YOM", "22 YOM", "16yof", "15 y/o F", "M/14"])
def test_age_and_sex_alone_are_a_person(note):
    assert not actor(f"{note} was shot at the gate.", note).plural


@pytest.mark.parametrize("quote", ["A 12-year-old boy", "17-year-old male", "his 2 year old daughter"])
def test_an_age_is_no_number_of_people(quote):
    assert not actor(f"{quote} was hurt.", quote).plural


@pytest.mark.parametrize("quote", ["Two 15-year-old boys", "three 17YOM students", "two 4 year olds"])
def test_a_number_before_an_age_counts(quote):
    assert actor(f"{quote} were hurt.", quote).plural


def test_a_note_in_brackets_is_of_the_person_before_it():
    assert [mention.span.quote for mention in find_actors("Victim (M/14) was hurt.")] == ["Victim"]
