"""What the lesson on recurrence works out: by hand, before the first step, and over twenty networks that learn."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core.data.made.sequences import best_looking_back
from ann_core.lessons import recurrence_depth as depth
from ann_core.lessons.recurrence import PULSES, Unit
from ann_core.lessons.recurrence_tasks import CELLS, counted, explodes, forecasts, looks_ahead, lstm, remembers, stretched
from ann_core.lessons.recurrence_trained import course, forecast_error, right_by_step, together, watched
from ann_core.lessons.recurrence_way import way_before
from ann_core.run.link import edited

SEED, SEEDS = 200, 20
MOST = 18
"""A claim on behaviour holds in at least so many of 20."""


def twenty(config):
    return edited(config, {"seed": SEED, "seeds": SEEDS})


@lru_cache
def before(cell, length=20):
    return way_before(twenty(remembers(cell, length)))


def test_a_state_by_hand():
    """h₁ = tanh(1), h₂ = tanh(½ tanh 1), …"""
    unit = Unit(1.0, 0.5, 0.0, PULSES["one pulse"])
    h = [np.tanh(1.0)]
    for _ in range(5):
        h.append(np.tanh(0.5 * h[-1]))
    np.testing.assert_allclose(unit.states, h, rtol=1e-15)
    assert unit.before[0] == 0 and np.array_equal(unit.before[1:], unit.states[:-1])


@pytest.mark.parametrize(("w", "u", "b"), [(1.0, 1.5, 0.0), (-0.7, 0.4, 0.2), (0.0, 2.0, 0.5), (2.0, -1.0, -0.3)])
def test_what_the_steps_add_is_the_derivative(w, u, b):
    unit = Unit(w, u, b, (1.0, -0.5, 0.8))
    parts = unit.parts(0.3)
    np.testing.assert_allclose(parts.sum(1), unit.gradient(0.3)[0], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(parts.sum(1), unit.difference(0.3), rtol=1e-7, atol=1e-10)
    assert parts[1, 0] == 0  # u had nothing to work on at the first step


@pytest.mark.parametrize("cell", CELLS)
def test_the_factors_of_the_steps_lead_from_the_last_state_to_the_first(cell):
    way = before(cell)
    np.testing.assert_allclose((way.by_slope[1:] * way.by_weights[:-1]).prod(0), way.ratio, rtol=1e-9)
    assert (way.cell is not None) == ("LSTM" in cell)


@pytest.mark.parametrize("kind", ["orthogonal", "normal"])
@pytest.mark.parametrize("scale", [0.5, 0.8, 1.5, 3.0])
def test_no_gradient_is_larger_than_the_largest_singular_value_allows(kind, scale):
    way = way_before(twenty(stretched(kind, scale)))
    assert (way.ratio <= way.largest**19 * (1 + 1e-9)).all()
    if kind == "orthogonal":
        np.testing.assert_allclose(way.largest, scale, rtol=1e-12)
        assert (way.ratio < 1).sum() >= MOST if scale <= 1 else (way.ratio > 1).sum() >= MOST
    if (kind, scale) == ("normal", 0.8):  # it might explode, and vanishes
        assert (way.largest > 1).sum() >= MOST and (way.ratio < 1).sum() >= MOST


@pytest.mark.parametrize(("cell", "length", "low", "high"), [
    ("RNN, normal", 20, 1e-8, 2e-3), ("RNN", 20, 0.02, 0.12), ("LSTM, bias 1", 40, 5e-3, 0.05), ("LSTM, bias 3", 40, 0.5, 4),
    ("GRU, bias 0", 40, 3e-7, 3e-5), ("GRU, bias 3", 40, 0.1, 0.5)])
def test_how_much_reaches_the_first_step(cell, length, low, high):
    assert ((before(cell, length).ratio > low) & (before(cell, length).ratio < high)).sum() >= MOST


def test_clipping_cures_what_explodes():
    free, clipped = (course(twenty(explodes(2.5, clip)), 100) for clip in (None, 1.0))
    assert np.isinf(free.first).sum() >= MOST and np.isfinite(clipped.first).sum() >= MOST
    assert (free.ways[0].norm > 1).sum() >= MOST


def test_an_lstm_remembers_with_the_right_forget_bias():
    usual, nearly_open = (together([course(edited(lstm(bias, 40), {"seed": seed, "seeds": 5}), 100, until_known=True)
                                    for seed in range(SEED, SEED + SEEDS, 5)]) for bias in (1.0, 3.0))
    assert np.isfinite(nearly_open.first).sum() >= MOST and np.isfinite(usual.first).sum() <= SEEDS - MOST


def test_who_reads_both_ways_knows_what_nobody_who_looks_back_can():
    forward, both = (course(twenty(looks_ahead(way)), 100) for way in (False, True))
    best = best_looking_back(12)
    assert best == pytest.approx(0.688, abs=5e-4)
    assert (both.right[-1] > 0.99).sum() >= MOST and (forward.right[-1] < best + 0.05).sum() >= MOST
    by_step = right_by_step(twenty(looks_ahead(True)), both.theta[-1])
    assert by_step.shape == (12, SEEDS) and np.allclose(by_step.mean(0), both.right[-1])


@pytest.mark.parametrize("scale", [0.8, 1.0])
def test_one_cure_for_depth_and_for_time(scale):
    """Without one both lose the gradient; a way past it brings more than a tenth of it to the first layer and step."""
    seeds = range(SEED, SEED + SEEDS)
    found = {(kind.__name__, cure): np.array([depth.arriving(kind(20, scale, cure), seed)[0] for seed in seeds])
             for kind in (depth.stack, depth.chain) for cure in ("none", "a way past")}
    for kind in ("stack", "chain"):
        assert (found[kind, "a way past"] > 0.1).sum() >= MOST
        assert (found[kind, "a way past"] > 5 * found[kind, "none"]).sum() >= MOST
    assert (found["chain", "none"] < found["stack", "none"]).sum() >= MOST


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_parameters_as_the_formula_counts_them(kind):
    parts, inner = {"rnn": (1, 0), "gru": (3, 12), "lstm": (4, 0)}[kind]
    assert counted(kind, 5, 12) == parts * (5 * 12 + 12 * 12 + 12) + inner


def test_networks_side_by_side_learn_as_they_do_alone():
    config = remembers("RNN", 5)
    both = course(edited(config, {"seed": 3, "seeds": 2}), 50)
    parts = together([course(edited(config, {"seed": seed}), 50) for seed in (3, 4)])
    np.testing.assert_allclose(both.theta, parts.theta, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(both.right, parts.right)
    np.testing.assert_allclose(both.ways[-1].size, parts.ways[-1].size, rtol=1e-9)


def test_a_course_that_ended_early_keeps_its_last_look():
    short, long = (course(edited(remembers("RNN", 5), {"seed": seed}), steps) for seed, steps in ((3, 25), (4, 75)))
    whole = together([short, long])
    assert whole.step.tolist() == [0, 25, 50, 75] and whole.right[-1, 0] == short.right[-1, 0] and len(whole.ways) == 4


def test_what_a_network_makes_of_a_sequence():
    config = edited(lstm(3.0, 20), {"seed": SEED})
    theta = course(config, 100, until_known=True).theta[-1, 0]
    seen = watched(config, theta, 0)
    assert seen.symbols[0] in "ABCD" and set(seen.symbols[1:]) <= set("wxyz") and "ABCD"[int(seen.answer)] == seen.symbols[0]
    assert seen.parts["cell"].shape == (20, 16) and (seen.parts["forget"] > 0.5).all()
    np.testing.assert_allclose(seen.parts["cell"][1:], seen.parts["forget"][1:] * seen.parts["cell"][:-1]
                               + seen.parts["input"][1:] * seen.parts["candidate"][1:], rtol=1e-12)


def test_a_forecast_is_better_than_the_mean():
    config = forecasts(1, SEED)
    error = forecast_error(config, 150)
    assert 0 < error < 0.3 * forecast_error(config, 0)
