"""What the openers of the Attention lab claim, on seeds 100 to 119; more is measured in benchmarks/attention.py."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core import start
from ann_core.judge.names import make, tally
from ann_core.lab.attention_openers import OPENERS
from ann_core.run.decoding import write
from ann_core.run.link import edited

SEEDS = range(100, 120)


@lru_cache(maxsize=8)
def trained(opener: str, place: int, steps: int):
    """Twenty networks side by side after so many steps."""
    run = start(edited(OPENERS[opener].twins[place], {"seed": SEEDS[0], "seeds": len(SEEDS)}))
    trainer = run.trainer()
    trainer.run(run.config.training.epochs, steps, np.inf)
    return run.at(trainer.state())


def right(run) -> np.ndarray:
    """Of each network, which tokens held out are right, where they are asked for. (20, N, T)"""
    Z = run.net.forward(run.net.parameters.rows(run.state.theta), run.data.X_test)[0]
    return Z.argmax(-1) == run.data.y_test


def whole(run) -> np.ndarray:
    """Of each network the share of whole answers that are right, written freely. (20,)"""
    X, y = run.data.X_test[:80], run.data.y_test[:80, run.data.X_test.shape[1] // 2:]
    tokens = write(run.net, run.state.theta, X)
    return ((tokens == y) | (y < 0)).all(-1).mean(-1)


def test_who_may_look_back_turns_most_questions_round_and_who_may_not_does_not_yet():
    assert (whole(trained("turned", 0, 200)) >= 0.85).sum() >= 18
    assert (whole(trained("turned", 1, 200)) <= 0.5).sum() >= 18


@pytest.mark.parametrize(("opener", "place", "low", "high"), [
    ("transformer", 0, 0.99, 1.0), ("places", 1, 0.25, 0.36), ("causal", 1, 0.5, 0.6)])
def test_a_transformer_needs_places_and_to_look_ahead(opener, place, low, high):
    shares = right(trained(opener, place, 150)).mean((1, 2))
    assert ((low <= shares) & (shares <= high)).sum() >= 18


def solo(opener: str, place: int, seed: int, *stops: int):
    """One network at these steps."""
    run = start(edited(OPENERS[opener].twins[place], {"seed": seed}))
    trainer = run.trainer()
    for stop in stops:
        trainer.run(run.config.training.epochs, stop, np.inf)
        yield run.at(trainer.state())


def held_loss(run) -> float:
    Z = run.net.forward(run.net.parameters.rows(run.state.theta), run.data.X_test)[0]
    return float(run.setup.objective.value(Z, run.setup.Y_test, None))


def test_made_names_keep_a_rule_that_nobody_told():
    assert sum(tally(run, make(run)).kept >= 0.9 for seed in SEEDS for run in solo("names", 0, seed, 450)) >= 18


def test_few_names_are_learned_by_heart():
    pairs = [tuple(solo("few_names", 1, seed, 100, 700)) for seed in SEEDS]
    assert sum(held_loss(late) > held_loss(early) + 0.3 for early, late in pairs) >= 18
    assert sum((found := tally(late, make(late))).copied > 2 * found.by_chance for _, late in pairs) >= 18
