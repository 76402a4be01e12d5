"""What the openers of the Convolution lab claim is true for at least 18 of 20 seeds."""

import numpy as np
import pytest

from ann_core import advance, start
from ann_core.film.probes import PROBES
from ann_core.lab.convolution_openers import OPENERS, USUAL

SEEDS, ENOUGH = 20, 18
OTHERS = frozenset(PROBES) - {"progress"}


def film_of(key: str, seed: int):
    config = OPENERS[key].config.model_copy(update={"seed": 500 + seed})
    return advance(start(config, without=OTHERS), frames=config.training.epochs)[1]


@pytest.mark.parametrize("key", ["digits", "canvas", "anywhere"])
def test_it_learns_the_pictures_held_out(key):
    reached = [bool((film_of(key, seed).test_score >= 0.95).any()) for seed in range(SEEDS)]
    assert sum(reached) >= ENOUGH, reached


def test_the_dense_network_learns_its_training_pictures_only_and_has_twelve_times_the_weights():
    films = [film_of("dense", seed) for seed in range(SEEDS)]
    assert sum(film.train_score[-1] >= 0.9 and film.test_score[-1] < 0.6 for film in films) >= ENOUGH
    many, few = (start(OPENERS[key].config).net.n_parameters for key in ("dense", "anywhere"))
    assert 12 <= many / few < 13


def test_drawings_are_learned_all():
    films = [film_of("own", seed) for seed in range(SEEDS)]
    assert sum(film.train_score[-1] == 1 for film in films) >= ENOUGH


def test_a_film_by_steps_ends_with_the_last_epoch():
    run, film = advance(start(USUAL, without=OTHERS), frames=1_000, steps_per_frame=7)
    assert run.finished and film.epoch[-1] == USUAL.training.epochs and np.diff(film.step)[:-1].max() == 7
