"""Scores on a user's own annotated corpus: read, check, compare, and show what went wrong where."""

from dateline.evaluate.corpus import Corpus, read_corpus
from dateline.evaluate.measures import Tally
from dateline.evaluate.reading import check_reference, read_reference
from dateline.evaluate.scores import Confusion, Example, Pairing, Row, Scores, Slice, score

__all__ = [
    "Confusion",
    "Corpus",
    "Example",
    "Pairing",
    "Row",
    "Scores",
    "Slice",
    "Tally",
    "check_reference",
    "read_corpus",
    "read_reference",
    "score",
]
