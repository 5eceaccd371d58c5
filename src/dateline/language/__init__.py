"""What a language needs: number words, speech verbs, calendars, triggers, as data.

Each language is a folder of TOML tables named by its ISO 639-1 code; `lexicon("en", "numbers")`
is the table `en/numbers.toml`. Nothing here knows what the words are used for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from dateline.errors import DataError

LANGUAGES = ("en",)


@lru_cache(maxsize=64)
def lexicon(language: str, table: str) -> Mapping[str, Any]:
    """Return one table of a language's data; DataError when the package has no such table."""
    file = resources.files(__package__) / language / f"{table}.toml"
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"no table {table!r} for language {language!r}; known languages: {LANGUAGES}"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{language}/{table}.toml is not valid TOML: {error}") from error
