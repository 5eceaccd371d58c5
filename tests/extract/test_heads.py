"""The heads: links are symmetric probabilities, and a pair's does not depend on the other spans."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.extract.heads import Heads, pooled

WIDTH = 12


@pytest.fixture(scope="module")
def heads() -> Heads:
    made = np.random.default_rng(7)
    shapes = {"link.side": (8, WIDTH), "link.inner": (6, 18), "link.outer": (1, 6), "link.known": (1, 2)}
    weights = {f"{name}.weight": made.normal(size=shape) for name, shape in shapes.items()}
    weights |= {f"{name}.bias": made.normal(size=shape[0]) for name, shape in shapes.items()}
    return Heads({name: values.astype(np.float32) for name, values in weights.items()})


def spans(count: int) -> np.ndarray:
    return np.random.default_rng(3).normal(size=(count, WIDTH)).astype(np.float32)


def test_links_are_symmetric_probabilities(heads):
    links = heads.links(spans(9), range(9))
    assert np.array_equal(links, links.T)
    assert ((links > 0) & (links <= 1)).all()
    assert (np.diag(links) == 1).all()


def test_a_link_does_not_depend_on_the_other_spans(heads):
    every = heads.links(spans(9), range(9))
    pair = heads.links(spans(9)[[2, 7]], [2, 7])
    assert pair[0, 1] == pytest.approx(every[2, 7], abs=1e-5)


def test_no_spans_have_no_links(heads):
    assert heads.links(spans(0), []).shape == (0, 0)


def test_a_span_is_the_mean_of_its_words():
    words = np.arange(12, dtype=np.float32).reshape(4, 3)
    assert np.array_equal(pooled(words, [(1, 2)])[0], (words[1] + words[2]) / 2)
    assert pooled(words, []).shape == (0, 3)


def test_a_calibrated_probability_keeps_the_order_and_its_bounds():
    heads = Heads({"calibration": np.array([0.6, -0.4], dtype=np.float32)})
    chances = [0.0, 0.01, 0.3, 0.5, 0.9, 1.0]
    found = [heads.calibrated(chance) for chance in chances]
    assert found == sorted(found)
    assert all(0 < p < 1 for p in found)
    assert heads.calibrated(0.9) < 0.9
    assert Heads({}).calibrated(0.3) == pytest.approx(0.3)
