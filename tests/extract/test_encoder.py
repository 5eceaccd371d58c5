"""The trained reader: decoding of tags, the check of its files, and reading alike every time."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.extract.encoder import Reader, checked_manifest, is_shipped, shipped_folder
from dateline.extract.features import NAMES, ROLES
from dateline.extract.heads import Heads
from dateline.extract.read_text import Marked, ReadText, marks_of
from dateline.extract.reading import TAGGED, VOCABULARIES, Role
from dateline.extract.sentences import sentences
from dateline.extract.windows import Word
from dateline.model import Span

REPORT = (
    "Gunmen seize six warders at Veldria prison\n"
    "Gunmen seized six warders at the central prison of Port Amsel on Friday, the interior ministry of "
    "Veldria said. They demand a car and the release of their leader. "
    "Two weeks ago a bomb killed three people in the same town."
)
# Out, begins, inside: what a word can be in a role.
OUT, BEGINS, INSIDE = (0.95, 0.02, 0.03), (0.04, 0.92, 0.04), (0.04, 0.02, 0.94)


def read_text(told: dict[Role, dict[int, tuple[float, float, float]]], count: int, per_sentence: int = 4):
    """Return a text of one-letter words, each out of every role but where told."""
    words = tuple(Word(n * 2, n * 2 + 1, n // per_sentence, n + 1) for n in range(count))
    tags = np.tile(np.array(OUT, dtype=np.float32), (count, len(TAGGED), 1))
    for role, scores in told.items():
        for at, score in scores.items():
            tags[at, TAGGED.index(role)] = score
    states = np.zeros((count, 3), dtype=np.float32)
    return ReadText("w " * count, ((0, count * 2),), words, states, tags, Heads({}))


def runs(read: ReadText, *roles: Role) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in read.runs(*roles)]


def test_a_run_begins_anew_where_a_word_begins():
    read = read_text({Role.SOURCE: {0: BEGINS, 1: INSIDE, 2: BEGINS, 3: INSIDE}}, 4)
    assert runs(read, Role.SOURCE) == [(0, 1), (2, 3)]


def test_a_run_ends_with_its_sentence():
    read = read_text({Role.DEMAND: dict.fromkeys(range(2, 6), INSIDE)}, 6)
    assert runs(read, Role.DEMAND) == [(2, 3), (4, 5)]


def test_one_word_may_play_two_roles():
    read = read_text({role: {1: BEGINS} for role in (Role.SOURCE, Role.CONTENT)}, 3)
    assert {run.role for run in read.runs(Role.SOURCE, Role.CONTENT)} == {Role.SOURCE, Role.CONTENT}


def test_what_is_said_may_go_on_in_the_next_sentence():
    read = read_text({Role.CONTENT: {2: BEGINS} | dict.fromkeys(range(3, 6), INSIDE)}, 6)
    assert runs(read, Role.CONTENT) == [(2, 5)]


def test_what_is_said_ends_with_its_paragraph():
    read = read_text({Role.CONTENT: {2: BEGINS} | dict.fromkeys(range(3, 6), INSIDE)}, 6)
    text = read.text[:7] + "\n" + read.text[8:]  # between the fourth word and the fifth
    assert runs(replace(read, text=text), Role.CONTENT) == [(2, 3), (4, 5)]


def test_a_run_goes_on_over_words_in_doubt_but_needs_a_sure_one():
    doubtful = (0.6, 0.1, 0.3)
    read = read_text({Role.CUE: {0: BEGINS, 1: doubtful, 2: INSIDE}, Role.SOURCE: {1: doubtful}}, 4)
    assert runs(read, Role.CUE) == [(0, 2)]
    assert runs(read, Role.SOURCE) == []


@given(st.lists(st.sampled_from([OUT, BEGINS, INSIDE]), max_size=24))
def test_runs_cover_exactly_the_words_inside(scores):
    read = read_text({Role.CUE: dict(enumerate(scores))}, len(scores))
    covered = [at for first, last in runs(read, Role.CUE) for at in range(first, last + 1)]
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


def scored(read: ReadText) -> tuple[object, ...]:
    """Return all that the model says of a text, comparable."""
    span = Span.of(read.text, 0, 6) if read.text.strip() else None
    features = np.zeros((1, len(NAMES)), dtype=np.float32)
    weighed = read.weigh([span], features).roles.tolist() if span else []
    return read.read_sentences(), read.runs(*TAGGED), weighed


def test_every_score_is_a_probability(reader):
    read = reader.read(REPORT, sentences(REPORT))
    span = Span.of(REPORT, 0, len("Gunmen"))
    weighing = read.weigh([span], np.zeros((1, len(NAMES)), dtype=np.float32))
    assert all(0 <= weighing.chance(0, role) <= 1 for role in ROLES)
    for name, members in VOCABULARIES.items():
        assert weighing.choice(0, name).sum() == pytest.approx(1, abs=1e-4)
        assert len(weighing.choice(0, name)) == len(members)
    assert all(0 <= s.incident <= 1 for s in read.read_sentences())
    assert all(REPORT[run.span.start : run.span.end] == run.span.quote for run in read.runs(*TAGGED))


def test_a_report_is_read_alike_whatever_was_read_before(reader):
    alone = scored(Reader.load(shipped_folder()).read(REPORT, sentences(REPORT)))
    for other in ("Rain fell.", REPORT * 9, "Ministers met. " * 40):
        reader.read(other, sentences(other))
    assert scored(reader.read(REPORT, sentences(REPORT))) == alone


def test_every_processor_adds_products_whole(reader):
    """Without VNNI, sums of int8 products overflow unless asked not to: .73 where .87 stands here."""
    ids = np.array([[101, *range(2000, 2060), 102]], dtype=np.int64)
    (states,) = reader._lower.run(None, {"ids": ids})
    assert states[0, 30, :4] == pytest.approx([0.870, -0.174, -0.057, -0.575], abs=0.03)


def test_no_text_gives_an_empty_reading(reader):
    assert scored(reader.read("", ())) == ((), (), [])


def test_a_word_is_told_what_the_finders_found_in_it():
    words = tuple(Word(n * 2, n * 2 + 1, 0, n + 1) for n in range(4))
    weight = np.zeros((2, len(NAMES)), dtype=np.float32)
    weight[0, 0], weight[1, 1] = 2.0, 3.0
    features = np.zeros((2, len(NAMES)), dtype=np.float32)
    features[0, 0] = features[1, 1] = 1.0
    spans = [Span(2, 5, "w w"), Span(4, 5, "w")]  # the second and third word; the third
    told = marks_of(words, Marked(spans, features), Heads({"marks.weight": weight}))
    assert told is not None
    assert told.tolist() == [[0, 0], [2, 0], [2, 3], [0, 0]]


def test_heads_that_have_learned_no_marks_tell_the_words_nothing():
    assert marks_of((), Marked([], np.zeros((0, len(NAMES)), np.float32)), Heads({})) is None
