"""What the lesson on GANs shows: what comes back through the judge, the best judge, and what became of 20 seeds."""

from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from scipy.special import expit

from ann_core.lab.gan_openers import USUAL
from ann_core.lessons import gan as core
from ann_core.lessons import gan_course, gan_judge, gan_round
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GAMES, GENERATOR, Adversarial
from ann_core.run.objectives.base import Batch
from ann_core.run.run import start
from tests.core.test_gradients import directional_error

FIRST, SEEDS, ENOUGH = 100, 20, 18
TORCH = np.load(Path(__file__).parents[1] / "golden" / "torch_objectives.npz")
UNITS = {"network.layers": [{"units": 5, "activation": "tanh"}, {"units": 4, "activation": "tanh"}], "objective.latent": 3,
         "objective.generator": [{"units": 6, "activation": "tanh"}]}


@lru_cache
def trained(change: str, rounds: int) -> gan_course.Course:
    """Twenty seeds side by side."""
    return gan_course.course(core.settings(change, FIRST, SEEDS), rounds, 250)


@lru_cache
def one() -> gan_course.Course:
    return gan_course.course(core.settings(seed=FIRST), 300, 100)


def some(seed: int = 0) -> core.Players:
    """Two networks as they begin."""
    run = start(core.settings(seed=seed))
    return core.Players(cast(Adversarial, run.setup.objective), run.state.theta)


# What comes back through the judge

@pytest.mark.parametrize("game", GAMES)
def test_the_pull_on_a_sample_is_the_slope_of_its_loss(game):
    players = one().players(300)
    X, price, h = players.made(gan_course.noise(40)), GAMES[game].fool[0], 1e-5
    for axis, unit in enumerate(np.eye(2)):
        up, down = (price(players.logits(X + by * unit)) for by in (h, -h))
        np.testing.assert_allclose(players.pulls(X, game)[:, axis], -(up - down) / (2 * h), atol=1e-6)


@pytest.mark.parametrize("game", GAMES)
def test_the_generators_gradient_through_the_judge_is_that_of_its_loss(game):
    known = one()
    theta, objective = known.thetas[-1, 0], known.objective
    of = Adversarial(objective.generator, objective.discriminator, tuple(objective.turns), game)
    X = known.setup.data.X_train[:64]
    batch, part = Batch(X, X, 64, step=7), objective.parts[GENERATOR]
    gradient = core.Players(objective, theta).gradient(-1, batch, game)

    def loss(own: np.ndarray) -> float:
        moved = theta.copy()
        moved[part] = own
        return float(of.loss(of.turns[-1], of.rows(moved), batch))

    assert directional_error(loss, gradient, theta[part], np.random.default_rng(3)) < 1e-6


@pytest.mark.parametrize("game", GAMES)
def test_what_reaches_the_made_samples_is_pytorchs(game):
    run = start(edited(core.settings(), UNITS))
    players = core.Players(cast(Adversarial, run.setup.objective), TORCH["gan_theta"])
    X = players.made(TORCH["gan_noise"][1])
    np.testing.assert_allclose(-players.pulls(X, game) / len(X), TORCH[f"{game}_through"], rtol=1e-9, atol=1e-12)


def test_the_generator_does_not_see_true_samples():
    known = one()
    X = known.setup.data.X_train
    by = [known.players(300).gradient(-1, Batch(rows, rows, 64, step=3)) for rows in (X[:64], X[64:128])]
    np.testing.assert_array_equal(*by)
    judge = [known.players(300).gradient(0, Batch(rows, rows, 64, step=3)) for rows in (X[:64], X[64:128])]
    assert np.abs(judge[0] - judge[1]).max() > 0


def test_the_first_unit_is_the_engines():
    players, z = some(), np.array([[0.4, -1.1]])
    w, b = players.first_unit()
    assert players.hidden(z)[0][0, 0] == pytest.approx(np.tanh(z[0] @ w + b))


# One round

