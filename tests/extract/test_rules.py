"""What the rules make of whole reports; all reports here are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.captivity import may_be_demand
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.rules import RuleExtractor
from dateline.gazetteer import Gazetteer
from dateline.model import (
    CaptivityStatus,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    Published,
    PublishedBasis,
    Reality,
    Scope,
    Span,
    SpeakerKind,
    What,
    Who,
)

SATURDAY = date(2024, 8, 24)


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


def report(title: str, body: str, published: Published | None = None) -> Document:
    stated = Published(DateRange.day(SATURDAY), PublishedBasis.STATED)
    return Document.of("r1", title, body, published=published or stated)


def only(mentions: tuple[IncidentMention, ...]) -> IncidentMention:
    assert len(mentions) == 1, [mention.span.quote for mention in mentions]
    return mentions[0]


def test_other_news_of_the_day_is_dated_like_the_main_news(extractor):
    body = (
        "A car bomb killed nine people in Mosul on Friday, police said. "
        "Meanwhile a roadside bomb wounded three soldiers near Tikrit."
    )
    mentions = extractor.extract(report("Car bomb kills nine in Mosul", body))
    assert all(mention.date is not None for mention in mentions if mention.focus is not Focus.BACKGROUND)


def test_a_bombing_has_its_day_place_toll_and_speaker(extractor):
    mention = only(
        extractor.extract(
            report(
                "Bomb kills nine at market in Maiduguri",
                "A bomb killed nine people at a market in Maiduguri, Nigeria, on Friday, police said.",
            )
        )
    )
    assert (mention.type, mention.focus, mention.reality) == (
        IncidentType.BOMBING,
        Focus.MAIN,
        Reality.ACTUAL,
    )
    assert mention.date == DateRange.day(date(2024, 8, 23))
    assert mention.place is not None
    assert (mention.place.name, mention.place.country, mention.place.site) == ("Maiduguri", "NG", "market")
    said = [a.attribution.kind for a in mention.of(Field.COUNT)]
    assert {(c.what, c.low, c.high) for c in mention.counts} == {(What.KILLED, 9, 9)}
    assert SpeakerKind.OFFICIAL in said


def test_breaking_news_without_a_day_is_dated_to_publication_and_marked_so(extractor):
    mention = only(
        extractor.extract(report("Gunmen kill two in Kandahar", "Gunmen killed two men in Kandahar."))
    )
    when = mention.first(Field.DATE)
    assert when is not None
    assert when.inferred
    assert when.value == DateRange(date(2024, 8, 23), SATURDAY)


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("in March", date(2025, 1, 6), ("2024-03-01", "2024-03-31")),
        ("in February", date(2025, 1, 28), ("2024-02-01", "2024-02-29")),
        ("on 9 January", date(2025, 1, 6), ("2024-01-09", "2024-01-09")),
        ("on 9 January 2026", date(2025, 1, 6), ("2026-01-09", "2026-01-09")),
    ],
)
def test_what_has_happened_is_not_dated_after_the_report_unless_it_says_so(
    extractor, words, published, expected
):
    known = Published(DateRange.day(published), PublishedBasis.STATED)
    found = only(extractor.extract(report("Guards killed", f"Gunmen killed three guards {words}.", known)))
    assert (str(found.date.earliest), str(found.date.latest)) == expected


def test_a_page_date_bounds_only_from_above_and_what_is_retold_from_below(extractor):
    page = Published(DateRange(None, date(2024, 11, 23)), PublishedBasis.PAGE)
    mentions = extractor.extract(
        report(
            "Inmates take guards hostage at jail in Tomsk",
            "Inmates took two guards hostage at a jail in Tomsk, Russia.\n"
            "In June, gunmen opened fire on a police post in Omsk, killing three officers.",
            page,
        )
    )
    siege = next(m for m in mentions if m.type is IncidentType.HOSTAGE_TAKING)
    assert siege.date == DateRange(date(2024, 6, 1), date(2024, 11, 23))
    retold = next(m for m in mentions if m is not siege)
    assert (retold.focus, retold.date) == (
        Focus.BACKGROUND,
        DateRange(date(2024, 6, 1), date(2024, 6, 30)),
    )


def test_an_earlier_attack_that_is_retold_is_an_incident_of_its_own(extractor):
    mentions = extractor.extract(
        report(
            "Rebels kidnap four nurses near Goma",
            "Rebels kidnapped four nurses near Goma on Thursday, the governor said.\n"
            "The kidnapping follows an attack on a clinic in Beni in which two guards were killed in May.",
        )
    )
    assert [m.focus for m in mentions] == [Focus.MAIN, Focus.BACKGROUND]
    assert {c.what for c in mentions[0].counts} == {What.ABDUCTED}
    assert mentions[1].place is not None
    assert mentions[1].place.name == "Beni"


def test_a_captivity_that_ends_by_force_has_its_hostages_freed_and_captors_killed(extractor):
    mention = only(
        extractor.extract(
            report(
                "Special forces free two guards at prison in Tver",
                "Special forces stormed a prison in Tver, Russia, on Friday, freed two guards and killed six "
                "militants who had taken them hostage, the prison service said.",
            )
        )
    )
    assert mention.status is CaptivityStatus.ENDED_BY_FORCE
    counts = {(c.what, c.who, c.low) for c in mention.counts}
    assert (What.KILLED, Who.PERPETRATORS, 6) in counts
    assert (What.FREED, Who.SECURITY_FORCES, 2) in counts
    assert (What.HOSTAGES, Who.SECURITY_FORCES, 2) in counts


def test_a_planned_storming_is_no_outcome(extractor):
    mention = only(
        extractor.extract(
            report(
                "Gunmen hold hostages in bank in Lyon",
                "Gunmen are holding five people hostage in a bank in Lyon. "
                "Police were preparing to storm the bank.",
            )
        )
    )
    assert mention.status is CaptivityStatus.ONGOING


@pytest.mark.parametrize(
    ("title", "body", "reality"),
    [
        (
            "Police foil bomb plot in Ghent",
            "Police foiled a bomb attack on a station in Ghent.",
            Reality.FOILED,
        ),
        (
            "Minister denies attack on convoy near Sirte",
            "The minister denied that any attack on a convoy near Sirte took place.",
            Reality.DENIED,
        ),
    ],
)
def test_what_has_not_happened_is_not_actual(extractor, title, body, reality):
    assert extractor.extract(report(title, body))[0].reality is reality


def test_who_is_blamed_stands_beside_who_claims_it_with_who_blames(extractor):
    mention = extractor.extract(
        report(
            "Bombing in Ankara claimed by Islamic State",
            "Islamic State claimed responsibility for a bombing in Ankara on Friday. "
            "The army blamed the Kurdistan Workers' Party for the attack.",
        )
    )[0]
    claimed = mention.first(Field.CLAIMED_BY)
    assert claimed is not None
    assert str(claimed.value) == "Islamic State"
    assert claimed.attribution.kind is SpeakerKind.PERPETRATOR
    blamed = {str(a.value): a.attribution for a in mention.of(Field.PERPETRATOR)}
    accusation = blamed["Kurdistan Workers' Party"]
    assert (accusation.words, accusation.hedged) == ("The army", True)


def test_one_of_several_wounded_is_a_part_of_them(extractor):
    mention = extractor.extract(
        report(
            "Four wounded in shooting in Bergen",
            "Four people were wounded in a shooting in Bergen on Friday. A student was wounded in the leg.",
        )
    )[0]
    parts = [c for c in mention.counts if c.scope is Scope.PART]
    assert [(c.what, c.low) for c in parts] == [(What.WOUNDED, 1)]


@pytest.mark.parametrize(
    "body",
    [
        "The virus has killed 4,600 people in Italy since March, the ministry said on Friday.",
        "Twelve people were killed when an earthquake struck Izmir on Friday.",
        "Parliament in Oslo passed the budget on Friday after a long debate.",
        "The invasion has lasted two years, and a series of terror attacks has shaken the country.",
    ],
)
def test_disease_disaster_politics_and_general_talk_are_no_incidents(extractor, body):
    assert extractor.extract(report("News of the day", body)) == ()


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_quote_stands_in_it(text):
    document = report("Two killed in Kabul", "Two people were killed in Kabul. " + text)
    for mention in RuleExtractor().extract(document):
        assert document.text[mention.span.start : mention.span.end] == mention.span.quote
        for argument in mention.arguments:
            span = argument.span
            assert document.text[span.start : span.end] == span.quote


def test_the_same_document_gives_the_same_mentions(extractor):
    document = report("Bomb kills nine in Kano", "A bomb killed nine people in Kano, Nigeria, on Friday.")
    assert extractor.extract(document) == RuleExtractor().extract(document)


@pytest.mark.parametrize(
    "body",
    [
        "The drummer died in a hospital on Friday at the age of 80, his daughter said.",
        "The former president has died, aged 95, after months in a clinic, the ministry said on Friday.",
        "The minister died of a heart attack at his home in Kampala on Friday, his family said.",
    ],
)
def test_a_death_from_age_or_illness_is_no_incident(extractor, body):
    assert extractor.extract(report("A long life ends", body)) == ()


def test_the_age_of_somebody_killed_makes_it_no_natural_death(extractor):
    body = "A man aged 45 was shot dead by gunmen in Lagos on Friday, police said."
    assert only(extractor.extract(report("Man shot dead", body))).type is not IncidentType.OTHER_VIOLENCE


def demands(extractor: RuleExtractor, body: str) -> list[str]:
    title = "Gunmen take six clerks hostage at a bank in Mosul"
    mentions = extractor.extract(report(title, f"Gunmen took six clerks hostage at a bank in Mosul. {body}"))
    return [str(a.value) for mention in mentions for a in mention.arguments if a.field is Field.DEMAND]


def test_words_of_a_demand_stand_behind_the_cue_and_hold_none():
    text = "The men are demanding a meeting, said a lawyer who represents one of them."
    findings = find_all(report("", text), PlaceFinder(Gazetteer.shipped()))
    (passage,) = (each for each in findings.passages if "demanding" in text[each.start : each.end])
    may_be = {
        words: may_be_demand(
            findings, passage, Span.of(text, text.index(words), text.index(words) + len(words))
        )
        for words in ("The men", "demanding", "demanding a meeting", "a meeting")
    }
    assert [words for words, is_one in may_be.items() if is_one] == ["a meeting"]


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ("They demanded a car and a clear road.", ["a car and a clear road"]),
        ("It rained. The streets lay empty. The men wanted a doctor.", ["a doctor"]),
        ("One hour later the kidnappers asked for $800,000.", ["$800,000"]),
        ("The men demanded and wanted a doctor. Later they wanted a doctor.", ["a doctor"]),
        ("The men demand a meeting with the mayor.", ["a meeting with the mayor"]),
        ("The men demanded a car with a radio.", ["a car"]),
        ("The families demanded news of the clerks.", []),
        ("Police want calm.", []),
        ("The men did not ask for money.", []),
        ("No prisoners were freed in exchange for the clerks.", []),
    ],
)
def test_what_captors_ask_for_is_a_demand(extractor, body, asked):
    assert demands(extractor, body) == asked


def test_what_a_speaker_takes_for_known_he_does_not_say(extractor):
    body = "The mayor blamed the army for the car bomb attack that killed nine people in Mosul on Friday."
    mention = only(extractor.extract(report("Mayor blames army for car bomb attack in Mosul", body)))
    assert {count.attribution.words for count in mention.arguments if count.field is Field.COUNT} == {None}


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this report said that 12 people had been killed.",
        "Correction: the report wrongly said that 12 people had been killed in Mosul.",
        "A previous version of this story misstated the toll: 12 people were killed in Mosul.",
    ],
)
def test_what_a_report_takes_back_it_denies(extractor, note):
    body = f"A car bomb killed nine people in Mosul on Friday, police said. {note}"
    mentions = extractor.extract(report("Car bomb kills nine in Mosul", body))
    counts = [
        (a.value.low, a.attribution.denies) for m in mentions for a in m.arguments if a.field is Field.COUNT
    ]
    assert (9, False) in counts
    assert (12, False) not in counts


@pytest.mark.parametrize(
    "said", ["the army said on Friday", "an army source told the state news agency late on Friday"]
)
def test_what_is_told_on_a_day_happened_then_or_the_day_before(extractor: RuleExtractor, said: str):
    (mention,) = extractor.extract(report("Ambush", f"An ambush near Gao killed three soldiers, {said}."))
    assert mention.date == DateRange(date(2024, 8, 22), date(2024, 8, 23))
