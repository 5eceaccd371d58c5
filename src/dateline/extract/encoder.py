"""The trained reader: an encoder in ONNX and small heads, run one window at a time.

One window a call: with dynamic int8 the other texts of a batch would change the numbers, and the
same report must always be read alike.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import numpy as np

from dateline.errors import DataError
from dateline.extract.heads import Heads, softmax
from dateline.extract.read_text import ReadText
from dateline.extract.reading import Role
from dateline.extract.windows import Tokenizer, Word, windows

MANIFEST = "manifest.toml"


class Reader:
    """Reads one document at a time; what it finds depends on that document alone."""

    def __init__(self, version: str, tokenizer: Tokenizer, session: Any, heads: Heads) -> None:
        self.version = version
        self._tokenizer = tokenizer
        self._session = session
        self._heads = heads

    @classmethod
    def load(cls, folder: Path) -> Reader:
        """Return the reader whose files lie in `folder`; DataError when one is missing or altered."""
        import onnxruntime
        from tokenizers import Tokenizer as FastTokenizer

        manifest = checked_manifest(folder)
        tokenizer = FastTokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        heads = Heads.load(folder / "heads.npz")
        return cls(str(manifest["version"]), cast(Tokenizer, tokenizer), session, heads)

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> ReadText:
        """Return a text as read, given the offsets of its sentences."""
        words: list[Word] = []
        states, tags = [], []
        for window in windows(text, sentences, self._tokenizer):
            known, scores = self._session.run(None, {"ids": np.array([window.ids], dtype=np.int64)})
            kept = [word for word in window.words if word.sentence >= window.first_read]
            tokens = [word.token for word in kept]
            words += kept
            states.append(known[0, tokens])
            tags.append(softmax(scores[0, tokens].reshape(len(tokens), len(Role), 3)))
        if not words:
            nothing = np.zeros((0, 1), dtype=np.float32)
            return ReadText(text, tuple(sentences), (), nothing, nothing[:, :, None], self._heads)
        return ReadText(
            text, tuple(sentences), tuple(words), np.concatenate(states), np.concatenate(tags), self._heads
        )


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
