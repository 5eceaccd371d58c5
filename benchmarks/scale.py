"""Linking at size: pair F1, time and memory from ten thousand to a million mentions, and what is near by.

    python -m benchmarks.scale read OUT                 (once: reads SemEval-2018 task 5, about six minutes)
    python -m benchmarks.scale link OUT [--sizes 10000,100000,1000000] [--workers 2]

The mentions are those of real reports whose incident is known. More are made by telling each story
again elsewhere: another day, another town, other people, other tolls and other rare words, one change
for all reports of the story, so that the truth is known. Towns are drawn from the gazetteer by their
inhabitants: were they drawn from the stories' own, a million mentions would crowd 600,000 incidents into
some 800 towns, and two of one town, day and wording, of which nobody could tell whether they are one,
would be the rule. Building them is not in the times: these are from mentions as they are kept after
extraction. Each size is linked in a process of its own, with those that it starts; memory is theirs
together. `benchmarks.splink_beside` links the same rows with Splink.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import pickle
import random
import resource
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Self

from training.link.worlds import told

from benchmarks.__main__ import BENCH
from benchmarks.story import Story
from dateline.extract.reader import shipped_extractor
from dateline.gazetteer import Gazetteer
from dateline.link import Comparable, Linkable, link_all
from dateline.link.blocking import keys
from dateline.link.comparable import keys_of_numbers
from dateline.link.traits import Traits, number_of, print_key
from dateline.link.words import Rarity, WordBag, word_bag
from dateline.model import (
    Argument,
    Count,
    DateRange,
    IncidentMention,
    Place,
    Published,
    identity,
)
from dateline.model.comparison import plain

YEARS = 12  # over which stories are spread
RARE = 4  # doublings: words as rare as this are other ones in another story
SEED = 11


def read(out: Path) -> None:
    """Extract the reports and keep the main mentions by incident."""
    world = told(BENCH / "semeval2018t5" / "docs.jsonl.gz", shipped_extractor())
    by_incident: dict[str, list[Linkable]] = {}
    seen: set[str] = set()
    for item, incident in zip(world.items, world.incidents, strict=True):
        if incident is not None and item.report_id not in seen:  # one a report: two are never joined
            seen.add(item.report_id)
            by_incident.setdefault(incident, []).append(item)
    rarity = Rarity.shipped()
    stories = [
        Story(incident, tuple(items), tuple(word_bag(item.words, rarity) for item in items))
        for incident, items in sorted(by_incident.items())
    ]
    (out / "stories.pickle").write_bytes(pickle.dumps(stories))


def retold(stories: Sequence[Story], size: int) -> Iterator[tuple[Comparable, str]]:
    """Yield about `size` mentions with the incident of each; the first round is as the reports tell it."""
    towns = list(Gazetteer.shipped().towns())
    reach = list(accumulate(town.population for town in towns))
    rng, made, turn = random.Random(SEED), 0, 0
    while made < size:
        for story in stories:
            if made >= size:
                return
            town = towns[bisect_right(reach, rng.randrange(reach[-1]))]
            change = Change.drawn(rng, town.place(), turn)
            for item, bag in zip(story.items, story.bags, strict=True):
                yield change.of(item, bag), f"{story.incident}/{turn}"
                made += 1
        turn += 1


@dataclass(frozen=True, slots=True)
class Change:
    """What is other in a story told again."""

    turn: int
    days: timedelta
    place: Place
    more: int  # added to each toll

    @classmethod
    def drawn(cls, rng: random.Random, place: Place, turn: int) -> Change:
        days = timedelta(days=rng.randrange(365 * YEARS) if turn else 0)
        return cls(turn, days, place, rng.randrange(3) if turn else 0)

    def of(self, item: Linkable, bag: WordBag) -> Comparable:
        """Return a mention as it is kept after extraction, changed."""
        mention = self._mention(item.mention)
        anchor = replace(item.anchor, content_sha256=identity("c", item.anchor.content_sha256, self.turn))
        published = Published(self._later(item.published.range), item.published.basis)
        changed = replace(item, mention=mention, anchor=anchor, published=published)
        words = self._bag(bag, item.mention.place, mention.place)
        found = {*keys(changed, words, {}), print_key(anchor, mention.type)}
        traits = Traits.of(changed, words, {})
        numbers = keys_of_numbers(map(number_of, found))
        return Comparable(mention.id, mention.report_id, anchor, mention.type, mention.focus, traits, numbers)

    def _mention(self, mention: IncidentMention) -> IncidentMention:
        arguments = tuple(self._argument(argument) for argument in mention.arguments)
        report_id = identity("r", mention.report_id, self.turn) if self.turn else mention.report_id
        return replace(mention, report_id=report_id, arguments=arguments)

    def _argument(self, argument: Argument) -> Argument:
        value = argument.value
        if isinstance(value, DateRange):
            value = self._later(value)
        elif isinstance(value, Place) and self.turn:
            value = replace(self.place, site=value.site) if value.name else value
        elif isinstance(value, Count) and value.low is not None and self.turn:
            high = None if value.high is None else value.high + self.more
            value = replace(value, low=value.low + self.more, high=high)
        return replace(argument, value=value)

    def _later(self, days: DateRange) -> DateRange:
        first, last = (day + self.days if day else None for day in (days.earliest, days.latest))
        return DateRange(first, last)

    def _bag(self, bag: WordBag, before: Place | None, now: Place | None) -> WordBag:
        if not self.turn:
            return bag
        other = dict(zip(_words(before), _words(now), strict=False))
        rarity = Rarity.shipped()
        rare = {w for w in (*bag.weights, *bag.names, *bag.capitals) if rarity.of(w) >= RARE}
        other |= {word: f"{word}{self.turn}" for word in rare - other.keys()}

        def renamed(row: Mapping[str, float]) -> dict[str, float]:
            return {other.get(word, word): weight for word, weight in row.items()}

        full = frozenset(" ".join(other.get(w, w) for w in name.split()) for name in bag.full_names)
        capitals = frozenset(other.get(word, word) for word in bag.capitals)
        numbers = frozenset(other.get(number, number) for number in bag.numbers)
        return WordBag(renamed(bag.weights), renamed(bag.head), renamed(bag.names), full, capitals, numbers)


def _words(place: Place | None) -> list[str]:
    return plain(place.name).split() if place and place.name else []


def pair_scores(found: Sequence[Sequence[str]], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs of mentions that are put together."""

    def pairs(sizes: Counter[object]) -> int:
        return sum(math.comb(n, 2) for n in sizes.values())

    home = {mention_id: number for number, cluster in enumerate(found) for mention_id in cluster}
    both = pairs(Counter((home[m], truth[m]) for m in truth))
    precision = both / max(1, pairs(Counter(home[m] for m in truth)))
    recall = both / max(1, pairs(Counter(truth.values())))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


