"""A run in words: its sentences say what its film holds, and other runs are told otherwise."""

import re

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.base.spelling import words
from ann_core.film.recording import Recording
from ann_core.lab.openers import OPENERS
from ann_core.lab.run_words import MOMENTS, in_words, moments
from ann_core.run.link import edited


def ended(config: RunConfig) -> Recording:
    recording = Recording(config)
    while not (recording.latest.finished or recording.latest.message):
        recording.frames(recording.latest.state.step, 20, 10, None, None)
    return recording


@pytest.fixture(scope="module")
def told() -> dict[str, list[str]]:
    keys = ("spiral", "linear_xor", "sigmoid_ten", "rate_too_high", "fitting_noise")
    return {key: in_words(ended(OPENERS[key].config)) for key in keys}


def has(lines: list[str], pattern: str) -> bool:
    return any(re.search(pattern, line) for line in lines)


def test_at_most_ten_sentences_each_with_its_numbers(told):
    for lines in told.values():
        assert 7 <= len(lines) <= 10
        assert not has(lines, "nan|inf |None|not known")
        assert sum(bool(re.search(r"\d", line)) for line in lines) >= len(lines) - 1


@pytest.mark.parametrize(("pattern", "of"), [
    ("By epoch .* more than half of the way", {"spiral", "fitting_noise"}),
    ("It does not learn its task", {"linear_xor", "sigmoid_ten", "rate_too_high"}),
    ("Diverged in epoch", {"rate_too_high"}),
    ("The run has ended, after", {"spiral", "linear_xor", "sigmoid_ten", "fitting_noise"}),
    ("hardly anything comes that far", {"sigmoid_ten"}),
    ("does not help with other points", {"fitting_noise"}), ("knows its own points much better", {"fitting_noise"}),
    ("to tell blue and orange apart", {"spiral", "linear_xor", "sigmoid_ten", "fitting_noise"}),
    ("to answer a value", {"rate_too_high"})])
def test_what_is_said_is_said_of_those_runs_only(told, pattern, of):
    assert {key for key, lines in told.items() if has(lines, pattern)} == of


def test_its_numbers_are_those_of_the_film(told):
    run, film = advance(start(RunConfig()), 400, 1, budget_ms=None)
    lines = " ".join(told["spiral"])
    measure = run.setup.target.measure
    assert f"held-out accuracy is {measure.words(start_score())}" in lines
    assert f"{measure.words(film.train_score[-1])} on the points it learned from" in lines
    assert f"{measure.words(film.test_score[-1])} on the held-out points" in lines
    assert f"after {film.step[-1]:,} steps" in lines
    assert f"to {words(float(film.train_loss[-1]), 3)} at epoch 400" in lines


def start_score() -> float:
    run = start(RunConfig())
    answers = run.net.predict(run.state.theta, run.data.X_test)
    return float(((answers[:, 0] > 0.5) == run.data.y_test).mean())


def test_a_run_on_its_way_says_so_and_tells_a_change_of_its_settings():
    recording = Recording(RunConfig())
    recording.frames(None, 5, 1)
    recording.change(edited(recording.config, {"training.learning_rate": 0.1}))
    recording.frames(22, 5, 1, None, None)
    lines = in_words(recording)
    assert has(lines, "At epoch 2 its settings changed: learning rate 0.1")
    assert has(lines, "It has not ended yet: this was told at epoch 7")


def test_before_the_first_step_there_is_something_to_say():
    lines = in_words(Recording(RunConfig()))
    assert has(lines, "hardly changes") and has(lines, "told at epoch 0")


@pytest.mark.parametrize("changes", [{"seeds": 3}, {"data.test_share": 0.0}, {"network.layers": []}, {"data.source": "iris"}])
def test_every_kind_of_run_is_told(changes):
    recording = Recording(edited(RunConfig(), changes))
    recording.frames(None, 5, 1, None, None)
    lines = in_words(recording)
    assert not has(lines, "nan|None") and has(lines, "seeds learn side by side") == ("seeds" in changes)
    assert has(lines, "held-out loss") == ("data.test_share" not in changes)


def test_moments_lie_densest_at_the_beginning_and_reach_the_end():
    recording = ended(edited(RunConfig(), {"training.epochs": 40}))
    steps = [run.state.step for run in moments(recording)]
    assert steps[0] == 0 and steps[-1] == recording.latest.state.step and len(steps) <= MOMENTS
    assert (np.diff(steps) > 0).all() and np.diff(steps)[-1] > np.diff(steps)[0]
