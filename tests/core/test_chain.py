"""The graph of a small network: equal to the layer engine and to finite differences, and every number spelt out truly."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ann_core import NetworkConfig, RunConfig, advance, build_network, start
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.losses import HEADS
from ann_core.scalar.chain import Net, from_run, learn, matrices, problems, trace
from ann_core.scalar.check import checks

CASES = [(kind, output, loss) for kind, pairs in HEADS.items() for output, loss in pairs]
EXAM = {"inputs": [95, 4, 4], "targets": [1], "layers": [{"weights": [[0.01], [0.02], [0.03]], "biases": [0.001]},
                                                         {"weights": [[0.02]], "biases": [0.03]}]}


def random_pair(seed, activation, kind, output, loss):
    """A network of the engine with random parameters and one row, and the same as a Net."""
    rng = np.random.default_rng(seed)
    widths = [int(rng.integers(1, 5)) for _ in range(int(rng.integers(2, 5)))]
    n_out = 3 if kind == "several classes" else 1
    config = NetworkConfig.model_validate({"layers": [{"units": n, "activation": activation} for n in widths[1:]],
                                           "output": output, "loss": loss, "huber_delta": 0.5})
    engine = build_network(config, widths[0], n_out, "regression" if kind == "regression" else "classification")
    theta, X = 0.8 * rng.standard_normal(engine.n_parameters), rng.standard_normal((1, widths[0]))
    y = rng.uniform(-1, 1, 1) if kind == "regression" else rng.integers(0, max(2, n_out), 1)
    Y = engine.head.encode(y, 0 if kind == "regression" else max(2, n_out))
    layers = [{"weights": p["W"].tolist(), "biases": p["b"][0].tolist(), "activation": activation}
              for p in engine.parameters.rows(theta)]
    layers[-1]["activation"] = output
    net = Net.model_validate({"inputs": X[0].tolist(), "layers": layers, "targets": Y[0].tolist(), "loss": loss,
                              "huber_delta": 0.5})
    return engine, theta, X, Y, net


def flat(net, value_of):
    """One number a parameter, in the engine's order: each layer's weights row by row, then its biases."""
    found, weight, unit = [], 0, 0
    for layer in net.layers:
        shape = (layer.units, len(layer.weights))
        names = np.array([f"w{weight + k + 1}" for k in range(shape[0] * shape[1])]).reshape(shape).T
        found += [*names.ravel(), *(f"b{unit + k + 1}" for k in range(layer.units))]
        weight, unit = weight + names.size, unit + layer.units
    return np.array([value_of(key) for key in found])


@pytest.mark.parametrize("kind,output,loss", CASES)
def test_the_graph_is_the_layer_engine(kind, output, loss):
    for seed, activation in enumerate(ACTIVATIONS):
        engine, theta, X, Y, net = random_pair([seed, len(kind + output + loss)], activation, kind, output, loss)
        value, grad = engine.loss_and_grad(theta, X, Y)
        seen = trace(net)
        np.testing.assert_allclose(seen.loss, value, rtol=1e-12, atol=1e-14)
        mine = flat(net, lambda key, seen=seen: seen.nodes[key].gradient)
        np.testing.assert_allclose(mine, grad, rtol=1e-12, atol=1e-12, err_msg=activation)
        np.testing.assert_allclose(seen.outputs, engine.predict(theta, X)[0], rtol=1e-12)
        assert [(activation, node) for node in seen.nodes.values() if not node.check.agrees] == []


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from(sorted(ACTIVATIONS)), st.sampled_from(CASES))
def test_paths_matrices_steps_and_words_say_the_same(seed, activation, case):
    *_, net = random_pair(seed, activation, *case)
    seen = trace(net)
    for key, node in seen.nodes.items():
        products = [path.product for path in seen.paths(key)]
        assert sum(products) == pytest.approx(node.gradient, rel=1e-9, abs=1e-12)
    by_layer = matrices(net)
    stacked = np.concatenate([np.append(layer.dW.ravel(), layer.db) for layer in by_layer])
    np.testing.assert_allclose(stacked, flat(net, lambda key: seen.nodes[key].gradient), rtol=1e-10, atol=1e-13)
    sums = [node.value for node in seen.nodes.values() if node.kind == "sum"]
    np.testing.assert_allclose(np.concatenate([layer.Z[0] for layer in by_layer]), sums, rtol=1e-12, atol=1e-13)
    for step in (*seen.forward, *seen.backward, *seen.update):
        assert not re.search(r"[\\{}]|nan|--|\+ −\d", step.text + step.sentence), step
        assert step.numbers.count("{") == step.numbers.count("}") and "nan" not in step.numbers
    for layer in by_layer:
        for line in (*layer.forward, *layer.backward):
            assert line.formula.count("{") == line.formula.count("}") and line.shapes.endswith(
                "({} × {})".format(*np.atleast_2d(line.value).shape))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from(CASES))
def test_every_step_uses_only_what_is_known_by_then(seed, case):
    *_, net = random_pair(seed, "tanh", *case)
    seen = trace(net)
    known = {key for key, node in seen.nodes.items() if node.kind in ("input", "weight", "bias")}
    for step in seen.forward:
        assert {source for source, _ in step.edges} <= known
        assert step.value == seen.nodes[step.key].value
        known.add(step.key)
    assert known == set(seen.nodes)
    done = set()
    for step in seen.backward:
        assert {target for _, target in step.edges} <= done
        assert step.value == seen.nodes[step.key].gradient
        done.add(step.key)
    assert done == {key for key, node in seen.nodes.items() if node.kind != "input"}
    assert [step.key for step in seen.update] == [node.key for node in seen.parameters]


def test_a_step_writes_the_learners_own_numbers():
    seen = trace(Net.model_validate(EXAM))
    assert seen.forward[0].sentence.endswith("z₁ = 0.01 · 95 + 0.02 · 4 + 0.03 · 4 + 0.001 = 1.151.")
    assert seen.forward[0].text == "z₁ = w₁ · x₁ + w₂ · x₂ + w₃ · x₃ + b₁"
    assert seen.forward[-1].filled == "L = ½ (0.511297 − 1)² = 0.119416"
    by_key = {step.key: step for step in seen.backward}
    assert by_key["a2"].filled == "∂L/∂a₂ = 0.511297 − 1 = −0.488703"
    assert by_key["w4"].text == "∂L/∂w₄ = ∂L/∂z₂ · ∂z₂/∂w₄ = ∂L/∂z₂ · a₁"
    assert by_key["w4"].sentence.endswith("a little more of w₄ lowers the loss, so learning makes it larger.")
    d = r"\frac{\partial %s}{\partial %s}"
    assert by_key["z2"].formula == "{}={}\\cdot {}={}\\cdot a_{{2}}(1-a_{{2}})".format(
        d % ("L", "z_{2}"), d % ("L", "a_{2}"), d % ("a_{2}", "z_{2}"), d % ("L", "a_{2}"))
    assert seen.paths("w1")[0].meaning == r"(a_{2}-y)\cdot a_{2}(1-a_{2})\cdot w_{4}\cdot a_{1}(1-a_{1})\cdot x_{1}"
    assert seen.update[0].filled == "w₁ ← 0.01 − 0.1 · (−0.0423566) = 0.0142357"


def test_the_check_can_fail_and_says_where_a_corner_is():
    seen = trace(Net.model_validate(EXAM))
    values, grads = ({key: getattr(node, name) for key, node in seen.nodes.items()} for name in ("value", "gradient"))
    wrong = checks(seen.net, values, {**grads, "w4": grads["w4"] * 1.00001})
    assert not wrong["w4"].agrees and wrong["w1"].agrees and "corner" in wrong["w4"].sentence
    corner = trace(Net.model_validate({"inputs": [1], "targets": [1], "layers": [{"weights": [[0]], "activation": "relu"}]}))
    assert corner.nodes["w1"].gradient == 0 and corner.nodes["w1"].check.value == pytest.approx(-0.5, abs=0.1)
    assert not corner.nodes["w1"].check.agrees and corner.nodes["a1"].check.agrees


@pytest.mark.parametrize("inputs,weight", [([1e6], 1e-6), ([1e-6], 1.0), ([95], 0.02), ([1e3], 3e-3)])
def test_the_nudge_suits_inputs_of_any_size(inputs, weight):
    seen = trace(Net.model_validate({"inputs": inputs, "targets": [1], "layers": [{"weights": [[weight]], "biases": [0.1]}]}))
    node = seen.nodes["w1"]
    assert node.check.agrees and node.check.value == pytest.approx(node.gradient, rel=1e-6)


def test_every_number_has_its_own_place_and_edges_lead_to_the_right():
    *_, net = random_pair(5, "tanh", *CASES[0])
    seen = trace(net)
    places = [(node.column, node.row) for node in seen.nodes.values()]
    assert len(set(places)) == len(places)
    assert all(seen.nodes[edge.source].column < seen.nodes[edge.target].column for edge in seen.edges)
    for node in seen.parameters:
        if node.kind == "weight":
            source, target = node.between
            assert any((edge.source, edge.target) == (source, target) for edge in seen.edges)


def test_one_step_and_the_cycle_are_the_same_step_repeated():
    net = Net.model_validate({**EXAM, "rate": 0.5})
    learned, again, losses = learn(net, 5), net, [trace(net).loss]
    for _ in range(5):
        seen = trace(again)
        again = seen.after
        losses.append(trace(again).loss)
        assert seen.next_outputs == pytest.approx(trace(again).outputs, rel=1e-12)
    np.testing.assert_allclose(learned.losses, losses, rtol=1e-12)
    assert learned.message is None and len(learned.outputs) == 6 and losses == sorted(losses, reverse=True)
    np.testing.assert_allclose(learned.net.layers[0].weights, again.layers[0].weights, rtol=1e-12)


def test_a_rate_that_is_too_high_ends_in_a_sentence():
    net = Net.model_validate({"inputs": [3], "targets": [1], "rate": 1, "layers": [{"weights": [[1]], "activation": "linear"}]})
    learned = learn(net, 100)
    assert "smaller learning rate" in learned.message and len(learned.losses) < 20 and np.isfinite(learned.losses).all()
    with pytest.raises(ValueError, match="smaller learning rate"):
        _ = trace(net.model_copy(update={"rate": 1e6})).after
    with pytest.raises(ValueError, match="1 to 10,000"):
        learn(net, 0)


def test_without_biases_there_is_nothing_to_learn_for_them():
    seen = trace(Net.model_validate({"inputs": [1], "targets": [0], "layers": [{"weights": [[0.5]]}]}))
    assert list(seen.nodes) == ["x1", "w1", "z1", "a1", "L"] and seen.after.layers[0].biases is None
    assert [line.name for line in matrices(seen.net)[0].backward] == ["dZ^{1}", "dW^{1}", "dA^{0}"]


def test_an_infinite_loss_is_refused_and_a_confident_right_answer_is_not():
    def unit(weight, y):
        return Net.model_validate({"inputs": [1], "targets": [y], "loss": "binary_cross_entropy",
                                   "layers": [{"weights": [[weight]]}]})

    with pytest.raises(ValueError, match="loss is infinite.*smaller weights"):
        trace(unit(60, 0))
    with pytest.raises(ValueError, match="loss is infinite"):
        trace(unit(-1000, 1))
    for weight, y in ((60, 1), (-1000, 0)):
        assert trace(unit(weight, y)).loss == 0 and trace(unit(weight, y)).nodes["w1"].gradient == 0


REFUSED = [
    ({"inputs": []}, "input", "at least 1; 0 came"), ({"inputs": [1] * 5}, "input", "at most 4; 5 came"),
    ({"inputs": [float("nan"), 4, 4]}, "input 1", "nan came"), ({"inputs": [95, float("inf"), 4]}, "input 2", "inf came"),
    ({"inputs": [95, 4, -1e7]}, "input 3", "from −1,000,000 to 1,000,000"), ({"inputs": ["95", 4, 4]}, "input 1", "'95' came"),
    ({"inputs": [True, 4, 4]}, "input 1", "True came"), ({"inputs": [1, 2]}, "", "2 rows of weights in layer 1"),
    ({"inputs": None}, "input", "None came"), ({"targets": [1, 2]}, "", "1 target, one an output unit; 2 came"),
    ({"rate": 0}, "the learning rate η", "above 0"), ({"rate": float("nan")}, "the learning rate η", "nan came"),
    ({"loss": "squared"}, "the loss", "Did you mean 'squared_error'"), ({"layers": []}, "layers", "at least 1"),
    ({"layers": EXAM["layers"] + [{"weights": [[1]]}] * 3}, "layers", "at most 4; 5 came"),
    ({"layers": [{"weights": [[1], [2], [1e9]]}]}, "layer 1, weight from input 3 to unit 1", "1000000000.0 came"),
    ({"layers": [{"weights": [[1, 2], [1], [3]]}]}, "layer 1", "one length"),
    ({"layers": [{"weights": [[1], [1], [3]], "biases": [1, 2]}]}, "layer 1", "Expected 1 biases, one a unit; 2 came"),
    ({"layers": [{"weights": [[1], [1], [3]], "biases": [float("nan")]}]}, "layer 1, bias of unit 1", "nan came"),
    ({"layers": [{"weights": [[1], [1], [3]], "activation": "rleu"}]}, "layer 1, the activation", "Did you mean 'relu'"),
    ({"layers": [{"weights": [[1], [1], [3]], "activation": "softmax"}]}, "", "Softmax shares 1"),
    ({"layers": [{}]}, "layer 1, weight", "missing"), ({"what": 1}, "'what'", "no such setting"),
    ({"loss": "categorical_cross_entropy"}, "", "must be softmax"),
    ({"loss": "binary_cross_entropy", "targets": [2]}, "", "from 0 to 1"), ({"loss": "hinge", "targets": [0]}, "", "−1 or 1"),
    ({"input_names": ["a"]}, "", "Expected 3 names"),
]


@pytest.mark.parametrize("change,field,words", REFUSED)
def test_what_cannot_be_a_network_is_refused_in_words(change, field, words):
    with pytest.raises(ValidationError) as refused:
        Net.model_validate({**EXAM, **change})
    found = problems(refused.value)
    assert found[0][0] == field and words in found[0][1], found
    assert all("Input should" not in sentence or "tuple" in sentence for _, sentence in found)


EXTREME = st.sampled_from([0.0, 1e-300, -1e-6, 0.5, -3.0, 40.0, -800.0, 1e6, -1e6]) | st.floats(-1e6, 1e6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_whatever_is_accepted_can_be_traced_or_is_refused_in_a_sentence(data):
    kind, output, loss = data.draw(st.sampled_from(CASES))
    widths = [data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3)), 3 if kind == "several classes" else 1]
    numbers = [[data.draw(EXTREME) for _ in range(a * b + b)] for a, b in zip(widths, widths[1:], strict=False)]
    layers = [{"weights": np.reshape(row[b:], (a, b)).tolist(), "biases": row[:b],
               "activation": data.draw(st.sampled_from(sorted(ACTIVATIONS)))}
              for row, a, b in zip(numbers, widths, widths[1:], strict=False)]
    layers[-1]["activation"] = output
    net = Net.model_validate({"inputs": [data.draw(EXTREME) for _ in range(widths[0])], "layers": layers, "loss": loss,
                              "targets": [1.0] * widths[-1], "rate": data.draw(st.sampled_from([1e-6, 0.1, 1e6]))})
    learned = learn_or_none(net)
    try:
        seen = trace(net)
    except ValueError as refused:
        assert "loss is infinite" in str(refused) and "cross_entropy" in loss and learned is None
        return
    assert all(np.isfinite([node.value, node.gradient]).all() and node.check.sentence for node in seen.nodes.values())
    assert not any("nan" in step.sentence or "inf" in step.sentence for step in (*seen.forward, *seen.backward, *seen.update))
    try:
        assert trace(seen.after).loss >= 0
    except ValueError as refused:
        assert "learning rate" in str(refused) or "loss is infinite" in str(refused)


def learn_or_none(net):
    """What `learn` gives, or None when it says that even the first loss is not finite."""
    try:
        return learn(net, 2)
    except ValueError as refused:
        assert "loss is infinite" in str(refused)
        return None


def test_names_of_inputs_are_data_and_never_part_of_a_formula():
    names = ["<img onerror=x>", "$x$ :red[x]", r"\frac{1}{0}"]
    net = Net.model_validate({**EXAM, "input_names": names})
    seen, plain = trace(net), trace(Net.model_validate(EXAM))
    assert net.input_names == tuple(names)
    assert [step.formula + step.sentence for step in seen.forward] == [step.formula + step.sentence for step in plain.forward]


def small_run(**network):
    layers = [{"units": 3, "activation": "leaky_relu", "alpha": 0.2}, {"units": 2}]
    return start(RunConfig.model_validate({"data": {"source": "moons", "samples": 40}, "seeds": 2,
                                           "network": {"layers": layers, **network}}))


@pytest.mark.parametrize("network", [{}, {"loss": "squared_error"}, {"output": "tanh", "loss": "hinge"}, {"dropout": 0.5}])
def test_a_network_of_the_playground_keeps_its_numbers(network):
    run, _ = advance(small_run(**network), frames=2)
    for row in (0, run.setup.rows - 1):
        net = from_run(run, row)
        theta, X, Y = run.state.theta[0], run.data.X_train[row:row + 1], run.setup.Y_train[row:row + 1]
        plain = build_network(run.config.network.model_copy(update={"dropout": 0.0}), 2, 1, "classification")
        value, grad = plain.loss_and_grad(theta, X, Y)
        seen = trace(net)
        assert seen.loss == pytest.approx(float(value), rel=1e-12)
        mine = flat(net, lambda key, seen=seen: seen.nodes[key].gradient)
        np.testing.assert_allclose(mine, grad, rtol=1e-12, atol=1e-13)
        assert net.rate == run.config.training.learning_rate and net.input_names == tuple(run.data.input_names)


@pytest.mark.parametrize("source", [{"source": "blobs", "classes": 3}, {"source": "sine"}])
def test_several_classes_and_numbers_come_over_too(source):
    run = start(RunConfig.model_validate({"data": {**source, "samples": 40}, "network": {"layers": [{"units": 2}]}}))
    _, grad = run.net.loss_and_grad(run.state.theta, run.data.X_train[3:4], run.setup.Y_train[3:4])
    seen = trace(from_run(run, 3))
    np.testing.assert_allclose(flat(seen.net, lambda key: seen.nodes[key].gradient), grad, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("network,words", [
    ({"layers": [{"units": 8}]}, "2-8-1"), ({"layers": [{"units": 2}] * 4}, "2-2-2-2-2-1"),
    ({"batch_norm": True}, "batch normalisation"), ({"skip": True}, "skip connections")])
def test_larger_networks_are_refused_in_a_sentence(network, words):
    with pytest.raises(ValueError, match=words) as refused:
        from_run(small_run(**network))
    assert "in the Playground" in str(refused.value)


def test_rows_that_do_not_exist_are_refused():
    with pytest.raises(ValueError, match="row from 0 to"):
        from_run(small_run(), 10_000)
    with pytest.raises(KeyError, match="Expected one of"):
        trace(Net.model_validate(EXAM)).paths("w99")
