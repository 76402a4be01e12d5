"""The lesson "Neuron" without a browser: every idea, every control, the curriculum's numbers as shown, bad input."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons.neuron_kinds import EXAMPLES
from ann_core.lessons.neuron_network import corners_config
from ann_core.run.config import RunConfig
from ann_core.run.link import from_query
from tests.pages.visit import answered, figures, formula, metrics, ok, onward, said

IDEAS = ("what", "kinds", "sum", "bias", "threshold", "shift", "tables", "perceptron", "slope", "regression", "classification",
         "convex", "hidden", "network", "outputs", "count")
IN_THE_PLAYGROUND = ("kinds", "bias", "tables", "classification", "hidden", "network")


def at(idea: str) -> AppTest:
    return answered("neuron", idea)


def put(page: AppTest, **values) -> AppTest:
    """Sets controls by the end of their keys, with / written as two underscores."""
    for name, value in values.items():
        page.session_state[f"neuron/value/{name.replace('__', '/')}"] = value
    return ok(page.run())


def answers(page: AppTest, idea: str) -> list:
    return [button for button in page.main.button if str(button.key).removeprefix(f"neuron/{idea}/ask/").isdigit()]


def controls(page: AppTest) -> list:
    return [widget for kind in (page.main.slider, page.main.text_input, page.main.toggle, page.main.button_group,
                                      page.main.selectbox) for widget in kind if str(widget.key).startswith("neuron/value/")]


@pytest.mark.parametrize("idea", IDEAS)
def test_every_idea_has_its_parts_and_one_right_answer(idea):
    page = at(idea)
    assert formula(page) and controls(page) and (metrics(page) or page.main.table)
    assert any("To remember." in text.value and len(text.value) > 60 for text in page.main.markdown)
    count, verdicts = len(answers(page, idea)), []
    assert 2 <= count <= 4
    for i in range(count):
        answers(page, idea)[i].click()
        ok(page.run())
        verdicts.append(any(":material/check_circle: Right" in text.value for text in page.main.markdown))
        page.session_state[f"neuron/{idea}/ask"].to = ()
        ok(page.run())
    assert sum(verdicts) == 1
    assert bool(onward(page)) == (idea in IN_THE_PLAYGROUND)


@pytest.mark.parametrize("idea", IDEAS)
def test_every_slider_field_and_switch_can_be_changed(idea):
    page = at(idea)
    numbers = [widget for widget in controls(page) if widget.type not in ("button_group", "selectbox")]
    for key, values in [(widget.key, _others(widget)) for widget in numbers]:
        for value in values:
            next(widget for widget in controls(page) if widget.key == key).set_value(value)
            ok(page.run())
            assert page.session_state[key] == value and formula(page)


def _others(widget) -> tuple:
    return (not widget.value,) if widget.type == "toggle" else ("−99", "100") if widget.type == "text_input" else (
        widget.max, widget.min)


OPTIONS = {"sum/which": ["5 × 0.8", "1 × 3 + 2", "two inputs"], "threshold/kind": ["sigmoid", "tanh", "step"],
           "shift/kind": ["sigmoid", "tanh", "step", "relu"], "tables/table": ["AND", "OR", "XOR"],
           "rule/table": ["AND", "OR", "XOR"], "rule/eta": [0.25, 0.5, 1.0], "fit/eta": [0.05, 0.1, 0.2], "classes/y": [1, 0],
           "hidden/seed": list(range(6)), "kinds/example": list(EXAMPLES), "hidden/corner": list(range(4)),
           "count/which": ["drawn here", "in the Playground"],
           "network/output": ["a number", "two classes", "3 classes", "10 classes"]}


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_every_choice_can_be_made(name):
    idea = {"rule": "perceptron", "fit": "regression", "classes": "classification"}.get(name.split("/")[0], name.split("/")[0])
    page, seen = at(idea), set()
    for value in OPTIONS[name]:
        put(page, **{name.replace("/", "__"): value})
        seen.add(formula(page) + str(metrics(page)))
    assert len(seen) > 1


def test_first_examples():
    assert r"f(5)&=0.8\times 5 + 0=4" in formula(at("what"))
    page = at("sum")
    assert r"5\times 0.8 + 0=4" in formula(page) and metrics(page)["x₁ × w₁"] == "5 × 0.8 = 4"
    page = put(page, sum__which="1 × 3 + 2")
    assert r"1\times 3 + 2=5" in formula(page) and metrics(page)["z"] == "5"


def test_without_a_bias_the_boundary_meets_the_origin():
    page = at("bias")
    assert metrics(page)["boundary to origin"] == "0.743" and metrics(page)["right"] == "12 of 12"
    page = put(page, bias__on=False)
    assert metrics(page)["boundary to origin"] == "0" and metrics(page)["z at (0, 0)"] == "0"
    assert "With a bias, all 12 can be right; without, at most 10." in said(page)
    assert not any(slider.label == "b" for slider in page.main.slider)


def test_twelve_of_twelve_with_a_bias():
    assert metrics(put(at("bias"), bias__w1=1.0, bias__w2=1.0, bias__b=-1.0))["right"] == "12 of 12"


def test_no_weights_make_no_boundary():
    page = put(at("bias"), bias__w1=0.0, bias__w2=0.0)
    assert metrics(page)["boundary to origin"] == "no boundary"


@pytest.mark.parametrize("kind,least", [("sigmoid", "0.5"), ("tanh", "0"), ("step", "0")])
def test_thresholds(kind, least):
    page = put(at("threshold"), threshold__kind=kind, threshold__z=0.1)
    assert metrics(page)["decides at"] == least and metrics(page)["decision"] == "class 1"
    assert metrics(put(page, threshold__z=0.0))["decision"] == "class 0"
    assert list(page.main.table[0].value["class"]) == ["0"] * 3


def test_the_bias_moves_the_activation():
    page = put(at("shift"), shift__w=2.0, shift__b=-3.0)
    assert metrics(page)["z = 0 at x = −b/w"] == "1.5" and metrics(page)["without the bias"] == "0.5"
    assert metrics(put(page, shift__w=0.0))["z = 0 at x = −b/w"] == "nowhere"


def test_truth_tables():
    page = put(at("tables"), tables__w1=1.0, tables__w2=1.0, tables__b=-1.5)
    assert metrics(page) == {"right now": "4 of 4", "best that any line can do": "4 of 4"}
    assert metrics(put(page, tables__table="OR", tables__b=-0.5))["right now"] == "4 of 4"
    assert metrics(put(page, tables__table="XOR"))["best that any line can do"] == "3 of 4"


def test_the_perceptron_sample_by_sample():
    page = at("perceptron")
    assert "nothing is corrected any more after example **22**" in said(page)
    next(button for button in page.main.button if button.label == "Next example").click()
    ok(page.run())
    assert page.session_state["neuron/value/rule/shown"] == 3  # the first that moves the weights was shown
    page = put(page, rule__shown=22)
    assert metrics(page)["right now"] == "4 of 4"
    assert "goes in a **circle**" in said(put(page, rule__table="XOR"))


def test_the_sign_of_the_slope():
    assert "positive: make w smaller" in said(at("slope"))
    assert "negative: make w larger" in said(put(at("slope"), slope__w=0.0))
    assert "about 0: stay" in said(put(at("slope"), slope__w=0.8))


def test_regression_ends_at_the_exact_line():
    found = metrics(put(at("regression"), fit__epoch=1000))
    assert found["w now"] == found["w, exact"] == "0.8095" and found["b now"] == found["b, exact"] == "1.0036"
    assert "mean" in said(at("regression")) and "∂L/∂x" in said(at("regression"))


def test_log_loss_keeps_the_gradient_of_a_confident_mistake():
    page = put(at("classification"), classes__y=0, classes__x=3.0, classes__w=2.0, classes__b=0.0)
    assert metrics(page)["∂L/∂z, log loss"] == "0.998" and float(metrics(page)["∂L/∂z, squared error"]) < 0.0025
    assert "=p-y=0.998" in formula(page) and r"\frac{p-y}{p(1-p)}=\frac1{1-p}" in formula(page)
    assert r"\frac{p-y}{p(1-p)}=-\frac1p" in formula(put(page, classes__y=1))


def test_convex_or_not():
    text = said(at("convex"))
    assert "**Squared error** bends downwards in places: **not convex**" in text
    assert "**Log loss** nowhere bends downwards: **convex**" in text
    found = metrics(at("convex"))
    assert found["squared error: lowest at w ≈"] == "−0.1275" and found["log loss: lowest at w ≈"] == "−0.1634"
    assert r"\tfrac16\sum_i \tfrac12(p_i-y_i)^2" in formula(at("convex"))


def test_xor_in_the_space_of_the_hidden_units():
    for seed in range(6):
        found = metrics(put(at("hidden"), hidden__seed=seed))
        assert found["right at the end"] == "4 of 4" and found["right at the start"] != "4 of 4"


def test_the_playground_gets_the_first_weights_that_are_looked_at():
    page = put(at("hidden"), hidden__seed=3)
    config, notes = from_query(dict(parse_qsl(page.get("page_link")[0].proto.query_string)))
    assert not notes and config == corners_config("XOR", 2, 3)


def test_network_and_its_parameters():
    page = at("network")
    assert "f_3(f_2(f_1(x)))" in formula(page) and "**deep**" in said(page)
    page = put(page, network__hidden=1)
    assert "**not deep**" in said(page) and "f_2(f_1(x))" in formula(page)
    assert metrics(put(page, network__output="10 classes"))["output units"] == "10"
    assert metrics(at("count"))["parameters"] == "37"
    assert list(at("count").main.dataframe[0].value["shape of W (n_in, n_out)"]) == ["(2, 4)", "(4, 4)", "(4, 1)"]


def test_the_playgrounds_own_network_is_counted():
    page = put(at("count"), count__which="in the Playground")
    assert metrics(page)["parameters"] == str(RunConfig().parameters)
    other = RunConfig.model_validate({"network": {"layers": ({"units": 5},), "batch_norm": True}})
    page.session_state["playground/settings"] = other
    assert metrics(ok(page.run()))["parameters"] == str(other.parameters) == "31"


def test_one_sigmoid_unit_and_two_softmax_units_say_the_same():
    found = metrics(put(at("outputs"), outputs__z0=-1.0, outputs__z1=2.5))
    assert found["softmax"] == found["sigmoid"] == "0.9707" and found["tanh"] == "0.9414"


def test_links_to_the_playground_are_settings_it_accepts():
    for idea in IN_THE_PLAYGROUND:
        link = at(idea).get("page_link")[0].proto
        config, notes = from_query(dict(parse_qsl(link.query_string)))
        assert not notes and config != RunConfig()


@pytest.mark.parametrize("bad", ["1e9", "-101", "nan", "inf", ""])
def test_a_bad_number_keeps_the_last_good_one(bad):
    page, key = at("sum"), "neuron/value/sum/5 × 0.8/x1"
    for value in ("3", bad):
        page.text_input(key=f"{key}/text").set_value(value)
        ok(page.run())
        assert r"3\times 0.8 + 0=2.4" in formula(page) and page.session_state[key] == 3.0


@pytest.mark.parametrize("bad", [77.0, -2.5, float("nan")])
def test_a_forged_slider_keeps_the_last_good_value(bad):
    page = at("bias")
    for value in (1.0, bad):
        page.slider(key="neuron/value/bias/w1").set_value(value)
        ok(page.run())
        assert page.session_state["neuron/value/bias/w1"] == 1.0


def test_an_unknown_choice_becomes_the_first():
    assert metrics(put(at("tables"), tables__table="NAND"))["best that any line can do"] == "4 of 4"


@pytest.mark.parametrize("output,units", [("a number", 1), ("two classes", 1), ("3 classes", 3)])
def test_the_network_in_the_playground_has_the_drawn_shape(output, units):
    page = put(at("network"), network__inputs=3, network__hidden=3, network__units=6, network__output=output)
    config, notes = from_query(dict(parse_qsl(page.get("page_link")[0].proto.query_string)))
    assert not notes and config.data.shape[1:] == (3, units) and [layer.units for layer in config.network.layers] == [6, 6, 6]
    assert put(page, count__which="drawn here").button(key="way/count").click() and ok(page.run())
    assert metrics(page)["parameters"] == str(config.parameters)


def test_ten_classes_are_the_digits_in_the_playground():
    page = put(at("network"), network__output="10 classes")
    config, notes = from_query(dict(parse_qsl(page.get("page_link")[0].proto.query_string)))
    assert not notes and config.data.source == "digits" and config.data.shape[2] == 10


def test_values_are_kept_while_another_idea_is_looked_at():
    page = put(at("bias"), bias__w1=1.5)
    for idea in ("sum", "bias"):
        page.button(key=f"way/{idea}").click()
        ok(page.run())
    assert next(slider for slider in page.main.slider if slider.label == "w₁").value == 1.5


def test_pictures_say_in_words_what_they_show():
    for idea in IDEAS:
        told = figures(at(idea))
        assert len(told) == 1 and len(told[0]["alt"]) > 25, idea
