"""A story of real reports, kept between the commands of `benchmarks.scale` and those that read its output."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.link import Linkable
from dateline.link.words import WordBag


@dataclass(frozen=True, slots=True)
class Story:
    """The mentions of one incident, with their words."""

    incident: str
    items: tuple[Linkable, ...]
    bags: tuple[WordBag, ...]
