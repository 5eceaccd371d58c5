"""Mentions of one incident recognised across reports and days, with reasons, under reviewers' law."""

from dateline.link.blocking import NEIGHBOURS
from dateline.link.comparable import Comparable, comparables
from dateline.link.growing import Edge, Growing, Regrouped, ties_of
from dateline.link.law import Contradiction, Law, differing, law_of
from dateline.link.ledger import Assignment, assign, names_of
from dateline.link.linkable import Linkable, linkables
from dateline.link.linking import Near, contradictions, explain, link, link_all, nearest, shared_keys
from dateline.link.narrow import Narrowed, narrow
from dateline.link.score import Explanation, Weights
from dateline.link.traits import Traits

__all__ = [
    "NEIGHBOURS",
    "Assignment",
    "Comparable",
    "Contradiction",
    "Edge",
    "Explanation",
    "Growing",
    "Law",
    "Linkable",
    "Narrowed",
    "Near",
    "Regrouped",
    "Traits",
    "Weights",
    "assign",
    "comparables",
    "contradictions",
    "differing",
    "explain",
    "law_of",
    "link",
    "link_all",
    "linkables",
    "names_of",
    "narrow",
    "nearest",
    "shared_keys",
    "ties_of",
]
