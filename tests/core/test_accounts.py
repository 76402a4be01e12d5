"""How a number comes about: every account is the layer's own pass, and its rows add up."""

import json

import numpy as np
import pytest

from ann_core import RunConfig, advance, start
from ann_core.film.accounts.base import Passed, Place
from ann_core.film.accounts.told import REACH, told
from ann_core.film.alignments import answered, asks_freely
from ann_core.film.divergence import NOT_FINITE
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.film.sequences import looks
from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.run import Run
from tests.core.test_slow_motion import KINDS, trained

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def run_of(settings: dict, frames: int = 1, steps: int = 5) -> Run:
    return advance(start(RunConfig.model_validate(settings)), frames, None, steps, budget_ms=None)[0]


def account(run: Run, *place: int, row: int = 0, held_out: bool = False) -> dict:
    """What is told of one moment, as it arrives."""
    layer, unit, *choices = place
    found = json.loads(json.dumps(told([run], Place(layer, unit, tuple(choices), row, held_out)), allow_nan=False))
    moment, = found.pop("moments")
    return {**found, **moment}


def adds_up(table: dict) -> float:
    """The result of a table of products, once its rows were added."""
    *rows, result = table["rows"]
    assert table["strong"] == len(rows)
    for _, *numbers, product in rows:
        if numbers and all(isinstance(number, float) for number in numbers):
            np.testing.assert_allclose(np.prod(numbers), product, **CLOSE)
    np.testing.assert_allclose(sum(row[-1] for row in rows), result[-1], **CLOSE)
    return result[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_units_sum_is_the_networks_own_and_adds_up(kind):
    run = trained(kind)
    theta, statistics = run.state.first
    for row in (0, run.setup.rows - 1):
        Z, caches, outputs = run.net.forward(run.net.parameters.rows(theta), run.setup.seen_train[row:row + 1],
                                             run.net.evaluation(statistics if statistics.size else None))
        for layer in range(1, len(run.net.layers) + 1):
            for unit in range(run.net.layers[layer - 1].outputs[-1]):
                said = account(run, layer, unit, row=row)
                z = adds_up(said["tables"][0])
                if layer == len(run.net.layers):
                    np.testing.assert_allclose(z, Z[0, unit], **CLOSE)
                    continue
                bend, = run.net.layers[layer - 1].bends(caches[layer - 1])
                np.testing.assert_allclose(said["bend"], [bend.Z[0, unit], bend.A[0, unit]], **CLOSE)
                if not run.config.network.batch_norm:
                    np.testing.assert_allclose(z, bend.Z[0, unit], **CLOSE)


def test_the_curve_over_which_a_sum_bends_is_the_activation():
    for key in ACTIVATIONS:
        run = start(RunConfig.model_validate({"data": {"source": "iris"},
                                              "network": {"layers": [{"units": 3, "activation": key}]}}))
        z = np.linspace(-REACH, REACH, 97)
        np.testing.assert_allclose(account(run, 1, 0)["curve"], ACTIVATIONS[key].f(z), atol=1e-4)
        assert account(run, 2, 0)["curve"] == []  # softmax bends no number by itself


@pytest.mark.parametrize(("settings", "words"), [({"batch_norm": True}, "Batch normalisation makes"),
                                                 ({"skip": True}, "With what came into the layer"), ({}, "tanh bends z to a")])
def test_what_stands_between_sum_and_answer_is_said(settings, words):
    run = run_of({"network": {"layers": [{"units": 4}, {"units": 4}], **settings}})
    assert words in account(run, 2, 1)["lines"][0]


def test_an_input_is_told_as_the_network_gets_it():
    run = start(RunConfig())
    said = account(run, 0, 1, row=30)
    assert said["tables"] == [] and said["lines"][0].startswith(f"x₂ = {run.data.X_train[30, 1]:.3g}".replace("-", "−"))


def test_a_row_is_told_with_its_right_answer_and_the_last_one_stands_for_those_beyond():
    iris, hills = (start(RunConfig.model_validate({"data": {"source": source}})) for source in ("iris", "hills"))
    for row in (0, 40):
        assert account(iris, 1, 0, row=row)["right"] == iris.setup.target.class_names[iris.data.y_train[row]]
        value = float(account(hills, 1, 0, row=row)["right"].replace("−", "-"))
        np.testing.assert_allclose(value, hills.setup.target.in_units(hills.data.y_train[row]), rtol=0.01)
    said = account(iris, 1, 0, row=10**6)
    assert said["row"] == iris.setup.rows - 1 and said["rows"] == iris.setup.rows
    held = account(iris, 1, 0, row=3, held_out=True)
    assert held["rows"] == len(iris.data.X_test) and held["right"] == iris.setup.target.class_names[iris.data.y_test[3]]


def test_an_answer_stands_beside_the_right_one_in_the_same_unit():
    run = run_of({"data": {"source": "diabetes"}})
    theta, statistics = run.state.first
    answer = run.setup.target.in_units(run.net.predict(theta, run.data.X_train[7:8], statistics))[0, 0]
    line, = account(run, len(run.net.layers), 0, row=7)["lines"]
    told = line.removesuffix(".").rpartition("it is ")[2].replace("−", "-")
    np.testing.assert_allclose(float(told), answer, rtol=0.006)
    others = account(run, 1, 0, row=7)["lines"] + account(start(RunConfig()), 3, 0)["lines"]
    assert not any("unit of the right answer" in words for words in others)


def test_of_many_inputs_some_are_written_out_and_the_others_are_one_row():
    run = run_of({"data": {"source": "digits"}, "network": {"layers": [{"units": 30}]}})
    hidden = account(run, 2, 1)["tables"][0]
    assert [row[0] for row in hidden["rows"]][-3:] == ["18 more", "bias", "sum z"] and len(hidden["rows"]) == 15
    adds_up(hidden)
    adds_up(account(run, 1, 1)["tables"][0])


def test_what_travels_of_an_account_is_bounded():
    """However large a network is, and however many moments are asked for."""
    run = start(RunConfig.model_validate({"data": {"source": "digits"}, "network": {"layers": [{"units": 128}] * 2}}))
    one, many = (len(json.dumps(told([run] * n, Place(2, 0), budget_ms=1e6))) for n in (1, 24))
    assert one < 3_000 and many < 40_000


def test_moments_are_those_of_the_run_and_end_when_their_time_is_over():
    recording = Recording(RunConfig())
    recording.frames(None, 20, 1, None, None)
    runs = [recording.at(step) for step in (0, 11, 22)]
    said = told(runs, Place(2, 1, row=9), budget_ms=1e6)
    assert [moment["step"] for moment in said["moments"]] == [0, 11, 22]
    for run, moment in zip(runs, said["moments"], strict=True):
        assert moment == told([run], Place(2, 1, row=9))["moments"][0]
    assert len(told(runs, Place(2, 1), budget_ms=0)["moments"]) == 1


@pytest.mark.parametrize("place", [Place(9, 0), Place(1, 99), Place(0, 2)])
def test_what_is_not_there_is_refused_in_words(place):
    with pytest.raises(ValueError, match="no such unit"):
        told([start(RunConfig())], place)


POOLED = {"max_pool2d": {"size": 2}, "average_pool2d": {"size": 3, "stride": 2}, "global_max_pool": {},
          "global_average_pool": {}}


@pytest.mark.parametrize("kind", POOLED)
def test_a_number_of_a_pool_is_the_layers_own(kind):
    layers = [{"kind": "conv2d", "filters": 2}, {"kind": kind, **POOLED[kind]}]
    layers += [{"kind": "flatten"}] * (not kind.startswith("global"))
    run = run_of({"data": {"source": "digits"}, "network": {"layers": layers}})
    passed = Passed.of(run, Place(2, 0, row=4))
    out, came = passed.outputs[1][0], passed.outputs[0][0]
    places = [()] if kind.startswith("global") else [(0, 0), tuple(n - 1 for n in out.shape[:2])]
    for place in places:
        for unit in range(2):
            said = account(run, 2, unit, *place, row=4)
            window = np.array(said["tables"][0]["rows"])
            value = window.max() if "max" in kind else window.mean()
            np.testing.assert_allclose(value, out[(*place, unit)], **CLOSE)
            stride, size = POOLED[kind].get("stride", 2), POOLED[kind].get("size", 8)
            y, x = (stride * at for at in place) if place else (0, 0)
            np.testing.assert_array_equal(window, came[y:y + size, x:x + size, unit])
            if "max" in kind:
                row, column = np.unravel_index(window.argmax(), window.shape)
                assert f"from row {row + 1}, column {column + 1} of the window" in said["lines"][0]
            else:
                total, mean = (row[-1] for row in said["tables"][1]["rows"])
                np.testing.assert_allclose([total, mean], [window.sum(), out[(*place, unit)]], **CLOSE)


def test_a_number_of_an_embedding_is_its_tokens_row_of_the_table():
    layers = [{"kind": "embedding", "units": 5}, {"kind": "gru", "units": 3, "every_step": True}]
    run = run_of({"data": {"source": "reverse"}, "network": {"layers": layers}, "objective": {"kind": "sequence"}})
    passed = Passed.of(run, Place(1, 0, row=2))
    W = passed.p[0]["W"]
    for step in (0, 1):
        x = passed.X[0, step]
        for unit in (0, 4):
            said = account(run, 1, unit, step, row=2)
            np.testing.assert_allclose(adds_up(said["tables"][-1]), passed.outputs[0][0, step, unit], **CLOSE)
            if x.any():
                token, = np.flatnonzero(x)
                assert said["tables"][0]["columns"][0] == f"row of {run.data.input_names[token]}"
                np.testing.assert_array_equal([row[1] for row in said["tables"][0]["rows"]], W[token])


def test_a_number_behind_layer_normalisation_is_the_layers_own():
    layers = [{"kind": "embedding", "units": 5}, {"kind": "layer_norm"}, {"kind": "gru", "units": 3, "every_step": True}]
    run = run_of({"data": {"source": "reverse"}, "network": {"layers": layers}, "objective": {"kind": "sequence"}})
    passed = Passed.of(run, Place(2, 0, row=5))
    for step in (0, 3):
        came, out = passed.outputs[0][0, step], passed.outputs[1][0, step]
        for unit in range(len(out)):
            said = account(run, 2, unit, step, row=5)
            number, mean, spread, normed = (row[-1] for row in said["tables"][0]["rows"])
            np.testing.assert_allclose([number, mean, (number - mean) / spread], [came[unit], came.mean(), normed], **CLOSE)
            np.testing.assert_allclose(spread**2, came.var() + 1e-5, rtol=1e-9)
            np.testing.assert_allclose(adds_up(said["tables"][1]), out[unit], **CLOSE)


def test_from_one_place_one_goes_on_to_every_layer_that_has_accounts():
    layers = [{"kind": "conv2d", "filters": 2}, {"kind": "max_pool2d"}, {"kind": "flatten"}, {"units": 5}]
    run = run_of({"data": {"source": "digits"}, "network": {"layers": layers}})
    said = account(run, 1, 0)
    assert [(layer["number"], layer["name"]) for layer in said["layers"]] == [
        (1, "1, convolution"), (2, "2, max pool"), (4, "4, dense"), (5, "5, output")]
    assert all("refused" not in account(run, layer["number"], 0) for layer in said["layers"])
    assert (said["units"], said["noun"]) == (2, "map") and account(run, 4, 0)["units"] == 5


def test_a_layer_without_weights_says_so():
    run = run_of({"data": {"source": "digits"}, "network": {"layers": [{"kind": "conv2d", "filters": 2}, {"kind": "flatten"}]}})
    with pytest.raises(ValueError, match="flatten.*no weights"):
        told([run], Place(2, 0))


def test_a_moment_beyond_all_numbers_is_said_in_words():
    run = start(RunConfig())
    broken = run.at(type(run.state)(np.full_like(run.state.theta, np.inf), run.state.memories, run.state.statistics))
    assert account(broken, 1, 0)["refused"] == NOT_FINITE


def test_a_sum_that_batch_normalisation_makes_too_large_is_said_in_words():
    run = start(RunConfig.model_validate({"network": {"layers": [{"units": 4, "activation": "relu"}], "batch_norm": True}}))
    large = run.at(type(run.state)(run.state.theta * 1e307, run.state.memories, np.full_like(run.state.statistics, 1e-3)))
    assert all(account(large, 1, unit, row=row)["refused"] == NOT_FINITE for unit in range(4) for row in range(3))


@pytest.mark.parametrize(("filters", "size", "stride", "padding", "more"), [
    (3, 3, 1, "same", {}), (2, 5, 2, "same", {}), (2, 4, 1, "valid", {"batch_norm": True})])
def test_a_filter_at_a_place_is_the_convolutions_own(filters, size, stride, padding, more):
    layer = {"kind": "conv2d", "filters": filters, "size": size, "stride": stride, "padding": padding}
    layers = [layer, {"kind": "conv2d", "filters": 2}, {"kind": "flatten"}]
    run = run_of({"data": {"source": "digits"}, "network": {"layers": layers, **more}})
    passed = Passed.of(run, Place(1, 0, row=4))
    for number in (1, 2):
        bend, = run.net.layers[number - 1].bends(passed.caches[number - 1])
        down, across, units = bend.A.shape[1:]
        for y, x, unit in ((0, 0, 0), (down - 1, across // 2, units - 1), (down // 2, across - 1, 0)):
            channels = passed.came(number - 1).shape[-1]
            for channel in {0, channels - 1}:
                said = account(run, number, unit, y, x, *([channel] if channels > 1 else []), row=4)
                patch, weights, products = (np.array(table["rows"]) for table in said["tables"][:3])
                np.testing.assert_allclose(patch * weights, products, **CLOSE)
                np.testing.assert_allclose(products.sum(), said["tables"][3]["rows"][0][-1], **CLOSE)
                z = adds_up(said["tables"][3])
                np.testing.assert_allclose(said["bend"], [bend.Z[0, y, x, unit], bend.A[0, y, x, unit]], **CLOSE)
                if not more:
                    np.testing.assert_allclose(z, bend.Z[0, y, x, unit], **CLOSE)


def test_a_patch_is_the_picture_with_zeros_around_it():
    run = run_of({"data": {"source": "digits"}, "network": {"layers": [{"kind": "conv2d", "filters": 2}, {"kind": "flatten"}]}})
    picture = run.data.X_train[7, ..., 0]
    middle, corner = account(run, 1, 0, 3, 4, row=7), account(run, 1, 0, 0, 0, row=7)
    np.testing.assert_array_equal(middle["tables"][0]["rows"], picture[2:5, 3:6])
    np.testing.assert_array_equal(np.array(corner["tables"][0]["rows"])[1:, 1:], picture[:2, :2])
    assert "5 of the 9 places lie outside" in corner["lines"][-1] and not any("outside" in line for line in middle["lines"])
    assert [choice["index"] for choice in account(run, 1, 0)["choices"]] == [4, 4]  # the middle, where none was chosen


CELLS = [{"kind": "rnn"}, {"kind": "lstm"}, {"kind": "gru"}, {"kind": "gru", "bidirectional": True},
         {"kind": "rnn", "bidirectional": True}]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(map(str, cell.values())))
def test_a_state_at_a_step_is_the_recurrent_layers_own(cell):
    run = run_of({"data": {"source": "remember_first", "length": 6}, "network": {"layers": [{"units": 3, **cell}]}})
    passed = Passed.of(run, Place(1, 0, row=2, held_out=True))
    (layer,), kept = run.net.layers[:1], passed.caches[0]
    both = cell.get("bidirectional")
    ways = [(layer.forth, kept[0], False), (layer.back, kept[1], True)] if both else [(layer, kept, False)]
    for way, (one, cache, backwards) in enumerate(ways):
        for step in {0, 1, one.steps - 1}:
            t, unit = one.steps - 1 - step if backwards else step, 1
            said = account(run, 1, 3 * way + unit, step, row=2, held_out=True)
            h = cache.states[0, t, unit]
            if cell["kind"] == "rnn":
                z = adds_up(said["tables"][0])
                np.testing.assert_allclose([z, one.activation.f(z)], [cache.gates[t].ravel()[unit], h], **CLOSE)
                np.testing.assert_allclose(said["bend"], [z, h], **CLOSE)
                continue
            made = adds_up(said["tables"][0])
            parts = one.parts_of(cache)
            if cell["kind"] == "gru":
                np.testing.assert_allclose(made, h, **CLOSE)
            else:
                np.testing.assert_allclose(said["bend"], [made, np.tanh(made)], **CLOSE)
                np.testing.assert_allclose(parts["output"][0, t, unit] * np.tanh(made), h, **CLOSE)
            _, part = said["choices"]
            for number, name in enumerate(part["names"][1:], 1):
                gate = account(run, 1, 3 * way + unit, step, number, row=2, held_out=True)
                z, value = adds_up(gate["tables"][0]), parts[name.removesuffix(" gate")][0, t, unit]
                bent = np.tanh(z) if name == "candidate" else 1 / (1 + np.exp(-z))
                np.testing.assert_allclose([*gate["bend"], bent], [z, value, value], **CLOSE)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(map(str, cell.values())))
def test_every_part_of_the_picture_of_gates_leads_to_its_own_number(cell):
    run = run_of({"data": {"source": "remember_first", "length": 6}, "network": {"layers": [{"units": 3, **cell}]}})
    header, blocks = scene(run)
    parts = looks(run.net, run.state.theta[None], blocks["gate_inputs"]).parts
    for part in header["gate_parts"]:
        place = (part["layer"], part["first"] + 1, 2, *([] if cell["kind"] == "rnn" else [part["part"]]))
        said = account(run, *place, row=header["gate_rows"][1], held_out=header["gate_held_out"])
        if part["name"] == "state" and cell["kind"] == "lstm":
            assert said["lines"][0].startswith("tanh bends the cell")
            continue
        whole = part["name"].startswith(("state", "cell")) and cell["kind"] != "rnn"
        value = said["tables"][0]["rows"][-1][-1] if whole else said["bend"][1]
        np.testing.assert_allclose(value, parts[part["name"]][0, 1, 2, 1], **CLOSE)


def test_an_answer_at_every_step_is_written_out_at_one_of_them():
    layers = [{"kind": "gru", "units": 4, "every_step": True}]
    run = run_of({"data": {"source": "reverse"}, "network": {"layers": layers}, "objective": {"kind": "sequence"}})
    passed = Passed.of(run, Place(2, 0))
    steps = passed.Z.shape[1]
    for step in (0, steps - 1):
        np.testing.assert_allclose(adds_up(account(run, 2, 1, step)["tables"][0]), passed.Z[0, step, 1], **CLOSE)


LOOKS = {"self-attention": ("reverse", {"kind": "self_attention", "heads": 2}),
         "causal": ("sort", {"kind": "self_attention", "heads": 1, "causal": True}),
         "transformer": ("answer_turned", {"kind": "transformer", "heads": 2, "units": 8}),
         "encoder-decoder": ("answer_turned", {"kind": "encoder_decoder", "units": 6, "attention": "general"}),
         "additive": ("answer_turned", {"kind": "encoder_decoder", "units": 6, "attention": "additive"})}


@pytest.mark.parametrize("kind", LOOKS)
def test_where_a_head_looks_is_the_attentions_own(kind):
    source, layer = LOOKS[kind]
    run = run_of({"data": {"source": source}, "objective": {"kind": "sequence"},
                  "network": {"layers": [{"kind": "embedding", "units": 6}, layer]}}, steps=3)
    passed = Passed.of(run, Place(2, 0, row=1, held_out=True))
    _, _, glances = answered(run.net, run.state.theta, run.data.X_test[1:2], asks_freely(run.setup))
    for head, glance in enumerate(glances):
        steps, width = glance.P.shape[-2:]
        for step in {0, steps - 1}:
            said = account(run, 2, head, step, 1, row=1, held_out=True)
            *rows, (_, _, whole, _, taken) = said["tables"][0]["rows"]
            shares = {int(name.split()[1].rstrip(":")) - 1: share for name, _, share, _, _ in rows if "more" not in name}
            for at, share in shares.items():
                np.testing.assert_allclose(share, glance.P[0, step, at], **CLOSE)
            scores = np.array([score for _, score, _, _, _ in rows if score != ""])
            if len(shares) == len(rows):
                np.testing.assert_allclose(np.exp(scores) / np.exp(scores).sum(), list(shares.values()), **CLOSE)
            for _, _, share, value, product in rows:
                np.testing.assert_allclose(share * value if value != "" else product, product, **CLOSE)
            np.testing.assert_allclose([sum(row[2] for row in rows), sum(row[4] for row in rows)], [whole, taken], **CLOSE)
            np.testing.assert_allclose(whole, 1, **CLOSE)
            if layer.get("causal"):
                assert max(shares) == step
    assert glances and passed.X.shape[0] == 1
