"""Objectives other than right answers, through `start` and `advance`: the inputs again, two networks against each other, an
answer at every step. Their gradients, their rewinds, and that they learn."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_core import NetworkConfig, RunConfig, TrainingConfig, advance, start
from ann_core.data import load
from ann_core.data.target import Tokens
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.lab.twins import DEFAULT, check
from ann_core.lab.twins import from_query as from_twins
from ann_core.lab.twins import to_query as to_twins
from ann_core.nn.kinds import LAYERS
from ann_core.run.continuing import change, continues
from ann_core.run.differences import differences
from ann_core.run.link import edited, from_query, to_query
from ann_core.run.objectives.adversarial import GAMES
from ann_core.run.objectives.base import Batch
from ann_core.run.objectives.config import OBJECTIVES, Problem
from ann_core.run.objectives.sequence import teacher_forced
from tests.core.test_gradients import directional_error

SEEDS, ENOUGH = 20, 18


def dense(activation: str, *units: int) -> list[dict]:
    return [{"units": n, "activation": activation} for n in units]


AUTOENCODER = {"data": {"source": "digits", "scaling": "minmax", "test_share": 0.25}, "objective": {"kind": "autoencoder"},
               "network": {"layers": [*dense("tanh", 32), *dense("linear", 2), *dense("tanh", 32)]},
               "training": {"learning_rate": 0.01, "epochs": 40}}
GAN = {"data": {"source": "rings", "classes": 3, "samples": 1024, "test_share": 0.0, "scaling": "none"},
       "network": {"layers": dense("tanh", 32, 32)},
       "objective": {"kind": "adversarial", "generator": dense("tanh", 32, 32),
                     "generator_training": {"learning_rate": 0.002, "momentum": 0.5}},
       "training": {"learning_rate": 0.004, "momentum": 0.5, "batch_size": 64, "epochs": 200}}


def ring(samples: int = 1024, seed: int = 5):
    """Eight round clouds on a circle of radius 2, as training data."""
    rng = np.random.default_rng(seed)
    angle = rng.integers(0, 8, samples) * (np.pi / 4)
    X = np.column_stack([2 * np.cos(angle), 2 * np.sin(angle)]) + 0.1 * rng.standard_normal((samples, 2))
    data = load(RunConfig.model_validate(GAN).data)
    return replace(data, X_train=X, y_train=np.zeros(samples, int))


def steps(rows: int = 64, length: int = 6, tokens: int = 3, seed: int = 1):
    """Sequences whose answer at each step is the token before it; a fifth of the steps is not asked for."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, tokens, (rows, length))
    X = teacher_forced(y, tokens)
    asked = np.where(rng.random(y.shape) < 0.2, -1, np.roll(y, 1, 1))
    asked[:, 0] = -1
    data = load(RunConfig.model_validate({"data": {"source": "blobs", "classes": tokens}}).data)
    return replace(data, X_train=X, y_train=asked, X_test=X[:8], y_test=asked[:8], plane=None,
                   target=Tokens("next", 1 / tokens, tuple("abc"[:tokens])))


def cases():
    yield "autoencoder", RunConfig.model_validate(AUTOENCODER), None
    noisy = {**AUTOENCODER, "objective": {"kind": "autoencoder", "noise": 0.5}}
    yield "denoising", RunConfig.model_validate(noisy), None
    yield "convolutional autoencoder", RunConfig.model_validate({**AUTOENCODER, "network": {"layers": [
        {"kind": "conv2d", "filters": 2}, {"kind": "max_pool2d"}, {"kind": "flatten"}, *dense("tanh", 4)]}}), None
    for game in GAMES:
        yield game, RunConfig.model_validate({**GAN, "objective": {**GAN["objective"], "game": game}}), ring()
    yield "several turns, with batch norm and dropout", RunConfig.model_validate({
        **GAN, "network": {**GAN["network"], "batch_norm": True, "dropout": 0.3},
        "objective": {**GAN["objective"], "discriminator_steps": 2, "generator_steps": 3}}), ring()
    yield "sequence", RunConfig.model_validate({"data": {"source": "marker_later"}, "objective": {"kind": "sequence"},
                                                "network": {"layers": dense("tanh", 6)}, "training": {"epochs": 20}}), steps()


CASES = {name: (config, data) for name, config, data in cases()}


