"""The two reports that the project began with, where they lie beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline import Casebook
from dateline.model import (
    CaptivityStatus,
    Count,
    DateRange,
    Field,
    Incident,
    IncidentType,
    SpeakerKind,
    Standing,
    What,
    Who,
)

SEEDS = Path(os.environ.get("DATELINE_SHARED", Path(__file__).parents[2] / "shared")) / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the two reports are not beside the repository"),
]


@pytest.fixture(scope="module")
def incidents(tmp_path_factory: pytest.TempPathFactory) -> list[Incident]:
    with Casebook(str(tmp_path_factory.mktemp("seeds") / "cases.db")) as book:
        book.add(*(str(path) for path in sorted(SEEDS.glob("*.txt"))))
        return list(book.incidents())


def at(incidents: list[Incident], kind: IncidentType, place: str) -> Incident:
    (found,) = [i for i in incidents if i.type is kind and place in str(i.value(Field.PLACE))]
    return found


def counts(incident: Incident, what: What) -> dict[Who | None, Count]:
    return {r.slot.who: r.value for r in incident.counts(what) if isinstance(r.value, Count)}


def test_five_incidents_and_none_of_talk_or_page_furniture(incidents):
    assert len(incidents) == 5


def test_the_siege_of_rostov_is_one_incident_told_by_both(incidents):
    siege = at(incidents, IncidentType.HOSTAGE_TAKING, "Rostov")
    assert len(siege.report_ids) == 2
    hostages = counts(siege, What.HOSTAGES)[Who.SECURITY_FORCES]
    assert (hostages.low, hostages.high) == (2, 2)
    assert counts(siege, What.PERPETRATORS)[Who.PERPETRATORS].low == 6
    assert counts(siege, What.FREED)[Who.SECURITY_FORCES].low == 2
    assert counts(siege, What.KILLED)[Who.PERPETRATORS].low == 6
    status = siege.resolution(Field.STATUS)
    assert status is not None
    assert (status.value, status.standing) == (CaptivityStatus.ENDED_BY_FORCE, Standing.REVISED)
    assert siege.value(Field.DEMAND)


def test_the_siege_of_volgograd_is_not_dated_to_the_day_of_its_page(incidents):
    siege = at(incidents, IncidentType.HOSTAGE_TAKING, "Volgograd")
    when = siege.value(Field.DATE)
    assert isinstance(when, DateRange)
    assert str(when) == "2024-06-17 to 2024-11-23"
    attackers = [
        (claim.value.low, claim.attribution.kind, claim.attribution.hedged)
        for claim in siege.claims
        if isinstance(claim.value, Count) and claim.value.what is What.PERPETRATORS
    ]
    assert (3, SpeakerKind.FOOTAGE, False) in attackers
    assert (4, SpeakerKind.MEDIA, True) in attackers
    claimed = [claim.attribution.kind for claim in siege.claims if claim.field is Field.CLAIMED_BY]
    motive = [claim.attribution.kind for claim in siege.claims if claim.field is Field.MOTIVE]
    assert set(claimed) | set(motive) == {SpeakerKind.PERPETRATOR}


def test_the_concert_hall_is_one_incident_with_its_rival_attribution(incidents):
    attack = at(incidents, IncidentType.ARMED_ASSAULT, "Moscow")
    assert len(attack.report_ids) == 2
    assert str(attack.value(Field.DATE)) == "2024-03-01 to 2024-03-31"
    assert counts(attack, What.KILLED)[Who.UNSPECIFIED].low == 139
    assert str(attack.value(Field.CLAIMED_BY)) == "Islamic State Khorasan Province"
    blamed = [
        c.attribution for c in attack.claims if c.field is Field.PERPETRATOR and str(c.value) == "Ukraine"
    ]
    assert [(said.kind, said.hedged) for said in blamed] == [(SpeakerKind.OFFICIAL, True)]


def test_dagestan_counts_police_and_priest_apart(incidents):
    attack = at(incidents, IncidentType.ARMED_ASSAULT, "Dagestan")
    killed = counts(attack, What.KILLED)
    assert (killed[Who.SECURITY_FORCES].low, killed[Who.SECURITY_FORCES].high) == (15, None)
    assert killed[Who.CIVILIANS].low == 1
