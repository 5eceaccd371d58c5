"""A reviewer's decisions on values, found again among claims that a later extraction may have made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from dateline.model import (
    Anchor,
    Claim,
    Field,
    Judgement,
    Slot,
    Value,
    Verdict,
    canonical_json,
    value_from_json,
    value_to_json,
)


def standing_judgements(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements on values that have not been withdrawn, the oldest first."""
    on_values = (j for j in judgements if j.stands and j.anchor.field is not None)
    return tuple(sorted(on_values, key=lambda j: (j.at, j.id)))


def is_anchored(claim: Claim, anchor: Anchor) -> bool:
    """Return whether an anchor points to a claim: the same place and value, or the same value in
    overlapping words of the same content.
    """
    if claim.content_sha256 != anchor.content_sha256 or claim.field is not anchor.field:
        return False
    return _overlap(claim, anchor) and canonical_json(value_to_json(claim.value)) == anchor.value


def _overlap(claim: Claim, anchor: Anchor) -> bool:
    return claim.span.start < anchor.end and anchor.start < claim.span.end


def rejected(claims: Iterable[Claim], judgements: Sequence[Judgement]) -> frozenset[str]:
    """Return the ids of the claims that the last judgement about them rejects."""
    verdicts: dict[str, Verdict] = {}
    on_claims = [j for j in judgements if j.verdict in (Verdict.ACCEPT, Verdict.REJECT)]
    for claim in claims:
        for judgement in on_claims:
            if is_anchored(claim, judgement.anchor):
                verdicts[claim.id] = judgement.verdict
    return frozenset(claim_id for claim_id, verdict in verdicts.items() if verdict is Verdict.REJECT)


def accepted(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> dict[Slot, Value]:
    """Return the values that reviewers accepted for these claims' slots; a later judgement wins.

    A reviewer may correct: the value need not be that of the claim whose words it stands on.
    """
    found: dict[Slot, Value] = {}
    for judgement in judgements:
        anchor = judgement.anchor
        if not any(
            c.content_sha256 == anchor.content_sha256 and c.field is anchor.field and _overlap(c, anchor)
            for c in claims
        ):
            continue
        value = _value(anchor)
        if value is None:
            continue
        slot = Slot.of(anchor.field or Field.TYPE, value)
        if judgement.verdict is Verdict.ACCEPT:
            found[slot] = value
        elif judgement.verdict is Verdict.REJECT and found.get(slot) == value:
            del found[slot]
    return found


def _value(anchor: Anchor) -> Value | None:
    if anchor.field is None or anchor.value is None:
        return None
    return value_from_json(anchor.field, json.loads(anchor.value))


def said_at(claims: Iterable[Claim], value: Value) -> tuple[str, ...]:
    """Return the ids of the claims that say a value."""
    return tuple(sorted({claim.id for claim in claims if claim.value == value}))
