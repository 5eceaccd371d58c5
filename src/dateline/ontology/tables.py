"""Reading the ontology's TOML: every entry is checked, and an error names file, entry and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import DataError

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a table: where it stands and what it says, not yet checked."""

    file: str
    key: str
    data: Mapping[str, Any]

    def fail(self, name: str, expected: str) -> DataError:
        """Return the error that says what `name` should have been."""
        return DataError(
            f"{self.file}, entry {self.key!r}: {name!r} is {self.data.get(name)!r}; expected {expected}"
        )

    def only(self, *names: str) -> None:
        """Raise DataError when the entry says anything but `names`."""
        for name in self.data:
            if name not in names:
                raise self.fail(name, f"one of the keys {', '.join(names)} only")

    def text(self, name: str, default: str | None = None) -> str:
        """Return the text under `name`, or `default` if it is not given."""
        value = self.data.get(name, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(name, "a text")
        return value

    def optional(self, name: str) -> str | None:
        """Return the text under `name`, or None if it is not given."""
        return self.text(name) if name in self.data else None

    def words(self, name: str) -> tuple[str, ...]:
        """Return the list of texts under `name`; empty if it is not given."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise self.fail(name, "a list of texts")
        return tuple(value)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return the list of whole numbers under `name`; empty if it is not given."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(type(number) is int for number in value):
            raise self.fail(name, "a list of whole numbers")
        return tuple(value)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the list of pairs of texts under `name`; empty if it is not given."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(_is_pair(pair, str) for pair in value):
            raise self.fail(name, "a list of pairs of texts")
        return tuple((pair[0], pair[1]) for pair in value)

    def code(self, name: str) -> tuple[int, str] | None:
        """Return the [number, name] under `name`, or None if it is not given."""
        value = self.data.get(name)
        if value is None:
            return None
        if not _is_pair(value, int):
            raise self.fail(name, "a number and its name")
        return value[0], value[1]

    def word(self, name: str, vocabulary: type[Word], default: Word | None = None) -> Word:
        """Return the codebook's word under `name`, or `default` if it is not given."""
        value = self.data.get(name, default)
        try:
            return vocabulary(value)
        except ValueError as error:
            raise self.fail(name, f"one of {', '.join(vocabulary)}") from error


def _is_pair(value: Any, first: type) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and type(value[0]) is first and isinstance(value[1], str)
    )


def entries(table: str, list_name: str, key: str, folders: Sequence[Path]) -> tuple[Entry, ...]:
    """Return the entries of `list_name` in `table`.toml with those of `folders` added or put in place.

    Entries with one value under `key` are the same entry; the last folder's wins, at the place of
    the first. DataError when a file is no TOML or an entry has no key.
    """
    found: dict[str, Entry] = {}
    for file in _files(table, folders):
        for entry in _read(file, list_name, key):
            found[entry.key] = entry
    return tuple(found.values())


def _files(table: str, folders: Sequence[Path]) -> Iterator[Traversable]:
    yield resources.files(__package__) / f"{table}.toml"
    for folder in folders:
        if not folder.is_dir():
            raise DataError(f"the ontology folder {folder} is not there; expected a folder of TOML tables")
        if (file := folder / f"{table}.toml").is_file():
            yield file


def _read(file: Traversable, list_name: str, key: str) -> Iterator[Entry]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file} is not valid TOML: {error}") from error
    rows = table.get(list_name, [])
    if not isinstance(rows, list):
        raise DataError(f"{file}: {list_name!r} must be a list of tables")
    for position, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get(key), str):
            raise DataError(
                f"{file}, entry {position} of {list_name!r}: expected a table with a text {key!r}"
            )
        yield Entry(str(file), row[key], row)
