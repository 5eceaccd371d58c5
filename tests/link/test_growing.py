"""Linking step by step gives what linking all at once gives, whatever comes, goes and is judged."""

from itertools import combinations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from dateline.link import (
    Comparable,
    Edge,
    Growing,
    Weights,
    blocking,
    cluster,
    comparables,
    differing,
    growing,
    law_of,
    link,
    link_all,
    ties_of,
)
from dateline.model import Verdict
from dateline.store import links
from dateline.store.links import Links
from dateline.store.tables import metadata

from .mentions import NORTHTOWN, judged, linkable, on
from .test_link import worlds

NONE = {}
QUICK = [Phase.explicit, Phase.reuse, Phase.generate]  # to shrink such worlds takes minutes


@pytest.fixture(autouse=True, scope="module")
def crowded():
    """Make blocks crowded and sets too large with a few mentions, as they are with a million."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocking, growing, links):
            patch.setattr(module, "NEIGHBOURS", 2)
        for module in (cluster, growing):
            patch.setattr(module, "LARGEST", 3)
        yield


class Grown:
    """An index with the partition that its changes lead to."""

    def __init__(self, connection) -> None:
        self.links = Links(connection)
        self.items = {}
        self.judgements = []
        self.home = {}

    def change(self, *, add=(), remove=(), judge=()) -> None:
        before = list(self.judgements)
        self.judgements += judge
        known = [Comparable.of(item, NONE) for item in sorted(self.items.values(), key=lambda item: item.id)]
        step = Growing(self.links, self.judgements, Weights.shipped(), ties_of(known, self.judgements))
        for item in remove:
            step.remove(Comparable.of(self.items.pop(item.id), NONE))
        for item in add:
            self.items[item.id] = item
            step.add(Comparable.of(item, NONE))
        laws = law_of(known, before), law_of(known, self.judgements)
        step.judge_anew([known[at] for at in differing(*laws)], ties_of(known, before))
        regrouped = step.regrouped()
        for item in regrouped.touched:
            self.home.pop(item.id, None)
        for found in regrouped.clusters:
            self.home.update(dict.fromkeys(found, found))

    @property
    def clusters(self):
        return tuple(sorted(set(self.home.values())))

    def edges(self):
        found = self.links.edges([Comparable.of(item, NONE).number for item in self.items.values()])
        return {(e.one, e.other, round(e.score, 9), e.met) for e in found}


def edges_of(items):
    known = comparables(items, NONE)
    _, found = link_all(known)
    return {(known[a].number, known[b].number, round(score, 9), met) for a, b, score, met in found}


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        yield connection


@settings(max_examples=120, deadline=None, phases=QUICK)
@given(worlds(most=14), st.data())
def test_growing_is_linking_all(items, data):
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        grown = Grown(connection)
        waiting = list(data.draw(st.permutations(items)))
        while waiting:
            size = data.draw(st.integers(1, 3))
            some, waiting = waiting[:size], waiting[size:]
            kept = list(grown.items.values())
            gone = data.draw(st.lists(st.sampled_from(kept), max_size=2, unique_by=id)) if kept else []
            grown.change(add=some, remove=gone)
            assert grown.clusters == link(grown.items.values())
            assert grown.edges() == edges_of(grown.items.values())


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(worlds(most=8), st.data())
def test_judging_touches_all_that_it_changes(items, data):
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as connection:
        grown = Grown(connection)
        grown.change(add=items)
        pairs = [(a, b) for a, b in combinations(items, 2) if a.anchor != b.anchor]
        for at, (a, b) in enumerate(data.draw(st.lists(st.sampled_from(pairs), max_size=4)) if pairs else []):
            verdict = data.draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
            grown.change(judge=[judged(verdict, a, b, at=at + 1)])
            assert grown.clusters == link(items, grown.judgements)


def test_what_is_kept_of_a_mention_comes_back_as_it_was(connection):
    siege = linkable("Inmates hold two warders, officials say.", when=on("2031-06-15"), where=NORTHTOWN)
    item = Comparable.of(siege, NONE)
    kept = Links(connection)
    kept.add([item])
    (back,) = kept.comparables([item.number]).values()
    assert (back.id, back.anchor, back.type, back.focus, back.keys) == (
        item.id,
        item.anchor,
        item.type,
        item.focus,
        item.keys,
    )
    assert back.traits == item.traits
    kept.put([Edge(item.number, item.number + 1, 1.0, 1)])
    kept.remove(back)
    assert kept.count() == 0
    assert list(kept.edges([item.number])) == []
    assert kept.around(item.keys[0], item) == ([], [])
