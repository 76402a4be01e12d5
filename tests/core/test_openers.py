"""What an opener's name claims is true for at least 18 of 20 seeds."""

from functools import cache

import numpy as np
import pytest

from ann_core import Film, RunConfig, advance, first_frame, start
from ann_core.film.probes import PROBES
from ann_core.lab.narration import FIRST_VISIT, NARRATIONS, Line
from ann_core.lab.openers import OPENERS
from ann_core.run.link import flatten, nest

SEEDS, ENOUGH = 20, 18
PICTURES = frozenset(PROBES) - {"progress", "gradient"}
"""What no claim looks at."""


def film_of(key: str, **parts):
    config = RunConfig.model_validate(nest({**flatten(OPENERS[key].config), "seeds": SEEDS, **parts}))
    run = start(config, without=PICTURES)
    return first_frame(run), advance(run, frames=20, epochs_per_frame=max(1, config.training.epochs // 20))[1]


def holds(claims) -> bool:
    return int(np.sum(claims)) >= ENOUGH


def test_spiral_is_learned():
    _, film = film_of("spiral")
    assert holds(film.test_score[-1] >= 0.95)


def test_linear_cannot_do_xor_but_tanh_can():
    _, film = film_of("linear_xor")
    assert holds(film.test_score[-1] <= 0.65) and holds(film.train_score.max(0) < 0.75)
    layers = [{"units": 8, "activation": "tanh"}] * 2
    assert holds(film_of("linear_xor", **{"network.layers": layers})[1].test_score[-1] >= 0.95)


def test_ten_sigmoid_layers_do_not_move():
    first, film = film_of("sigmoid_ten")
    assert holds(first.gradient[0, 0] / first.gradient[0, -1] < 1e-4)
    assert holds(film.test_score[-1] < 0.6) and holds(film.train_loss[-1] > 0.69)


def test_the_same_with_relu_learns():
    first, film = film_of("relu_ten")
    assert holds(first.gradient[0, 0] / first.gradient[0, -1] > 0.05)
    assert holds(film.test_score[-1] >= 0.95)


def test_adam_hides_it_partly():
    first, film = film_of("adam_ten")
    assert holds(first.gradient[0, 0] / first.gradient[0, -1] < 1e-4)
    assert holds(film.test_score[-1] >= 0.75) and holds(film.test_score[-1] < 0.97)


@pytest.mark.parametrize("rate,diverges", [(None, True), (0.3, False)])
def test_the_rate_is_too_high_and_the_cure_helps(rate, diverges):
    config = OPENERS["rate_too_high"].config
    flat = {**flatten(config), **({"training.learning_rate": rate} if rate else {})}
    states = []
    for seed in range(SEEDS):
        run = start(RunConfig.model_validate(nest({**flat, "seed": seed})))
        before = first_frame(run)
        _, film = advance(run, frames=20, epochs_per_frame=10)
        states.append(film.state == "diverged" if diverges else film.train_loss[-1] < before.train_loss[0] / 2)
    assert holds(states)


def test_fitting_the_noise():
    _, film = film_of("fitting_noise")
    assert holds(film.train_score[-1] >= 0.97)
    assert holds(film.test_loss[-1] >= 1.5 * film.test_loss.min(0))
    assert holds(film.train_loss[-1] < film.train_loss[0] / 5)


@cache
def every_epoch(key: str) -> Film:
    config = RunConfig.model_validate(nest({**flatten(OPENERS[key].config), "seeds": SEEDS}))
    return advance(start(config, without=PICTURES | {"gradient"}), frames=config.training.epochs, epochs_per_frame=1)[1]


def test_the_lines_stay_true_while_they_are_said():
    xor = every_epoch("linear_xor").train_loss[99:]
    assert holds((xor.min(0) > 0.685) & (xor.max(0) < 0.7)), "its loss stays at 0.69"
    spiral, noise = every_epoch("spiral").test_score, every_epoch("fitting_noise")
    apart = [score[np.argmax(score >= 0.95):] for score in spiral.T]
    assert holds([score.min() >= 0.85 and score[-1] >= 0.95 for score in apart]), "small setbacks, if any"
    turned = np.argmax(noise.test_loss >= 1.5 * np.minimum.accumulate(noise.test_loss), 0)
    changes = [abs(score[-1] - score[at]) for score, at in zip(noise.test_score.T, turned, strict=True)]
    assert holds(np.array(changes) < 0.07), "three of fifty points at most"


def test_what_stops_a_run_and_its_label_name_the_same_cure():
    message = advance(start(OPENERS["rate_too_high"].config), frames=40, epochs_per_frame=1)[1].message
    assert "try 0.3)" in message and "rate of 0.3" in OPENERS["rate_too_high"].sentence
    assert "rate of 0.3" in NARRATIONS["rate_too_high"].lines[-1].words


@pytest.mark.parametrize("key", OPENERS)
def test_what_is_told_of_an_opener_comes_true(key):
    lines = NARRATIONS[key].lines + (FIRST_VISIT.lines if key == "spiral" else ())
    assert lines[0] == Line(lines[0].words), "without a condition"
    config, film = OPENERS[key].config, every_epoch(key)
    with np.errstate(all="ignore"):
        risen = np.nanmax(film.test_loss / np.minimum.accumulate(film.test_loss), 0)
    for line in lines:
        assert line.epoch < config.training.epochs
        assert line.score is None or holds(film.test_score.max(0) >= line.score)
        assert line.turned is None or holds(risen >= line.turned)
        assert not line.diverged or film.state == "diverged"


def test_openers_start_by_themselves_and_every_one_differs():
    limit = 10 * RunConfig().cost
    assert all(opener.config.cost <= limit for opener in OPENERS.values())
    assert len({opener.config.model_dump_json() for opener in OPENERS.values()}) == len(OPENERS)
    assert OPENERS["spiral"].config == RunConfig() and [*NARRATIONS] == [*OPENERS]