@pytest.mark.parametrize("seeds", [1, 3])
@pytest.mark.parametrize("name", CASES)
def test_the_gradient_of_every_turn(name, seeds):
    config, data = CASES[name]
    run = start(config.model_copy(update={"seeds": seeds}), data)
    objective, theta = run.setup.objective, run.state.theta
    theta = theta + 0.1 * np.random.default_rng(3).standard_normal(theta.shape)
    batch = Batch(run.data.X_train[:9], run.setup.Y_train[:9], 9, seeds=range(seeds))
    for turn in objective.turns:
        part, grad = objective.parts[turn.network], np.zeros_like(theta)
        objective.gradient(turn, objective.rows(theta), objective.rows(grad), batch)

        def loss(moved, turn=turn, part=part):
            whole = theta.copy()
            whole[..., part] = moved
            return objective.loss(turn, objective.rows(whole), batch)

        assert directional_error(loss, grad[..., part], theta[..., part], np.random.default_rng(4)) < 1e-5


@pytest.mark.parametrize("name", CASES)
def test_any_moment_is_reached_again_to_the_bit(name):
    config, data = CASES[name]
    config = config.model_copy(update={"seeds": 2})
    recording = Recording(config, data)
    film = recording.frames(None, 3, steps_per_frame=3, budget_ms=None)
    again = recording.frames(3, 1, steps_per_frame=6, budget_ms=None)
    for column, values in film.columns.items():
        if not column.endswith(("batch_gradient", "clipped_gradient")):
            np.testing.assert_array_equal(again.columns[column][0], values[3], err_msg=column)
    step = recording.branch(4).at(4)
    straight, _ = advance(start(config, data), frames=1, steps_per_frame=4)
    np.testing.assert_array_equal(step.state.theta, straight.state.theta)


@pytest.mark.parametrize("name", ["autoencoder", "convolutional autoencoder", "denoising"])
def test_without_rows_held_out_nothing_is_known_of_them(name):
    config = RunConfig.model_validate({**CASES[name][0].model_dump(), "data": {"source": "digits", "test_share": 0.0}})
    film = advance(start(config), frames=1, steps_per_frame=2)[1]
    assert np.isnan([film.test_loss, film.test_score]).all() and np.isfinite([film.train_loss, film.train_score]).all()


@pytest.mark.parametrize("name", CASES)
def test_members_equal_their_solo_runs(name):
    config, data = CASES[name]
    both, _ = advance(start(config.model_copy(update={"seeds": 2}), data), frames=2)
    alone, _ = advance(start(config.model_copy(update={"seed": 1}), data), frames=2)
    np.testing.assert_allclose(both.state.theta[1], alone.state.theta, rtol=1e-10, atol=1e-12)


def test_an_autoencoder_beats_two_main_directions_in_the_end_and_not_early():
    run = start(RunConfig.model_validate({**AUTOENCODER, "seeds": SEEDS}))
    run, film = advance(run, frames=2, epochs_per_frame=40)
    early = advance(start(run.config), frames=1, epochs_per_frame=4)[1]
    X, held = run.data.X_train, run.data.X_test
    middle = X.mean(axis=0)
    directions = np.linalg.svd(X - middle, full_matrices=False)[2][:2]
    pca = (((held - middle) - (held - middle) @ directions.T @ directions) ** 2).mean()
    assert (film.test_score[-1] < pca).sum() >= ENOUGH and (early.test_score[-1] > pca).sum() >= ENOUGH
    assert film.gradient.shape[1] == 4 and "boundary" not in film.columns


def test_a_gan_finds_the_whole_ring():
    run = start(RunConfig.model_validate({**GAN, "seeds": SEEDS}), ring())
    run, film = advance(run, frames=1, epochs_per_frame=125)  # 2,000 rounds
    objective = run.setup.objective
    rows = Batch(ring().X_train, run.setup.Y_train, 1024, seeds=range(SEEDS), step=10**6)
    samples, _ = objective.samples(objective.rows(run.state.theta), rows, 0)
    corner = np.arange(8) * np.pi / 4
    near = np.linalg.norm(samples[..., None, :] - 2 * np.column_stack([np.cos(corner), np.sin(corner)]), axis=-1) < 0.3
    assert ((near.any(-1).mean(-1) >= 0.7) & (near.mean(1) >= 0.02).all(-1)).sum() >= ENOUGH
    assert objective.layer_names[0] == "judge, layer 1" and film.gradient.shape[1] == 6
    assert {"loss_discriminator", "loss_generator"} <= set(film.columns)


def test_a_sequence_is_learned_where_it_is_asked_for():
    config, data = CASES["sequence"]
    _, film = advance(start(config, data), frames=1, epochs_per_frame=20)
    assert film.test_score[-1] == 1 and film.train_loss[-1] < 0.2


def test_teacher_forcing_shows_the_step_before():
    shown = teacher_forced(np.array([[2, 0, 1]]), 3)
    np.testing.assert_array_equal(shown, [[[0, 0, 0], [0, 0, 1], [1, 0, 0]]])


