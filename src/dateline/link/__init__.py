"""Mentions of one incident recognised across reports and days, with reasons, under reviewers' law."""

from dateline.link.law import Contradiction
from dateline.link.ledger import Assignment, assign
from dateline.link.linkable import Linkable, linkables
from dateline.link.linking import Near, contradictions, explain, link, nearest, shared_keys
from dateline.link.narrow import Narrowed, narrow
from dateline.link.score import Explanation, Weights

__all__ = [
    "Assignment",
    "Contradiction",
    "Explanation",
    "Linkable",
    "Narrowed",
    "Near",
    "Weights",
    "assign",
    "contradictions",
    "explain",
    "link",
    "linkables",
    "narrow",
    "nearest",
    "shared_keys",
]
