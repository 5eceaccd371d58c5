"""The trained reader: decoding of tags, the check of its files, and reading alike every time."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.extract.encoder import Reader, checked_manifest, is_shipped, marked, shipped_folder
from dateline.extract.reading import SPAN_VOCABULARIES, Role
from dateline.extract.sentences import sentences
from dateline.extract.windows import Word

REPORT = (
    "Gunmen seize six warders at Veldria prison\n"
    "Gunmen seized six warders at the central prison of Port Amsel on Friday, the interior ministry of "
    "Veldria said. They demand a car and the release of their leader. "
    "Two weeks ago a bomb killed three people in the same town."
)
# Out, begins, inside: what a word can be in a role.
OUT, BEGINS, INSIDE = (0.9, 0.05, 0.05), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


def words(count: int, per_sentence: int = 4) -> list[Word]:
    return [Word(n * 2, n * 2 + 1, n // per_sentence, n + 1) for n in range(count)]


def tags(count: int, role: Role, told: dict[int, tuple[float, float, float]]) -> np.ndarray:
    out = np.tile(np.array(OUT, dtype=np.float32), (count, len(Role), 1))
    for at, scores in told.items():
        out[at, list(Role).index(role)] = scores
    return out


def test_a_run_begins_anew_where_a_word_begins():
    told = tags(4, Role.TARGET, {0: BEGINS, 1: INSIDE, 2: BEGINS, 3: INSIDE})
    assert [(m.first, m.last) for m in marked(words(4), told)] == [(0, 1), (2, 3)]


def test_a_run_ends_with_its_sentence():
    told = tags(6, Role.KILLED, dict.fromkeys(range(2, 6), INSIDE))
    assert [(m.first, m.last) for m in marked(words(6), told)] == [(2, 3), (4, 5)]


def test_one_word_may_play_two_roles():
    told = np.minimum(tags(3, Role.TARGET, {}), 1)
    for role in (Role.TARGET, Role.KILLED):
        told[1, list(Role).index(role)] = BEGINS
    assert {m.role for m in marked(words(3), told)} == {Role.TARGET, Role.KILLED}


@given(st.lists(st.sampled_from([OUT, BEGINS, INSIDE]), max_size=24))
def test_marks_cover_exactly_the_words_inside(scores):
    told = tags(len(scores), Role.PLACE, dict(enumerate(scores)))
    covered = [at for m in marked(words(len(scores)), told) for at in range(m.first, m.last + 1)]
    assert covered == [at for at, score in enumerate(scores) if score is not OUT]


def test_an_altered_model_is_refused(tmp_path):
    (tmp_path / "heads.npz").write_bytes(b"weights")
    sha = hashlib.sha256(b"weights").hexdigest()
    (tmp_path / "manifest.toml").write_text(f'version = "reader-0"\n[sha256]\n"heads.npz" = "{sha}"\n')
    assert checked_manifest(tmp_path)["version"] == "reader-0"
    (tmp_path / "heads.npz").write_bytes(b"other weights")
    with pytest.raises(DataError, match=r"heads\.npz was altered"):
        checked_manifest(tmp_path)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(DataError, match="no model of the reader"):
        checked_manifest(tmp_path)


@pytest.fixture(scope="module")
def reader() -> Reader:
    if not is_shipped():
        pytest.skip("this package ships no trained reader")
    return Reader.load(shipped_folder())


def test_every_score_is_a_probability(reader):
    found = reader.read(REPORT, sentences(REPORT))
    assert found.spans
    for span in found.spans:
        assert REPORT[span.span.start : span.span.end] == span.span.quote
        for name, scores in span.choices.items():
            assert len(scores) == len(SPAN_VOCABULARIES[name])
            assert sum(scores) == pytest.approx(1, abs=1e-4)
    assert all(0 <= p <= 1 for row in found.links for p in row)
    assert all(0 <= s.incident <= 1 for s in found.sentences)


def test_a_report_is_read_alike_whatever_was_read_before(reader):
    alone = Reader.load(shipped_folder()).read(REPORT, sentences(REPORT))
    for other in ("Rain fell.", REPORT * 9, "Ministers met. " * 40):
        reader.read(other, sentences(other))
    assert reader.read(REPORT, sentences(REPORT)) == alone


def test_no_text_gives_an_empty_reading(reader):
    assert reader.read("", ()) == reader.read(" \n ", ())
