"""What the rules find is revised by a reading: types and parts by the model, values by the finders."""

from __future__ import annotations

import pickle
import re
from datetime import date

import pytest

from dateline.extract.assembly import assemble
from dateline.extract.encoder import is_shipped
from dateline.extract.passages import find_all
from dateline.extract.places import PlaceFinder
from dateline.extract.reader import revised, shipped_extractor
from dateline.extract.reading import (
    SPAN_VOCABULARIES,
    PoliceAction,
    Reading,
    Role,
    RoleSpan,
    SentenceReading,
)
from dateline.extract.rules import RuleExtractor
from dateline.gazetteer import Gazetteer
from dateline.model import DateRange, Document, Field, Focus, IncidentType, Published, Span, What

TEXT = "Gunmen attacked a convoy near the river on Friday. They wounded 12 soldiers with axes and fled."


@pytest.fixture(scope="module")
def findings():
    published = Published(DateRange.day(date(2021, 5, 8)))
    document = Document.of("r1", "Convoy attacked", TEXT, published=published)
    return find_all(document, PlaceFinder(Gazetteer.shipped()))


def reading(findings, told: dict[str, Role], incident: float = 0.9, **of_all: object) -> Reading:
    """Return a reading in which the quoted words stand in a role for certain, and no others in any."""
    text = findings.document.text
    words = tuple(match.span() for match in re.finditer(r"\w+|[^\w\s]", text))
    chances = {role: [0.0] * len(words) for role in Role}
    spans = []
    for quote, role in told.items():
        span = Span.of(text, text.index(quote), text.index(quote) + len(quote))
        for at, (start, end) in enumerate(words):
            if span.start <= start and end <= span.end:
                chances[role][at] = 1.0
        sentence = next(p.index for p in findings.passages if p.start <= span.start < p.end)
        choices = {
            name: tuple(float(member == of_all.get(name)) for member in members)
            for name, members in SPAN_VOCABULARIES.items()
        }
        spans.append(RoleSpan(span, role, 0.9, sentence, choices))
    police = dict.fromkeys(PoliceAction, 0.0)
    return Reading(
        tuple(SentenceReading(p.start, p.end, incident, police) for p in findings.passages),
        tuple(spans),
        tuple(tuple(0.9 for _ in spans) for _ in spans),
        words,
        {role: tuple(scores) for role, scores in chances.items()},
    )


def test_what_the_model_did_not_see_is_left_to_the_rules(findings):
    by_rules = RuleExtractor().extract(findings.document)
    assert by_rules
    assert revised(findings, assemble(findings), Reading((), (), ())) == by_rules


def test_sentences_that_tell_of_nothing_make_no_incident(findings):
    assert revised(findings, assemble(findings), reading(findings, {}, incident=0.1)) == ()


def test_the_model_says_what_it_is_and_the_finders_how_many(findings):
    told = {"attacked a convoy": Role.INCIDENT, "12 soldiers": Role.WOUNDED}
    of_all = {"type": IncidentType.ROBBERY, "focus": Focus.BACKGROUND}
    mention, *_ = revised(findings, assemble(findings), reading(findings, told, **of_all))
    assert (mention.type, mention.focus) == (IncidentType.ROBBERY, Focus.BACKGROUND)
    (count,) = mention.counts
    assert (count.what, count.low, count.high) == (What.WOUNDED, 12, 12)


def test_a_count_of_something_else_is_set_right(findings):
    (mention,) = revised(findings, assemble(findings), reading(findings, {"12 soldiers": Role.KILLED}))
    assert [(c.what, c.low) for c in mention.counts] == [(What.KILLED, 12)]


def test_what_the_model_finds_unlikely_is_dropped(findings):
    (mention,) = revised(findings, assemble(findings), reading(findings, {}))
    assert not mention.counts
    assert not mention.actors(Field.PERPETRATOR)


def test_actors_whom_the_rules_passed_over_are_taken_once(findings):
    told = {"Gunmen": Role.PERPETRATOR, "soldiers": Role.TARGET, "12 soldiers": Role.TARGET}
    (mention,) = revised(findings, assemble(findings), reading(findings, told))
    assert [actor.words for actor in mention.actors(Field.PERPETRATOR)] == ["Gunmen"]
    assert len(mention.actors(Field.TARGET)) == 1


def test_the_shipped_extractor_names_what_it_is():
    expected = "reader-" if is_shipped() else "rules-"
    assert shipped_extractor().version.startswith(expected)


def test_it_can_be_sent_to_a_worker(findings):
    sent = pickle.loads(pickle.dumps(shipped_extractor()))
    assert sent.extract(findings.document) == shipped_extractor().extract(findings.document)


def test_every_word_found_stands_in_the_report(findings):
    text = findings.document.text
    for mention in shipped_extractor().extract(findings.document):
        for argument in mention.arguments:
            assert text[argument.span.start : argument.span.end] == argument.span.quote


def test_a_report_of_nothing_needs_no_model():
    document = Document.of("r2", "Rain expected", "Showers will reach the coast by noon, forecasters said.")
    assert shipped_extractor().extract(document) == ()
