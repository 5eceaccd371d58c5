"""Invented things to store."""

from datetime import date

from dateline.model import (
    Actor,
    Argument,
    Attribution,
    Blob,
    Claim,
    Count,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    MediaType,
    PerpetratorCategory,
    Place,
    Published,
    PublishedBasis,
    Reality,
    Report,
    SpeakerKind,
    WeaponKind,
    What,
    Who,
)

BODY = "Gunmen killed three guards at a depot near Sarvo on Tuesday, police said."


def report_of(text: str = BODY, location: str = "sarvo.txt", **known: str) -> Report:
    return Report.of(Blob.of(text.encode(), MediaType.TEXT), location, **known)


def document_of(report: Report) -> Document:
    published = Published(DateRange.day(date(2031, 5, 4)), PublishedBasis.STATED, "4 May 2031")
    body = report.blob.content.decode()
    return Document.of(report.id, "Depot attacked", body, outlet=report.outlet, published=published)


def mention_of(document: Document) -> IncidentMention:
    start = document.text.index("Gunmen killed three guards")
    killed = document.text.index("three guards")
    police = Attribution("police", SpeakerKind.OFFICIAL, "police", hedged=True)
    return IncidentMention(
        document.report_id,
        IncidentType.ARMED_ASSAULT,
        Focus.MAIN,
        Reality.ACTUAL,
        document.span(start, start + 26),
        (
            Argument(
                Field.COUNT,
                Count(What.KILLED, Who.SECURITY_FORCES, 3, 3),
                document.span(killed, killed + 12),
                police,
                0.9,
            ),
            Argument(
                Field.PERPETRATOR,
                Actor("Gunmen", PerpetratorCategory.UNIDENTIFIED_ARMED),
                document.span(start, start + 6),
            ),
            Argument(Field.WEAPON, WeaponKind.FIREARM, document.span(start, start + 6)),
            Argument(Field.PLACE, Place("Sarvo", country="FI"), document.span(start, start + 6)),
            Argument(
                Field.DATE,
                DateRange(date(2031, 4, 29), None),
                document.span(start, start + 6),
                inferred=True,
            ),
        ),
        also=(IncidentType.ROBBERY,),
        sentences=((0, 14), (15, len(document.text))),
        retold=True,
        score=0.75,
    )


def claims_of(mention: IncidentMention, document: Document) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            mention.id,
            mention.report_id,
            document.content_sha256,
            argument.field,
            argument.value,
            argument.span,
            argument.attribution,
            document.published.range,
            "The Sarvo Post",
            "test-1",
            argument.score,
            argument.inferred,
        )
        for argument in mention.arguments
    )
