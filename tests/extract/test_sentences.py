from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_abbreviations_and_initials_do_not_end_a_sentence():
    assert split("Lt. Gen. J. Doe said so. Nobody was hurt.") == [
        "Lt. Gen. J. Doe said so.",
        "Nobody was hurt.",
    ]


def test_a_line_break_always_ends_a_sentence():
    assert split("Two killed in raid\nTwo men died") == ["Two killed in raid", "Two men died"]


def test_quotes_close_with_their_sentence():
    assert split("“We are safe.” He left.") == ["“We are safe.”", "He left."]


@given(st.text())
def test_sentences_are_ordered_apart_and_keep_every_letter(text):
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(spans[i][1] <= spans[i + 1][0] for i in range(len(spans) - 1))
    outside = list(text)
    for a, b in spans:
        outside[a:b] = [" "] * (b - a)
    assert not "".join(outside).strip()