@pytest.mark.parametrize("source", ["sine", "blobs"])
def test_true_samples_are_a_class_of_their_own_whatever_the_data_say(source):
    config = RunConfig.model_validate({**GAN, "data": {"source": source}, "training": {"epochs": 1}})
    run, film = advance(start(config), frames=1)
    header, blocks = scene(run)
    assert header["classes"] == ["made", "true"] and header["field"] is None and (blocks["train_target"] == 1).all()
    picture = film.columns.get("curve", film.columns.get("boundary"))
    assert picture is not None and picture.min() >= 0


def test_the_cost_counts_every_turn():
    once, often = (RunConfig.model_validate({**GAN, "objective": {**GAN["objective"], "discriminator_steps": n,
                                                                 "generator_steps": n}}) for n in (1, 10))
    assert often.cost == 10 * once.cost and often.parameters == once.parameters
    judge, maker = (sum(layer.work() for layer in net.layers) for net in start(once, ring()).setup.objective.networks.values())
    assert once.cost == 6 * (3 * judge + 2 * maker) * once.rows * once.training.epochs


def test_turns_have_their_own_optimiser_memory_and_counter():
    config = RunConfig.model_validate({**GAN, "objective": {**GAN["objective"], "generator_steps": 2,
                                                            "generator_training": {"optimizer": "sgd", "learning_rate": 0.1}}})
    run, _ = advance(start(config, ring()), frames=1, steps_per_frame=3)
    assert [(len(memory.vectors), memory.t) for memory in run.state.memories] == [(2, 3), (0, 6)]
    other = RunConfig.model_validate({**config.model_dump(), "training": {**config.training.model_dump(), "optimizer": "sgd"}})
    after = change(run, other)
    assert continues(config, other) and [(len(m.vectors), m.t) for m in after.state.memories] == [(0, 0), (0, 6)]


TORCH = np.load(Path(__file__).parents[1] / "golden" / "torch_objectives.npz")
TOLERANCE = 1e-9


class Given(Batch):
    """A batch whose noise is given, one array a turn."""

    def normal(self, columns, number):
        return TORCH["gan_noise"][number]


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE, atol=TOLERANCE * np.abs(theirs).max())


@pytest.mark.parametrize("game", GAMES)
def test_both_turns_are_pytorchs(game):
    config = RunConfig.model_validate({**GAN, "network": {"layers": dense("tanh", 5, 4)}, "objective": {
        "kind": "adversarial", "latent": 3, "generator": dense("tanh", 6), "game": game}})
    objective, theta = start(config, ring()).setup.objective, TORCH["gan_theta"]
    batch = Given(TORCH["gan_X"], np.ones((7, 1)), 7)
    for turn, name in zip(objective.turns, ("judge", "maker"), strict=True):
        grad, p = np.zeros_like(theta), objective.rows(theta)
        objective.gradient(turn, p, objective.rows(grad), batch)
        close(grad[objective.parts[turn.network]], TORCH[f"{game}_{name}"])
        close(objective.loss(turn, p, batch), TORCH[f"{game}_{name}_loss"])


@pytest.mark.parametrize("name", ["code", "steps"])
def test_gradients_of_inputs_again_and_of_masked_steps_are_pytorchs(name):
    theta, X = TORCH[f"{name}_theta"], TORCH[f"{name}_X"]
    if name == "code":
        settings, Y = {"layers": [*dense("tanh", 4), *dense("tanh", 2), *dense("tanh", 4)]}, X
        problem = Problem((6,), 1, "regression")
    else:
        settings, problem = {"layers": dense("tanh", 5)}, Problem((5, 3), 4, "classification")
        Y = Tokens("next", 0.0, tuple("abcd")).encode(TORCH["steps_y"])
    kind = {"code": "autoencoder", "steps": "sequence"}[name]
    objective = OBJECTIVES[kind].settings().build(NetworkConfig.model_validate(settings), TrainingConfig(), problem)
    grad, batch = np.zeros_like(theta), Batch(X, Y, len(X))
    objective.gradient(objective.turns[0], objective.rows(theta), objective.rows(grad), batch)
    close(grad, TORCH[f"{name}_grad"])
    close(objective.loss(objective.turns[0], objective.rows(theta), batch), TORCH[f"{name}_loss"])


def test_an_unknown_objective_is_refused_with_the_nearest_name():
    with pytest.raises(ValueError, match="Did you mean 'autoencoder'"):
        RunConfig.model_validate({"objective": {"kind": "autoencode"}})
    assert set(OBJECTIVES) == {"supervised", "autoencoder", "sequence", "adversarial"} and "dense" in LAYERS


