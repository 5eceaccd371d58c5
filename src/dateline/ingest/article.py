"""What the cleaning of a page gives, whatever form the page had."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.model import Published


@dataclass(frozen=True, slots=True)
class Article:
    """An article told apart from its page: headline if there is one, text, site, its own date."""

    title: str | None
    body: str
    published: Published = field(default_factory=Published)
    outlet: str | None = None
