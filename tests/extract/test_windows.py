"""Windows cover every word once, whole sentences at a time, within the encoder's reach."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.sentences import sentences
from dateline.extract.windows import MAX_TOKENS, MAX_WINDOWS, windows

tokenizers = pytest.importorskip("tokenizers")

WORDS = ("gunmen", "seized", "six", "guards", "at", "a", "prison", "in", "Veldria", "on", "Friday")


@pytest.fixture(scope="module")
def tokenizer():
    pieces = [
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *(word.lower() for word in WORDS),
        *"abcdefgh",
        *("##" + c for c in "abcdefgh"),
    ]
    model = tokenizers.models.WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]")
    made = tokenizers.Tokenizer(model)
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made


def text_of(lengths: list[int]) -> str:
    return " ".join(
        " ".join(WORDS[n % len(WORDS)] for n in range(length)).capitalize() + "." for length in lengths
    )


@given(st.lists(st.integers(1, 120), max_size=40))
def test_every_word_is_read_once_and_in_order(tokenizer, lengths):
    text = text_of(lengths)
    read = [
        w
        for cut in windows(text, sentences(text), tokenizer)
        for w in cut.words
        if w.sentence >= cut.first_read
    ]
    assert [text[w.start : w.end] for w in read] == text.replace(".", " .").split()
    assert all(a.end <= b.start for a, b in pairwise(read))


@given(st.lists(st.integers(1, 900), max_size=12))
def test_no_window_is_longer_than_the_encoder_takes(tokenizer, lengths):
    text = text_of(lengths)
    for cut in windows(text, sentences(text), tokenizer):
        assert len(cut.ids) <= MAX_TOKENS
        assert cut.ids[0] == tokenizer.token_to_id("[CLS]")
        assert cut.ids[-1] == tokenizer.token_to_id("[SEP]")


@given(st.lists(st.integers(1, 120), min_size=1, max_size=30))
def test_a_word_points_at_its_own_token(tokenizer, lengths):
    text = text_of(lengths)
    for cut in windows(text, sentences(text), tokenizer):
        for word in cut.words:
            assert (
                cut.ids[word.token]
                == tokenizer.encode(text[word.start : word.end], add_special_tokens=False).ids[0]
            )


def test_later_windows_show_the_sentences_before_for_context(tokenizer):
    text = text_of([90] * 9)
    _, second, *_ = windows(text, sentences(text), tokenizer)
    assert min(word.sentence for word in second.words) < second.first_read


def test_pieces_of_a_word_are_one_word(tokenizer):
    (cut,) = windows("Abcd guards.", ((0, 12),), tokenizer)
    assert [(w.start, w.end) for w in cut.words] == [(0, 4), (5, 11), (11, 12)]


def test_a_flood_of_text_is_cut_off(tokenizer):
    text = text_of([300] * (MAX_WINDOWS + 20))
    assert len(windows(text, sentences(text), tokenizer)) == MAX_WINDOWS


def test_nothing_gives_no_window(tokenizer):
    assert windows("", (), tokenizer) == ()
