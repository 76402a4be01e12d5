"""What the openers of the GAN lab claim is true for at least 18 of 20 seeds; what a second run and a branch are."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core import advance, start
from ann_core.film.probes import PROBES
from ann_core.film.recording import Recording
from ann_core.lab.gan_openers import CHANGES, COLLAPSE, OPENERS, SHAPES, USUAL, Duel
from ann_core.run.link import edited

SEEDS, ENOUGH, FIRST = 20, 18, 400
OTHERS = frozenset(PROBES) - {"progress", "samples"}


@lru_cache
def film(config, *rounds: int):
    """20 seeds side by side, with a frame at each of these rounds, evenly apart."""
    many = edited(config, {"seed": FIRST, "seeds": SEEDS})
    found = advance(start(many, without=OTHERS), frames=len(rounds), steps_per_frame=rounds[0])[1]
    assert tuple(found.step) == rounds
    return found


def test_all_eight_clouds_come_out():
    end = film(USUAL, 750, 1500)
    assert ((end.covered[-1] == 1) & (end.good[-1] >= 0.7)).sum() >= ENOUGH


def test_the_chase_covers_three_clouds_at_most_after_a_thousand_rounds():
    assert (film(COLLAPSE, 1000).covered[0] <= 3 / 8).sum() >= ENOUGH


def test_one_change_covers_all_and_only_that_is_changed():
    first, second = OPENERS["cured"].duel.configs
    assert first == COLLAPSE and edited(second, CHANGES["lasting"].settings) == first
    assert (film(second, 2000).covered[0] == 1).sum() >= ENOUGH


def test_both_moons_are_covered():
    end = film(OPENERS["moons"].config, 2000)
    assert ((end.covered[0] >= 0.95) & (end.good[0] >= 0.85)).sum() >= ENOUGH


@pytest.mark.parametrize("key", CHANGES)
def test_a_second_run_has_the_same_weights_data_and_noise(key):
    one, *others = Duel(USUAL, key).configs
    assert len(others) == (key != "none")
    first = start(one)
    for other in others:
        second = start(other)
        np.testing.assert_array_equal(first.state.theta, second.state.theta)
        np.testing.assert_array_equal(first.data.X_train, second.data.X_train)


def test_an_unknown_second_run_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'minimax'"):
        Duel(USUAL, "minmax")


def test_a_branch_has_the_same_past_and_future_with_both_memories_until_it_is_changed():
    small = edited(COLLAPSE, {"training.epochs": 4, "data.samples": 256})
    recording = Recording(small, without=OTHERS)
    recording.frames(None, 9, steps_per_frame=1, budget_ms=None)
    branch = recording.branch(6)
    branch.frames(6, 3, steps_per_frame=1, budget_ms=None)
    for one, other in zip(recording.at(9).state.memories, branch.at(9).state.memories, strict=True):
        assert one.t == other.t == 9
        for left, right in zip(one.vectors, other.vectors, strict=True):
            np.testing.assert_array_equal(left, right)
    np.testing.assert_array_equal(recording.at(9).state.theta, branch.at(9).state.theta)
    branch.change(edited(small, CHANGES["forgetful"].settings))
    branch.frames(6, 3, steps_per_frame=1, budget_ms=None)
    assert [memory.t for memory in branch.at(6).state.memories] == [6, 6]
    assert not np.array_equal(recording.at(9).state.theta, branch.at(9).state.theta)


@pytest.mark.parametrize("source", SHAPES)
def test_every_shape_of_the_lab_trains(source):
    config = edited(USUAL, {"data.source": source, "training.epochs": 1})
    _, found = advance(start(config), frames=2, steps_per_frame=1)
    assert np.isfinite(found.samples).all() and not found.failures and ((0 <= found.good) & (found.good <= 1)).all()