def test_a_round_taken_apart_is_the_trainers_step():
    found = gan_round.slow_motion(20)
    judge, maker = (found.before.objective.parts[name] for name in (DISCRIMINATOR, GENERATOR))
    assert (found.before.theta[judge] != found.judged.theta[judge]).all()
    np.testing.assert_array_equal(found.before.theta[maker], found.judged.theta[maker])
    np.testing.assert_array_equal(found.judged.theta[judge], found.after.theta[judge])
    trainer = start(core.settings()).trainer()
    trainer.run(None, 21, np.inf)
    np.testing.assert_array_equal(found.after.theta, trainer.theta)
    assert found.changed == (1185, 1218)


def test_a_rounds_losses_are_those_of_its_samples():
    found = gan_round.slow_motion(20)
    for players, loss in zip((found.before, found.judged), found.losses[0], strict=True):
        fake = found.before.made(found.noise[0])
        told = -np.log(players.verdicts(found.true)).mean() - np.log(1 - players.verdicts(fake)).mean()
        assert told == pytest.approx(loss)
    told = -np.log(found.after.verdicts(found.after.made(found.noise[1]))).mean()
    assert told == pytest.approx(found.losses[1][1]) and found.losses[0][1] < found.losses[0][0]


# The judge alone

def test_the_best_judge_has_the_lowest_loss_of_all():
    x = gan_judge.LINE
    p, q = gan_judge.true_density(x), gan_judge.bell(x, 0.5, 0.8)
    least = gan_judge.expected_loss(gan_judge.best(p, q), p, q, x)
    for by in (-0.5, -0.1, 0.1, 0.5):
        s = np.log(np.maximum(p, 1e-300) / np.maximum(q, 1e-300)) + by * np.sin(x)
        assert gan_judge.expected_loss(expit(s), p, q, x) > least
    assert gan_judge.expected_loss(gan_judge.best(p, p), p, p, x) == pytest.approx(2 * np.log(2), abs=1e-6)
    assert np.isnan(gan_judge.best(np.zeros(1), np.zeros(1)))


def test_a_judge_that_learns_comes_near_the_best_one():
    def distance(turns: int, seed: int) -> float:
        found = gan_judge.on_a_line(0.0, 1.0, turns, seed)
        assert found.loss >= found.least
        return float(np.trapezoid(np.abs(found.best - found.learned) * (found.p + found.q) / 2, found.x))

    near = [distance(200, seed) for seed in range(FIRST, FIRST + SEEDS)]
    assert sum(found < 0.05 for found in near) >= ENOUGH and distance(0, FIRST) > 0.2


def test_only_the_judge_learns_while_it_is_alone():
    known = one()
    theta = known.thetas[0, 0]
    rows = known.setup.data.X_train[:64]
    before, after = gan_judge.judge_alone(known.objective, theta, lambda rng: rows, (0, 5))
    maker = known.objective.parts[GENERATOR]
    np.testing.assert_array_equal(before, theta)
    np.testing.assert_array_equal(after[maker], theta[maker])
    assert (after[known.objective.parts[DISCRIMINATOR]] != theta[known.objective.parts[DISCRIMINATOR]]).all()


def test_a_judge_that_is_too_good_leaves_minimax_little_and_non_saturating_much():
    weaker, larger = 0, 0
    for seed in range(SEEDS):
        found = gan_judge.ahead(gan_course.member(trained("usual", 1250), seed), 0, FIRST + seed)
        minimax, other = found.sizes["minimax"], found.sizes["non_saturating"]
        weaker += bool((minimax[-1] < minimax[gan_judge.AHEAD.index(50)]).all())
        larger += bool((other[-1] > 10 * minimax[-1]).all())
    assert min(weaker, larger) >= ENOUGH


# Trainings

def test_the_usual_training_is_the_labs():
    assert core.settings() == USUAL


def test_shares_count_samples_by_the_nearest_cloud():
    X = np.concatenate([np.repeat(gan_course.TRUTH.points[2:3], 3, 0), gan_course.TRUTH.points[5:6] + 0.1])
    share = gan_course.shares(X)
    assert share[2] == 0.75 and share[5] == 0.25 and share.sum() == 1
    assert gan_course.moved(share, np.roll(share, 1)) == 1 and gan_course.moved(share, share) == 0


