"""Who pulls: every row's part of the gradient, exact for all kinds of networks, and how it is told."""

import json
from itertools import chain

import numpy as np
import pytest

from ann_core import RunConfig, start
from ann_core.film.advance import advance
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.look import Look
from ann_core.film.pulls import STRONGEST, Target, told_pulls
from ann_core.film.view import View
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.inside import inside
from ann_core.nn.layers.base import Flow
from ann_core.nn.losses import HEADS
from ann_core.run.pulls import answer_gradients, measured, pulls
from ann_core.run.run import Run

DENSE = {"layers": [{"units": 5, "activation": "tanh"}, {"units": 4, "activation": "sigmoid"}]}
SOURCES = {"regression": "hills", "two classes": "moons", "several classes": "blobs"}
UNEVEN = {"source": "drawn", "drawn": [[x / 4, 1 - x % 4 / 9, x % 3 // 2] for x in range(12)]}
SHORT = {"samples": 40, "length": 6}
KINDS = {
    **{f"{task}, {output}, {loss}": {"data": {"source": SOURCES[task]}, "network": {**DENSE, "output": output, "loss": loss}}
       for task, output, loss in chain.from_iterable(((task, *head) for head in heads) for task, heads in HEADS.items())},
    "batch norm": {"network": {**DENSE, "batch_norm": True}},
    "all three": {"network": {"layers": [{"units": 5}] * 3, "batch_norm": True, "skip": True, "dropout": 0.3}},
    "skips and dropout": {"network": {"layers": [{"units": 4, "activation": "elu"}] * 3, "skip": True, "dropout": 0.5}},
    "balanced, summed": {"data": UNEVEN, "network": DENSE, "training": {"class_weights": True, "reduction": "sum"}},
    "three seeds": {"network": DENSE, "seeds": 3}, "one input": {"data": {"source": "sine"}, "network": DENSE},
    "no hidden layer": {"network": {"layers": []}},
    "digits": {"data": {"source": "digits"}, "network": DENSE},
    "convolution": {"data": {"source": "shapes", "samples": 40}, "network": {"layers": [
        {"kind": "conv2d", "filters": 2}, {"kind": "average_pool2d"}, {"kind": "flatten"}, {"units": 4}]}},
    "convolution, batch norm": {"data": {"source": "shapes", "samples": 20}, "network": {"batch_norm": True, "layers": [
        {"kind": "conv2d", "filters": 2, "activation": "tanh"}, {"kind": "global_average_pool"}]}},
    "autoencoder": {"data": {"source": "iris"}, "network": {"layers": [{"units": 2, "activation": "tanh"}]},
                    "objective": {"kind": "autoencoder", "noise": 0.2}},
    **{kind: {"data": {"source": "remember_first", **SHORT}, "network": {"layers": [{"kind": kind, "units": 4}]}}
       for kind in ("rnn", "lstm", "gru")},
    "a step each": {"data": {"source": "marker_later", **SHORT}, "objective": {"kind": "sequence"}, "network": {
        "layers": [{"kind": "gru", "units": 4, "bidirectional": True, "every_step": True}]}},
    "values of sequences": {"data": {"source": "add_marked", **SHORT}, "network": {"layers": [{"kind": "lstm", "units": 4}]}},
}


def trained(kind: str | dict, steps: int = 5) -> Run:
    settings = KINDS[kind] if isinstance(kind, str) else kind
    settings = {**settings, "data": {"samples": 60, **settings.get("data", {})}}
    return advance(start(RunConfig.model_validate(settings)), 1, None, steps, budget_ms=None)[0]


def parts_of(run: Run):
    """The objective, the first seed's weights, the rows of the shown gradient, and the loss on them."""
    objective, (theta, _) = run.setup.objective, run.state.first
    batch = Look(View.of(run.setup), [run.state], [None]).gradient_batch
    return objective, theta, batch, measured(objective, theta, batch)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pulls_add_up_to_the_gradient_that_the_film_shows(kind):
    run = trained(kind)
    objective, theta, batch, found = parts_of(run)
    directions = np.random.default_rng(1).standard_normal((20, len(theta)))
    every = pulls(objective, theta, batch, found.dZ, directions)
    shown = Look(View.of(run.setup), [run.state], [None]).gradient[0]
    shown = shown[0] if shown.ndim > 1 else shown
    single = len(run.net.inputs) == 2  # frames measure sequences in single precision
    np.testing.assert_allclose(every.sum(0), directions @ found.gradient, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.gradient, shown, rtol=1e-3 if single else 1e-9, atol=1e-6 if single else 1e-14)
    assert found.losses.sum() == pytest.approx(float(objective.value(found.Z, batch.Y, batch.weights)), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_pulls_as_its_own_loss_falls(kind):
    """Against central differences of each row's loss, with all other rows beside it, as batch norm sees them."""
    objective, theta, batch, found = parts_of(trained(kind))
    d, h = np.random.default_rng(2).standard_normal(len(theta)), 1e-6
    numeric = (measured(objective, theta + h * d, batch).losses - measured(objective, theta - h * d, batch).losses) / (2 * h)
    exact = pulls(objective, theta, batch, found.dZ, d[None])[:, 0]
    off = np.abs(exact - numeric) > 1e-4 * np.abs(numeric) + 1e-7
    assert off.sum() <= ("hinge" in kind or "absolute" in kind)  # a row may stand at the corner of its loss


@pytest.mark.parametrize("seed", range(12))
def test_a_dense_network_needs_one_product_for_it(seed):
    """Over random networks: what a row adds to ∂L/∂w is what came in, times ∂L/∂z of the unit."""
    rng = np.random.default_rng(seed)
    layers = [{"units": int(rng.integers(1, 9)), "activation": str(rng.choice(list(ACTIVATIONS)))}
              for _ in range(rng.integers(1, 4))]
    run = trained({"data": {"source": str(rng.choice([*SOURCES.values(), "iris"])), "seed": seed}, "seed": seed,
                   "network": {"layers": layers, "skip": bool(rng.integers(2))}}, int(rng.integers(1, 9)))
    objective, theta, batch, found = parts_of(run)
    p, flow = run.net.parameters.rows(theta), Flow()
    hidden, _, caches = inside(run.net, p, batch.X)
    run.net.backward(p, run.net.parameters.rows(np.empty_like(theta)), found.dZ, caches, flow)
    came = [batch.X, *(one.outputs for one in hidden)]
    for i, (_, dZ) in enumerate(flow):
        entry = next(one for one in run.net.parameters.of("weight") if one.layer == i)
        product = np.einsum("ni,nj->nij", came[i], dZ).reshape(batch.rows, -1)
        unit_vectors = np.eye(len(theta))[entry.part]
        np.testing.assert_allclose(pulls(objective, theta, batch, found.dZ, unit_vectors), product, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("kind", [
    "usual", "two classes, linear, hinge", "several classes, softmax, categorical_cross_entropy",
    "several classes, sigmoid, squared_error", "regression, linear, huber", "batch norm", "digits"])
def test_a_plain_step_on_one_row_moves_an_answer_as_foretold(kind):
    run = trained({"network": DENSE} if kind == "usual" else kind)
    objective, theta, batch, found = parts_of(run)
    _, statistics = run.state.first
    x, eta = run.setup.data.X_test[:1], 1e-6
    answer, moves = answer_gradients(objective, theta, statistics, x)
    foretold = pulls(objective, theta, batch, found.dZ, -eta * moves)
    np.testing.assert_allclose(answer, run.net.head.score(answer_sums(run, theta, x)), rtol=1e-12)
    for row in range(0, batch.rows, 9):
        dZ, grad = np.zeros_like(found.dZ), np.empty_like(theta)
        dZ[row] = found.dZ[row]
        p = run.net.parameters.rows(theta)
        run.net.backward(p, run.net.parameters.rows(grad), dZ, run.net.forward(p, batch.X)[1])
        head, steps = run.net.head, (theta - eta * grad, theta)
        after, before = (head.activate(answer_sums(run, one, x)) / (2 if head.signed else 1) for one in steps)
        np.testing.assert_allclose(after - before, foretold[row], rtol=1e-3, atol=1e-13)


def answer_sums(run, theta, x):
    return run.net.forward(run.net.parameters.rows(theta), x, run.net.evaluation(run.state.first[1]))[0][0]


TARGETS = [Target("loss"), Target("weight", (1, 1, 2)), Target("weight", (3, 0, 0)), Target("unit", (2, 3)),
           Target("spot", (0.4, -0.2))]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.kind} {target.at}")
@pytest.mark.parametrize("kind", ["two classes, sigmoid, binary_cross_entropy", "regression, linear, squared_error",
                                  "several classes, softmax, categorical_cross_entropy", "batch norm"])
def test_what_is_told_adds_up_and_names_the_strongest(kind, target):
    run = trained(kind)
    told, (*_, found) = told_pulls(run, target), parts_of(run)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    parts = np.array(told["parts"])
    assert parts.sum() == pytest.approx(told["total"], rel=1e-9, abs=1e-15) and len(parts) == told["rows"] == run.setup.rows
    strongest = [(one["loss"], found.losses[one["place"]]) for one in told["strongest"]]
    assert [told for told, _ in strongest] == pytest.approx([measured for _, measured in strongest])
    sizes = np.sort(np.abs(parts))[::-1]
    assert [abs(parts[one["place"]]) for one in told["strongest"]] == list(sizes[:STRONGEST])
    assert sizes[:told["half"]].sum() >= sizes.sum() / 2 > sizes[:told["half"] - 1].sum()
    views = run.net.parameters.view(found.gradient)
    if target.kind == "weight":
        layer, i, j = target.at
        assert told["total"] == pytest.approx(views[f"layers.{layer - 1}.W"][i, j], rel=1e-9)
    elif target.kind == "unit":
        name = "beta" if "batch norm" in told["name"] or run.config.network.batch_norm else "b"
        assert told["total"] == pytest.approx(views[f"layers.1.{name}"][3], rel=1e-9, abs=1e-16)
    elif target.kind == "loss":
        assert told["total"] == pytest.approx((found.gradient**2).sum()) and told["way"] == 1
    assert all(one["inputs"].startswith("x₁ = ") and one["right"] for one in told["strongest"])


def test_an_arrow_shows_the_way_a_row_would_move_the_weight():
    """The way of a weight is against its derivative: moved a little where its strongest row pulls, that row's loss falls."""
    run = trained("two classes, sigmoid, binary_cross_entropy")
    told, (objective, theta, batch, found) = told_pulls(run, Target("weight", (1, 0, 1))), parts_of(run)
    place = run.net.parameters.entries[0].part.start + 1
    for one in told["strongest"]:
        moved = theta.copy()
        moved[place] += 1e-4 * np.sign(told["way"] * told["parts"][one["place"]])
        assert measured(objective, moved, batch).losses[one["place"]] < found.losses[one["place"]]


@pytest.mark.parametrize(("kind", "target", "reason"), [
    ("convolution", Target("weight", (2, 0, 0)), "No single weight joins"), ("convolution", Target("unit", (2, 0)), "no bias"),
    ("gru", Target("spot", (0.0, 0.0)), "no picture"), ("one input", Target("spot", (0.0, 0.0)), "no picture"),
    ("digits", Target("unit", (0, 3)), "nothing of that kind"), ("digits", Target("weight", (1, 64, 0)), "of that kind"),
    ("digits", Target("unit", (1, 2.5)), "nothing of that kind"), ("digits", Target("unit", (-1, 2)), "nothing of that kind")])
def test_what_cannot_be_pulled_at_is_said(kind, target, reason):
    with pytest.raises(ValueError, match=reason):
        told_pulls(trained(kind), target)


def test_what_would_take_too_long_or_has_no_numbers_is_said():
    large = {"data": {"source": "moons", "samples": 2000}, "network": {"layers": [{"units": 60}] * 3, "batch_norm": True}}
    with pytest.raises(ValueError, match="batch normalisation every row moves"):
        told_pulls(start(RunConfig.model_validate(large)), Target("loss"))
    with pytest.raises(ValueError, match="learn from one another"):
        told_pulls(start(RunConfig.model_validate({"objective": {"kind": "adversarial"}})), Target("loss"))
    run = trained("two classes, sigmoid, binary_cross_entropy")
    with pytest.raises(ValueError, match=NOT_FINITE[:40]):
        told_pulls(run.at(type(run.state)(np.full_like(run.state.theta, np.nan), run.state.memories, run.state.statistics)),
                   Target("loss"))


def test_where_nothing_pulls_nobody_is_listed():
    """A unit behind which all weights are 0 moves nothing."""
    run = trained("two classes, sigmoid, binary_cross_entropy")
    theta = run.state.theta.copy()
    run.net.parameters.view(theta)["layers.2.W"][:] = 0
    told = told_pulls(run.at(type(run.state)(theta, run.state.memories, run.state.statistics)), Target("unit", (1, 0)))
    assert told["strongest"] == [] and told["half"] == 0 and told["total"] == 0
