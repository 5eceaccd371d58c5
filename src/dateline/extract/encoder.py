"""The trained reader: one encoder with three upper parts in ONNX, and small heads; one window at a time.

The lower layers are shared. One upper part has learned to read incidents, one who says what, and one
MUC-4's templates and what police do: together they got in each other's way. A part is loaded when it is
first asked to read. One window a call: with dynamic int8 the other texts of a batch would change the
numbers, and the same report must always be read alike.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import numpy as np

from dateline.errors import DataError
from dateline.extract.features import Floats
from dateline.extract.gate import FILE as GATE
from dateline.extract.gate import Gate
from dateline.extract.heads import Heads, softmax
from dateline.extract.read_text import Marked, ReadText, marks_of
from dateline.extract.reading import TAGGED
from dateline.extract.windows import SHORT, WHOLE_REPORTS, Cut, Tokenizer, Window, windows

MANIFEST = "manifest.toml"


class Part(StrEnum):
    """The upper parts of the encoder, by what they have learned to read."""

    INCIDENTS = "incidents"
    SPEECH = "speech"  # who says what
    STATEMENTS = "statements"  # MUC-4's templates, and what police do


CUTS = {Part.INCIDENTS: WHOLE_REPORTS, Part.SPEECH: WHOLE_REPORTS, Part.STATEMENTS: SHORT}


@dataclass(frozen=True, slots=True)
class Upper:
    """An upper part: the session that runs it, and its heads."""

    session: Any
    heads: Heads


class Reader:
    """Reads one document at a time; what it finds depends on that document alone."""

    def __init__(
        self,
        version: str,
        tokenizer: Tokenizer,
        lower: Any,
        upper: Callable[[Part], Upper],
        gate: Gate | None = None,
    ) -> None:
        self.version = version
        self._gate = gate
        self._tokenizer = tokenizer
        self._lower = lower
        self._upper = cache(upper)
        # Several parts read the same text one after the other.
        self._read_lower = lru_cache(maxsize=1)(self._lower_states)

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Return the reader whose files lie in `folder`; DataError when one is missing or altered."""
        from tokenizers import Tokenizer as FastTokenizer

        manifest = checked_manifest(folder)
        tokenizer = FastTokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()

        def upper(part: Part) -> Upper:
            return Upper(_session(folder / f"{part}.onnx"), Heads.load(folder / f"{part}.npz"))

        lower = _session(folder / "lower.onnx")
        gate = Gate.load(folder / GATE) if (folder / GATE).exists() else None
        return cls(str(manifest["version"]), cast(Tokenizer, tokenizer), lower, upper, gate)

    def passes(self, text: str) -> bool:
        """Return whether a report can tell of an incident: of one that cannot, nothing need be read."""
        return self._gate is None or self._gate.passes(text)

    def read(
        self,
        text: str,
        sentences: Sequence[tuple[int, int]],
        part: Part = Part.INCIDENTS,
        marked: Marked | None = None,
    ) -> ReadText:
        """Return a text as a part reads it, given the offsets of its sentences.

        What the finders found, `marked`, is told to the upper layers with its words.
        """
        bounds, upper = tuple(sentences), self._upper(part)
        read = [
            (window, below, [word for word in window.words if word.sentence >= window.first_read])
            for window, below in self._read_lower(text, bounds, CUTS[part])
        ]
        words = tuple(word for _, _, kept in read for word in kept)
        if not words:
            nothing = np.zeros((0, 1), dtype=np.float32)
            return ReadText(text, bounds, (), nothing, nothing[:, :, None], upper.heads)
        marks = None if marked is None else marks_of(words, marked, upper.heads)
        states, tags, done = [], [], 0
        for _, below, kept in read:
            tokens = [word.token for word in kept]
            known, scores = upper.session.run(None, {"below": _with_marks(below, tokens, marks, done)})
            states.append(known[0, tokens])
            tags.append(softmax(scores[0, tokens].reshape(len(tokens), len(TAGGED), 3)))
            done += len(kept)
        return ReadText(text, bounds, words, np.concatenate(states), np.concatenate(tags), upper.heads)

    def _lower_states(
        self, text: str, sentences: tuple[tuple[int, int], ...], cut: Cut
    ) -> tuple[tuple[Window, Floats], ...]:
        return tuple(
            (window, self._lower.run(None, {"ids": np.array([window.ids], dtype=np.int64)})[0])
            for window in windows(text, sentences, self._tokenizer, cut)
        )


def _with_marks(below: Floats, tokens: Sequence[int], marks: Floats | None, first: int) -> Floats:
    """Return a window's states with what is known of its words, whose rows in `marks` begin at `first`."""
    if marks is None:
        return below
    marked = below.copy()
    marked[0, tokens] += marks[first : first + len(tokens)]
    return marked


# Processors without VNNI add int8 products in 16 bits, which overflow: what is read comes out wrong. Asked
# for this they add them whole, as the others do (ONNX Runtime, "When and why do I need to try U8U8?").
WHOLE_SUMS = ("session.x64quantprecision", "1")


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry(*WHOLE_SUMS)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def checked_manifest(folder: Path) -> Mapping[str, Any]:
    """Return the manifest of a model's folder; DataError when a file is missing or its SHA-256 differs."""
    try:
        manifest = tomllib.loads((folder / MANIFEST).read_text("utf-8"))
        for name, expected in manifest["sha256"].items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != expected:
                raise DataError(f"{folder / name} was altered: SHA-256 is {found}, expected {expected}")
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(f"no model of the reader in {folder}: {error}") from error
    return manifest


def shipped_folder() -> Path:
    """Return where the package keeps the reader's files, whether they are there or not."""
    return Path(str(resources.files("dateline.extract"))) / "weights"


def is_shipped() -> bool:
    """Return whether the package holds a trained reader; without one the rules read alone."""
    return (shipped_folder() / MANIFEST).is_file()


@lru_cache(maxsize=2)
def reader_of(folder: Path) -> Reader:
    """Return the reader whose files lie in `folder`, loaded once a process; DataError as `Reader.load`."""
    return Reader.load(folder)
