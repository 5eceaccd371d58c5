"""From a mention to its claims: each value that it gives, with who says it and whose story it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.model import (
    OUTLET,
    Argument,
    Claim,
    Document,
    Field,
    IncidentMention,
    SpeakerKind,
)


def claims(
    mention: IncidentMention,
    document: Document,
    origin: str,
    extractor: str,
    inferred: Iterable[Argument] = (),
    corrected_by: str | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of a mention, in a fixed order and each once.

    `origin` is whose story the report is where it cites no one: its outlet, or that of the report
    it copies. `inferred` are values that follow from other reports, and `corrected_by` is the report
    that has replaced this one, if any has.
    """
    found = (
        Claim(
            mention_id=mention.id,
            report_id=document.report_id,
            content_sha256=document.content_sha256,
            field=argument.field,
            value=argument.value,
            span=argument.span,
            attribution=argument.attribution,
            as_of=document.published.range,
            origin=_origin(argument, origin),
            extractor=extractor,
            score=argument.score,
            inferred=argument.inferred,
            corrected_by=corrected_by,
        )
        for argument in (*_arguments(mention), *inferred)
    )
    return tuple({claim.id: claim for claim in found}.values())


def _arguments(mention: IncidentMention) -> Iterator[Argument]:
    """Yield the mention's own values as arguments that its span says, then its arguments."""
    yield Argument(Field.TYPE, mention.type, mention.span, OUTLET, mention.score)
    yield Argument(Field.REALITY, mention.reality, mention.span, OUTLET, mention.score)
    yield Argument(Field.FOCUS, mention.focus, mention.span, OUTLET, mention.score)
    yield from mention.arguments


def _origin(argument: Argument, otherwise: str) -> str:
    """Return the news medium that the words name as source, else `otherwise`."""
    said = argument.attribution
    return said.name if said.kind is SpeakerKind.MEDIA and said.name else otherwise
