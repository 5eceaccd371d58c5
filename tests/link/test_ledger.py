from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from dateline.link import assign
from dateline.model import Anchor, Ledger, LedgerAct

NOW = datetime(2031, 6, 1)


def anchor(number: int, shift: int = 0) -> Anchor:
    return Anchor(f"{number:064d}", 10 + shift, 30 + shift, "q" * 20)


def report_of(at: Anchor) -> str:
    return f"r{at.content_sha256[-2:]}"


def assigned(clusters, ledger=None):
    ledger = ledger or Ledger()
    made = assign([[anchor(n) for n in cluster] for cluster in clusters], ledger, NOW, report_of)
    return made, made.ledger(ledger)


def test_ids_are_minted_from_the_founding_mention_and_kept():
    first, ledger = assigned([[1, 2], [3]])
    again, _ = assigned([[3], [2, 1]], ledger)
    assert again.ids == first.ids[::-1]
    assert again.entries == ()
    assert all(len(i) == 9 and i.startswith("i") for i in first.ids)


def test_a_merge_redirects_to_the_older():
    _, ledger = assigned([[1]])
    made, ledger = assigned([[1], [2]], ledger)
    old, young = made.ids
    merged, ledger = assigned([[1, 2, 3]], ledger)
    assert merged.ids == (old,)
    assert [(e.incident_id, e.act, e.target, e.report_id) for e in merged.entries] == [
        (young, LedgerAct.MERGED, old, "r03")
    ]
    assert ledger.redirect(young) == old


def test_a_split_keeps_the_id_with_the_older_core_and_undoing_a_merge_restores_both_ids():
    before, ledger = assigned([[1], [2]])
    merged, ledger = assigned([[1, 2]], ledger)
    after, ledger = assigned([[1], [2]], ledger)
    assert after.ids == before.ids
    (entry,) = after.entries
    assert (entry.act, entry.target) == (LedgerAct.SPLIT, merged.ids[0])
    assert ledger.redirect(entry.incident_id) == entry.incident_id


def test_an_incident_that_is_gone_leaves_a_tombstone():
    before, ledger = assigned([[1], [2]])
    after, ledger = assigned([[2]], ledger)
    assert after.ids == before.ids[1:]
    assert [(e.incident_id, e.act) for e in after.entries] == [(before.ids[0], LedgerAct.DELETED)]
    assert assigned([[2]], ledger)[0].entries == ()


def test_a_mention_that_a_later_extraction_moved_keeps_its_id():
    before, ledger = assigned([[1, 2]])
    moved = assign([[anchor(1, 7), anchor(2, 5)]], ledger, NOW, report_of)
    assert moved.ids == before.ids
    assert moved.entries == ()


partitions = st.lists(st.integers(0, 4), min_size=1, max_size=9)


def clusters_of(labels):
    return [[n for n, label in enumerate(labels) if label == wanted] for wanted in sorted(set(labels))]


@given(st.lists(partitions, min_size=1, max_size=5), st.randoms())
def test_ids_are_unique_stable_and_do_not_depend_on_the_order(history, random):
    ledger = Ledger()
    for labels in history:
        clusters = clusters_of(labels)
        made, after = assigned(clusters, ledger)
        assert len(set(made.ids)) == len(clusters)
        shuffled = list(enumerate(clusters))
        random.shuffle(shuffled)
        other, _ = assigned([cluster for _, cluster in shuffled], ledger)
        assert [made.ids[at] for at, _ in shuffled] == list(other.ids)
        again, _ = assigned(clusters, after)
        assert again.ids == made.ids
        assert again.entries == ()
        assert all(after.redirect(i) == i for i in made.ids)
        ledger = after
