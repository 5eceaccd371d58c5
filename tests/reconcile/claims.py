"""Short ways to write the claims of invented reports."""

from __future__ import annotations

from datetime import date

from dateline.model import (
    OUTLET,
    Attribution,
    Claim,
    Count,
    DateRange,
    Field,
    Scope,
    Span,
    SpeakerKind,
    Value,
    What,
    Who,
    sha256_hex,
)

POLICE = Attribution("police", SpeakerKind.OFFICIAL)
ARMY = Attribution("the army", SpeakerKind.OFFICIAL)
HOSPITAL = Attribution("the hospital", SpeakerKind.OFFICIAL)
GROUP = Attribution("the group", SpeakerKind.PERPETRATOR)


def day(number: int) -> DateRange:
    return DateRange.day(date(2031, 5, number))


def claim(
    field: Field,
    value: Value,
    *,
    said: Attribution = OUTLET,
    on: int | None = 1,
    origin: str = "Daily Lantern",
    report: str | None = None,
    start: int = 0,
    inferred: bool = False,
    corrected_by: str | None = None,
) -> Claim:
    quote = f"{value}"[:20]
    report_id = report or f"r-{origin}-{on}"
    return Claim(
        mention_id=f"m-{report_id}",
        report_id=report_id,
        content_sha256=sha256_hex(report_id),
        field=field,
        value=value,
        span=Span(start, start + len(quote), quote),
        attribution=said,
        as_of=day(on) if on else DateRange(None, None),
        origin=origin,
        inferred=inferred,
        corrected_by=corrected_by,
    )


def count(
    low: int | None,
    high: int | None = None,
    *,
    what: What = What.KILLED,
    who: Who = Who.UNSPECIFIED,
    vague: bool = False,
    scope: Scope = Scope.TOTAL,
    includes: bool = False,
    **known: object,
) -> Claim:
    value = Count(what, who, low, high, vague=vague, scope=scope, includes_perpetrators=includes)
    return claim(Field.COUNT, value, **known)  # type: ignore[arg-type]


def exactly(number: int, **known: object) -> Claim:
    return count(number, number, **known)  # type: ignore[arg-type]
