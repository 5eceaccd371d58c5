"""Places that a user adds: read from real files, found beside the shipped ones, taken out again."""

from __future__ import annotations

import pickle

import pytest

from dateline.errors import InputError, NotFoundError
from dateline.gazetteer import Gazetteer, PlaceKind, beside, forget_places, import_places, sources

TABLE = (
    "name,lat,lon,country,admin1,kind,radius_km,population,alternate_names\n"
    "Der Testa,33.1,40.2,SY,Hasakah,city,4,,Deir al-Testa|Testaville\n"
    "Testa Valley,33.0,40.0,SY,,region,80,,\n"
)


def dump(*rows: tuple[str, ...]) -> str:
    """Return lines in the columns of GeoNames: id, name, names, point, class and code, country, people."""
    return "".join(
        "\t".join(
            (n, name, name, others, lat, lon, kind, code, "KE", "", "05", "", "", "", people, *[""] * 4)
        )
        + "\n"
        for n, name, others, lat, lon, kind, code, people in rows
    )


@pytest.fixture
def added(tmp_path):
    file = tmp_path / "villages.csv"
    file.write_text(TABLE)
    path = beside(tmp_path / "cases.db")
    assert import_places(file, path).places == 2
    return path


def test_an_added_place_is_found_by_all_its_names_and_says_where_it_is_from(added):
    gazetteer = Gazetteer.shipped(added)
    for name in ("Der Testa", "DER TESTA", "deir al testa", "Testaville"):
        (place,) = gazetteer.find(name)
        assert (place.country, place.admin1, place.radius_km, place.source) == (
            "SY",
            "Hasakah",
            4,
            "villages.csv",
        )
        assert place.geonames_id is None
    assert gazetteer.find("Testa Valley")[0].kind is PlaceKind.REGION
    assert not Gazetteer.shipped().find("Der Testa")


def test_what_was_shipped_is_still_there(added):
    assert Gazetteer.shipped(added).find("Kutaisi") == Gazetteer.shipped().find("Kutaisi")
    assert Gazetteer.shipped(added).country("SY") == Gazetteer.shipped().country("SY")


def test_a_worker_knows_the_added_places_too(added):
    sent = pickle.loads(pickle.dumps(Gazetteer.shipped(added)))
    assert sent.find("Der Testa")
    assert sent.version == Gazetteer.shipped(added).version


def test_a_dump_of_geonames_is_read_and_what_is_no_place_is_passed_over(tmp_path):
    file = tmp_path / "KE.txt"
    file.write_text(
        dump(
            ("1", "Testikoni", "Testi", "-1.5", "37.25", "P", "PPL", "1200"),
            ("2", "Mount Testa", "", "-1.0", "37.0", "T", "MT", "0"),
        )
    )
    done = import_places(file, tmp_path / "p.sqlite")
    assert (done.places, done.passed_over, done.errors) == (1, 1, ())
    (place,) = Gazetteer.shipped(tmp_path / "p.sqlite").find("testi")
    assert (place.name, place.country, place.population) == ("Testikoni", "KE", 1200)
    assert (place.latitude, place.longitude) == (-1.5, 37.25)


def test_wrong_lines_are_named_and_the_others_kept(tmp_path):
    file = tmp_path / "v.csv"
    file.write_text(
        "name;lat;lon;kind\nGood;1;2;city\nFar;100;2;city\nOdd;1;2;planet\n;1;2;city\nWord;x;2;city\n"
    )
    done = import_places(file, tmp_path / "p.sqlite")
    assert done.places == 1
    assert [error.split(":")[1] for error in done.errors] == ["3", "4", "5", "6"]
    assert "planet" in done.errors[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("town,where\nA,B\n", "lacks the columns name, lat, lon"),
        ("name,lat,lon\n", "no place that could be added"),
        ("", "lacks the columns"),
        ("name,lat,lon\nX,200,0\n", "no coordinate"),
    ],
)
def test_a_file_that_is_neither_is_refused_with_what_was_expected(tmp_path, content, said):
    file = tmp_path / "v.csv"
    file.write_text(content)
    with pytest.raises(InputError, match=said):
        import_places(file, tmp_path / "p.sqlite")
    assert sources(tmp_path / "p.sqlite") == {}


def test_importing_again_replaces_and_changes_nothing(added, tmp_path):
    version = Gazetteer.shipped(added).version
    import_places(tmp_path / "villages.csv", added)
    assert Gazetteer.shipped(added).version == version
    assert len(Gazetteer.shipped(added).find("Der Testa")) == 1


def test_places_can_be_taken_out_again(added):
    assert forget_places("villages.csv", added) == 2
    assert Gazetteer.shipped(added).version is None
    assert not Gazetteer.shipped(added).find("Der Testa")
    with pytest.raises(NotFoundError, match="imported: none"):
        forget_places("villages.csv", added)
