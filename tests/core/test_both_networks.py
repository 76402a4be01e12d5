"""Two networks against each other, one behind the other: how they are drawn, and how a number of either comes about."""

import json

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.film.accounts.links import SHOWN
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.drawing import MAP
from ann_core.film.noise import DRAWN, REACH, watched_noise
from ann_core.film.scene import scene
from ann_core.film.slow_motion import slow_motion
from ann_core.lab.gan_openers import USUAL
from ann_core.run.link import edited
from ann_core.run.objectives.adversarial import DISCRIMINATOR, GENERATOR
from ann_core.run.one_turn import one_round
from ann_core.run.run import Run
from tests.core.test_accounts import CLOSE, account, adds_up

MADE, TRUE = range(2)
SMALL = RunConfig.model_validate({
    "data": {"source": "eight_clouds", "samples": 64, "test_share": 0.0},
    "network": {"layers": [{"units": 5}, {"units": 4, "activation": "relu"}]}, "training": {"batch_size": 16},
    "objective": {"kind": "adversarial", "latent": 3, "generator": [{"units": 6}, {"units": 3, "activation": "sigmoid"}]}})
KINDS = {"usual": {}, "least squares": {"objective.game": "least_squares"}, "batch norm": {"network.batch_norm": True},
         "skips": {"network.skip": True}, "three seeds": {"seeds": 3}, "one noise number": {"objective.latent": 1},
         "no hidden layers": {"network.layers": (), "objective.generator": ()}}


def trained(kind: str) -> Run:
    return advance(start(edited(SMALL, KINDS[kind])), 2, None, 3, budget_ms=None)[0]


def passes(run: Run, row: int, true: bool = False):
    """Z, caches and outputs of the generator for that noise, and of the discriminator for its sample, or a true one."""
    theta, statistics = run.state.first
    p, net, judge = run.setup.objective.rows(theta), run.setup.objective.networks[GENERATOR], run.net
    noise = watched_noise(run.config.seed, net.n_in)[row:row + 1]
    made = net.forward(p[GENERATOR], noise)
    X = run.data.X_train[row:row + 1] if true else made[0]
    return noise, made, X, judge.forward(p[DISCRIMINATOR], X, judge.evaluation(statistics))


@pytest.mark.parametrize("kind", KINDS)
def test_every_units_sum_is_its_own_networks_and_adds_up(kind):
    run = trained(kind)
    generator, judge = (run.setup.objective.networks[name] for name in (GENERATOR, DISCRIMINATOR))
    for row in (0, 40):
        for shown in (MADE, TRUE):
            noise, made, X, judged = passes(run, row, shown == TRUE)
            for first, net, came, (Z, caches, outputs), choices in ((0, generator, noise, made, ()),
                                                                    (len(generator.layers), judge, X, judged, (shown,))):
                for number, layer in enumerate(net.layers):
                    inputs = (came if number == 0 else outputs[number - 1])[0]
                    for unit in range(layer.outputs[-1]):
                        said = account(run, first + number + 1, unit, *choices, row=row)
                        z = adds_up(said["tables"][0])
                        terms = said["tables"][0]["rows"][:-2]
                        np.testing.assert_allclose([term[1] for term in terms], inputs, **CLOSE)
                        if number == len(net.layers) - 1:
                            np.testing.assert_allclose(z, Z[0, unit], **CLOSE)
                            continue
                        bend, = layer.bends(caches[number])
                        np.testing.assert_allclose(said["bend"], [bend.Z[0, unit], bend.A[0, unit]], **CLOSE)
                        if not net.config.batch_norm:
                            np.testing.assert_allclose(z, bend.Z[0, unit], **CLOSE)


@pytest.mark.parametrize("kind", ["usual", "least squares"])
def test_the_last_account_is_what_the_discriminator_says(kind):
    run = trained(kind)
    last = len(scene(run)[0]["layers"]) - 1
    for shown in (MADE, TRUE):
        Z = passes(run, 7, shown == TRUE)[-1][0]
        said = account(run, last, 0, shown, row=7)
        a = Z if kind == "least squares" else run.net.head.activate(Z)
        np.testing.assert_allclose(said["bend"], [Z[0, 0], a[0, 0]], **CLOSE)
        assert ("Nothing bends z" in said["lines"][0]) == (kind == "least squares")


