"""Settings: read once by the command line or the notebook, then passed down as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is allowed and asked to do.

    `accidents` asks for accidents with weapons and suicides too, which the codebook does not code.
    `workers` is the number of processes that extract (0: in this process); `largest_file` and
    `largest_report` are in bytes: a file of JSON Lines may be larger than any one report in it.
    """

    database: str = "dateline.db"
    rule: str = "latest-official"
    workers: int = 1
    batch_size: int = 32
    largest_file: int = 4_000 * MEGABYTE
    largest_report: int = 5 * MEGABYTE
    languages: tuple[str, ...] = ("en",)
    accidents: bool = False
    ontology_folders: tuple[Path, ...] = field(default=())
