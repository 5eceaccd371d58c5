"""Claims and judgements become incidents: how claims stand to each other, and named rules that pick."""

from dateline.reconcile.incident import reconcile
from dateline.reconcile.rules import DEFAULT, NamedRule, Rule, rule_named, rule_names
from dateline.reconcile.tolls import (
    Best,
    GtdToll,
    Plural,
    UcdpToll,
    acled_fatalities,
    gtd_toll,
    share,
    ucdp_toll,
)

__all__ = [
    "DEFAULT",
    "Best",
    "GtdToll",
    "NamedRule",
    "Plural",
    "Rule",
    "UcdpToll",
    "acled_fatalities",
    "gtd_toll",
    "reconcile",
    "rule_named",
    "rule_names",
    "share",
    "ucdp_toll",
]