def test_noise_is_followed_and_a_discriminator_can_be_shown_true_samples():
    run = trained("usual")
    made, judged, true = account(run, 2, 0, row=10**6), account(run, 5, 0, row=3), account(run, 5, 0, TRUE, row=10**6)
    assert made["noise"] and made["rows"] == DRAWN and made["row"] == DRAWN - 1 and made["choices"] == []
    assert judged["noise"] and judged["rows"] == DRAWN and judged["at"] == [5, 0, MADE]
    assert not true["noise"] and true["rows"] == run.setup.rows == 64
    choice, = true["choices"]
    assert choice["names"] == list(SHOWN) and choice["index"] == TRUE and {one["right"] for one in (made, judged, true)} == {""}
    noise = watched_noise(run.config.seed, 3)[3, 1]
    assert account(run, 0, 1, row=3)["lines"][0].startswith(f"noise 2 = {noise:.3g}".replace("-", "−"))
    assert [row[0] for row in account(run, 4, 0)["tables"][0]["rows"][:2]] == ["x₁", "x₂"]
    assert "That is the sample's x₂." in account(run, 3, 1)["lines"][0]


def test_both_stand_in_the_drawing_with_names():
    run = trained("usual")
    layers = scene(run)[0]["layers"]
    assert [(layer["name"], layer["units"]) for layer in layers] == [
        ("noise", 3), ("layer 1", 6), ("layer 2", 3), ("sample", 2), ("layer 1", 5), ("layer 2", 4), ("output", 1)]
    assert [layer.get("network") for layer in layers] == [None, GENERATOR, GENERATOR, None, *["judge"] * 3]
    assert [layer["name"] for layer in account(run, 1, 0)["layers"]] == [
        "generator, 1, dense", "generator, 2, dense", "generator, 3, output", "judge, 1, dense", "judge, 2, dense",
        "judge, 3, output"]
    assert layers[0]["names"] == ["noise 1", "noise 2", "noise 3"] and layers[3]["names"] == ["x₁", "x₂"]
    assert json.dumps(layers)


@pytest.mark.parametrize("kind", ["usual", "three seeds", "one noise number", "no hidden layers"])
def test_weights_biases_and_maps_are_those_of_both(kind):
    run = trained(kind)
    columns = advance(run, 1, None, 1, budget_ms=None)[1].columns
    after = advance(run, 1, None, 1, budget_ms=None)[0]
    generator = after.setup.objective.networks[GENERATOR]
    p = after.setup.objective.rows(after.state.first[0])
    views = [layer for name in (GENERATOR, DISCRIMINATOR) for layer in p[name]]
    every = [view if "W" in view else view.parts[0] for view in views]
    weights = np.concatenate([view["W"].ravel() for view in every])
    np.testing.assert_array_equal(columns["weights"][-1], weights.astype(np.float32))
    biases = np.concatenate([np.zeros(generator.n_in), *(view["b"].ravel() for view in every)])
    np.testing.assert_array_equal(columns["biases"][-1], biases.astype(np.float32))
    noise = np.zeros((MAP, MAP, generator.n_in))
    noise[..., 0] = np.linspace(-REACH, REACH, MAP)
    if generator.n_in > 1:
        noise[..., 1] = np.linspace(-REACH, REACH, MAP)[:, None]
    made = generator.forward(p[GENERATOR], noise.reshape(-1, generator.n_in))[0].T.reshape(2, MAP, MAP)
    first = generator.n_in + sum(layer.outputs[-1] for layer in generator.layers[:-1])
    sample = columns["units"][-1, first:first + 2].astype(float) - 128
    scale = columns["unit_scale"][-1, first:first + 2]
    assert columns["units"].shape[1] == len(biases)
    np.testing.assert_allclose(sample * scale[:, None, None] / 127, made, atol=scale.max() / 200)


ROUNDS = KINDS | {"minimax": {"objective.game": "minimax"}, "dropout": {"network.dropout": 0.4},
                  "three seeds, dropout": {"seeds": 3, "network.dropout": 0.3},
                  "more turns": {"objective.discriminator_steps": 2, "objective.generator_steps": 3},
                  "clipping": {"objective.generator_training.clip_norm": 0.01, "training.l2": 0.1}}


def rounds(kind: str) -> Run:
    return advance(start(edited(SMALL, ROUNDS[kind])), 2, None, 3, budget_ms=None)[0]


@pytest.mark.parametrize("kind", ROUNDS)
def test_the_turns_of_a_round_are_the_step_that_the_film_takes(kind):
    run = rounds(kind)
    found, objective = one_round(run, 1), run.setup.objective
    after = advance(run, 1, None, 1, budget_ms=None)[0].state.first[0]
    assert [turn for turn, _ in found] == list(objective.turns)
    made = len(objective.networks[GENERATOR].layers)
    last = {turn.network: step for turn, step in found}
    first = {turn.network: step for turn, step in reversed(found)}
    for name, layers in ((GENERATOR, slice(made)), (DISCRIMINATOR, slice(made, None))):
        before = objective.rows(run.state.first[0])[name]
        new = objective.rows(after)[name]
        for i, (one, other) in enumerate(zip(first[name].layers[layers], last[name].layers[layers], strict=True)):
            np.testing.assert_array_equal(one.W, before[i]["W"])
            np.testing.assert_array_equal(other.new_W, new[i]["W"])
            np.testing.assert_array_equal(other.new_b, new[i]["b"][0])
    for turn, step in found:
        still = [layer.new_W is None for layer in step.layers]
        assert still == [turn.network != GENERATOR] * made + [turn.network != DISCRIMINATOR] * (len(still) - made)


