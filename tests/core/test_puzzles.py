"""The sixteen puzzles: they fail as they stand, a cure within three changes solves them, and no shortcut does."""

from itertools import pairwise

import numpy as np
import pytest

from ann_core import RunConfig
from ann_core.film.advance import advance
from ann_core.puzzles.counting import OPEN, changes, closed, counted
from ann_core.puzzles.judging import judged, judging
from ann_core.puzzles.proof import parts
from ann_core.puzzles.puzzle import MOST, dense
from ann_core.puzzles.signs import SIGNS, course
from ann_core.puzzles.sixteen import GRADES, PUZZLES, after
from ann_core.run.link import edited, flatten

SEEDS = 3
"""Of the twenty in `benchmarks/puzzles.py`. Of those two may be otherwise, so of these one may."""
USUAL = RunConfig()
EACH = pytest.mark.parametrize("key", PUZZLES)


def count(before: RunConfig, after: RunConfig) -> int:
    return counted(changes(before, after))


def test_there_are_sixteen_in_four_grades_of_four():
    assert [puzzle.grade for puzzle in PUZZLES.values()] == [grade for grade in GRADES for _ in range(4)]
    assert all(after(one) is PUZZLES[other] for one, other in pairwise(PUZZLES)) and after([*PUZZLES][-1]) is None


@EACH
def test_it_fails_as_it_stands_and_with_a_part_of_its_cure_and_the_cure_solves_it(key):
    puzzle = PUZZLES[key]
    cured = judged(puzzle, puzzle.cured, SEEDS)
    assert cured.solved and sum(cured.reached) >= SEEDS - 1
    for config in (puzzle.config, *parts(puzzle)):
        found = judged(puzzle, config, SEEDS)
        assert not found.solved and sum(found.reached) <= 1


@EACH
def test_its_cure_is_within_its_changes_and_the_usual_settings_are_not(key):
    puzzle = PUZZLES[key]
    assert 1 <= puzzle.needed <= puzzle.most <= MOST and not closed(puzzle.config, puzzle.cured)
    assert puzzle.check(puzzle.cured) == puzzle.cured
    usual = edited(puzzle.config, {path: value for path, value in flatten(USUAL).items() if path in OPEN})
    assert count(puzzle.config, usual) > MOST
    with pytest.raises(ValueError, match="are allowed"):
        puzzle.check(usual)


@EACH
def test_what_is_wrong_is_seen_in_its_number(key):
    puzzle = PUZZLES[key]
    sign = SIGNS[puzzle.truth.sign]
    before, after = (sign.of(course(config)) for config in (puzzle.config, puzzle.cured))
    assert np.isfinite([before, after]).all()
    larger, smaller = max(abs(before), abs(after)), min(abs(before), abs(after))
    assert larger > 1.15 * smaller and sign.spell(before) != sign.spell(after)


@EACH
def test_what_is_said_of_it_reads_like_the_rest(key):
    puzzle, truth = PUZZLES[key], PUZZLES[key].truth
    said = [puzzle.story, truth.hint, truth.wrong, truth.remember]
    assert all(text.strip() == text and text[0].isupper() and text[-1] in ".?" for text in said) and truth.hint.endswith("?")
    assert bool(truth.options) == (puzzle.grade > 1)
    first, *others = [*truth.options.values()] or [""]
    assert first == "" and all(text.startswith("That would be so ") for text in others)
    assert puzzle.measure.reached(puzzle.goal, puzzle.goal) and str(puzzle.most) in "123"


STACK = edited(USUAL, dense("tanh", 8, 8, 8))


@pytest.mark.parametrize(("settings", "words"), [
    ({"training.learning_rate": 0.1}, ["learning rate 0.1"]),
    ({"training.optimizer": "sgd", "training.l2": 0.1}, ["SGD", "L2 0.1"]),
    (dense("relu", 8, 8, 8), ["ReLU in all layers"]),
    ({"network.layers": [{"units": 8, "activation": a} for a in ("relu", "sigmoid", "tanh")]},
     ["ReLU in layer 1", "sigmoid in layer 2"]),
    (dense("relu", 8, 4, 8), ["ReLU in all layers", "4 units in layer 2"]),
    (dense("tanh", 9, 1, 8), ["9 units in layer 1", "1 unit in layer 2"]),
    (dense("tanh", 8), ["2 layers fewer"]),
    (dense("tanh", 8, 8, 8, 8), ["1 layer more"]),
    (dense("tanh", 8, 8, 8, 20), ["1 layer more", "20 units in layer 4"])])
def test_every_act_counts_and_is_undone_by_itself(settings, words):
    after = edited(STACK, settings)
    found = changes(STACK, after)
    assert sorted(change.words.lower() for change in found) == sorted(word.lower() for word in words)
    assert counted(found) == len(words) + any("2 layers" in word for word in words)
    for change in found:
        assert count(STACK, edited(after, change.back)) <= counted(found) - change.count
    while found:  # undone one after the other
        after = edited(after, found[-1].back)
        found = changes(STACK, after)
    assert after == STACK


def test_a_fourth_change_and_another_question_are_refused_in_words():
    puzzle = PUZZLES["hardly"]
    many = edited(puzzle.config, {"training.learning_rate": 1.0, "training.l2": 0.1, "network.skip": True,
                                  "training.batch_size": 8})
    with pytest.raises(ValueError, match="That would be 4 changes, but 3 are allowed"):
        puzzle.check(many)
    for path, value in {"training.epochs": 400, "data.noise": 0.0, "seed": 3, "data.samples": 500}.items():
        with pytest.raises(ValueError, match="part of the puzzle"):
            puzzle.check(edited(puzzle.config, {path: value}))


def test_fewer_changes_and_no_hint_score_higher():
    puzzle = PUZZLES["hardly"]
    more = edited(puzzle.cured, {"training.l2": 0.0001})
    scores = [puzzle.score(config, hinted) for config in (puzzle.cured, more) for hinted in (False, True)]
    assert scores == [5, 3, 4, 2] and puzzle.score(edited(more, {"network.skip": True}), True) == 1
    three = PUZZLES["three"]
    assert three.score(three.cured, hinted=False) == 5


def test_a_run_that_leaves_all_bounds_reaches_nothing_and_a_costly_one_is_refused():
    puzzle = PUZZLES["basement"]
    wild = edited(puzzle.config, {"training.optimizer": "sgd", "training.learning_rate": 100.0, "network.output": "linear"})
    assert not any(judged(puzzle, wild, 2).reached)
    with pytest.raises(ValueError, match="operations; at most"):
        judged(puzzle, edited(puzzle.config, {"training.epochs": 100_000}))
    with pytest.raises(ValueError, match="steps; at most"):
        judged(puzzle, edited(puzzle.config, {"training.epochs": 200, "training.batch_size": 1}))


def test_others_have_their_turn_between_parts_and_the_verdict_stays_the_same():
    puzzle, budgets = PUZZLES["hardly"], []

    def slow(run, frames, epochs, steps, budget):
        budgets.append(budget)
        return advance(run, frames, 7, steps, budget)

    *parts, found = judging(puzzle, puzzle.config, work=slow)
    assert found == judged(puzzle, puzzle.config) and len(budgets) >= 8 and max(budgets) <= 100
    assert parts == sorted(parts) and parts[0] == 0 and parts[-1] < 1
