"""The gate looks at words alone: their order, case and number change nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.encoder import is_shipped, reader_of, shipped_folder
from dateline.extract.gate import LOOKED_AT, Gate

MARKETS = (
    "Shares closed higher on Tuesday after the central bank left its key interest rate unchanged and "
    "said that growth would pick up next year. The index of the largest companies gained half a "
    "percent, led by makers of software and by retailers, whose sales before the holidays were better "
    "than analysts had expected. The company that runs the city's trams announced new timetables, and "
    "the film festival named its jury, which an actress will chair. In the evening the national team "
    "plays the last match of the season at home, and the coach has yet to choose a goalkeeper. The "
    "weather will be mild, with showers in the north by Thursday."
)
GATE = Gate({"bomb": 3.0, "gunmen": 2.5, "budget": -2.0}, bias=-1.0, threshold=0.0)


@given(st.permutations(["Bomb", "budget", "rain", "gunmen"]), st.integers(1, 3))
def test_order_case_and_repetition_change_nothing(words, times):
    assert GATE.score(" ".join(words * times)) == pytest.approx(2.5)


def test_it_passes_what_may_tell_of_an_incident_and_stops_what_does_not():
    assert GATE.passes("A bomb went off while the budget was debated.")
    assert not GATE.passes("The budget was debated.")
    assert not GATE.passes("")


def test_what_stands_far_behind_is_not_looked_at():
    assert not GATE.passes("rain " * LOOKED_AT + "bomb")


def test_it_is_stored_and_loaded_again(tmp_path):
    words = np.array(sorted(GATE.weights))
    weights = np.array([GATE.weights[word] for word in words], dtype=np.float16)
    np.savez_compressed(tmp_path / "gate.npz", words=words, weights=weights, bias=-1.0, threshold=0.0)
    assert Gate.load(tmp_path / "gate.npz") == GATE


@pytest.mark.skipif(not is_shipped(), reason="this package ships no trained reader")
def test_the_shipped_gate_stops_a_cup_final_and_passes_a_siege():
    reader = reader_of(shipped_folder())
    assert not reader.passes(MARKETS)
    assert reader.passes(
        "Gunmen took six guards hostage in a prison; two were killed when soldiers stormed it."
    )
