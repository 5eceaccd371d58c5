"""What is known of an incident as a whole that tells news from what is retold: the model's last input.

Each candidate is weighed alone; whether an incident is the news of its report shows only when it is put
together: how soon it is told, at what length, beside how many others, and how long ago it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.extract.candidates import Candidate
from dateline.extract.features import AGES, Floats
from dateline.model import DateRange, IncidentType, Reality, TimeMention

MOST_BEFORE = 5  # incidents told before; more say no more
NAMES: tuple[str, ...] = (
    *("in_title", "opens", "in_lead", "sentence", "part", "first", "before", "incidents", "told", "share"),
    *("sentences", "published", "undated", "open_ended", *(f"age={at}" for at in range(len(AGES) + 1))),
    *("retells", "introduces", "takes_up", "general"),
    *(f"reality={reality}" for reality in Reality),
    *(f"type={kind}" for kind in IncidentType),
)
_AT = {name: at for at, name in enumerate(NAMES)}
LEAD = 2  # sentences at the head of a report


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident as it was put together, and its place among those of its report.

    `core` is what tells of it and counts its people; `before` the incidents told before it, `told` what
    tells of all of them.
    """

    core: Sequence[Candidate]
    type: IncidentType
    reality: Reality
    time: TimeMention | None
    before: int
    incidents: int
    told: int


def features(told: Standing, published: DateRange, sentences: int) -> Floats:
    """Return one row of `NAMES` for an incident of a report of so many sentences; about 0 to 2 each."""
    row = np.zeros(len(NAMES), dtype=np.float32)
    for name, value in _named(told, published, sentences):
        row[_AT[name]] = value
    return row


def _named(told: Standing, published: DateRange, sentences: int) -> Iterator[tuple[str, float]]:
    passages = [candidate.passage for candidate in told.core]
    first = min(passage.index for passage in passages)
    yield "in_title", float(any(passage.in_title for passage in passages))
    yield "opens", float(first == 0)
    yield "in_lead", float(first < LEAD)
    yield "sentence", math.log1p(first) / 2
    yield "part", first / max(sentences, 1)
    yield "first", float(told.before == 0)
    yield "before", min(told.before, MOST_BEFORE) / MOST_BEFORE
    yield "incidents", math.log1p(told.incidents) / 2
    yield "told", math.log1p(len(passages)) / 2
    yield "share", len(passages) / max(told.told, 1)
    yield "sentences", math.log1p(len({passage.index for passage in passages})) / 2
    yield "published", float(published.latest is not None)
    yield _age(told.time, published), 1.0
    for name in ("retells", "introduces", "takes_up"):
        yield name, sum(bool(getattr(passage, name)) for passage in passages) / len(passages)
    yield "general", sum(passage.is_general for passage in passages) / len(passages)
    yield f"reality={told.reality}", 1.0
    yield f"type={told.type}", 1.0


def _age(time: TimeMention | None, published: DateRange) -> str:
    if time is None:
        return "undated"
    if time.range.latest is None or published.latest is None:
        return "open_ended"
    days = (published.latest - time.range.latest).days
    return f"age={sum(days >= bound for bound in AGES)}"
