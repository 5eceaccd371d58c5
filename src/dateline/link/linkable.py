"""What linking looks at: one incident mention with the words that tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import (
    Anchor,
    Document,
    Focus,
    IncidentMention,
    Published,
    text_anchor,
)

_LONGEST = 6_000  # characters of a report that are compared; an incident is told well before that


@dataclass(frozen=True, slots=True)
class Linkable:
    """One incident mention ready to be compared with others.

    `words` is what the report says of the incident: for the main incident the report without the
    sentences of its other incidents, else the sentences that tell of it.
    """

    mention: IncidentMention
    published: Published
    anchor: Anchor
    words: str
    outlet: str | None = None
    copy_of: str | None = None

    @classmethod
    def of(
        cls, document: Document, mention: IncidentMention, others: tuple[IncidentMention, ...] = ()
    ) -> Linkable:
        """Return a mention of `document` ready for linking; `others` are all mentions of the document."""
        return cls(
            mention,
            document.published,
            text_anchor(document.text, mention.span),
            _words(document.text, mention, others),
            document.outlet,
            document.copy_of,
        )

    @property
    def id(self) -> str:
        """Return the id of the mention."""
        return self.mention.id

    @property
    def report_id(self) -> str:
        """Return the id of the report that the mention is in."""
        return self.mention.report_id


def linkables(document: Document, mentions: tuple[IncidentMention, ...]) -> tuple[Linkable, ...]:
    """Return all incident mentions of one document ready for linking."""
    return tuple(Linkable.of(document, mention, mentions) for mention in mentions)


def _words(text: str, mention: IncidentMention, others: tuple[IncidentMention, ...]) -> str:
    own = mention.sentences or ((mention.span.start, mention.span.end),)
    if mention.focus is not Focus.MAIN:
        return " ".join(text[start:end] for start, end in own)
    foreign = {s for other in others if other.id != mention.id for s in other.sentences} - set(own)
    pieces, at = [], 0
    for start, end in sorted(foreign):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return " ".join(pieces)[:_LONGEST]
