"""The readable text of a report, its title, and when it was published as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model.codebook import PublishedBasis
from dateline.model.identity import sha256_hex
from dateline.model.value import UNKNOWN_DATE, DateRange


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text, in code points; `quote == text[start:end]`, always."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.quote):
            raise ValueError(f"span {self.start}-{self.end} does not fit its quote {self.quote!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of `text` from `start` to `end`; ValueError when it is not inside."""
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"span {start}-{end} lies outside a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, as a range of days, and how that is known.

    `quote` is the words or the metadata that say so, for the reader of an explanation.
    """

    range: DateRange = UNKNOWN_DATE
    basis: PublishedBasis = PublishedBasis.UNKNOWN
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The clean text of one report. Offsets of all spans point into `text`, which never changes.

    The title, when there is one, is the first line of `text`, and `body_start` is the offset of
    what follows it: title and body are one text, quoted alike.
    """

    report_id: str
    text: str
    body_start: int = 0
    outlet: str | None = None
    language: str = "en"
    published: Published = Published()
    copy_of: str | None = None

    @classmethod
    def of(cls, report_id: str, title: str | None, body: str, **known: object) -> Document:
        """Return the document of a title and a body; further fields by name."""
        head = title.strip() + "\n" if title and title.strip() else ""
        return cls(report_id, head + body, len(head), **known)  # type: ignore[arg-type]

    @property
    def title(self) -> str | None:
        """Return the title, or None when the report has none."""
        return self.text[: self.body_start].rstrip("\n") or None

    @property
    def body(self) -> str:
        """Return the text without the title."""
        return self.text[self.body_start :]

    @property
    def content_sha256(self) -> str:
        """Return the SHA-256 of the text: what judgements are anchored to."""
        return sha256_hex(self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from `start` to `end`."""
        return Span.of(self.text, start, end)
