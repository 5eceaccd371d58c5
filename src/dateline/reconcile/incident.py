"""Claims, judgements and a rule make an incident: a pure function, computed anew whenever asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.model import (
    Claim,
    Incident,
    Judgement,
    Resolution,
    Slot,
    Standing,
    Value,
    slots_of,
)
from dateline.reconcile.judged import accepted, rejected, said_at, standing_judgements
from dateline.reconcile.rules import Rule


def reconcile(
    incident_id: str,
    claims: Sequence[Claim],
    judgements: Iterable[Judgement],
    rule: Rule,
    related: Sequence[str] = (),
) -> Incident:
    """Return the incident that `claims` tell of: one resolution for each slot that anything is said of.

    A value that a reviewer accepted is the value; a claim that a reviewer rejected is out, and kept
    among the opposing ones.
    """
    unique = {claim.id: claim for claim in claims}
    ordered = tuple(
        sorted(unique.values(), key=lambda c: (c.as_of.latest is None, str(c.as_of.latest), c.id))
    )
    standing = standing_judgements(judgements)
    return Incident(
        id=incident_id,
        mention_ids=tuple(sorted({claim.mention_id for claim in ordered})),
        report_ids=tuple(dict.fromkeys(claim.report_id for claim in ordered)),
        resolutions=_resolutions(ordered, standing, rule),
        claims=ordered,
        related=tuple(sorted(set(related))),
    )


def _resolutions(
    claims: tuple[Claim, ...], judgements: Sequence[Judgement], rule: Rule
) -> tuple[Resolution, ...]:
    out = rejected(claims, judgements)
    decided = accepted(claims, judgements) if judgements else {}
    by_slot: dict[Slot, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_slot[claim.slot].append(claim)
    slots = sorted({*slots_of(claims), *decided}, key=lambda slot: slot.key)
    return tuple(
        _decide(_reviewed(slot, by_slot[slot], out, rule), by_slot[slot], decided.get(slot), out)
        for slot in slots
    )


def _reviewed(slot: Slot, claims: Sequence[Claim], out: frozenset[str], rule: Rule) -> Resolution:
    kept = [claim for claim in claims if claim.id not in out]
    resolved = rule.resolve(slot, kept)
    gone = tuple(sorted({claim.id for claim in claims} & out))
    if not gone:
        return resolved
    opposing = tuple(sorted({*resolved.opposing, *gone}))
    reason = f"{resolved.reason}; {len(gone)} rejected by a reviewer"
    return replace(resolved, opposing=opposing, rejected=gone, reason=reason)


def _decide(
    resolved: Resolution, claims: Sequence[Claim], value: Value | None, out: frozenset[str]
) -> Resolution:
    if value is None:
        return resolved
    others = [v for v in resolved.values if v != value] if resolved.slot.field.holds_many else []
    supporting = said_at((c for c in claims if c.id not in out), value)
    if others:
        supporting = tuple(sorted({*supporting, *resolved.supporting}))
    return replace(
        resolved,
        values=(value, *others),
        supporting=supporting,
        opposing=tuple(sorted({claim.id for claim in claims} - set(supporting))),
        reason="accepted by a reviewer",
        standing=Standing.SINGLE if resolved.standing is Standing.UNKNOWN else resolved.standing,
        judged=True,
    )
