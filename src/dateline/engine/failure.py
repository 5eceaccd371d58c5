"""What an engine gives in place of a result when an item could not be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one item: the last line of the traceback, or how its worker ended."""

    detail: str

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Return the failure that an exception is."""
        said = " ".join(str(error).split())
        return cls(f"{type(error).__name__}: {said}" if said else type(error).__name__)
