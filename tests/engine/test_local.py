import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.engine import Failure, LocalEngine
from dateline.engine.spill import grouped


def double(n: int) -> int:
    return 2 * n


def fail_at_seven(n: int) -> int:
    if n == 7:
        raise ValueError("seven is not\nliked")
    return n


def die_at_seven(n: int) -> int:
    if n == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


@pytest.fixture(params=[0, 2], ids=["in process", "two workers"])
def engine(request) -> LocalEngine:
    return LocalEngine(request.param, fewest=3)


def test_results_keep_the_order_of_their_items(engine):
    assert list(engine.map(double, range(40))) == [(n, 2 * n) for n in range(40)]


def test_an_item_that_raises_gives_a_failure_and_the_rest_goes_on(engine):
    results = dict(engine.map(fail_at_seven, range(20)))
    assert results.pop(7) == Failure("ValueError: seven is not liked")
    assert results == {n: n for n in range(20) if n != 7}


def test_an_item_that_kills_its_worker_gives_a_failure_and_the_rest_goes_on():
    results = list(LocalEngine(2, fewest=3).map(die_at_seven, range(20)))
    assert [n for n, _ in results] == list(range(20))
    failed = [n for n, result in results if isinstance(result, Failure)]
    assert failed == [7]
    assert "died" in dict(results)[7].detail


def test_items_are_taken_only_as_they_are_needed(engine):
    taken = []

    def coming():
        for n in range(1000):
            taken.append(n)
            yield n

    results = engine.map(double, coming())
    next(results)
    assert len(taken) < 50
    results.close()


def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, sys, time\n"
        "from dateline.engine import LocalEngine\n"
        "def pid(n):\n    time.sleep(0.01)\n    return os.getpid()\n"
        "if __name__ == '__main__':\n"
        "    for _, worker in LocalEngine(1, fewest=1).map(pid, iter(range(10**6))):\n"
        "        print(worker, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _is_alive(worker):
        time.sleep(0.05)
    assert not _is_alive(worker)


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers())), st.integers(1, 5))
def test_groups_hold_all_items_in_order_whatever_goes_to_disk(items, run):
    expected: dict[str, list[int]] = {}
    for key, item in items:
        expected.setdefault(key, []).append(item)
    groups = list(grouped(items, run))
    assert [key for key, _ in groups] == sorted(expected)
    assert {key: list(group) for key, group in groups} == expected
