"""Work is shared by processes without a word of difference in its results."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from dateline.link import blocking, clusters, comparables, link_all
from dateline.link.spread import spread

from .test_link import FIRST, NORTHTOWN, SECOND, SOUTHTOWN, shooting

PARENT = os.getpid()


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("items", [(), (4,), tuple(range(40))])
def test_results_come_in_the_order_of_the_items(items: tuple[int, ...], workers: int):
    assert list(spread(lambda n: n * n, items, workers)) == [n * n for n in items]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
def test_the_work_is_done_by_others():
    assert PARENT not in set(spread(lambda _: os.getpid(), range(8), 2))


def test_what_a_worker_that_dies_leaves_undone_is_done_here():
    def doubled(number: int) -> int:
        if number == 3 and os.getpid() != PARENT:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    assert list(spread(doubled, range(12), 2)) == [2 * n for n in range(12)]


def test_an_error_of_the_work_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 // n, [1, 0, 2], 2))


def test_two_processes_link_as_one_does(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(blocking, "_PORTION", 7)
    monkeypatch.setattr(clusters, "_SCORED_TOGETHER", 5)
    texts = (FIRST, SECOND, "Soldiers raid a farm.", "A bomb at the quay hurt nine sailors.")
    items = comparables(
        (
            shooting(texts[n % 4], report=f"r{n}", killed=n % 3 + 1, where=(NORTHTOWN, SOUTHTOWN)[n % 2])
            for n in range(60)
        ),
        {},
    )
    (alone, own), (shared, others) = (link_all(items, workers=workers) for workers in (1, 2))
    assert shared == alone
    assert list(others) == list(own)
    assert len(own) > 20
