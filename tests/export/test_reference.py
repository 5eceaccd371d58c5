"""Mentions in the reference form: exact quotes, speakers, and the same after reading."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from dateline.evaluate import read_reference
from dateline.export import reference
from dateline.model import (
    Actor,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    Place,
    Published,
    PublishedBasis,
    Reality,
    Scope,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)

BODY = (
    "Gunmen with rifles took three clerks hostage in a bank in Bari on Friday, police said. "
    'The gang demanded a car. "This is for our brothers," one said. The gang said it was behind the raid.'
)
DOCUMENT = Document.of(
    "r1",
    "Clerks held in Bari",
    BODY,
    outlet="The Ledger",
    published=Published(DateRange.day(date(2024, 3, 2)), PublishedBasis.STATED),
)


def _argument(field: Field, value, words: str, said: Attribution = Attribution(), **known) -> Argument:  # noqa: B008
    start = DOCUMENT.text.index(words)
    return Argument(field, value, DOCUMENT.span(start, start + len(words)), said, **known)


def _mention() -> IncidentMention:
    police = Attribution("police", SpeakerKind.OFFICIAL)
    gang = Attribution("The gang", SpeakerKind.PERPETRATOR)
    hostages = Count(What.HOSTAGES, Who.CIVILIANS, 3, 3, scope=Scope.TOTAL)
    group = PerpetratorCategory.CRIMINAL_GROUP
    arguments = (
        _argument(Field.DATE, DateRange.day(date(2024, 3, 1)), "on Friday"),
        _argument(Field.PLACE, Place("Bari", "Apulia", "IT", "bank"), "a bank in Bari"),
        _argument(
            Field.PERPETRATOR, Actor("Gunmen", PerpetratorCategory.UNIDENTIFIED_ARMED), "Gunmen", police
        ),
        _argument(Field.TARGET, Actor("three clerks", TargetCategory.BUSINESS), "three clerks"),
        _argument(Field.WEAPON, WeaponKind.FIREARM, "rifles"),
        _argument(Field.COUNT, hostages, "three clerks", police),
        _argument(Field.DEMAND, "car", "a car"),
        _argument(Field.MOTIVE, "for our brothers", "for our brothers", gang),
        _argument(Field.CLAIMED_BY, Actor("The gang", group, "The Gang"), "The gang said", gang),
        _argument(Field.STATUS, CaptivityStatus.ONGOING, "took three clerks hostage", inferred=True),
    )
    start = DOCUMENT.text.index("Gunmen")
    span = DOCUMENT.span(start, start + len("Gunmen with rifles took three clerks hostage"))
    return IncidentMention("r1", IncidentType.HOSTAGE_TAKING, Focus.MAIN, Reality.ACTUAL, span, arguments)


def test_written_line_is_read_as_what_was_written(tmp_path: Path):
    annotation = reference.annotate("bank", DOCUMENT, [_mention()], {_mention().id: "i1"})
    out = io.StringIO()
    reference.write([annotation], out)
    path = tmp_path / "predicted.jsonl"
    path.write_text(out.getvalue(), "utf-8")
    (back,) = read_reference(path, {"bank": DOCUMENT.text})
    assert back.to_json() == annotation.to_json()
    (incident,) = back.incidents
    assert incident.incident == "i1"
    assert incident.counts[0].attribution.kind is SpeakerKind.OFFICIAL
    assert [demand.value for demand in incident.demands] == ["a car"]
    assert incident.status is CaptivityStatus.ONGOING


def test_keys_are_letters_in_order():
    annotation = reference.annotate("bank", DOCUMENT, [_mention()] * 28)
    keys = [incident.key for incident in annotation.incidents]
    assert keys[:2] == ["A", "B"]
    assert len(set(keys)) == 28


def test_inferred_date_has_no_quote():
    words = "Gunmen with rifles took three clerks hostage"
    today = _argument(Field.DATE, DateRange.day(date(2024, 3, 2)), words, inferred=True)
    mention = IncidentMention(
        "r1", IncidentType.HOSTAGE_TAKING, Focus.MAIN, Reality.ACTUAL, today.span, (today,)
    )
    annotation = reference.annotate_mention("A", mention)
    assert annotation.date is not None
    assert annotation.date.quote is None


def test_vague_publication_date_is_not_passed_off_as_a_day():
    vague = Published(DateRange(None, date(2024, 3, 2)), PublishedBasis.PAGE)
    document = Document.of("r1", None, BODY, published=vague)
    assert reference.annotate("bank", document, []).published is None
