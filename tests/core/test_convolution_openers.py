"""What the openers of the Convolution lab claim is true for at least 18 of 20 seeds."""

import numpy as np
import pytest

from ann_core import Film, Run, advance, start
from ann_core.film.probes import PROBES
from ann_core.lab.convolution_openers import OPENERS, USUAL
from ann_core.run.link import edited
from ann_core.run.objectives.supervised import NET

SEEDS, ENOUGH = 20, 18
OTHERS = frozenset(PROBES) - {"progress"}


def run_of(key: str, seed: int) -> Run:
    return start(edited(OPENERS[key].config, {"seed": 500 + seed}), without=OTHERS)


def ended(key: str, seed: int) -> Film:
    """Its film's last frame."""
    run = run_of(key, seed)
    return advance(run, frames=1, epochs_per_frame=run.config.training.epochs)[1]


def reaches(key: str, seed: int, needed: float = 0.95) -> bool:
    """Whether so many of the pictures held out are right after one of its epochs."""
    run = run_of(key, seed)
    trainer, X, y = run.trainer(), run.data.X_test, run.data.y_test
    for epoch in range(run.config.training.epochs):
        trainer.run(epoch + 1, None, np.inf)
        Z = run.net.forward(trainer.p[NET], X)[0]
        if run.setup.target.score(Z, run.net.head.score(Z), y) >= needed:
            return True
    return False


@pytest.mark.parametrize("key", ["digits", "canvas", "anywhere"])
def test_it_learns_the_pictures_held_out(key):
    reached = [reaches(key, seed) for seed in range(SEEDS)]
    assert sum(reached) >= ENOUGH, reached


def test_the_dense_network_learns_its_training_pictures_only_and_has_twelve_times_the_weights():
    films = [ended("dense", seed) for seed in range(SEEDS)]
    assert sum(film.train_score[-1] >= 0.9 and film.test_score[-1] < 0.6 for film in films) >= ENOUGH
    many, few = (start(OPENERS[key].config).net.n_parameters for key in ("dense", "anywhere"))
    assert 12 <= many / few < 13


def test_drawings_are_learned_all():
    films = [ended("own", seed) for seed in range(SEEDS)]
    assert sum(film.train_score[-1] == 1 for film in films) >= ENOUGH


def test_a_film_by_steps_ends_with_the_last_epoch():
    run, film = advance(start(USUAL, without=OTHERS), frames=1_000, steps_per_frame=7)
    assert run.finished and film.epoch[-1] == USUAL.training.epochs and np.diff(film.step)[:-1].max() == 7
