"""Turn prepared rows into documents with targets, and documents into batches of tensors.

A document is learned from as it will be read: in windows, of whose words only those are taken that the
window before did not read; candidates are joined over all of its windows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from dateline.extract.features import NAMES, ROLES, Between
from dateline.extract.heads import position_features
from dateline.extract.reading import TAGGED, VOCABULARIES, MucType, PoliceAction, Role
from dateline.extract.windows import SHORT, WHOLE_REPORTS, Tokenizer, Window, Word, windows
from training.reader.data import EVENT_ROLES

TAGS = {name: at for at, name in enumerate([*(role.value for role in TAGGED), *EVENT_ROLES])}
POLICE = [action.value for action in PoliceAction]
MUC_TYPES = [kind.value for kind in MucType]
UNKNOWN = -100  # a target that the source does not tell
OF_STATEMENTS = frozenset({"muc4", "india"})  # sets that the part for statements serves
MOST_WINDOWS = 4  # of one document that are learned from together


@dataclass(slots=True)
class MarkedSpan:
    """Words that a source marks: first and last word, the incidents, and the MUC-4 type."""

    first: int
    last: int
    incidents: set[str]
    muc: int


@dataclass(slots=True)
class MarkedCandidate:
    """A candidate: first and last word, features, and its targets."""

    first: int
    last: int
    features: list[tuple[int, float]]
    roles: list[int]
    choices: list[int]
    is_told: bool

    @property
    def is_core(self) -> bool:
        """Return whether it tells of an incident or counts its people: what incidents are made of."""
        told = (role for role, known in zip(ROLES, self.roles, strict=True) if known == 1)
        return any(role is Role.INCIDENT or role.what for role in told)


@dataclass(slots=True)
class Example:
    """Some windows of one document and their targets; words are addressed by their position in `words`."""

    source: str
    windows: tuple[Window, ...]
    sentences: int
    words: list[Word] = field(default_factory=list)
    window_of: list[int] = field(default_factory=list)
    tags: list[list[int]] = field(default_factory=list)  # word x role: 0 out, 1 begins, 2 inside, UNKNOWN
    spans: list[MarkedSpan] = field(default_factory=list)
    candidates: list[MarkedCandidate] = field(default_factory=list)
    joined: list[tuple[int, int, list[float], int]] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)  # sentence -> tells of an incident
    police: dict[int, list[int]] = field(default_factory=dict)

    @property
    def teaches(self) -> bool:
        """Return whether the window has any target."""
        tagged = any(tag != UNKNOWN for tags in self.tags for tag in tags)
        return bool(tagged or self.told or self.police)

    @property
    def longest(self) -> int:
        """Return the tokens of the longest window."""
        return max(len(window.ids) for window in self.windows)

    def read(self, number: int, window: Window) -> None:
        """Take the words that are read from a window."""
        kept = [word for word in window.words if word.sentence >= window.first_read]
        self.words += kept
        self.window_of += [number] * len(kept)


def examples(source: str, row: dict[str, Any], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield one row, in parts of `MOST_WINDOWS` windows; spans that a part cuts are left out."""
    offsets = [tuple(pair) for pair in row["sentences"]]
    all_windows = windows(
        row["text"], offsets, tokenizer, SHORT if source in OF_STATEMENTS else WHOLE_REPORTS
    )
    for begin in range(0, len(all_windows), MOST_WINDOWS):
        out = Example(source, all_windows[begin : begin + MOST_WINDOWS], len(offsets))
        for number, window in enumerate(out.windows):
            out.read(number, window)
        out.tags = _blank(out, row)
        merged = _merged(row["spans"], out.words)
        for (first, last), group in sorted(merged.items(), key=lambda item: -(item[0][1] - item[0][0])):
            _add(out, first, last, group)
        if "candidates" in row:
            _add_candidates(out, row)
        if row.get("police"):
            out.police = {s: [int(p in row["police"][s]) for p in POLICE] for s in _present(out)}
        if out.teaches:
            yield out


def _present(out: Example) -> set[int]:
    return {word.sentence for word in out.words}


