"""A claim: one value of one field of one incident, said by one speaker in one report.

The smallest thing that is stored; everything else is computed from claims and judgements.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model.codebook import Field, OfWhom, Scope, What, Who
from dateline.model.document import Span
from dateline.model.identity import canonical_json, identity, sha256_hex
from dateline.model.mention import Attribution
from dateline.model.value import UNKNOWN_DATE, Count, DateRange, Value, value_to_json


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """What a resolution is about: a field and, for counts, which count.

    Claims of one slot can agree or contradict; claims of different slots cannot. A part of a
    toll has a slot of its own, so it is never set against a total.
    """

    field: Field
    what: What | None = None
    who: Who | None = None
    scope: Scope | None = None
    of_whom: OfWhom | None = None

    @classmethod
    def of(cls, field: Field, value: Value) -> Slot:
        """Return the slot that a value of `field` belongs to."""
        if isinstance(value, Count):
            return cls(field, value.what, value.who, value.scope, value.of_whom)
        return cls(field)

    @property
    def key(self) -> str:
        """Return the slot in one word: "date", "killed", "killed.civilians", "killed.part.children"."""
        if self.what is None:
            return self.field.value
        parts = [
            self.what.value,
            "part" if self.scope is Scope.PART else None,
            self.who.value if self.who not in (None, Who.UNSPECIFIED) else None,
            self.of_whom.value if self.of_whom else None,
        ]
        return ".".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a value stands in what does not move: the text's hash, the offsets, field and value.

    Judgements point here and never at the id of a claim or mention, which a better extractor
    replaces. `quote` lets the anchor be found again in a later cleaning of the same report.
    """

    content_sha256: str
    start: int
    end: int
    quote: str
    field: Field | None = None  # None: the incident mention as a whole
    value: str | None = None  # canonical JSON

    @property
    def id(self) -> str:
        """Return the hash of what the anchor points to."""
        return identity("a", self.content_sha256, self.start, self.end, self.field, self.value)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sourced value. `origin` names whose story it is: an agency cited, else the outlet.

    `as_of` is the range of days in which the claim was made (the report's publication), `score` the
    extractor's confidence in 0 to 1, and `corrected_by` the id of the report that has replaced the
    claim's own at its address since.
    """

    mention_id: str
    report_id: str
    content_sha256: str
    field: Field
    value: Value
    span: Span
    attribution: Attribution
    as_of: DateRange = UNKNOWN_DATE
    origin: str = ""
    extractor: str = ""
    score: float = 1.0
    inferred: bool = False
    corrected_by: str | None = None

    @property
    def id(self) -> str:
        """Return the claim's id: the hash of report, words, field, value and speaker."""
        return identity(
            "c",
            self.report_id,
            self.mention_id,
            self.span.start,
            self.span.end,
            self.field.value,
            value_to_json(self.value),
            self.attribution.words,
            self.attribution.denies,
        )

    @property
    def slot(self) -> Slot:
        """Return what the claim is about."""
        return Slot.of(self.field, self.value)

    @property
    def anchor(self) -> Anchor:
        """Return where the claim stands, for judgements."""
        return Anchor(
            self.content_sha256,
            self.span.start,
            self.span.end,
            self.span.quote,
            self.field,
            canonical_json(value_to_json(self.value)),
        )


def text_anchor(text: str, span: Span) -> Anchor:
    """Return the anchor of an incident mention that stands at `span` of `text`."""
    return Anchor(sha256_hex(text), span.start, span.end, span.quote)
