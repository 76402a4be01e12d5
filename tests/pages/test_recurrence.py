"""The lesson on recurrence without a browser: every idea, every control, every number, what is veiled."""

from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons.recurrence import PULSES, Unit
from tests.pages.visit import answered, figures, has, metrics, moves, ok, opened, put, said, shows_code
from ui.architectures.recurrence import _read
from ui.lessons.recurrence import links

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "state": (r"h_4&=\tanh(1\cdot(-1)+ 0.8\cdot0.4094+0)", ["Inputs", "Weight w of the input", "Weight u of the "
                                                                                               "state", "Step t"],
              ["The state begins at 0"], "of the input and of its old state"),
    "unrolled": (r"\frac{\partial L}{\partial u}&=\sum_t\delta_t\,h_{t-1}", ["Derivative of", "Weight w", "Weight u"],
                 ["| 1 | 0.1319 | 0.05539 | 0 |"], "sum of what all steps add"),
    "through": (r"\prod_t\text{slopes}_t\cdot\prod_t\text{weights}_t", ["First recurrent weights", "Steps T of the sequence"],
                ["slopes, multiplied", "after 0 steps of learning"], "multiplied at every step"),
    "largest": (r"&\le s^{19}", ["Recurrent weights", "Scale"], ["| above 1 | 0 of 20 |"], "may vanish all the same"),
    "clipping": (r"g\cdot\min\Bigl(1,\frac{1}{", ["Longest gradient c"], ["| without clipping | 0 of 20 |",
                                                                     "| clipped at 1 | 20 of 20 |"], "not what vanishes"),
    "gates": (r"\frac{\partial c_t}{\partial c_{t-1}}&=f_t", ["Show", "The network", "Unit", "Step t"],
              ["The first symbol was **B**, the network says **B**"], "by the forget gate alone"),
    "forget": (r"f^{39}&\approx0.953^{39}=0.1", ["Forget bias at the start"], ["| bias 1 | 0.731 | 0 of 20 |",
                                                                        "| bias 3 | 0.953 | 19 of 20 |"], "begin nearly open"),
    "gru": (r"3\,(8\cdot16+16\cdot16+16)+16=1216", ["Units", "Inputs of a step"], ["| LSTM | 4 | 1,600 |"], "three parts with "
                                                                                                     "weights"),
    "both": (r"p_1&=1-0.9^{11}=0.686", ["Steps T", "Sequence"], ["| both ways, 8 units each | 100 % |",
                                                              "| the best that looking back can do | 0.688 |"], "both ways"),
    "stacked": (r"h^2_t&=\tanh(h^1_tW^2+h^2_{t-1}U^2+b^2)", ["Series, a pair of networks each"], ["| parameters | 305 | 833 |"],
                "has to be measured"),
    "depth": (r"0.8^{19}=0.0144", ["Layers, and steps", "Scale of the orthogonal weights", "Cure"], ["| without a cure | "
                                                                                                     "0.011 |"],
              "one cure"),
}


def at(idea: str) -> AppTest:
    return answered("recurrence", idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    has(at(idea), *IDEAS[idea])
    assert len(IDEAS[idea][1]) <= 4


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "state": {"Inputs": ("alternating", "always on"), "Weight w of the input": (-2.0, 0.0), "Weight u of the state": (2.0,),
              "Step t": (1, 6)},
    "unrolled": {"Derivative of": ("w", "b"), "Weight w": (-2.0, 0.0), "Weight u": (2.0, -2.0, 0.0)},
    "through": {"First recurrent weights": ("RNN, normal",), "Steps T of the sequence": (5, 40)},
    "largest": {"Recurrent weights": ("normal",), "Scale": (0.5, 3.0)},
    "clipping": {},
    "gates": {"Show": ("input", "candidate", "cell"), "The network": ("before learning",), "Unit": (16,), "Step t": (20,)},
    "forget": {},
    "gru": {"Units": (4, 32), "Inputs of a step": (1,)},
    "both": {"Sequence": (20,)},
    "stacked": {},
    "depth": {"Layers, and steps": (2, 40), "Scale of the orthogonal weights": (1.5,), "Cure": ("a gate on the "
                                                                                                "state", "rescaled")},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


def test_the_states_are_those_of_the_unit():
    page = put(put(at("state"), "Weight u of the state", -1.3), "Step t", 6)
    unit = Unit(1.0, -1.3, 0.0, PULSES["two pulses"])
    line = next(trace for trace in figures(page)[0]["data"] if trace["name"] == "state h")
    assert line["y"][1:] == pytest.approx(unit.states)
    assert metrics(page)["state now"] == f"{unit.states[5]:.4g}".replace("-", "−")


def test_the_derivative_equals_its_finite_difference_wherever_one_looks():
    page = at("unrolled")
    for name in "uwb":
        put(page, "Derivative of", name)
        for u in (-2.0, 0.5, 2.0):
            found = metrics(put(page, "Weight u", u))
            assert found["by the engine"] == found["finite difference"], (name, u)


@pytest.mark.parametrize("forged", [99, -5, 1e300])
def test_a_forged_step_changes_nothing(forged):
    page = put(at("state"), "Step t", forged)
    assert metrics(page) == metrics(at("state"))


def test_no_forget_bias_chosen_shows_the_usual_one():
    page = at("forget")
    page.button_group[0].set_value([])
    assert "bias 1" in said(ok(page.run()))


VEILED = {"largest": ("20 networks", 0), "both": ("both ways", 1), "depth": ("with it", 0)}


@pytest.mark.parametrize("idea", VEILED)
def test_before_the_question_pictures_do_not_tell(idea):
    name, number = VEILED[idea]
    before, after = ({trace["name"] for trace in figures(page)[number]["data"]} for page in (opened("recurrence", idea=idea),
                                                                                             at(idea)))
    assert name not in before and name in after


def test_the_film_of_a_gradient_has_one_keyframe_for_each_look():
    (drawn,) = figures(at("through"))
    frames = drawn["film"]["frames"]
    assert frames[0]["caption"].startswith("After 0 steps of learning: ") and len(frames) > 1
    assert frames[-1]["caption"].endswith(" % right")
    sizes = np.array([frame["traces"]["‖∂L/∂h‖"]["y"] for frame in frames])
    assert sizes.shape == (len(frames), 10) and (sizes > 0).all()


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    shows_code(at(idea), idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_link_leads_into_the_lab_with_the_settings_of_the_idea(idea):
    link = at(idea).get("page_link")[0].proto
    query = dict(parse_qsl(link.query_string))
    assert query.pop("view") == "lab"
    assert _read(query) == ((getattr(links, idea)(),), [])
