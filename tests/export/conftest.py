"""Two invented incidents, one with a contested toll and one whose place is on no map."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.model import (
    Actor,
    Attribution,
    Citation,
    Claim,
    Count,
    DateRange,
    Field,
    Incident,
    IncidentType,
    PerpetratorCategory,
    Place,
    Published,
    PublishedBasis,
    Reality,
    Resolution,
    Span,
    SpeakerKind,
    Standing,
    Value,
    What,
    Who,
)
from dateline.model.claim import Slot

RULE = "latest-official"


def _claim(report: str, field: Field, value: Value, quote: str, start: int, **said: object) -> Claim:
    return Claim(
        mention_id="m" + report[1:],
        report_id=report,
        content_sha256=report * 8,
        field=field,
        value=value,
        span=Span(start, start + len(quote), quote),
        attribution=Attribution(**said),  # type: ignore[arg-type]
        as_of=DateRange.day(date(2024, 3, 2)),
        origin="The Ledger",
        extractor="rules-1",
        score=0.75,
    )


def _killed(low: int | None, high: int | None) -> Count:
    return Count(What.KILLED, Who.CIVILIANS, low, high)


def _resolved(claims: list[Claim], opposing: list[Claim], standing: Standing) -> Resolution:
    return Resolution(
        slot=claims[0].slot,
        standing=standing,
        values=tuple(dict.fromkeys(claim.value for claim in claims)),
        rule=RULE,
        reason="the latest total of an official",
        supporting=tuple(claim.id for claim in claims),
        opposing=tuple(claim.id for claim in opposing),
    )


def bombing() -> Incident:
    """Return an incident in Bari with four dead by the police and seven by a hostile witness."""
    kind = _claim("r1", Field.TYPE, IncidentType.BOMBING, "a bomb went off", 0)
    reality = _claim("r1", Field.REALITY, Reality.ACTUAL, "a bomb went off", 0)
    when = _claim("r1", Field.DATE, DateRange.day(date(2024, 3, 1)), "on Friday", 20)
    where = _claim(
        "r1", Field.PLACE, Place("Bari", "Apulia", "IT", "market", 41.117, 16.872, 8.0), "Bari", 32
    )
    police = _claim(
        "r1", Field.COUNT, _killed(4, 4), "killed four", 40, words="police", kind=SpeakerKind.OFFICIAL
    )
    witness = _claim(
        "r2",
        Field.COUNT,
        _killed(7, None),
        '=HYPERLINK("http://x.example","seven dead")',
        3,
        words="@trader",
        kind=SpeakerKind.VICTIM_OR_WITNESS,
        hedged=True,
    )
    gang = Actor("the gang", PerpetratorCategory.CRIMINAL_GROUP)
    who = _claim("r2", Field.PERPETRATOR, gang, "the gang", 60)
    single = [_resolved([claim], [], Standing.SINGLE) for claim in (kind, reality, when, where, who)]
    toll = _resolved([police], [witness], Standing.CONTESTED)
    return Incident(
        id="i1",
        mention_ids=("m1", "m2"),
        report_ids=("r1", "r2"),
        resolutions=(*single, toll),
        claims=(kind, reality, when, where, police, witness, who),
        related=("i2",),
    )


def rumour() -> Incident:
    """Return an incident of which next to nothing is known."""
    kind = _claim("r2", Field.TYPE, IncidentType.KIDNAPPING, "a kidnapping", 80)
    unknown = Resolution(Slot(Field.DATE), Standing.UNKNOWN, (), RULE, "nothing said")
    return Incident("i2", ("m3",), ("r2",), (_resolved([kind], [], Standing.SINGLE), unknown), (kind,))


@pytest.fixture
def incidents() -> tuple[Incident, ...]:
    return (bombing(), rumour())


@pytest.fixture
def citations() -> dict[str, Citation]:
    stated = Published(DateRange.day(date(2024, 3, 2)), PublishedBasis.STATED, "2 March 2024")
    first = Citation(
        "r1", "in/one.txt", "r1" * 8, "b1" * 8, "The Ledger", None, "Bomb in Bari", published=stated
    )
    second = Citation("r2", "in/two.html", "r2" * 8, "b2" * 8, url="https://two.example/bari")
    return {"r1": first, "r2": second}
