from collections import Counter

import pytest

from dateline.errors import DataError
from dateline.extract.words import folded
from dateline.model import IncidentType, PerpetratorCategory, TargetCategory, WeaponKind
from dateline.ontology import ontology


def test_the_tables_hold_the_codebooks_words_in_its_order():
    known = ontology()
    assert tuple(known.types) == tuple(IncidentType)
    assert tuple(known.weapons) == tuple(WeaponKind)
    assert tuple(known.perpetrators) == tuple(PerpetratorCategory)
    assert tuple(known.targets) == tuple(TargetCategory)


@pytest.mark.parametrize(
    ("kind", "sub_event", "gtd", "plover", "muc4"),
    [
        (IncidentType.HOSTAGE_TAKING, "Abduction/forced disappearance", 5, "ASSAULT", "KIDNAPPING"),
        (IncidentType.SUICIDE_BOMBING, "Suicide bomb", 3, "ASSAULT", "BOMBING"),
        (IncidentType.SHELLING, "Shelling/artillery/missile attack", 3, "ASSAULT", "ATTACK"),
        (IncidentType.RIOT, "Violent demonstration", None, "PROTEST", None),
        (IncidentType.ARREST, "Arrests", None, "COERCE", None),
    ],
)
def test_types_map_to_other_schemes_as_the_codebook_says(kind, sub_event, gtd, plover, muc4):
    entry = ontology().types[kind]
    assert entry.acled[0][1] == sub_event
    assert (entry.gtd and entry.gtd[0]) == gtd
    assert entry.plover[0] == plover
    assert entry.muc4 == muc4


def test_no_two_groups_share_a_name():
    names = Counter(
        key
        for group in ontology().groups.values()
        for key in {folded(name) for name in (group.name, *group.aliases)}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_a_branch_belongs_to_its_parent_groups():
    known = ontology()
    assert known.belongs_to("Islamic State Khorasan Province") == ("Islamic State",)
    assert known.belongs_to("Katiba Macina") == ("Jama'at Nusrat al-Islam wal-Muslimin", "al-Qaeda")
    assert known.belongs_to("no such group") == ()


def test_a_users_folder_adds_and_replaces(tmp_path):
    (tmp_path / "groups.toml").write_text(
        'group = [{ name = "River Hawks", aliases = ["RHX"], countries = ["SO"] },'
        ' { name = "Taliban", aliases = [], countries = [] }]',
        "utf-8",
    )
    known = ontology((tmp_path,))
    assert known.groups["River Hawks"].aliases == ("RHX",)
    assert known.groups["Taliban"].aliases == ()
    assert "Shining Path" in known.groups


@pytest.mark.parametrize(
    ("table", "content", "expected"),
    [
        ("groups", "group = [{ aliases = [] }]", "entry 1"),
        ("groups", 'group = [{ name = "X", category = "army" }]', "expected one of rebel_or_militant_group"),
        ("groups", 'group = [{ name = "X", aliases = "Y" }]', "a list of texts"),
        ("groups", 'group = [{ name = "X", parent = "nobody" }]', "is no group"),
        ("sites", 'site = [{ key = "x", words = [], within = "y", target = "civilians" }]', "no widest kind"),
        ("groups", 'group = [{ name = "X", colour = "red" }]', "one of the keys"),
        ("groups", "group = {", "not valid TOML"),
        ("types", '[[type]]\nkey = "duel"', "hijacking"),
        ("weapons", '[[weapon]]\nkey = "firearm"\ndescription = "x"\ngtd = [5]', "a number and its name"),
    ],
)
def test_a_wrong_entry_is_named_with_what_was_expected(tmp_path, table, content, expected):
    (tmp_path / f"{table}.toml").write_text(content, "utf-8")
    with pytest.raises(DataError) as error:
        ontology((tmp_path,))
    assert expected in str(error.value)
    assert f"{table}.toml" in str(error.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match="nowhere"):
        ontology((tmp_path / "nowhere",))


def test_a_kind_of_site_is_one_of_its_widest_kind():
    known = ontology()
    assert [known.widest(word) for word in ("apartment", "house", "unheard of")] == [
        "house",
        "house",
        "unheard of",
    ]
    assert all(known.sites[known.widest(word)].within is None for word in known.sites)
