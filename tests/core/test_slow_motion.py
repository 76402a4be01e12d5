"""One step in slow motion: every number is the engine's own."""

import json

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.slow_motion import is_followed, slow_motion
from ann_core.run.one_step import one_step
from ann_core.run.run import Run
from ann_core.scalar.chain import from_run, trace

SMALL = {"data": {"source": "moons"},
         "network": {"layers": [{"units": 4, "activation": "tanh"}, {"units": 3, "activation": "relu"}]}}
CONVOLUTION = [{"kind": "conv2d", "filters": 2}, {"kind": "flatten"}]
UNEVEN = {"source": "drawn", "drawn": [[x / 4, 1, x % 3 // 2] for x in range(12)]}
KINDS = {
    "usual": {}, "softmax": {"data": {"source": "iris"}}, "values": {"data": {"source": "hills"}},
    "hinge": {"network": {"loss": "hinge"}}, "squared error": {"network": {"loss": "squared_error"}},
    "batch norm": {"network": {"batch_norm": True}}, "skips": {"network": {"skip": True}},
    "dropout": {"network": {"dropout": 0.4}},
    "all three": {"network": {"batch_norm": True, "skip": True, "dropout": 0.3}}, "three seeds": {"seeds": 3},
    "three seeds, dropout": {"seeds": 3, "network": {"dropout": 0.3}},
    "sum": {"training": {"reduction": "sum", "learning_rate": 0.001}},
    "balanced": {"data": UNEVEN, "training": {"class_weights": True}},
    "penalties and clipping": {"training": {"optimizer": "sgd", "l2": 0.1, "l1": 0.01, "clip_norm": 0.05, "clip_value": 0.01}},
    "single rows": {"training": {"batch_size": 1}}, "no hidden layer": {"network": {"layers": []}},
    "one input": {"data": {"source": "sine"}},
    "autoencoder": {"objective": {"kind": "autoencoder"}}, "denoiser": {"objective": {"kind": "autoencoder", "noise": 0.3}},
}


def trained(kind: str, frames: int = 2, steps: int = 7) -> Run:
    parts = {key: {**SMALL.get(key, {}), **value} if isinstance(value, dict) else value
             for key, value in (SMALL | KINDS[kind]).items()}
    return advance(start(RunConfig.model_validate(parts)), frames, None, steps, budget_ms=None)[0]


def of_first(run: Run, vector):
    return run.net.parameters.view(vector[0] if vector.ndim > 1 else vector)


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_in_slow_motion_is_the_step_that_the_film_takes(kind):
    run = trained(kind)
    step = one_step(run, 1)
    after, trainer = advance(run, 1, None, 1, budget_ms=None)[0], run.trainer()
    trainer.one_step(keep_raw=True)
    before, raw, new = (of_first(run, part) for part in (run.state.theta, trainer.raw_grad, after.state.theta))
    for i, layer in enumerate(step.layers):
        for name, one in (("W", layer.W), ("b", layer.b)):
            np.testing.assert_array_equal(one, before[f"layers.{i}.{name}"])
        np.testing.assert_array_equal(layer.dW, raw[f"layers.{i}.W"])
        np.testing.assert_array_equal(layer.new_W, new[f"layers.{i}.W"])
        np.testing.assert_array_equal(layer.new_b, new[f"layers.{i}.b"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_a_batch_add_up_to_its_gradient(kind):
    """∂L/∂w is the mean (or sum) over the rows of ∂ℓ/∂z times what came in, as slow motion says."""
    run = trained(kind)
    rows = one_step(run).rows
    every = [one_step(run, row) for row in range(rows)]
    share = 1.0 if run.config.training.reduction == "sum" else 1 / rows
    for i, layer in enumerate(every[0].layers):
        came = [step.x if i == 0 else step.layers[i - 1].outputs for step in every]
        dW = sum(share * step.weight * np.outer(x, step.layers[i].dZ) for x, step in zip(came, every, strict=True))
        np.testing.assert_allclose(dW, layer.dW, rtol=1e-9, atol=1e-12)
    assert sum(step.weight * step.loss for step in every) * share == pytest.approx(every[0].batch_loss, rel=1e-12)


@pytest.mark.parametrize("kind", ["usual", "squared error", "hinge", "values"])
def test_it_agrees_with_the_lesson_number_by_number(kind):
    """The graph of single numbers is another implementation: the same sums, answers, loss and derivatives for the same row."""
    run = trained(kind)
    for row in (0, 5):
        step = one_step(run, row)
        same = int(np.flatnonzero((run.data.X_train == step.x).all(1))[0])
        nodes = trace(from_run(run, same)).nodes
        numbers = np.hstack([np.stack([layer.sums, layer.outputs, layer.dZ]) for layer in step.layers]).T
        for j, found in enumerate(numbers, 1):
            expected = nodes[f"z{j}"].value, nodes[f"a{j}"].value, nodes[f"z{j}"].gradient
            assert tuple(found) == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert step.loss == pytest.approx(nodes["L"].value, rel=1e-9)


@pytest.mark.parametrize("kind", ["usual", "squared error", "softmax", "values"])
def test_the_way_back_is_what_the_panel_writes_down(kind):
    """∂ℓ/∂a = Σ w ∂ℓ/∂z of the next layer, and ∂ℓ/∂z = ∂ℓ/∂a · φ′(z)."""
    told = slow_motion(trained(kind), 2)
    assert told["direct"]
    for layer, following in zip(told["layers"], told["layers"][1:], strict=False):
        np.testing.assert_allclose(np.array(following["W"]) @ following["dZ"], layer["dA"], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(np.array(layer["dA"]) * layer["slopes"], layer["dZ"], rtol=1e-9, atol=1e-12)
    last = told["layers"][-1]
    assert told["fused"] == (kind != "squared error")  # with a sigmoid before it, the slope of the sigmoid stays
    if told["fused"]:
        np.testing.assert_allclose(last["dZ"], np.array(last["outputs"]) - told["y"], rtol=1e-9, atol=1e-12)


def test_its_stages_lead_from_the_inputs_to_the_update_and_it_travels_as_json():
    told = slow_motion(trained("usual"), 10_000)
    assert [(stage["kind"], stage["layer"]) for stage in told["stages"]] == [
        ("forward", 0), ("forward", 1), ("forward", 2), ("forward", 3), ("loss", 3),
        ("backward", 3), ("backward", 2), ("backward", 1), ("update", 3)]
    assert told["row"] == told["rows"] - 1 == 31  # beyond the batch: its last row
    assert json.loads(json.dumps(told, allow_nan=False)) == told


@pytest.mark.parametrize(("kind", "said", "unsaid"), [
    ("usual", "mean over the 32 rows", "Dropout"), ("sum", "sum over the 32 rows", "mean over"),
    ("dropout", "Dropout switches", "skip"),
    ("batch norm", "Batch normalisation brings", "Dropout"), ("skips", "skip connection adds", "Batch norm"),
    ("single rows", "Row 1 of the 1", "rows of the batch is ∂L/∂w"),
    ("penalties and clipping", "penalties and clipping change", "Adam"),
    ("softmax", "shares of 1", "sigmoid")])
def test_its_words_say_what_happens_in_this_network(kind, said, unsaid):
    words = " ".join(stage["words"] for stage in slow_motion(trained(kind))["stages"])
    assert said in words and unsaid not in words


def test_what_dropout_switches_off_is_counted():
    told = slow_motion(trained("dropout"), 3)
    for stage, layer in zip(told["stages"][1:], told["layers"][:-1], strict=False):
        off = sum(kept == 0 for kept in layer["kept"])
        np.testing.assert_allclose(layer["outputs"], np.array(layer["acted"]) * layer["kept"])
        assert f"Dropout switches {off} of the {len(layer['kept'])} units off" in stage["words"]
    assert sum(kept == 0 for layer in told["layers"] for kept in layer["kept"])


@pytest.mark.parametrize(("settings", "reason"), [
    ({"network": {"layers": [{"units": 80}] * 2}}, "6,000 weights and biases. This one is 2-80-80-1"),
    ({"network": {"layers": [{"units": 2}] * 11}}, "up to 10 layers"),
    ({"data": {"source": "digits"}, "network": {"layers": CONVOLUTION}}, "dense layers")])
def test_what_is_too_large_or_of_another_kind_is_said(settings, reason):
    run = start(RunConfig.model_validate(settings))
    assert is_followed(run.setup) == ("dense" not in reason)
    with pytest.raises(ValueError, match=reason):
        slow_motion(run)


def test_a_layer_wider_than_its_drawing_is_told_in_full():
    told = slow_motion(start(RunConfig.model_validate({"data": {"source": "digits"}, "network": {"layers": [{"units": 30}]}})))
    assert [np.shape(layer["W"]) for layer in told["layers"]] == [(64, 30), (30, 10)] and len(told["x"]) == 64


def test_a_run_that_is_beyond_all_numbers_is_said_in_words():
    run = start(RunConfig.model_validate(SMALL))
    with pytest.raises(ValueError, match=NOT_FINITE[:40]):
        slow_motion(run.at(type(run.state)(np.full_like(run.state.theta, np.nan), run.state.memories, run.state.statistics)))
