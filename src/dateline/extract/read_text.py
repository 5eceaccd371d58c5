"""A text as the encoder read it, and what the small heads say of its sentences, words and candidates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from dateline.extract.features import ROLES, Floats
from dateline.extract.heads import Heads, pooled, position_features
from dateline.extract.reading import TAGGED, VOCABULARIES, PoliceAction, Role, RoleSpan, SentenceReading
from dateline.extract.windows import Word
from dateline.model import Span

MOST_SPANS = 240  # of one document; a text with more is a list, and the best are kept


@dataclass(frozen=True, slots=True)
class Marking:
    """The probabilities from which a word is surely in a role, may be in it, and begins another run in it."""

    sure: float = 0.7
    goes_on: float = 0.3
    begins: float = 0.4


# Tuned on the open development part of the attributions.
MARKING = {
    Role.SOURCE: Marking(0.8, 0.3, 0.7),
    Role.CUE: Marking(0.75, 0.4, 0.7),
    Role.CONTENT: Marking(0.94, 0.3, 0.6),
    Role.DEMAND: Marking(0.9),
}
COLUMN: Mapping[Role, int] = {role: at for at, role in enumerate(ROLES)}


@dataclass(frozen=True)
class Weighing:
    """What the model makes of the candidates of a document, by their numbers.

    `roles` holds the probability of each of `ROLES` a candidate, `choices` those over each
    vocabulary; a candidate that the model did not see is not in `seen`.
    """

    seen: tuple[int, ...]
    roles: Floats
    choices: Mapping[str, Floats]
    described: Floats
    heads: Heads = field(repr=False)

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {candidate: row for row, candidate in enumerate(self.seen)}

    def chance(self, candidate: int, role: Role) -> float:
        """Return the probability that a candidate plays a role; 0 for one that was not seen."""
        row = self._rows.get(candidate)
        return 0.0 if row is None else float(self.roles[row][COLUMN[role]])

    def choice(self, candidate: int, vocabulary: str) -> Floats:
        """Return the probabilities over a vocabulary; all equal for a candidate that was not seen."""
        row = self._rows.get(candidate)
        count = len(VOCABULARIES[vocabulary])
        return self.choices[vocabulary][row] if row is not None else np.full(count, 1 / count, np.float32)

    def joins(self, candidates: Sequence[int], between: Floats) -> Floats:
        """Return the matrix of probabilities that two of the candidates, all seen, belong together."""
        return self.heads.joins(self.described[[self._rows[each] for each in candidates]], between)


@dataclass(frozen=True)
class Marked:
    """What the finders found in a text: where, and one row of `features.NAMES` each."""

    spans: Sequence[Span]
    features: Floats


def marks_of(words: Sequence[Word], marked: Marked, heads: Heads) -> Floats | None:
    """Return for each word the sum of what is known of the candidates it is part of, in the encoder's width.

    So words are read in view of what they are ("typed markers"; Zhong and Chen 2021, section 3.3). None where
    the heads have not learned it.
    """
    known = heads.marks(marked.features)
    if known is None:
        return None
    out = np.zeros((len(words), known.shape[1]), dtype=np.float32)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for row, span in enumerate(marked.spans):
        out[bisect_right(ends, span.start) : bisect_left(starts, span.end)] += known[row]
    return out


@dataclass(frozen=True)
class ReadText:
    """The words of a text with what the encoder says of each: its state, and per role out, begins, inside."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]
    states: Floats = field(repr=False)
    tags: Floats = field(repr=False)
    heads: Heads = field(repr=False)

    @cached_property
    def _rows(self) -> dict[int, int]:
        """Return the row of each sentence that was read."""
        return {sentence: row for row, sentence in enumerate(dict.fromkeys(w.sentence for w in self.words))}

    @cached_property
    def _described_sentences(self) -> Floats:
        bounds: dict[int, tuple[int, int]] = {}
        for at, word in enumerate(self.words):
            bounds[word.sentence] = (bounds.get(word.sentence, (at, at))[0], at)
        where = [position_features(sentence, len(self.sentences)) for sentence in bounds]
        places = np.array(where, dtype=np.float32)
        return np.concatenate([pooled(self.states, list(bounds.values())), places], axis=1)

    def _described(self, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return spans, given by first and last word, by their own words and their sentence."""
        of_sentence = self._described_sentences[
            [self._rows[self.words[first].sentence] for first, _ in spans]
        ]
        return np.concatenate([pooled(self.states, spans), of_sentence], axis=1)

    def read_sentences(self) -> tuple[SentenceReading, ...]:
        """Return what the model says of each sentence that it read."""
        if not self.words:
            return ()
        scores = self.heads.sentences(self._described_sentences)
        return tuple(
            SentenceReading(
                *self.sentences[sentence],
                float(scores[row, 0]),
                {action: float(score) for action, score in zip(PoliceAction, scores[row, 1:], strict=True)},
            )
            for sentence, row in self._rows.items()
        )

    # Candidates

    def weigh(self, spans: Sequence[Span], features: Floats) -> Weighing:
        """Return what the model makes of candidates, given their spans and one row of features each."""
        places = [self._words_of(span) for span in spans]
        seen = tuple(at for at, place in enumerate(places) if place is not None)
        bounds = [place for place in places if place is not None]
        if not bounds:
            return Weighing(
                (), np.zeros((0, len(ROLES)), np.float32), {}, np.zeros((0, 1), np.float32), self.heads
            )
        described = np.concatenate([self._described(bounds), features[list(seen)]], axis=1)
        roles, choices = self.heads.weigh(described)
        return Weighing(seen, roles, choices, described, self.heads)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    def _words_of(self, span: Span) -> tuple[int, int] | None:
        """Return the first and last word that a span touches, or None when it was not read."""
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end) - 1
        return (first, last) if first <= last else None

    # Words in roles

    def runs(self, *roles: Role, marking: Marking | None = None) -> tuple[RoleSpan, ...]:
        """Return the runs of words in the roles, in the order of the text.

        A run has a word that is sure to be in the role, goes on over words that may be, and ends where
        another begins, or its sentence does: but what is said may go on in the next of its paragraph.
        """
        by = {role: marking or MARKING.get(role) or Marking() for role in roles}
        found = [run for role in roles for run in self._runs(role, by[role])]
        best = sorted(found, key=lambda run: (-run.score, run.first, run.role))[:MOST_SPANS]
        return tuple(sorted(best, key=lambda run: (run.first, run.last, run.role)))

    def _runs(self, role: Role, by: Marking) -> Iterator[RoleSpan]:
        if not self.words:
            return
        tags = self.tags[:, TAGGED.index(role)]
        inside = tags[:, 1] + tags[:, 2]
        run: list[int] = []
        for at in map(int, np.flatnonzero(inside >= by.goes_on)):
            if run and not self._goes_on(role, tags, run[-1], at, by):
                yield from self._run(role, run, inside, by)
                run = []
            run.append(at)
        if run:
            yield from self._run(role, run, inside, by)

    def _goes_on(self, role: Role, tags: Floats, last: int, at: int, by: Marking) -> bool:
        begins = tags[at, 1] > by.begins and tags[at, 1] > tags[at, 2]
        between = self.text[self.words[last].end : self.words[at].start]
        is_one_sentence = self.words[at].sentence == self.words[last].sentence
        in_reach = is_one_sentence or (role is Role.CONTENT and "\n" not in between)
        return at == last + 1 and in_reach and not begins

    def _run(self, role: Role, run: Sequence[int], inside: Floats, by: Marking) -> Iterator[RoleSpan]:
        first, last = run[0], run[-1]
        score = float(inside[first : last + 1].max())
        if score >= by.sure:
            span = Span.of(self.text, self.words[first].start, self.words[last].end)
            yield RoleSpan(span, role, score, self.words[first].sentence, first, last)

    # Templates of MUC-4

    def templates(self, fills: Sequence[RoleSpan]) -> tuple[Floats, Floats]:
        """Return for fills of MUC-4 templates the probabilities of types, and of belonging together."""
        described = self._described([(fill.first, fill.last) for fill in fills])
        return self.heads.muc_types(described), self.heads.links(described, [f.sentence for f in fills])
