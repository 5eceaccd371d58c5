"""The store: what came in, what was found in it, what was decided, in one database file."""

from dateline.store.computed import Change, Computed, changes_in
from dateline.store.custody import CustodyEntry, CustodyKind, CustodyLog
from dateline.store.decisions import Decisions
from dateline.store.evidence import Evidence
from dateline.store.findings import Bound, Findings
from dateline.store.rows import incident_to_json, resolution_to_json, slot_to_json
from dateline.store.store import Session, Store
from dateline.store.verify import Verification

__all__ = [
    "Bound",
    "Change",
    "Computed",
    "CustodyEntry",
    "CustodyKind",
    "CustodyLog",
    "Decisions",
    "Evidence",
    "Findings",
    "Session",
    "Store",
    "Verification",
    "changes_in",
    "incident_to_json",
    "resolution_to_json",
    "slot_to_json",
]
