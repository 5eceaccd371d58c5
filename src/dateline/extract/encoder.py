"""The trained reader: an encoder in ONNX and small heads, run one window at a time.

One window a call: with dynamic int8 the other texts of a batch would change the numbers, and the
same report must always be read alike.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

import numpy as np

from dateline.errors import DataError
from dateline.extract.heads import Floats, Heads, pooled, position_features, softmax
from dateline.extract.reading import PoliceAction, Reading, Role, RoleSpan, SentenceReading
from dateline.extract.windows import Tokenizer, Window, Word, windows
from dateline.model import Span

MANIFEST = "manifest.toml"
FLOOR = 0.5  # the probability from which a word counts as inside a role
MOST_SPANS = 240  # of one document; a text with more is a list, and the best are kept


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of words in a role: first and last word of the document, and the mean probability."""

    role: Role
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a document with what the encoder says of each."""

    words: tuple[Word, ...]
    states: Floats  # word x width
    tags: Floats  # word x role x (out, begins, inside)


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

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        """Return sentences, spans in roles and links of a document, given the offsets of its sentences."""
        cut = windows(text, sentences, self._tokenizer)
        if not cut:
            return Reading((), (), ())
        told = self._encode(cut)
        bounds = _bounds(told.words)
        positions = np.array([position_features(s, len(sentences)) for s in bounds], dtype=np.float32)
        described = np.concatenate([pooled(told.states, list(bounds.values())), positions], axis=1)
        scores = self._heads.sentences(described)
        rows = {sentence: row for row, sentence in enumerate(bounds)}
        marks = marked(told.words, told.tags)
        of_sentence = described[[rows[told.words[m.first].sentence] for m in marks]]
        spans = [(mark.first, mark.last) for mark in marks]
        of_spans = np.concatenate([pooled(told.states, spans), of_sentence], axis=1)
        return Reading(
            tuple(_sentence(sentences[s], scores[row]) for s, row in rows.items()),
            self._spans(text, told.words, marks, of_spans),
            self._links(told.words, marks, of_spans),
            tuple((word.start, word.end) for word in told.words),
            _chances(told.tags),
        )

    def _encode(self, cut: Sequence[Window]) -> _Words:
        words: list[Word] = []
        states, tags = [], []
        for window in cut:
            known, scores = self._session.run(None, {"ids": np.array([window.ids], dtype=np.int64)})
            kept = [word for word in window.words if word.sentence >= window.first_read]
            tokens = [word.token for word in kept]
            words += kept
            states.append(known[0, tokens])
            tags.append(softmax(scores[0, tokens].reshape(len(tokens), len(Role), 3)))
        return _Words(tuple(words), np.concatenate(states), np.concatenate(tags))

    def _spans(
        self, text: str, words: Sequence[Word], marks: Sequence[Marked], described: Floats
    ) -> tuple[RoleSpan, ...]:
        return tuple(
            RoleSpan(
                Span.of(text, words[mark.first].start, words[mark.last].end),
                mark.role,
                mark.score,
                words[mark.first].sentence,
                choices,
            )
            for mark, choices in zip(marks, self._heads.choices(described), strict=True)
        )

    def _links(
        self, words: Sequence[Word], marks: Sequence[Marked], described: Floats
    ) -> tuple[tuple[float, ...], ...]:
        links = self._heads.links(described, [words[mark.first].sentence for mark in marks])
        told = np.array([mark.role.is_told for mark in marks], dtype=np.float32)
        return tuple(tuple(map(float, row)) for row in links * told * told[:, None])


def marked(words: Sequence[Word], tags: Floats, floor: float = FLOOR) -> tuple[Marked, ...]:
    """Return the runs of words in each role, in the order of the text; no run leaves its sentence."""
    inside = tags[:, :, 1] + tags[:, :, 2]
    found: list[Marked] = []
    for number, role in enumerate(Role):
        run: list[int] = []
        for at in np.flatnonzero(inside[:, number] >= floor):
            if run and not _goes_on(words, tags[:, number], run[-1], int(at)):
                found.append(_mark(role, run, inside[:, number]))
                run = []
            run.append(int(at))
        if run:
            found.append(_mark(role, run, inside[:, number]))
    best = sorted(found, key=lambda mark: (-mark.score, mark.first, mark.role))[:MOST_SPANS]
    return tuple(sorted(best, key=lambda mark: (mark.first, mark.last, list(Role).index(mark.role))))


def _goes_on(words: Sequence[Word], tags: Floats, last: int, at: int) -> bool:
    begins = tags[at, 1] > tags[at, 2]
    return at == last + 1 and words[at].sentence == words[last].sentence and not begins


def _mark(role: Role, run: Sequence[int], inside: Floats) -> Marked:
    return Marked(role, run[0], run[-1], float(inside[run[0] : run[-1] + 1].mean()))


def _chances(tags: Floats) -> dict[Role, tuple[float, ...]]:
    inside = tags[:, :, 1] + tags[:, :, 2]
    return {role: tuple(map(float, inside[:, number])) for number, role in enumerate(Role)}


def _bounds(words: Sequence[Word]) -> dict[int, tuple[int, int]]:
    """Return the first and last word of each sentence that was read."""
    bounds: dict[int, tuple[int, int]] = {}
    for at, word in enumerate(words):
        bounds[word.sentence] = (bounds.get(word.sentence, (at, at))[0], at)
    return bounds


def _sentence(offsets: tuple[int, int], scores: Floats) -> SentenceReading:
    police = {action: float(score) for action, score in zip(PoliceAction, scores[1:], strict=True)}
    return SentenceReading(*offsets, float(scores[0]), police)


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