@pytest.mark.parametrize("kind", ROUNDS)
def test_the_rows_of_a_turn_add_up_to_its_gradient_and_its_loss(kind):
    """∂L/∂w is the sum over the rows of ∂ℓ/∂z times what came in, divided by how many rows are of one kind."""
    run = rounds(kind)
    objective, N = run.setup.objective, run.config.training.batch_size
    every = [one_round(run, row) for row in range(2 * N)]
    made = len(objective.networks[GENERATOR].layers)
    for number, (turn, step) in enumerate(every[0]):
        steps = [found[number][1] for found in every[:step.rows]]
        assert step.rows == (2 * N if turn.network == DISCRIMINATOR else N)
        assert sum(one.loss for one in steps) / N == pytest.approx(step.batch_loss, rel=1e-12)
        for i in range(*((made, len(step.layers)) if turn.network == DISCRIMINATOR else (0, made))):
            came = [one.x if i == 0 else one.layers[i - 1].outputs for one in steps]
            dW = sum(np.outer(x, one.layers[i].dZ) for x, one in zip(came, steps, strict=True)) / N
            np.testing.assert_allclose(dW, step.layers[i].dW, rtol=1e-9, atol=1e-12)
    if kind != "batch norm" and "dropout" not in kind:  # the loss is the objective's own
        batch = run.trainer().upcoming()
        turn, step = every[0][0]
        loss = objective.loss(turn, objective.rows(run.state.theta), batch)
        assert step.batch_loss == pytest.approx(np.ravel(loss)[0], rel=1e-12)


@pytest.mark.parametrize("kind", ["usual", "least squares"])
def test_the_way_back_leads_through_the_judge_to_the_generator(kind):
    turns = slow_motion(rounds(kind), 2)["turns"]
    generator = turns[1]
    assert generator["direct"] and generator["fused"]
    for layer, following in zip(generator["layers"], generator["layers"][1:], strict=False):
        np.testing.assert_allclose(np.array(following["W"]) @ following["dZ"], layer["dA"], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(np.array(layer["dA"]) * layer["slopes"], layer["dZ"], rtol=1e-9, atol=1e-12)


def test_its_stages_go_through_both_turns_and_travel_as_json():
    run = rounds("usual")
    judge, generator = slow_motion(run, 2)["turns"]
    kinds = [[(stage["kind"], stage["layer"]) for stage in turn["stages"]] for turn in (judge, generator)]
    assert kinds[0] == [*(("forward", layer) for layer in range(3, 7)), ("loss", 6), ("backward", 6), ("backward", 5),
                        ("backward", 4), ("update", 6)]
    assert kinds[1] == [*(("forward", layer) for layer in range(7)), ("loss", 6),
                        *(("backward", layer) for layer in range(6, 0, -1)), ("update", 6)]
    assert [turn["stages"][0]["title"] for turn in (judge, generator)] == ["The judge's turn", "The generator's turn"]
    assert not any(word in json.dumps(judge["stages"]) for word in (DISCRIMINATOR, "generated"))
    assert judge["first"] == 3 and judge["x"] == [] and judge["y"] == [1] and "a true one: x₁ = " in judge["stages"][0]["words"]
    later = slow_motion(run, 20)["turns"]
    assert later[0]["first"] == 0 and later[0]["y"] == [0] and "makes of noise: noise 1 = " in later[0]["stages"][0]["words"]
    assert later[1]["row"] == 15 and later[1]["rows"] == 16
    assert scene(run)[0]["slow"] and json.loads(json.dumps(later, allow_nan=False)) == later


def test_a_round_beyond_all_numbers_is_said_in_words():
    run = start(SMALL)
    with pytest.raises(ValueError, match=NOT_FINITE[:40]):
        slow_motion(run.at(type(run.state)(np.full_like(run.state.theta, np.nan), run.state.memories, run.state.statistics)))


def test_the_labs_usual_networks_are_small_enough():
    told = slow_motion(start(USUAL))
    assert len(told["turns"]) == 2 and len(json.dumps(told)) < 400_000
