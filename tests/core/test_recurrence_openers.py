"""What the openers of the Recurrence lab claim, on 20 networks each; more is measured in benchmarks/memory.py."""

from functools import lru_cache

import numpy as np
import pytest

from ann_core import advance, first_frame, start
from ann_core.data.made.sequences import best_looking_back
from ann_core.judge.lengths import LENGTHS, over_lengths
from ann_core.judge.writing import written
from ann_core.lab.recurrence_openers import OPENERS, USUAL
from ann_core.lab.recurrence_twins import names, together
from ann_core.lab.twins import from_query, to_query
from ann_core.run.link import edited

SEEDS = {"seed": 100, "seeds": 20}
KNOWN = 0.95


@lru_cache(maxsize=32)
def course(opener: str, place: int, steps: int, every: int = 25, needed: float = np.inf) -> np.ndarray:
    """Scores held out of 20 networks side by side, every so many steps, until all have reached what is needed. (moments, 20)"""
    run = start(edited(OPENERS[opener].twins[place], SEEDS))
    trainer, found = run.trainer(), []
    while trainer.step < steps and knowing(np.array(found), needed) < SEEDS["seeds"]:
        trainer.run(run.config.training.epochs, min(steps, trainer.step + every), np.inf)
        Z = run.net.forward(trainer.p["network"], run.data.X_test)[0]
        found.append(run.setup.target.score(Z, run.net.head.score(Z), run.data.y_test))
    return np.array(found)


def knowing(scores: np.ndarray, needed: float = KNOWN) -> int:
    return int((scores >= needed).any(0).sum())


def test_the_gru_remembers_forty_steps():
    assert knowing(course("remember", 0, 150, 75, KNOWN)) >= 18


def test_the_plain_rnn_mostly_learns_it_too_by_the_end_of_the_film():
    assert knowing(course("remember", 1, 440, 110, KNOWN)) >= 18


def test_how_far_back_the_gradient_reaches_at_first():
    gru, rnn = (first_frame(start(edited(twin, SEEDS))).through_time[0] for twin in USUAL)
    assert ((gru[0] / gru[-1] > 0.1).sum()) >= 18 and ((rnn[0] / rnn[-1] < 0.01).sum()) >= 18


def test_an_lstm_remembers_with_open_forget_gates_and_not_with_closed_ones():
    assert knowing(course("forget_bias", 0, 200, 100, KNOWN)) >= 18
    assert knowing(course("forget_bias", 1, 200, 200)) <= 2


def test_exploding_gradients_teach_when_they_are_cut():
    assert knowing(course("clipped", 0, 400, 50)) <= 2 and knowing(course("clipped", 1, 100, 25, KNOWN)) >= 18
    found = first_frame(start(edited(OPENERS["clipped"].twins[0], SEEDS))).through_time[0]
    assert (found[0] > found[-1]).sum() >= 18


def test_what_no_gradient_reaches_is_not_learned():
    assert knowing(course("cut_short", 0, 198, 99, KNOWN)) >= 18 and knowing(course("cut_short", 1, 198, 99)) <= 2
    line = first_frame(start(edited(OPENERS["cut_short"].twins[1], SEEDS))).through_time[0]
    assert (line[:30] == 0).all() and (line[30:] > 0).all()


def test_who_reads_both_ways_knows_what_comes_and_who_looks_back_can_but_guess():
    assert knowing(course("both_ways", 0, 150, 25, 0.99), 0.99) >= 18
    assert (course("both_ways", 1, 150, 75)[-1] < best_looking_back(12) + 0.03).sum() >= 18


def test_a_gru_adds_two_of_forty_numbers_and_a_plain_rnn_does_not():
    guess = start(OPENERS["add"].twins[0]).setup.target.baseline
    assert (course("add", 0, 250, 125) < 0.11).any(0).sum() >= 18
    assert (course("add", 1, 250, 125) > 0.8 * guess).all(0).sum() >= 18


def test_a_gru_finds_the_letter_in_brackets_and_a_plain_rnn_does_not():
    assert knowing(course("brackets", 0, 300, 150, KNOWN)) >= 18 and knowing(course("brackets", 1, 300, 150)) <= 2


def test_the_forecasts_of_gru_rnn_and_dense_network():
    gru, rnn, dense = (course("forecast", place, 600, 600)[-1] for place in range(3))
    assert (gru < rnn).sum() >= 18 and (rnn < dense).sum() >= 18


def test_a_text_is_learned_and_written_whole_words():
    run, _ = advance(start(OPENERS["text"].twins[0]), frames=1, steps_per_frame=100)
    known = {*run.config.data.text.replace(".", "").split()}
    words = written(run, "the ship ", temperature=0.3).replace(".", "").split()[1:-1]
    assert len(words) > 15 and np.mean([word in known for word in words]) > 0.8
    early = written(start(OPENERS["text"].twins[0]), "the ship ", temperature=0.3)
    assert np.mean([word in known for word in early.split()]) < 0.3
    assert written(run, "the ship ", seed=1) != written(run, "the ship ", seed=2)
    with pytest.raises(ValueError, match="None of these characters"):
        written(run, "ÄÖ")


def test_the_same_weights_answer_at_every_length():
    run, _ = advance(start(USUAL[0]), frames=1, steps_per_frame=150)
    found = over_lengths(run)
    assert len(found) == len(LENGTHS) and min(found) > 0.9


def test_an_rnn_without_bounds_diverges_in_words_and_its_last_good_state_stays():
    layer = {"kind": "rnn", "activation": "relu", "recurrent_scale": 10.0}
    config = edited(USUAL[0], {"network.layers": [layer], "data.length": 100, "training.clip_norm": None,
                               "training.optimizer": "sgd", "training.learning_rate": 10.0})
    run, film = advance(start(config), frames=20, steps_per_frame=1)
    assert run.message and run.message.startswith("Diverged") and np.isfinite(run.state.theta).all()
    assert film.frames and not np.isnan(film.through_time).any()


@pytest.mark.parametrize("opener", OPENERS)
def test_links_and_names(opener):
    twins = OPENERS[opener].twins
    assert from_query(to_query(twins, USUAL), USUAL, together) == (twins, [])
    assert len({*names(twins)}) == len(twins) and OPENERS[opener].sentence.endswith((".", "?"))