@pytest.mark.parametrize("settings,said", [
    ({"network": {"loss": "hinge"}}, "a loss of their own"), ({"network": {"output": "tanh"}}, "a loss of their own"),
    ({"training": {"patience": 5}}, "Stopping early"), ({"training": {"class_weights": True}}, "do not balance"),
    ({"training": {"reduction": "sum"}}, "loss over rows"),
    ({"objective": {"kind": "adversarial", "generator_training": {"batch_size": 8}}}, "batch_size")])
def test_settings_that_would_mean_nothing_to_two_networks_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        RunConfig.model_validate({"objective": {"kind": "adversarial"}, **settings})


def test_a_least_squares_judge_says_its_logit_as_a_share():
    objective = start(CASES["least_squares"][0], ring()).setup.objective
    np.testing.assert_allclose(objective.answer(np.array([-1.0, 0.25, 2.0])), [0, 0.25, 1])


def test_a_film_of_two_networks_has_the_columns_of_its_own_losses_only():
    run = start(CASES["minimax"][0], ring())
    assert scene(run)[0]["probes"]["progress"]["columns"] == ["step", "epoch", "loss_discriminator", "loss_generator"]


LINKS = [*(config for config, _ in CASES.values()), *(RunConfig.model_validate({"objective": given}) for given in (
    {"kind": "adversarial", "generator": [], "game": "minimax", "latent": 5, "generator_steps": 3},
    {"kind": "adversarial", "generator": [{"units": 7, "activation": "relu", "alpha": None}, {"units": 3}],
     "generator_training": {"optimizer": "sgd", "clip_norm": 0.5, "l2": 0.01}},
    {"kind": "autoencoder", "noise": 0.25}))]


@pytest.mark.parametrize("config", LINKS, ids=str)
def test_a_link_brings_any_objective_back(config):
    query = to_query(config)
    assert from_query(query) == (config, []) and from_query(dict(reversed(query.items()))) == (config, [])
    assert edited(config, {"seed": 3}).objective == config.objective
    rows = {"data.source": "moons"} if config.data.every_step else {}
    assert edited(config, {"objective.kind": "supervised", **rows}).objective == RunConfig().objective
    assert differences(RunConfig(), config) != "unchanged" and differences(config, RunConfig()) != "unchanged"


def test_a_bad_part_of_an_objective_does_not_spoil_the_others():
    config, notes = from_query({"objective.kind": "adversarial", "objective.latent": "many", "objective.game": "minimax",
                                "objective.generator_training.learning_rate": "0.01", "objective.noise": "0.1"})
    assert config.objective.game == "minimax" and config.objective.generator_training.learning_rate == 0.01
    assert config.objective.generator_training.momentum == 0.5 and config.objective.latent == 2 and len(notes) == 2
    config, notes = from_query({"objective.kind": "autoencode"})
    assert config == RunConfig() and "Did you mean 'autoencoder'" in notes[0]


def test_what_changed_says_whose_training_it_is():
    before = RunConfig.model_validate(GAN)
    after = edited(before, {"objective.generator_training.learning_rate": 0.01, "objective.game": "minimax"})
    assert differences(before, after) == "minimax + generator's training: learning rate 0.01"
    after = edited(before, {"training.learning_rate": 0.01, "training.batch_size": 32})
    assert differences(before, after) == "judge's training: learning rate 0.01 + batch size 32"
    assert differences(RunConfig(), edited(RunConfig(), {"objective.kind": "autoencoder"})) == "the inputs again"


def test_twins_share_their_objective():
    plain = edited(DEFAULT[0], {"data.source": "digits"})
    again = edited(plain, {"objective.kind": "autoencoder", "objective.noise": 0.5})
    assert check((again, edited(again, {"training.optimizer": "adam"})))
    for pair in ((plain, again), (again, plain)):
        with pytest.raises(ValueError, match="objective.kind"):
            check(pair)
    assert from_twins(to_twins((again, edited(again, {"network.skip": True}))))[0][1].objective.noise == 0.5


def test_advice_is_about_the_network_that_broke():
    objective = {"kind": "adversarial", "game": "least_squares", "generator": dense("relu", 8),
                 "generator_training": {"optimizer": "sgd", "learning_rate": 90.0}}
    wild = {**GAN, "network": {"layers": dense("relu", 8)}, "objective": objective,
            "training": {"optimizer": "sgd", "learning_rate": 0.01}}
    run, film = advance(start(RunConfig.model_validate(wild), ring()), frames=20)
    assert film.state == "diverged" and "generator, layer" in run.message
    assert "learning rate of the generator (it is 90; try 10)" in run.message
