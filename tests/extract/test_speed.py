"""Floors of speed: generous, so that only a change of the order of the cost breaks them."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.extract.passages import LONGEST_TEXT
from dateline.extract.rules import RuleExtractor
from dateline.extract.sentences import LONGEST_SENTENCE, sentences
from dateline.ingest import parse, read
from dateline.model import Document, Rejection

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
MEGABYTE = 1_000_000
SECONDS_PER_400_WORDS = 0.1
SECONDS_PER_HOSTILE_MEGABYTE = 20


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    """Return an extractor that has read one report, so that its tables are loaded."""
    warm = RuleExtractor()
    warm.extract(Document.of("r", "Bomb kills three in Kabul", "Three people died on Friday, police said."))
    return warm


def cpu_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.slow
def test_a_report_of_400_words_takes_no_more_than_a_tenth_of_a_second(extractor: RuleExtractor):
    reports = [parse(r, Settings()) for r in read(REPORTS, Settings()) if not isinstance(r, Rejection)]
    documents = [found for found in reports if isinstance(found, Document)]
    words = sum(len(document.text.split()) for document in documents)
    assert words > 2000
    spent = cpu_seconds(lambda: [extractor.extract(document) for document in documents])
    assert spent / words * 400 < SECONDS_PER_400_WORDS


HOSTILE = {
    "one word": "one ",
    "dates": "12 May 2014, ",
    "capitals": "Avar Belun Ciro Dovan Esmer Falun ",
    "one sentence": "A bomb killed 3 people in Kabul on Friday ",
    "many reports": "A bomb killed 3 people in Kabul on Friday.\n",
    "speakers": "He said he said that ",
    "one letter": "a",
    "blanks": "killed          ",
    "quotes": '"a" ',
    "signs": "}{)(*&^%$ #@!~`",
}


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_of_junk_ends_in_time(extractor: RuleExtractor, words: str):
    text = words * (MEGABYTE // len(words))
    spent = cpu_seconds(lambda: extractor.extract(Document.of("r", None, text)))
    assert spent < SECONDS_PER_HOSTILE_MEGABYTE


def test_what_lies_beyond_the_longest_text_is_not_read(extractor: RuleExtractor):
    bomb = "A bomb killed three people in Kabul on Friday."
    far = Document.of("r", None, "Nothing. " * (LONGEST_TEXT // 9 + 1) + bomb)
    assert extractor.extract(Document.of("r", None, bomb))
    assert not extractor.extract(far)


def test_a_sentence_without_end_is_cut_at_a_blank():
    text = "word " * LONGEST_SENTENCE
    spans = sentences(text)
    assert all(end - start <= LONGEST_SENTENCE for start, end in spans)
    assert {word for start, end in spans for word in text[start:end].split()} == {"word"}
