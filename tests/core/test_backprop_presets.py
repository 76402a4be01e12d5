"""Every digit that is promised for the example networks, through `trace`; and questions with exactly one right answer."""

import numpy as np
import pytest

from ann_core import NetworkConfig, advance, build_network
from ann_core.lessons.backprop_presets import PRESETS, XOR_EPOCHS, xor_run
from ann_core.scalar.chain import trace


def digits(value, stated: str) -> bool:
    """Whether a value, rounded to as many decimals as stated, is the stated figure."""
    return f"{value:.{len(stated.split('.')[1])}f}" == stated


EXAM = {"z1": "1.151", "a1": "0.7597", "z2": "0.045194", "a2": "0.511297"}
EXAM_GRADIENTS = {"w4": "-0.0927688", "b2": "-0.1221135", "w1": "-0.0423566", "w2": "-0.0017834", "w3": "-0.0017834"}
TWO_INPUTS = {"a1": "0.68027", "a2": "0.66374", "a3": "0.69028"}
TWO_INPUTS_GRADIENTS = {"z3": "0.040681", "z1": "0.0026545", "z2": "0.0081716"}
NEW_WEIGHTS = {"w5": "0.272326", "w6": "0.872998", "w1": "0.099071", "w2": "0.797611", "w3": "0.397140", "w4": "0.592646"}
RELU = {"z1": "1.1", "z2": "-1.7", "a1": "1.1", "z3": "0.82", "a3": "0.694236", "L": "0.364943"}
RELU_GRADIENTS = {"z3": "-0.305764", "w5": "-0.336340", "z1": "-0.214035", "w1": "-0.214035", "w2": "-0.428069"}


@pytest.mark.parametrize("preset,values,gradients", [("exam", EXAM, EXAM_GRADIENTS),
                                                     ("two_inputs", TWO_INPUTS, TWO_INPUTS_GRADIENTS),
                                                     ("relu_log_loss", RELU, RELU_GRADIENTS)])
def test_stated_values_and_gradients(preset, values, gradients):
    nodes = trace(PRESETS[preset].net).nodes
    for key, stated in values.items():
        assert digits(nodes[key].value, stated), (key, nodes[key].value)
    for key, stated in gradients.items():
        assert digits(nodes[key].gradient, stated), (key, nodes[key].gradient)


def test_exam_error_and_names():
    seen = trace(PRESETS["exam"].net)
    assert digits(1 - seen.outputs[0], "0.488703") and seen.net.input_names == ("attendance (%)", "study hours", "play hours")


def test_two_inputs_after_one_step():
    seen = trace(PRESETS["two_inputs"].net)
    new = {step.key: step.value for step in seen.update}
    assert all(digits(new[key], stated) for key, stated in NEW_WEIGHTS.items()), new
    assert seen.net.rate == 1 and digits(seen.next_outputs[0], "0.682019")
    assert "opposite sign" in PRESETS["two_inputs"].note


def test_three_in_a_row_is_the_vanishing_gradient_in_three_factors():
    seen = trace(PRESETS["three_in_a_row"].net)
    slope = {(edge.target, edge.source): edge.slope for edge in seen.edges}
    for unit, stated in (("1", "0.23500"), ("2", "0.24404"), ("3", "0.24487")):
        assert digits(slope["a" + unit, "z" + unit], stated)
    assert digits(slope["a3", "z3"] * slope["z3", "a2"], "0.122433")
    assert digits(slope["a2", "z2"] * slope["z2", "a1"], "0.122021")
    (path,) = seen.paths("w1")
    assert digits(path.product / path.edges[-1].slope, "0.0035108")


def test_the_unit_that_is_off_learns_nothing():
    seen = trace(PRESETS["relu_log_loss"].net)
    assert seen.nodes["a2"].value == 0
    assert [seen.nodes[key].gradient for key in ("w3", "w4", "b2", "w6", "z2")] == [0] * 5
    assert seen.nodes["z3"].gradient == pytest.approx(seen.outputs[0] - 1, rel=1e-14)


def test_two_paths_add_up_to_the_engines_number():
    net = PRESETS["two_paths"].net
    seen, paths = trace(net), trace(net).paths("w1")
    assert [path.keys[3:6] for path in paths] == [("z3", "a3", "z5"), ("z4", "a4", "z5")]
    config = NetworkConfig.model_validate({"layers": [{"units": 2, "activation": "tanh"}] * 2})
    engine = build_network(config, 2, 1, "regression")
    theta = np.concatenate([np.append(np.ravel(layer.weights), layer.biases) for layer in net.layers])
    _, grad = engine.loss_and_grad(theta, np.array([net.inputs]), np.array([net.targets]))
    dW = engine.parameters.view(grad)["layers.0.W"]
    assert sum(path.product for path in paths) == pytest.approx(dW[0, 0], rel=1e-13)
    for key, (i, j) in {"w1": (0, 0), "w2": (1, 0), "w3": (0, 1), "w4": (1, 1)}.items():
        assert len(seen.paths(key)) == 2 and seen.nodes[key].gradient == pytest.approx(dW[i, j], rel=1e-12)


def test_xor_is_solved_from_every_seed_tried():
    """The settings are those of the forty seeds in test_curriculum; here a few of them, from the other end."""
    run, film = advance(xor_run(seed=30, seeds=5), frames=1, epochs_per_frame=XOR_EPOCHS)
    error = 2 * film.train_loss[-1]  # the loss has a half
    training = run.config.training
    assert (training.learning_rate, training.reduction, training.batch_size, XOR_EPOCHS) == (0.1, "sum", run.setup.rows, 10_000)
    assert (film.train_score[-1] == 1).all() and 0.0015 <= np.median(error) <= 0.0026


def test_xor_shows_the_corner_that_it_speaks_of():
    net = PRESETS["xor"].net
    assert net.inputs == (0, 1) and net.targets == (1,) and net.widths == (2, 4, 1) and net.rate == 0.1


RIGHT = {"exam": "w₄, on the first unit's answer", "three_in_a_row": "10 to 100 times",
         "relu_log_loss": "w₃ and w₄, into unit 2"}


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_can_be_shown_and_its_own_question_answered(key):
    preset = PRESETS[key]
    seen, question = trace(preset.net), preset.question
    assert (question.answer if question else None) == RIGHT.get(key)
    assert all(text.endswith(".") for text in (preset.sentence, preset.look, preset.note))
    if key != "relu_log_loss":
        assert all(node.check.agrees for node in seen.nodes.values())


def test_answers_follow_the_numbers():
    """With other numbers the same questions have other answers."""
    first, second = PRESETS["exam"].net.layers
    louder = (first.model_copy(update={"weights": ((0.001,), (0.02,), (0.03,))}),
              second.model_copy(update={"weights": ((0.5,),)}))
    exam = trace(PRESETS["exam"].net.model_copy(update={"inputs": (300.0, 4.0, 4.0), "layers": louder}))
    on = PRESETS["relu_log_loss"].net.model_copy(update={"inputs": (1.0, -2.0)})
    assert PRESETS["exam"].ask(exam).right == 0
    assert PRESETS["relu_log_loss"].ask(trace(on)).right == 0
