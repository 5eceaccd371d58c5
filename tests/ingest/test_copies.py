from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.copies import CopyIndex, Signature, find_copies
from dateline.model import DateRange, Document, Published, PublishedBasis

NOUNS = [
    "mayor",
    "road",
    "bridge",
    "convoy",
    "market",
    "guard",
    "border",
    "village",
    "soldier",
    "driver",
    "school",
    "river",
    "patrol",
    "camp",
    "fire",
]
VERBS = [
    "reached",
    "crossed",
    "left",
    "watched",
    "passed",
    "blocked",
    "searched",
    "reported",
    "guarded",
    "entered",
]


def story(seed: int, sentences: int = 20) -> list[str]:
    """Invent a story of its own for every seed."""
    chance = random.Random(seed)
    return [
        f"The {chance.choice(NOUNS)} of district {chance.randrange(900)} {chance.choice(VERBS)} the "
        f"{chance.choice(NOUNS)} near {chance.choice(NOUNS)} number {chance.randrange(900)}."
        for _ in range(sentences)
    ]


def document(report_id: str, sentences: list[str], day: int | None = None, outlet: str = "One") -> Document:
    published = Published()
    if day is not None:
        published = Published(DateRange.day(date(2021, 5, day)), PublishedBasis.STATED)
    return Document.of(
        report_id, "A title of its own", " ".join(sentences), outlet=outlet, published=published
    )


def test_an_edited_and_a_cut_copy_go_back_to_the_earliest() -> None:
    text = story(1)
    edited = [
        *text[:6],
        text[6].replace("The", "Yesterday the"),
        *text[7:],
        "Our correspondent added this line.",
    ]
    documents = [
        document("cut", text[:9], 4, "Two"),
        document("edited", edited, 3, "Three"),
        document("origin", text, 2),
        document("other", story(2), 1),
    ]
    assert find_copies(documents, CopyIndex()) == {"cut": "origin", "edited": "origin"}


def test_a_story_that_quotes_another_is_no_copy() -> None:
    quoting = [*story(3), *story(1)[:4]]
    assert find_copies([document("a", story(1), 1), document("b", quoting, 2)], CopyIndex()) == {}


def test_short_texts_are_never_copies() -> None:
    text = ["Full report to follow."]
    assert find_copies([document("a", text, 1), document("b", text, 2)], CopyIndex()) == {}


def test_a_copy_of_unknown_day_goes_back_to_the_dated_one() -> None:
    documents = [document("a", story(1)), document("b", story(1), 9)]
    assert find_copies(documents, CopyIndex()) == {"a": "b"}


@given(order=st.permutations(range(8)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    documents = [document(f"d{n}", story(n % 3), 1 + n) for n in range(8)]
    expected = {f"d{n}": f"d{n % 3}" for n in range(3, 8)}
    assert find_copies([documents[n] for n in order], CopyIndex()) == expected


@given(cut=st.integers(1, 5))
def test_coming_in_two_calls_is_like_coming_in_one(cut: int) -> None:
    documents = [document(f"d{n}", story(n % 2), 1 + n) for n in range(6)]
    known = CopyIndex()
    first = dict(find_copies(documents[:cut], known))
    assert first | find_copies(documents[cut:], known) == find_copies(documents, CopyIndex())


def test_an_earlier_original_that_comes_late_takes_its_copies_over() -> None:
    known = CopyIndex()
    assert find_copies([document("b", story(1), 5), document("c", story(1), 6)], known) == {"c": "b"}
    assert find_copies([document("a", story(1), 2)], known) == {"b": "a", "c": "a"}


@given(seed=st.integers(0, 10_000), kept=st.integers(8, 20))
def test_sharing_is_symmetric_and_follows_what_is_cut(seed: int, kept: int) -> None:
    whole, part = (Signature.of(document("x", story(seed)[:n])) for n in (20, kept))
    assert whole.shared(part) == part.shared(whole)
    assert 0.6 <= part.shared(whole) <= 1
