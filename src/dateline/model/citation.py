"""What it takes to cite a report: where it is from, when it was published, and which bytes it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Self

from dateline.model.codebook import PublishedBasis
from dateline.model.document import Document, Published
from dateline.model.report import Report
from dateline.model.value import DateRange


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a claim, for a reader who wants to look it up and check it.

    `content_sha256` is the hash of the text that offsets point into, `blob_sha256` that of the
    bytes as received. `copy_of` is the id of the report whose story this one reprints.
    """

    report_id: str
    location: str
    content_sha256: str
    blob_sha256: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: Published = field(default_factory=Published)
    copy_of: str | None = None

    @classmethod
    def of(cls, report: Report, document: Document, **more: Any) -> Self:
        """Return the citation of a report that was read as `document`.

        `more` are the fields that a kind of citation adds.
        """
        return cls(
            report_id=report.id,
            location=report.location,
            content_sha256=document.content_sha256,
            blob_sha256=report.blob.sha256,
            outlet=document.outlet or report.outlet,
            url=report.url,
            title=document.title,
            published=document.published,
            copy_of=document.copy_of,
            **more,
        )

    @property
    def name(self) -> str:
        """Return what a reader would call the source: its outlet, else the name of the file."""
        return self.outlet or PurePath(self.location).name

    def to_json(self) -> dict[str, Any]:
        """Return the citation in JSON terms, the publication date with its basis and its words."""
        return {
            "report_id": self.report_id,
            "outlet": self.outlet,
            "url": self.url,
            "location": self.location,
            "title": self.title,
            "published": {
                **self.published.range.to_json(),
                "basis": self.published.basis.value,
                "quote": self.published.quote,
            },
            "copy_of": self.copy_of,
            "content_sha256": self.content_sha256,
            "blob_sha256": self.blob_sha256,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the citation that `to_json` wrote."""
        said = data["published"]
        published = Published(DateRange.from_json(said), PublishedBasis(said["basis"]), said["quote"])
        return cls(**{**data, "published": published})
