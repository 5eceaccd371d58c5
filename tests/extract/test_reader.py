"""What the model decides goes the rules' way: types and parts by the model, values by the finders."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pytest

from dateline.extract.assembly import assemble
from dateline.extract.encoder import is_shipped
from dateline.extract.features import NAMES, ROLES, Between, Floats
from dateline.extract.focus import NAMES as STANDING
from dateline.extract.heads import Heads
from dateline.extract.passages import Findings, find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.read_text import Weighing
from dateline.extract.reader import read_mentions, shipped_extractor
from dateline.extract.reading import VOCABULARIES, Role
from dateline.gazetteer import Gazetteer
from dateline.model import (
    UNKNOWN_DATE,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentType,
    Published,
    Reality,
    Span,
    What,
    Who,
)

TEXT = "Gunmen attacked a convoy near the river on Friday. They wounded 12 soldiers with axes and fled."
WIDTH = 1


@pytest.fixture(scope="module")
def findings() -> Findings:
    published = Published(DateRange.day(date(2021, 5, 8)))
    document = Document.of("r1", "News of the river", TEXT, published=published)
    return find_all(document, PlaceFinder(Gazetteer.shipped()))


def heads_that_join(always: bool) -> Heads:
    """Return heads by which all candidates belong to one incident, or only those of one sentence."""
    known = np.zeros((1, len(Between)), dtype=np.float32)
    known[0, list(Between).index(Between.SAME_SENTENCE)] = 0.0 if always else 20.0
    shapes = {"side": (2, WIDTH), "inner": (2, 4 + len(Between)), "outer": (1, 2)}
    weights = {f"join.{name}.weight": np.zeros(shape, dtype=np.float32) for name, shape in shapes.items()}
    weights |= {f"join.{name}.bias": np.zeros(shape[0], dtype=np.float32) for name, shape in shapes.items()}
    weights["join.outer.bias"] = np.array([10.0 if always else -10.0], dtype=np.float32)
    weights["focus.weight"] = np.zeros((len(Focus), len(STANDING)), dtype=np.float32)
    return Heads(weights | {"join.known.weight": known})


class Certain:
    """A text in which the quoted words play a role for certain, and no others any."""

    def __init__(self, told: Mapping[str, Role], always: bool = True, **of_all: object) -> None:
        self._told = told
        self._of_all = of_all
        self._heads = heads_that_join(always)

    def read(self, *_: object, marked: object = None) -> Certain:
        return self

    def weigh(self, spans: Sequence[Span], features: Floats) -> Weighing:
        assert features.shape == (len(spans), len(NAMES))
        roles = np.zeros((len(spans), len(ROLES)), dtype=np.float32)
        for row, span in enumerate(spans):
            if span.quote in self._told:
                roles[row, ROLES.index(self._told[span.quote])] = 0.9
        choices = {
            name: np.tile(
                np.array([float(m == self._of_all.get(name, members[-1])) for m in members], np.float32),
                (len(spans), 1),
            )
            for name, members in VOCABULARIES.items()
        }
        described = np.zeros((len(spans), WIDTH), dtype=np.float32)
        return Weighing(tuple(range(len(spans))), roles, choices, described, self._heads)

    def runs(self, *roles: Role) -> tuple[()]:
        return ()


def test_what_tells_of_nothing_makes_no_incident(findings):
    assert read_mentions(findings, Certain({})) == ()


def test_the_model_says_what_it_is_and_the_finders_how_many(findings):
    told = {"attacked": Role.INCIDENT, "12 soldiers": Role.WOUNDED, "Gunmen": Role.PERPETRATOR}
    of_all = {"type": IncidentType.ROBBERY, "focus": Focus.BACKGROUND, "who": Who.SECURITY_FORCES}
    (mention,) = read_mentions(findings, Certain(told, **of_all))
    assert (mention.type, mention.focus) == (IncidentType.ROBBERY, Focus.BACKGROUND)
    (count,) = mention.counts
    assert (count.what, count.who, count.low, count.high) == (What.WOUNDED, Who.SECURITY_FORCES, 12, 12)
    (gunmen,) = mention.actors(Field.PERPETRATOR)
    assert gunmen.words == "Gunmen"


@pytest.mark.parametrize(
    ("text", "told"), [("killed an officer", 1), ("killed in an officer-involved shooting", 0)]
)
def test_a_piece_of_a_compound_is_nobody(text: str, told: int):
    found = find_all(Document.of("r1", "", f"Gunmen {text} on Friday."), PlaceFinder(Gazetteer.shipped()))
    roles = {"killed": Role.INCIDENT, "an officer": Role.KILLED}
    (mention,) = read_mentions(found, Certain(roles))
    assert len([count for count in mention.counts if count.what is What.KILLED]) == told


def test_the_site_is_the_one_the_model_chose():
    text = "Gunmen attacked a market beside the village on Friday."
    published = Published(DateRange.day(date(2021, 5, 8)))
    found = find_all(Document.of("r1", "", text, published=published), PlaceFinder(Gazetteer.shipped()))
    told = {"attacked": Role.INCIDENT, "market": Role.SITE}
    (mention,) = read_mentions(found, Certain(told))
    (elsewhere,) = read_mentions(found, Certain(told | {"market": Role.PLACE}))
    assert (mention.place and mention.place.site) == "market"
    assert not (elsewhere.place and elsewhere.place.site)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police raided a farm on Friday and arrested two men.", IncidentType.SECURITY_OPERATION),
        ("Police arrested two men after a stand-off at a farm.", IncidentType.SECURITY_OPERATION),
        ("Police arrested two men at a farm on Friday.", IncidentType.ARREST),
    ],
)
def test_an_arrest_in_a_raid_is_a_security_operation(text: str, expected: IncidentType):
    found = find_all(Document.of("r1", "", text), PlaceFinder(Gazetteer.shipped()))
    (mention,) = read_mentions(found, Certain({"arrested": Role.INCIDENT}, type=IncidentType.ARREST))
    assert mention.type is expected


def test_each_argument_keeps_its_words_and_its_probability(findings):
    told = {"attacked": Role.INCIDENT, "12 soldiers": Role.KILLED}
    (mention,) = read_mentions(findings, Certain(told))
    (argument,) = mention.of(Field.COUNT)
    assert argument.span.quote == "12 soldiers"
    assert argument.score == pytest.approx(0.9)
    assert mention.score == pytest.approx(0.9)


def test_what_the_model_parts_becomes_two_incidents(findings):
    told = {"attacked": Role.INCIDENT, "wounded": Role.INCIDENT, "12 soldiers": Role.WOUNDED}
    together = read_mentions(findings, Certain(told, type=IncidentType.ARMED_ASSAULT))
    apart = read_mentions(findings, Certain(told, always=False, type=IncidentType.ARMED_ASSAULT))
    assert (len(together), len(apart)) == (1, 2)
    assert not apart[0].counts
    assert apart[1].counts


@pytest.mark.parametrize(
    ("text", "words", "incidents"),
    [
        ("The older boy shot at the bus in a fight over a girl.", "shot at", 1),
        ("A ferry capsized in a storm and passengers were killed.", "killed", 0),
    ],
)
def test_a_note_in_which_the_rules_see_nothing_tells_of_an_incident_but_no_disaster(text, words, incidents):
    found = find_all(Document.of("r1", "", text), PlaceFinder(Gazetteer.shipped()))
    assert not assemble(found)
    assert len(read_mentions(found, Certain({words: Role.INCIDENT}))) == incidents


@pytest.mark.parametrize(
    ("behind", "incidents"),
    [
        ("The group said the bombing was revenge for raids on its fighters in Kandahar.", 1),
        ("The group said the bombing on Thursday in Kandahar was revenge.", 2),
        ("The group said a bombing in Kandahar was revenge for raids on its fighters.", 2),
        ("A similar attack, the bombing in Kandahar, was never claimed by its fighters.", 2),
    ],
)
def test_words_that_only_take_up_an_incident_tell_of_no_other(behind: str, incidents: int):
    text = f"A bombing killed 12 people in Kabul on Friday. {behind}"
    published = Published(DateRange.day(date(2021, 5, 8)))
    found = find_all(Document.of("r1", "", text, published=published), PlaceFinder(Gazetteer.shipped()))
    told = {
        "bombing": Role.INCIDENT,
        "12 people": Role.KILLED,
        "Kabul": Role.PLACE,
        "Kandahar": Role.PLACE,
        "on Thursday": Role.DATE,
        "Thursday": Role.DATE,
        "its fighters": Role.TARGET,
    }
    mentions = read_mentions(found, Certain(told, always=False, type=IncidentType.BOMBING))
    assert len(mentions) == incidents
    assert mentions[0].place
    assert mentions[0].place.name == "Kabul"
    assert "its fighters" not in [actor.words for actor in mentions[0].actors(Field.TARGET)]


def test_the_day_is_that_of_the_words_the_model_chose(findings):
    told = {"attacked": Role.INCIDENT, "on Friday": Role.DATE, "Friday": Role.DATE}
    (mention,) = read_mentions(findings, Certain(told))
    assert mention.date == DateRange.day(date(2021, 5, 7))


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("Mourners buried the victims of Friday's market bombing in Kabul.", date(2021, 5, 7)),
        ("Gunmen shot dead four guards at a depot in Kabul on Thursday.", date(2021, 5, 6)),
    ],
)
def test_the_one_day_in_the_words_dates_them(body, day):
    published = Published(DateRange.day(date(2021, 5, 9)))
    (found, *_) = shipped_extractor().extract(Document.of("r1", "", body, published=published))
    assert found.date == DateRange.day(day)


def dated(body: str, told: Mapping[str, Role], always: bool = False, **of_all: object) -> list[DateRange]:
    """Return the dates of the incidents of a report of Sunday 9 May 2021, one told in a sentence."""
    document = Document.of("r1", "", body, published=Published(DateRange.day(date(2021, 5, 9))))
    found = find_all(document, PlaceFinder(Gazetteer.shipped()))
    return [mention.date for mention in read_mentions(found, Certain(told, always, **of_all))]


HAPPENED = {"type": IncidentType.ARMED_ASSAULT, "reality": Reality.ACTUAL}
RETOLD = HAPPENED | {"focus": Focus.BACKGROUND}
NEWS = HAPPENED | {"focus": Focus.MAIN}


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Three days after the attack gunmen killed two guards.", DateRange.day(date(2021, 4, 6))),
        ("Gunmen killed two guards four days later.", DateRange.day(date(2021, 4, 7))),
        ("Gunmen killed two guards the next day.", DateRange.day(date(2021, 4, 4))),
        ("Two days before the attack gunmen killed two guards.", DateRange.day(date(2021, 4, 1))),
    ],
)
def test_what_is_reckoned_from_another_incident_is_dated_by_it(behind, expected):
    body = f"Gunmen attacked a convoy on 3 April 2021. The court sat on 6 May 2021. {behind}"
    told = {"attacked": Role.INCIDENT, "killed": Role.INCIDENT, "3 April 2021": Role.DATE}
    assert dated(body, told, **RETOLD) == [DateRange.day(date(2021, 4, 3)), expected]


def test_what_happened_so_long_before_is_not_dated_by_it():
    body = "Gunmen attacked a convoy on 3 April 2021. It came three months after gunmen killed two guards."
    told = {"attacked": Role.INCIDENT, "killed": Role.INCIDENT, "3 April 2021": Role.DATE}
    assert not dated(body, told, **RETOLD)[1].is_known


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("They also killed a guard at a farm.", DateRange.day(date(2021, 5, 8))),
        ("Elsewhere gunmen killed a guard.", DateRange(date(2021, 5, 8), date(2021, 5, 9))),
        ("Earlier gunmen killed a guard.", DateRange(date(2021, 5, 8), date(2021, 5, 9))),
    ],
)
def test_a_story_told_on_is_of_one_day_unless_words_set_it_apart(behind, expected):
    body = f"Gunmen attacked a convoy on Saturday. {behind}"
    told = {"attacked": Role.INCIDENT, "killed": Role.INCIDENT, "Saturday": Role.DATE}
    assert dated(body, told, **NEWS) == [DateRange.day(date(2021, 5, 8)), expected]


def test_a_day_longer_ago_is_not_that_of_other_news():
    body = "Gunmen attacked a convoy on Wednesday. They also killed a guard at a farm."
    told = {"attacked": Role.INCIDENT, "killed": Role.INCIDENT, "Wednesday": Role.DATE}
    assert dated(body, told, **NEWS)[1] == DateRange(date(2021, 5, 8), date(2021, 5, 9))


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        (
            "The man was convicted in June 1998 of having killed two guards with a bomb.",
            ["June 1998"],
            DateRange(None, date(1998, 6, 30)),
        ),
        (
            "The man has a 1998 robbery conviction and killed two guards with a bomb.",
            ["1998"],
            DateRange(None, date(1998, 12, 31)),
        ),
        (
            "The man killed two guards with a bomb in June 1998.",
            ["June 1998"],
            DateRange(date(1998, 6, 1), date(1998, 6, 30)),
        ),
        (
            "In 1998 a man killed two guards with a bomb, on 4 March 1998.",
            ["1998", "4 March 1998"],
            DateRange.day(date(1998, 3, 4)),
        ),
    ],
)
def test_a_trial_is_later_than_the_deed_and_the_narrower_date_counts(body, words, expected):
    told = {"killed": Role.INCIDENT, **dict.fromkeys(words, Role.DATE)}
    assert dated(body, told, **RETOLD) == [expected]


def test_the_date_of_the_page_dates_no_incident():
    body = "9 May 2021\nGunmen killed two guards near the river."
    told = {"killed": Role.INCIDENT, "9 May 2021": Role.DATE}
    expected = DateRange(date(2021, 5, 8), date(2021, 5, 9))
    assert dated(body, told, always=True, **NEWS) == [expected]


def test_the_day_that_owns_the_words_counts_before_the_one_chosen():
    body = "Friday's attack by gunmen killed two guards, it was said last week."
    told = {"attack": Role.INCIDENT, "last week": Role.DATE}
    assert dated(body, told, **NEWS) == [DateRange.day(date(2021, 5, 7))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The April 2005 attack by gunmen killed two.",
            DateRange(date(2005, 4, 1), date(2005, 4, 30)),
        ),
        ("A March 4 gun attack killed two guards.", DateRange.day(date(2021, 3, 4))),
        (
            "Last week an attack by gunmen killed two.",
            DateRange(date(2021, 4, 26), date(2021, 5, 2)),
        ),
    ],
)
def test_a_time_that_names_the_attack_dates_it(body, expected):
    told = {"attack": Role.INCIDENT, "Last week": Role.DATE}
    assert dated(body, told, **NEWS) == [expected]


def test_what_is_retold_without_a_day_is_of_no_known_day():
    body = "Gunmen had killed two guards with a bomb, police said on Saturday."
    told = {"killed": Role.INCIDENT}
    assert dated(body, told, **RETOLD) == [UNKNOWN_DATE]
    assert dated(body, told, **NEWS) == [DateRange(date(2021, 5, 7), date(2021, 5, 8))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The two nurses whom gunmen abducted were freed on Friday.", DateRange(None, date(2021, 5, 7))),
        ("Two nurses, abducted by gunmen, came home late on Friday.", DateRange(None, date(2021, 5, 7))),
        ("Two nurses were abducted by gunmen on Friday.", DateRange.day(date(2021, 5, 7))),
    ],
)
def test_the_day_of_a_release_is_no_day_of_a_kidnapping(body, expected):
    kidnapping = NEWS | {"type": IncidentType.KIDNAPPING}
    assert dated(body, {"abducted": Role.INCIDENT, "Friday": Role.DATE}, **kidnapping) == [expected]


def test_somebody_told_of_twice_is_one_actor(findings):
    told = {"attacked": Role.INCIDENT, "12 soldiers": Role.TARGET, "soldiers": Role.TARGET}
    (mention,) = read_mentions(findings, Certain(told))
    assert len(mention.actors(Field.TARGET)) == 1


def test_every_word_found_stands_in_the_report(findings):
    text = findings.document.text
    for mention in shipped_extractor().extract(findings.document):
        for argument in mention.arguments:
            assert text[argument.span.start : argument.span.end] == argument.span.quote


def test_the_shipped_extractor_can_be_sent_to_workers():
    extractor = shipped_extractor()
    sent = pickle.loads(pickle.dumps(extractor))
    document = Document.of(
        "r1", "News of the river", TEXT, published=Published(DateRange.day(date(2021, 5, 8)))
    )
    assert sent.version == extractor.version
    assert sent.extract(document) == extractor.extract(document)


@pytest.mark.skipif(not is_shipped(), reason="this package ships no trained reader")
def test_the_shipped_reader_says_so_in_its_version():
    assert shipped_extractor().version.startswith("reader-")
