"""Turn prepared rows into windows with targets, and windows into batches of tensors."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from dateline.extract.heads import position_features
from dateline.extract.reading import SPAN_VOCABULARIES, PoliceAction, Role
from dateline.extract.windows import Tokenizer, Window, Word, windows

ROLES = {role.value: at for at, role in enumerate(Role)}
POLICE = [action.value for action in PoliceAction]
UNKNOWN = -100  # a target that the source does not tell


@dataclass(slots=True)
class Example:
    """One window and its targets; words are addressed by their position in `window.words`."""

    source: str
    window: Window
    sentences: int
    tags: list[list[int]]  # word x role: 0 out, 1 begins, 2 inside, UNKNOWN
    spans: list[tuple[int, int]] = field(default_factory=list)  # first and last word
    choices: list[list[int]] = field(default_factory=list)  # span x vocabulary
    incidents: list[set[str]] = field(default_factory=list)  # of each span
    anchors: list[bool] = field(default_factory=list)
    told: dict[int, int] = field(default_factory=dict)  # sentence -> tells of an incident
    police: dict[int, list[int]] = field(default_factory=dict)

    @property
    def teaches(self) -> bool:
        """Return whether the window has any target."""
        tagged = any(tag != UNKNOWN for tags in self.tags for tag in tags)
        return bool(tagged or self.told or self.police)

    @property
    def length(self) -> int:
        return len(self.window.ids)


def examples(source: str, row: dict[str, Any], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield the windows of one row; spans that a window cuts are left out."""
    offsets = [tuple(pair) for pair in row["sentences"]]
    for window in windows(row["text"], offsets, tokenizer):
        out = Example(source, window, len(offsets), _blank(window, row))
        merged = _merged(row["spans"], window.words)
        for (first, last), group in sorted(merged.items(), key=lambda item: -(item[0][1] - item[0][0])):
            _add(out, first, last, group)
        present = {word.sentence for word in window.words}
        if row.get("told"):
            telling = {window.words[first].sentence for first, _ in out.spans}
            out.told = {sentence: int(sentence in telling) for sentence in present}
        if row.get("police"):
            out.police = {s: [int(p in row["police"][s]) for p in POLICE] for s in present}
        if row.get("partial"):
            _mask_silent(out)
        if out.teaches:
            yield out


def _blank(window: Window, row: dict[str, Any]) -> list[list[int]]:
    known = [0 if role in row["roles"] else UNKNOWN for role in ROLES]
    return [list(known) for _ in window.words]


def _merged(spans: Sequence[dict[str, Any]], words: Sequence[Word]) -> dict[tuple[int, int], list[Any]]:
    merged: dict[tuple[int, int], list[Any]] = {}
    for span in spans:
        inside = [i for i, w in enumerate(words) if w.start < span["end"] and span["start"] < w.end]
        if inside and words[inside[0]].start <= span["start"] and span["end"] <= words[inside[-1]].end + 1:
            merged.setdefault((inside[0], inside[-1]), []).append(span)
    return merged


def _add(out: Example, first: int, last: int, group: list[Any]) -> None:
    """Mark a span; longer ones come first, so that a shorter one inside of it stays whole."""
    told: dict[str, str] = {}
    for span in group:
        role = ROLES[span["role"]]
        for at in range(first, last + 1):
            out.tags[at][role] = 1 if at == first else 2
        if last + 1 < len(out.tags) and out.tags[last + 1][role] == 2:
            out.tags[last + 1][role] = 1
        told |= span["choices"]
    out.spans.append((first, last))
    out.choices.append([_choice(name, told.get(name)) for name in SPAN_VOCABULARIES])
    out.incidents.append({span["incident"] for span in group})
    out.anchors.append(any(span["role"] == "incident" for span in group))


def _choice(name: str, value: str | None) -> int:
    members = [member.value for member in SPAN_VOCABULARIES[name]]
    return members.index(value) if value in members else UNKNOWN


def _mask_silent(out: Example) -> None:
    """Where only some incidents are told, learn from the sentences that hold a span and no others."""
    telling = {out.window.words[first].sentence for first, _ in out.spans}
    for at, word in enumerate(out.window.words):
        if word.sentence not in telling:
            out.tags[at] = [UNKNOWN] * len(ROLES)


@dataclass(slots=True)
class Batch:
    """Windows side by side; words of all windows in one list, likewise spans and sentences."""

    ids: Tensor
    mask: Tensor
    word_row: Tensor
    word_token: Tensor
    tags: Tensor
    spans: list[tuple[int, int, int]]  # first word, last word (both over the batch), sentence over the batch
    choices: Tensor
    sentences: list[tuple[int, int]]  # first and last word over the batch
    positions: Tensor  # sentence x features
    told: Tensor
    police: Tensor
    pairs: list[tuple[int, int]]
    between: Tensor
    linked: Tensor


def batch(members: Sequence[Example]) -> Batch:
    longest = max(example.length for example in members)
    ids = torch.zeros(len(members), longest, dtype=torch.long)
    mask = torch.zeros(len(members), 1, 1, longest, dtype=torch.bool)
    rows, tokens, tags, spans, choices, sentences = [], [], [], [], [], []
    positions, told, police, pairs, between, linked = [], [], [], [], [], []
    for number, example in enumerate(members):
        ids[number, : example.length] = torch.tensor(example.window.ids)
        mask[number, ..., : example.length] = True
        base, sentence_base, span_base = len(rows), len(sentences), len(spans)
        order: dict[int, int] = {}
        for at, word in enumerate(example.window.words):
            rows.append(number)
            tokens.append(word.token)
            tags.append(example.tags[at])
            if word.sentence not in order:
                order[word.sentence] = sentence_base + len(order)
                sentences.append((base + at, base + at))
                positions.append(position_features(word.sentence, example.sentences))
                told.append(example.told.get(word.sentence, UNKNOWN))
                police.append(example.police.get(word.sentence, [UNKNOWN] * len(POLICE)))
            sentences[order[word.sentence]] = (sentences[order[word.sentence]][0], base + at)
        for first, last in example.spans:
            sentence = example.window.words[first].sentence
            spans.append((base + first, base + last, order[sentence]))
        choices += example.choices
        for one in range(len(example.spans)):
            for other in range(one + 1, len(example.spans)):
                pairs.append((span_base + one, span_base + other))
                distance = spans[span_base + one][2] - spans[span_base + other][2]
                between.append([float(distance == 0), math.log1p(abs(distance)) / 3])
                linked.append(float(bool(example.incidents[one] & example.incidents[other])))
    return Batch(
        ids,
        mask,
        torch.tensor(rows),
        torch.tensor(tokens),
        torch.tensor(tags),
        spans,
        torch.tensor(choices).view(-1, len(SPAN_VOCABULARIES)),
        sentences,
        torch.tensor(positions),
        torch.tensor(told),
        torch.tensor(police),
        pairs,
        torch.tensor(between).view(-1, 2),
        torch.tensor(linked),
    )
