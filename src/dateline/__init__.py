"""Dateline: news reports in, sourced incident records out.

>>> from dateline import Casebook
>>> book = Casebook("cases.db")
>>> book.add("reports/")            # doctest: +SKIP
>>> book.incidents().frame()        # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.about import __version__

if TYPE_CHECKING:
    from dateline.casebook import Casebook

__all__ = ["Casebook", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Casebook":  # found when it is asked for, so that importing a part does not import all
        from dateline.casebook import Casebook

        return Casebook
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
