"""Runs that are killed, runs side by side, and long ones: in real processes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.pipeline import run
from dateline.store import Store

from .reading import Tiny, write_reports

ROOT = Path(__file__).parents[2]


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.pipeline.reading", *map(str, arguments)]


def start(*arguments: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        command(*arguments), cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def read_so_far(path: Path) -> int:
    with Store.open(path, create=False) as store, store.read() as session:
        return session.evidence.count()


@pytest.mark.parametrize("workers", [0, 2])
def test_a_killed_run_goes_on_where_it_was(tmp_path, workers):
    reports = write_reports(tmp_path / "reports", 60)
    path = tmp_path / "killed.db"
    process = start(path, workers, reports)
    deadline = time.monotonic() + 60
    while not read_so_far(path) >= 8 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    kept = read_so_far(path)
    assert 8 <= kept < 60

    with Store.open(path) as store, Store.open(tmp_path / "whole.db") as whole:
        summary = run([str(reports)], store, Settings(workers=0), Tiny())
        assert len(summary.new) == 60 - kept
        assert summary.known == kept
        run([str(reports)], whole, Settings(workers=0), Tiny())
        with store.read() as one, whole.read() as other:
            assert one.computed.states() == other.computed.states()
            assert one.findings.count() == other.findings.count() == 60
        assert store.verify().holds


def test_a_second_run_on_one_file_is_told_at_once(tmp_path):
    reports = write_reports(tmp_path / "reports", 60)
    path = tmp_path / "cases.db"
    first = start(path, 0, reports)
    while read_so_far(path) == 0:
        time.sleep(0.02)
    second = subprocess.run(
        command(path, 0, reports), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert second.returncode == 4
    assert "another run" in second.stderr
    assert second.stderr.count("\n") == 1
    assert first.wait(timeout=60) == 0
    assert read_so_far(path) == 60


PEAKS = """
import resource, sys
from tests.pipeline.reading import *

class Peaks:
    def stage(self, name, total=None):
        print(name, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, sep=": ")
    def advance(self, steps=1):
        pass

run([sys.argv[1]], Store.open(sys.argv[2]), Settings(workers=0), Tiny(), Peaks())
"""


@pytest.mark.slow
def test_memory_for_reading_is_flat_whatever_the_number_of_reports(tmp_path):
    """Measured when linking begins, which holds all mentions, but no reports."""
    peaks = []
    for number in (150, 900):
        reports = write_reports(tmp_path / str(number), number)
        for n, path in enumerate(reports.iterdir()):
            path.write_text(path.read_text() + "".join(f"Word {n * 2000 + k}. " for k in range(1500)))
        arguments = [sys.executable, "-c", PEAKS, str(reports), str(tmp_path / f"{number}.db")]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=True)
        stages = dict(line.split(": ") for line in done.stdout.splitlines())
        peaks.append(int(stages["Linking mentions"]) / 1024)
    assert peaks[1] - peaks[0] < 20, f"peak memory grew from {peaks[0]:.0f} to {peaks[1]:.0f} MB"