def _blank(out: Example, row: dict[str, Any]) -> list[list[int]]:
    known = [0 if role in row["roles"] else UNKNOWN for role in TAGS]
    return [list(known) for _ in out.words]


def _located(start: int, end: int, words: Sequence[Word]) -> tuple[int, int] | None:
    """Return the first and last word of a stretch, if all of it was read."""
    inside = [at for at, word in enumerate(words) if word.start < end and start < word.end]
    whole = inside and words[inside[0]].start <= start and end <= words[inside[-1]].end + 1
    return (inside[0], inside[-1]) if whole else None


def _merged(spans: Sequence[dict[str, Any]], words: Sequence[Word]) -> dict[tuple[int, int], list[Any]]:
    merged: dict[tuple[int, int], list[Any]] = {}
    for span in spans:
        place = _located(span["start"], span["end"], words)
        if place:
            merged.setdefault(place, []).append(span)
    return merged


def _add(out: Example, first: int, last: int, group: list[Any]) -> None:
    """Mark a span; longer ones come first, so that a shorter one inside of it stays whole."""
    kinds: set[str] = set()
    for span in group:
        role = TAGS[span["role"]]
        for at in range(first, last + 1):
            out.tags[at][role] = 1 if at == first else 2
        if last + 1 < len(out.tags) and out.tags[last + 1][role] == 2:
            out.tags[last + 1][role] = 1
        kinds |= {span["choices"]["muc"]} if "muc" in span["choices"] else set()
    muc = MUC_TYPES.index(next(iter(kinds))) if len(kinds) == 1 and kinds <= set(MUC_TYPES) else UNKNOWN
    out.spans.append(MarkedSpan(first, last, {span["incident"] for span in group}, muc))


def _add_candidates(out: Example, row: dict[str, Any]) -> None:
    numbers: dict[int, int] = {}
    out.told = dict.fromkeys(_present(out), 0)
    for number, known in enumerate(row["candidates"]):
        place = _located(known["start"], known["end"], out.words)
        if place is None:
            continue
        numbers[number] = len(out.candidates)
        is_told = bool(known["incidents"])
        out.candidates.append(
            MarkedCandidate(*place, known["features"], known["roles"], known["choices"], is_told)
        )
        if is_told:
            out.told[out.words[place[0]].sentence] = 1
    for known in row["pairs"]:
        one, other = known["pair"]
        if one in numbers and other in numbers:
            incidents = (row["candidates"][one]["incidents"], row["candidates"][other]["incidents"])
            linked = int(bool(set(incidents[0]) & set(incidents[1])))
            out.joined.append((numbers[one], numbers[other], known["between"], linked))


@dataclass(slots=True)
class Pairs:
    """Two members each, what stands between them, and whether they belong to one incident."""

    one: Tensor
    other: Tensor
    between: Tensor
    linked: Tensor

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, Sequence[float], int]], width: int) -> Pairs:
        return cls(
            torch.tensor([row[0] for row in rows], dtype=torch.long),
            torch.tensor([row[1] for row in rows], dtype=torch.long),
            torch.tensor([list(row[2]) for row in rows]).view(-1, width),
            torch.tensor([float(row[3]) for row in rows]),
        )


