"""How long work tells whoever watches how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Is told how far a run is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of `total` steps, if that is known."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Count steps of the present stage as done."""
        ...


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Do nothing."""

    def advance(self, steps: int = 1) -> None:
        """Do nothing."""
