"""Kinds of layer in settings: what is refused and in which words, links, and everything that goes through the registry."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ann_core import RunConfig, advance, build_network, change, explain, start
from ann_core.clinic.cures import CURES
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.film.view import View
from ann_core.lab import twins
from ann_core.lab.cures import effect
from ann_core.lab.inside import inside
from ann_core.nn import stack
from ann_core.nn.fitting import spelt
from ann_core.nn.kinds import LAYERS, Around
from ann_core.run.config import MAX_ROW_VALUES
from ann_core.run.differences import differences
from ann_core.run.link import _number, edited, from_query, to_query
from tests.core.layers_drawn import settings_of

CONV, POOL, FLAT = {"kind": "conv2d", "filters": 4}, {"kind": "max_pool2d"}, {"kind": "flatten"}
LAYERED = (CONV, POOL, {"kind": "conv2d", "filters": 3, "size": 2, "padding": "valid", "activation": "tanh"}, FLAT,
           {"units": 6})
PICTURE = (8, 8, 1)


def digits(*layers, **more) -> RunConfig:
    """A run on the digits. more: its other parts"""
    return RunConfig.model_validate({"data": {"source": "digits"}, **more,
                                     "network": {"layers": list(layers), **more.get("network", {})}})


def refusal(*layers, **more) -> str:
    with pytest.raises(ValidationError) as caught:
        digits(*layers, **more)
    return explain(caught.value)[0][1]


def works_on(key) -> str:
    return LAYERS[key].settings.works_on


def on_pictures(key) -> bool:
    return works_on(key) == "pictures"


def alone(key):
    """A layer of this kind as the first one, on the digits where it can work on them."""
    sample = {"pictures": PICTURE, "numbers": (64,), "steps": (6, 4)}[works_on(key)]
    return LAYERS[key].settings.model_validate({}).build(sample, Around())


INNER = [key for key in LAYERS if len(alone(key).outputs) == 3]
"""Kinds that give pictures again."""
CLOSING = [key for key in LAYERS if on_pictures(key) and key not in INNER]
ASKS = {"pictures": ("works on a picture (height × width with channels)", "put it before the first layer that gives numbers."),
        "numbers": ("works on a row of numbers", "Put a flatten layer or a global pool before it."),
        "steps": ("works on a sequence (steps of numbers)", "let every recurrent layer before it give every step.")}


@pytest.mark.parametrize("second", LAYERS)
@pytest.mark.parametrize("first", [key for key in LAYERS if works_on(key) != "steps"])
def test_a_layer_that_cannot_follow_is_refused_with_both_shapes_and_what_to_do(first, second):
    pair, outputs = ({"kind": first}, {"kind": second}), alone(first).outputs
    if works_on(second) == ("pictures" if first in INNER else "numbers"):
        assert digits(*pair, *([FLAT] if second in INNER else [])).parameters > 0
        return
    needs, cure = ASKS[works_on(second)]
    assert refusal(*pair).startswith(f"Layer 2 ({LAYERS[second].label}) {needs}, but layer 1 ({LAYERS[first].label}) gives "
                                     f"{spelt(outputs)}. ")
    assert refusal(*pair).endswith(cure)


@pytest.mark.parametrize(("layers", "more", "words"), [
    ([CONV], {}, "The output layer works on a row of numbers, but layer 1 (convolution) gives a picture of 8 × 8 with "
     "4 channels. Put a flatten layer or a global pool before it."),
    ([{**POOL, "size": 9}], {}, "Layer 1 (max pool) has a window of 9 × 9, but a row of the data is a picture of 8 × 8 with "
     "1 channel. Choose a size of at most 8, or take out a layer that makes the picture smaller."),
    ([POOL, POOL, {"kind": "average_pool2d", "size": 3}], {}, "Layer 3 (average pool) has a window of 3 × 3, but layer 2 "
     "(max pool) gives a picture of 2 × 2 with 1 channel. Choose a size of at most 2"),
    ([{**CONV, "size": 9, "padding": "valid"}], {}, "Layer 1 (convolution) has a window of 9 × 9, but a row of the data is"),
    ([CONV, FLAT], {"data": {"source": "spiral"}}, "Layer 1 (convolution) works on a picture (height × width with channels), "
     "but a row of the data is 2 numbers. Choose data that are pictures"),
    ([{"kind": "conv3d"}], {}, "Unknown kind of layer 'conv3d'. Did you mean 'conv2d'?"),
    ([{"kind": None}], {}, "Unknown kind of layer 'None'. Available: dense, conv2d"),
    ([{**CONV, "padding": "full"}], {}, "Unknown padding 'full'. Available: same, valid."),
    ([{**CONV, "units": 3}], {}, "Extra inputs are not permitted"), ([5], {}, "Input should be a valid dictionary"),
    ([{**CONV, "filters": 65}], {}, "Input should be less than or equal to 64"),
    ([{**CONV, "activation": "rleu"}], {}, "Unknown activation 'rleu'. Did you mean 'relu'?"),
])
def test_what_else_is_refused(layers, more, words):
    assert refusal(*layers, **more).startswith(words)


HUGE = [
    ([{"kind": "conv2d", "filters": 64}] * 2, {}, "This run would take about"),
    ([{"kind": "conv2d", "filters": 64}] * 2, {"training": {"epochs": 1, "batch_size": 100_000}}, "One step would take"),
    ([{"kind": "conv2d", "filters": 32}], {"training": {"epochs": 1, "batch_size": 100_000}, "seeds": 2},
     "One step would hold"),
    ([{"kind": "conv2d", "filters": 1, "size": 11}] * 60, {"training": {"epochs": 1}}, "The layers would hold"),
    ([{"kind": "conv2d", "filters": 64, "size": 1}, *[{"kind": "max_pool2d", "size": 1}] * 60], {"training": {"epochs": 1}},
     "The layers would hold"),
    ([{"kind": "conv2d", "filters": 64, "size": 11}] * 2, {}, "This network has 504,138 parameters"),
]


@pytest.mark.parametrize(("layers", "more", "words"), HUGE)
def test_a_run_that_would_take_too_long_or_fill_the_memory_is_refused(layers, more, words):
    assert refusal(*layers, {"kind": "global_max_pool"}, **more).startswith(words)


class Counted(np.ndarray):
    """Counts the products that its arrays go through."""

    products = 0

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        plain = [np.asarray(a) if isinstance(a, Counted) else a for a in inputs]
        given = {} if out is None else {"out": tuple(np.asarray(a) for a in out)}
        found = getattr(ufunc, method)(*plain, **given, **kwargs)
        if ufunc is np.matmul:
            Counted.products += found.size * plain[0].shape[-1]
        return found.view(Counted) if isinstance(found, np.ndarray) else found


@pytest.mark.parametrize("layers", [
    LAYERED, [{"kind": "conv2d", "filters": 8}, POOL, {"kind": "conv2d", "filters": 16}, POOL, FLAT],
    [{"kind": "conv2d", "filters": 5, "size": 5, "stride": 2}, {"kind": "global_max_pool"}]])
def test_the_cost_of_a_run_is_what_it_multiplies(layers, monkeypatch):
    """A product and a sum, forward and twice on the way back: but no way back to the inputs of the first layer."""
    config = digits(*layers, training={"epochs": 1})
    net, rows = build_network(config.network, PICTURE, 10, "classification"), 32
    X, Y = np.random.default_rng(0).standard_normal((rows, *PICTURE)), np.eye(10)[np.arange(rows) % 10]
    monkeypatch.setattr(Counted, "products", 0)
    net.loss_and_grad(net.initial(0).view(Counted), X.view(Counted), Y)
    assert 0.6 < 2 * Counted.products / rows / (config.cost / config.rows) <= 1.05


def test_a_pass_holds_about_what_a_layer_says():
    """What stands in caches after a pass, against `holds`: it decides how many rows are measured at once."""
    net = build_network(digits(*LAYERED).network, PICTURE, 10, "classification")
    rows = 10
    X = np.random.default_rng(0).standard_normal((rows, *PICTURE))
    _, caches, _ = net.forward(net.parameters.rows(net.initial(0)), X)

    def arrays(cache):
        if isinstance(cache, np.ndarray):
            yield cache if cache.base is None else cache.base
        elif isinstance(cache, list | tuple):
            for part in cache:
                yield from arrays(part)

    held = sum({id(array): array.size for array in arrays(caches)}.values()) / rows
    said = sum(layer.holds() for layer in net.layers)
    assert said / 2 < held < 2 * said < MAX_ROW_VALUES


@pytest.mark.parametrize("key", LAYERS)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_layer_is_read_as_it_was_written(key, data):
    layer = data.draw(settings_of(key))
    assert LAYERS[key].settings.model_validate(stack.read(stack.written(layer), _number)) == layer


STACKS = st.tuples(st.lists(st.sampled_from(INNER).flatmap(lambda key: settings_of(key, 3)), min_size=1, max_size=3),
                   st.sampled_from(CLOSING).flatmap(settings_of).map(lambda one: [one]),
                   st.lists(settings_of("dense", 9), max_size=2)).map(lambda parts: tuple(sum(parts, [])))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(STACKS)
def test_a_link_and_a_file_bring_layers_of_every_kind_back(layers):
    try:
        config = edited(digits(FLAT, training={"epochs": 1}), {"network.layers": layers})
    except ValidationError:
        assume(False)
    query = to_query(config)
    assert from_query(query) == (config, []) and all(len(text) < 200 for text in query.values())
    assert RunConfig.model_validate_json(config.model_dump_json()) == config
    assert RunConfig.model_validate(json.loads(config.model_dump_json())) == config


@pytest.mark.parametrize(("query", "layers", "note"), [
    ({"network.layers": "conv9d-3~flatten"}, None, "Did you mean 'conv2d'?"),
    ({"network.layers": "flatten-3"}, None, "Unknown kind"),
    ({"network.layers": "conv2d-a~flatten"}, None, "valid integer"), ({"network.layers": "-"}, None, "valid integer"),
    ({"network.layers": "conv2d-8-3-1-same-relu-off-1~flatten"}, None, "valid number"),
    ({"network.layers": "8-tanh~conv2d"}, None, "layer 1 (dense) gives 8 numbers"),
    ({"network.layers": "conv2d~flatten", "training.learning_rate": "fast"}, ["conv2d", "flatten"], "learning_rate"),
    ({"network.layers": "max_pool2d-2-off~flatten"}, ["max_pool2d", "flatten"], None),
    ({"network.layers": "8-tanh~6"}, ["dense", "dense"], None),
])
def test_what_a_link_cannot_use_stays_usual_with_a_note(query, layers, note):
    config, notes = from_query({**query, "data.source": "digits"})
    assert config.data.source == "digits"
    assert [layer.kind for layer in config.network.layers] == (layers or ["dense"] * 3)
    assert len(notes) == (note is not None) and (note is None or note in notes[0])


def bent(config, key):
    return edited(config, {"network.layers": [layer.bent(key) for layer in config.network.layers]})


PLAIN = digits(*LAYERED, training={"learning_rate": 0.003, "epochs": 3, "batch_size": 128})


def test_twins_share_all_but_the_activations_of_their_filters():
    pair = twins.check((PLAIN, bent(PLAIN, "sigmoid")))
    assert twins.names(pair) == ["ReLU/tanh", "sigmoid"] and twins.from_query(twins.to_query(pair)) == (pair, [])
    like = digits({"kind": "conv2d", "filters": 6, "size": 5}, FLAT)
    assert [[layer.bend for layer in twin.network.layers] for twin in twins.align(pair, like)] == [
        [("relu", None), None], [("sigmoid", None), None]]
    assert twins.usual_initializers(PLAIN.network.layers) == ("he_normal", "glorot_normal", "glorot_normal")
    with pytest.raises(ValueError, match="network.layers"):
        twins.check((PLAIN, digits(CONV, POOL, FLAT, {"units": 6}, training=PLAIN.training.model_dump())))


def test_a_branch_goes_on_with_its_kernels_under_another_activation():
    recording = Recording(PLAIN)
    film = recording.frames(None, 3, budget_ms=None)
    branch, same = recording.branch(int(film.step[1])), recording.branch(int(film.step[1]))
    branch.change(bent(PLAIN, "selu"))
    assert differences(PLAIN, branch.config) == "SELU"
    assert not np.array_equal(branch.frames(int(film.step[1]), 1, budget_ms=None).test_loss, film.test_loss[2:3])
    assert np.array_equal(same.frames(int(film.step[1]), 1, budget_ms=None).test_loss, film.test_loss[2:3])


@pytest.mark.parametrize("field", [{"filters": 5}, {"size": 5}, {"stride": 2}, {"padding": "valid"}, {"kind": "flatten"}])
def test_weights_go_on_only_in_layers_of_the_same_shape(field):
    other = edited(PLAIN, {"network.layers": [FLAT] if "kind" in field else [{**CONV, **field}, *LAYERED[1:]]})
    assert differences(PLAIN, other) == "other layers"
    with pytest.raises(ValueError, match="Start a new run"):
        change(start(PLAIN), other)


@pytest.mark.parametrize("key", CURES)
def test_every_cure_can_be_measured_on_filters(key):
    found = effect(PLAIN, CURES[key], epochs=1)
    assert found.before and found.after and len(found.before.start.gradient) == 4 and np.isfinite(found.after.end.loss)


def test_the_drawing_has_a_square_a_channel_and_lines_where_one_weight_joins_two_units():
    run, film = advance(start(PLAIN, in_depth=True), frames=2)
    drawn, header = View.of(run.setup).drawing, scene(run)[0]
    assert drawn.widths == (64, 4, 4, 3, 27, 6, 10)
    assert [layer["activation"] for layer in header["layers"]] == [
        None, "ReLU", "max pool", "tanh", "flatten", "tanh", "softmax"]
    assert header["weight_layers"] == ["layer 1", "layer 3", "layer 5", "output"] and film.gradient.shape == (2, 4)
    squares = [len(drawn.units[layer]) for layer in drawn.layers]
    lines = [a * b for a, b in zip(squares, squares[1:], strict=False)]
    edges = np.split(film.weights[-1], np.cumsum(lines)[:-1])  # a kernel is more than one weight: no line
    assert [bool(np.any(part)) for part in edges] == [False, False, False, False, True, True]
    biases = np.split(film.biases[-1], np.cumsum(squares)[:-1])
    assert [bool(np.any(part)) for part in biases] == [False, True, False, True, False, True, True]
    assert film.units.shape[1] == film.biases.shape[1] == sum(squares)
    seen = inside(run)
    assert seen.outputs.names == ("layer 1", "layer 3", "layer 5", "output")
    assert len(seen.saturated) == film.saturated.shape[1] == 3


def test_a_run_that_diverges_names_the_layer_of_filters():
    steep = edited(bent(PLAIN, "relu"), {"training.optimizer": "sgd", "training.learning_rate": 100.0, "network.sigma": 3.0,
                                         "network.initializer": "normal"})
    _, film = advance(start(steep), frames=3)
    assert film.state == "diverged" and "layer 3" in film.message
