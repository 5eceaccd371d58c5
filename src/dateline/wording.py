"""How values are put into words for people: the same on the terminal, in a notebook, on a page."""

from __future__ import annotations

from enum import StrEnum

from dateline.model import Claim, Field, Incident, OfWhom, Reality, Scope, Slot, Value, Who, interval

FIELD_ORDER = (
    Field.TYPE,
    Field.REALITY,
    Field.DATE,
    Field.PLACE,
    Field.STATUS,
    Field.COUNT,
    Field.PERPETRATOR,
    Field.CLAIMED_BY,
    Field.TARGET,
    Field.WEAPON,
    Field.DEMAND,
    Field.MOTIVE,
    Field.FOCUS,
)
_LABELS = {
    Field.TYPE: "What",
    Field.REALITY: "Reality",
    Field.DATE: "When",
    Field.PLACE: "Where",
    Field.STATUS: "Status",
    Field.PERPETRATOR: "Perpetrators",
    Field.CLAIMED_BY: "Claimed by",
    Field.TARGET: "Targets",
    Field.WEAPON: "Weapons",
    Field.DEMAND: "Demands",
    Field.MOTIVE: "Motive",
    Field.FOCUS: "Focus",
}


def words(member: str) -> str:
    """Return a word of a vocabulary as people write it: "hostage taking"."""
    return member.replace("_", " ")


def label(slot: Slot) -> str:
    """Return the heading of a slot: "Where", "Killed", "Killed, of them children", "Killed: civilians"."""
    if slot.what is None:
        return _LABELS[slot.field]
    heading = "Number of perpetrators" if slot.what.value == "perpetrators" else words(slot.what).capitalize()
    if slot.who not in (None, Who.UNSPECIFIED, Who.PERPETRATORS) or (
        slot.who is Who.PERPETRATORS and slot.what.value != "perpetrators"
    ):
        heading += f": {words(slot.who or '')}"
    if slot.of_whom is not None or slot.scope is Scope.PART:
        heading += f", of them {_part(slot.of_whom)}"
    return heading


def _part(of_whom: OfWhom | None) -> str:
    return of_whom.value if of_whom else "some"


def title_of(incident: Incident) -> str:
    """Return an incident in a word or two: "hostage taking", "bombing (foiled)"."""
    what = words(incident.type)
    return what if incident.reality is Reality.ACTUAL else f"{what} ({incident.reality})"


def number(found: tuple[int, int | None] | None) -> str:
    """Return a number as people write it, "" when nothing is said."""
    return interval(*found) if found else ""


def several(number: int, what: str) -> str:
    """Return a number of things: "1 incident", "2 incidents"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def in_words(value: Value) -> str:
    """Return a value as people write it."""
    return words(value) if isinstance(value, StrEnum) else str(value)


def speaker_of(claim: Claim) -> str:
    """Return who says a claim and how, to stand behind the report: ", says the police (official)".

    "" when the outlet itself says it outright.
    """
    said = claim.attribution
    if claim.inferred:
        return ", inferred"
    kind = words(said.kind) if said.kind else None
    who = said.words or (f"{kind} source" if kind else None)
    name = f" = {said.name}" if who and said.name and said.name.casefold() not in who.casefold() else ""
    station = f" ({kind})" if kind and said.words else ""
    told = f", by {who}{name}{station}" if who else ""
    return told + (", denied" if said.denies else "") + (", in doubt" if said.hedged else "")