def _antecedents(example: Example, base: int) -> Iterator[list[int]]:
    """Yield for each part of a core but the first the rows of its pairs with those before it."""
    rows: dict[int, list[int]] = {}
    for row, (one, other, *_) in enumerate(example.joined, base):
        if example.candidates[one].is_core and example.candidates[other].is_core:
            rows.setdefault(other, []).append(row)
    yield from rows.values()


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return rows of unlike length as one table, filled with -1."""
    out = torch.full((len(rows), max(map(len, rows), default=0)), -1, dtype=torch.long)
    for at, row in enumerate(rows):
        out[at, : len(row)] = torch.tensor(row)
    return out


@dataclass(slots=True)
class Batch:
    """Windows side by side; words read from all in one list, likewise spans, candidates and sentences."""

    ids: Tensor
    mask: Tensor
    word_row: Tensor
    word_token: Tensor
    tags: Tensor
    sentences: list[tuple[int, int]]  # first and last word over the batch
    positions: Tensor  # sentence x features
    told: Tensor
    police: Tensor
    spans: list[tuple[int, int, int]]  # first word, last word, sentence, all over the batch
    muc: Tensor
    linked: Pairs
    candidates: list[tuple[int, int, int]]
    features: Tensor
    roles: Tensor
    choices: Tensor
    joined: Pairs
    antecedents: Tensor  # a part of a core x the rows of `joined` with the parts before it, -1 for none


def batch(members: Sequence[Example]) -> Batch:
    longest = max(example.longest for example in members)
    count = sum(len(example.windows) for example in members)
    ids = torch.zeros(count, longest, dtype=torch.long)
    mask = torch.zeros(count, 1, 1, longest, dtype=torch.bool)
    rows, tokens, tags, sentences = [], [], [], []
    positions, told, police = [], [], []
    spans, muc, linked = [], [], []
    candidates, features, roles, choices, joined = [], [], [], [], []
    antecedents: list[list[int]] = []
    window_base = 0
    for example in members:
        words = example.words
        for number, window in enumerate(example.windows, window_base):
            ids[number, : len(window.ids)] = torch.tensor(window.ids)
            mask[number, ..., : len(window.ids)] = True
        base, sentence_base = len(rows), len(sentences)
        order: dict[int, int] = {}
        for at, word in enumerate(words):
            rows.append(window_base + example.window_of[at])
            tokens.append(word.token)
            tags.append(example.tags[at])
            if word.sentence not in order:
                order[word.sentence] = sentence_base + len(order)
                sentences.append((base + at, base + at))
                positions.append(position_features(word.sentence, example.sentences))
                told.append(example.told.get(word.sentence, UNKNOWN))
                police.append(example.police.get(word.sentence, [UNKNOWN] * len(POLICE)))
            sentences[order[word.sentence]] = (sentences[order[word.sentence]][0], base + at)
        window_base += len(example.windows)
        span_base, candidate_base = len(spans), len(candidates)
        for span in example.spans:
            spans.append((base + span.first, base + span.last, order[words[span.first].sentence]))
            muc.append(span.muc)
        linked += _span_pairs(example, span_base)
        for known in example.candidates:
            candidates.append((base + known.first, base + known.last, order[words[known.first].sentence]))
            dense = [0.0] * len(NAMES)
            for at, value in known.features:
                dense[at] = value
            features.append(dense)
            roles.append(known.roles)
            choices.append(known.choices)
        antecedents += _antecedents(example, len(joined))
        joined += [(candidate_base + a, candidate_base + b, x, y) for a, b, x, y in example.joined]
    return Batch(
        ids,
        mask,
        torch.tensor(rows),
        torch.tensor(tokens),
        torch.tensor(tags),
        sentences,
        torch.tensor(positions),
        torch.tensor(told),
        torch.tensor(police),
        spans,
        torch.tensor(muc, dtype=torch.long),
        Pairs.of(linked, 2),
        candidates,
        torch.tensor(features).view(-1, len(NAMES)),
        torch.tensor(roles, dtype=torch.long).view(-1, len(ROLES)),
        torch.tensor(choices, dtype=torch.long).view(-1, len(VOCABULARIES)),
        Pairs.of(joined, len(Between)),
        _padded(antecedents),
    )


def _span_pairs(example: Example, base: int) -> Iterator[tuple[int, int, list[float], int]]:
    """Yield the pairs of MUC-4 spans; statements and single events are not put together."""
    told = [at for at, span in enumerate(example.spans) if example.source == "muc4" and span.incidents]
    for position, one in enumerate(told):
        for other in told[position + 1 :]:
            a, b = example.spans[one], example.spans[other]
            apart = abs(example.words[a.first].sentence - example.words[b.first].sentence)
            known = [float(apart == 0), math.log1p(apart) / 3]
            yield base + one, base + other, known, int(bool(a.incidents & b.incidents))