@pytest.mark.parametrize("change", ["usual", "minimax"])
def test_both_losses_lead_to_eight_clouds(change):
    assert trained(change, 1250).succeeded[-1].sum() >= ENOUGH


@pytest.mark.parametrize("change, rounds", [("both", 1000), ("small", 1250), ("steps", 500)])
def test_what_loses_the_clouds(change, rounds):
    known = trained(change, rounds)
    assert (~known.succeeded[-1]).sum() >= ENOUGH
    if change == "both":
        assert (known.clouds[-1] <= 3).sum() >= ENOUGH


def test_equal_rates_take_longer():
    usual, equal = trained("usual", 1250), trained("rates", 1000)
    at = usual.frame(1000)
    assert (usual.quality[at] > equal.quality[-1]).sum() >= ENOUGH
    assert usual.succeeded[at].sum() > 2 * equal.succeeded[-1].sum()


def test_a_collapsed_generator_does_not_stand_still():
    lost, usual = (gan_course.moved(*known.shares[[3, 4]]) for known in (trained("both", 1000), trained("usual", 1250)))
    assert (lost > usual).sum() >= ENOUGH and np.median(lost) > 4 * np.median(usual)


def test_losses_of_a_weak_judge_are_those_of_perfect_samples_and_its_samples_are_not():
    weak, usual = trained("small", 1250), trained("usual", 1250)
    near = np.abs(weak.generator[-1] - np.log(2)) < 0.05
    assert near.sum() >= ENOUGH and (weak.clouds[-1] < 8).sum() >= ENOUGH
    assert (np.abs(usual.generator[-1] - usual.generator[0]) < 0.15).sum() >= ENOUGH and usual.clouds[0].max() == 0


def test_a_straight_way_between_two_clouds_leads_over_empty_ground():
    known = trained("usual", 1250)
    found = 0
    for member in range(SEEDS):
        players = known.players(1250, member)
        X = players.made(gan_course.walk(players))
        ends = gan_course.nearest(X[[0, -1]])[0]
        found += bool((gan_course.nearest(X)[1] > gan_course.TRUTH.reach).any()) and (ends[1] - ends[0]) % 8 in (1, 7)
        assert np.linalg.norm(np.diff(X, axis=0), axis=1).max() < 0.5
    assert found >= ENOUGH and known.quality.max() < 0.98


def test_seeds_side_by_side_are_their_solo_runs_and_join():
    parts = [gan_course.course(core.settings(seed=seed, seeds=2), 20, 10) for seed in (5, 7)]
    whole, solo = gan_course.joined(parts), gan_course.course(core.settings(seed=7), 20, 10)
    np.testing.assert_allclose(gan_course.member(whole, 2).thetas, solo.thetas, rtol=1e-9, atol=1e-12)
    assert whole.clouds.shape == whole.judge.shape == (3, 4)
    np.testing.assert_allclose(whole.generator[:, 2], solo.generator[:, 0])


def test_a_larger_judge_sees_what_the_weak_one_misses():
    weak, larger = trained("small", 1250), cast(Adversarial, start(core.settings(seed=FIRST)).setup.objective)
    X, seen = weak.setup.data.X_train, 0
    for seed in range(SEEDS):
        maker = weak.thetas[-1, seed, weak.objective.parts[GENERATOR]]
        theta = np.concatenate([larger.discriminator.initial(seed), maker])
        (after,) = gan_judge.judge_alone(larger, theta, lambda rng: X[rng.integers(0, len(X), 64)], (300,), seed)
        batch = Batch(X[:512], X[:512], 512, seeds=(seed,), step=gan_judge.FRESH)
        seen += float(larger.loss(larger.turns[0], larger.rows(after), batch)) < weak.judge[-1, seed] - 0.2
    assert seen >= ENOUGH