class Resident:
    """Watches the memory of this process and of those that it starts, pages that they share counted once."""

    def __init__(self) -> None:
        self.most_gb = 0.0
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._over.wait(2.0):
            self.most_gb = max(self.most_gb, sum(map(_proportional_gb, _family(os.getpid()))))


def _family(process: int) -> Iterator[int]:
    yield process
    children = Path(f"/proc/{process}/task").glob("*/children")
    for child in {int(child) for listed in children for child in listed.read_text().split()}:
        yield from _family(child)


def _proportional_gb(process: int) -> float:
    """Return the memory of a process in GB, of shared pages its share (Linux); 0 when it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e6


def resident_gb() -> float:
    """Return the most memory that this process held, in GB (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def link_one(out: Path, size: int, workers: int) -> None:
    """Link one size and print the figures as a line of JSON."""
    stories = pickle.loads((out / "stories.pickle").read_bytes())
    made = sorted(retold(stories, size), key=lambda pair: pair[0].id)
    items, truth = [item for item, _ in made], {item.id: incident for item, incident in made}
    del made
    with Resident() as resident:
        begun, worked = time.perf_counter(), _cpu_seconds()
        clusters, edges = link_all(items, workers=workers)
        seconds, cpu = time.perf_counter() - begun, _cpu_seconds() - worked
    precision, recall, f1 = pair_scores(clusters, truth)
    figures = {
        "mentions": len(items),
        "workers": workers,
        "seconds": round(seconds, 1),
        "CPU seconds": round(cpu, 1),
        "edges": len(edges),
        "incidents": len(clusters),
        "pair precision": round(precision, 3),
        "pair recall": round(recall, 3),
        "pair F1": round(f1, 3),
        "GB": round(max(resident.most_gb, resident_gb()), 2),
    }
    print(json.dumps(figures), flush=True)


def _cpu_seconds() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    """Read the reports, or link what was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("read", "link"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.what == "read":
        read(arguments.out)
        return
    for size in map(int, arguments.sizes.split(",")):
        process = multiprocessing.get_context("spawn").Process(
            target=link_one, args=(arguments.out, size, arguments.workers)
        )
        process.start()
        process.join()


if __name__ == "__main__":
    main()
