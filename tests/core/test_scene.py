"""What travels to the player once: what it says must hold for the frames that follow."""

import json

import numpy as np
import pytest

from ann_core import RunConfig, advance, first_frame, start
from ann_core.base.measure import ACCURACY, RMSE
from ann_core.film.probes import PROBES
from ann_core.film.scene import scene
from ann_core.lab.questions import questions
from ann_core.nn.activations import ACTIVATIONS
from tests.core.test_objectives import CASES


def run_of(**settings):
    return start(RunConfig.model_validate(settings), in_depth=True)


@pytest.mark.parametrize(("source", "kind", "values"), [("moons", "map", False), ("digits", "map", False),
                                                        ("hills", "map", True), ("sine", "curve", True)])
def test_the_plane_is_of_the_kind_that_frames_carry(source, kind, values):
    run = run_of(data={"source": source})
    header, film = scene(run)[0], first_frame(run)
    assert header["plane"]["kind"] == kind
    assert {"boundary", "curve"} & {*film.columns} == {"boundary" if kind == "map" else "curve"}
    assert (header["field"] is not None) == values


def test_slopes_reach_as_far_as_the_scene_says():
    run = run_of(network={"layers": [{"units": 4, "activation": "sigmoid"}, {"units": 4, "activation": "gelu"}]})
    header, blocks = scene(run)
    z = np.linspace(-header["slope_reach"], header["slope_reach"], blocks["slopes"].shape[1])
    for slopes, key in zip(blocks["slopes"], ("sigmoid", "gelu"), strict=True):
        act = ACTIVATIONS[key]
        np.testing.assert_allclose(slopes, np.abs(act.derivative(z, act.f(z))), rtol=1e-6)


def test_units_are_flat_below_the_share_that_the_scene_says():
    run = run_of(network={"layers": [{"units": 6, "activation": "sigmoid"}], "initializer": "normal", "sigma": 5.0})
    header, film = scene(run)[0], first_frame(run)
    p = run.net.parameters.view(run.state.theta)
    a = 1 / (1 + np.exp(-(run.data.X_train @ p["layers.0.W"] + p["layers.0.b"])))
    assert 0.1 < film.saturated[0, 0] < 0.9
    assert film.saturated[0, 0] == pytest.approx((a * (1 - a) < header["flat"] * header["steepest"][0]).mean())


@pytest.mark.parametrize("source", ["xor", "sine"])
def test_the_score_that_is_needed_decides_as_the_question_does(source):
    config = RunConfig.model_validate({"data": {"source": source}, "training": {"learning_rate": 0.005, "epochs": 300}})
    run = start(config)
    score = scene(run)[0]["score"]
    question = next(q for q in questions([config], ["it"]) if q.key.startswith("learns"))
    film, seen = first_frame(run), set()
    while not run.finished:
        value = float(np.float32(film.test_score[-1]))
        learned = value >= score["needed"] if score["better"] == "more" else value <= score["needed"]
        assert question.answer([film], [film]).option == (0 if learned else 1)
        seen.add(learned)
        run, film = advance(run, frames=1, epochs_per_frame=5)
    assert seen == {True, False}


def test_half_of_the_way_is_needed():
    assert [ACCURACY.halfway(0.6), RMSE.halfway(3.0)] == [0.8, 1.5]
    assert [ACCURACY.reached(value, 0.8) for value in (0.79, 0.8, 1.0, np.nan)] == [False, True, True, False]
    assert [RMSE.reached(value, 1.5) for value in (1.6, 1.5, 0.0, np.nan)] == [False, True, True, False]


def test_what_is_needed_is_rounded_as_the_scores_that_travel():
    run = run_of(data={"source": "iris"})
    needed = ACCURACY.halfway(run.data.target.baseline)
    assert float(np.float32(needed)) != needed  # else this says nothing
    assert scene(run)[0]["score"]["needed"] == float(np.float32(needed))


@pytest.mark.parametrize("name", CASES)
def test_every_objective_says_what_its_columns_are(name):
    """Series, layers and activations of the scene fit the columns of the film; blocks of the scene are none of its columns."""
    config, data = CASES[name]
    run = start(config.model_copy(update={"seeds": 2}), data, in_depth=True)
    (header, blocks), film = scene(run), first_frame(run)
    assert json.loads(json.dumps(header, allow_nan=False)) == header
    assert header["blocks"] == list(blocks) and not {*blocks} & {*film.columns}
    assert {*film.columns} <= {column for probe in header["probes"].values() for column in probe["columns"]}
    assert all(film.columns[one["column"]].shape == (1, 2) for one in header["series"])
    assert (header["score"] is not None) == run.setup.objective.has_answers
    assert len(header["weight_layers"]) == film.gradient.shape[1] == sum(net["layers"] for net in header["networks"])
    assert len(header["activations"]) == film.saturated.shape[1] and film.failures == {}
    assert {one["layer"] for one in header["activations"]} <= {*header["weight_layers"]}
    assert ("boundary" in film.columns) == ("boundary" in header["probes"]) == (header["plane"] is not None)
    if "sums" in film.columns:
        assert film.sums.shape[1] == len(header["activations"]) == len(header["steepest"])


def test_activations_are_told_with_their_units():
    run = run_of(network={"layers": [{"units": 4, "activation": "sigmoid"}, {"units": 3, "activation": "relu"}]})
    assert scene(run)[0]["activations"] == [{"layer": "layer 1", "name": "sigmoid", "units": 4},
                                            {"layer": "layer 2", "name": "ReLU", "units": 3}]


@pytest.mark.parametrize("name", ["autoencoder", "minimax"])
def test_only_the_losses_that_are_learned_from_say_that_a_run_diverged(name, monkeypatch):
    config, data = CASES[name]
    measure = PROBES["gradient"].measure
    monkeypatch.setattr(PROBES["gradient"], "measure", lambda look: measure(look) | {
        "loss_landscape": np.full((len(look.states), 3, 3), np.inf)})
    _, film = advance(start(config, data), frames=2, steps_per_frame=1)
    assert film.state == "running" and film.loss_landscape.shape == (2, 3, 3)
