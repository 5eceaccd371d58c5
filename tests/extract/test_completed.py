"""What follows from the arguments of an incident: a claim to have done it, a captivity that goes on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract import incidents
from dateline.model import (
    Actor,
    Argument,
    Attribution,
    CaptivityStatus,
    Count,
    Field,
    IncidentType,
    PerpetratorCategory,
    Span,
    SpeakerKind,
    What,
    Who,
)

REBELS = PerpetratorCategory.REBEL_OR_MILITANT_GROUP


def completed(
    arguments: list[Argument], kind: IncidentType = IncidentType.KIDNAPPING
) -> tuple[Argument, ...]:
    return incidents.completed(arguments, kind)


def argument(field: Field, value: object, words: str = "words", said: Attribution | None = None) -> Argument:
    return Argument(field, value, Span.of(words, 0, len(words)), said or Attribution())


def count(what: What, low: int | None, high: int | None) -> Argument:
    return argument(Field.COUNT, Count(what, Who.CIVILIANS, low, high))


def claimed(name: str) -> Argument:
    said = Attribution(name, SpeakerKind.PERPETRATOR, name)
    return argument(Field.CLAIMED_BY, Actor(name, REBELS, name), name, said)


def perpetrator(name: str, hedged: bool = False) -> Argument:
    return argument(Field.PERPETRATOR, Actor(name, REBELS, name), name, Attribution(hedged=hedged))


def status(arguments: tuple[Argument, ...]) -> CaptivityStatus:
    return next(a.value for a in arguments if a.field is Field.STATUS)


def test_who_claims_it_says_to_have_done_it_beside_whom_others_blame():
    told = completed([claimed("River Front"), perpetrator("Hill Army", hedged=True)])
    by = {a.value.name: a.attribution for a in told if a.field is Field.PERPETRATOR}
    assert by["River Front"].kind is SpeakerKind.PERPETRATOR
    assert by["Hill Army"].hedged


def test_who_is_said_to_have_done_it_needs_no_claim():
    told = completed([claimed("River Front"), perpetrator("River Front")])
    assert len([a for a in told if a.field is Field.PERPETRATOR]) == 1


@pytest.mark.parametrize("ended", ["released", "escaped", "ended_by_negotiation"])
@given(taken=st.integers(1, 300), freed=st.integers(1, 300))
def test_a_captivity_goes_on_while_fewer_went_free_than_were_taken(ended, taken, freed):
    end = argument(Field.STATUS, CaptivityStatus(ended))
    told = completed([count(What.ABDUCTED, taken, taken), count(What.FREED, freed, freed), end])
    assert status(told) is (CaptivityStatus.ONGOING if freed < taken else CaptivityStatus(ended))


def test_an_end_by_force_stays_and_so_does_what_is_not_counted():
    force = argument(Field.STATUS, CaptivityStatus.ENDED_BY_FORCE)
    some = [count(What.HOSTAGES, 20, 20), count(What.FREED, 3, None)]
    assert status(completed([*some, force])) is CaptivityStatus.ENDED_BY_FORCE
    released = argument(Field.STATUS, CaptivityStatus.RELEASED)
    assert status(completed([*some, released])) is CaptivityStatus.RELEASED


def test_a_number_of_people_freed_that_is_said_twice_is_no_second_release():
    told = [count(What.ABDUCTED, 40, 40), count(What.FREED, 25, 25), count(What.FREED, 25, 25)]
    ended = argument(Field.STATUS, CaptivityStatus.RELEASED)
    assert status(completed([*told, ended])) is CaptivityStatus.ONGOING


@pytest.mark.parametrize(("held", "expected"), [([], False), ([count(What.HOSTAGES, 3, 3)], True)])
def test_a_mutiny_has_a_status_where_somebody_is_held(held, expected):
    told = completed([*held, argument(Field.STATUS, CaptivityStatus.ONGOING)], IncidentType.PRISON_RIOT)
    assert any(a.field is Field.STATUS for a in told) is expected
