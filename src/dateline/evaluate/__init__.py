"""Scores on a user's own annotated corpus: read, check, compare, and show what went wrong where."""

from dateline.evaluate.measures import Tally
from dateline.evaluate.reading import check_reference, read_reference
from dateline.evaluate.scores import Confusion, Example, Pairing, Row, Scores, Slice, score

__all__ = [
    "Confusion",
    "Example",
    "Pairing",
    "Row",
    "Scores",
    "Slice",
    "Tally",
    "check_reference",
    "read_reference",
    "score",
]
