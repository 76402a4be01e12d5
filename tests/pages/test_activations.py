"""The lesson on activations without a browser: every idea, every control once, every number of the curriculum as shown."""

import re

import pytest

from ann_core.nn.activations import ACTIVATIONS
from ann_core.run.link import from_query
from tests.pages.visit import coming, figures, formula, metrics, ok, onward, opened, read, said

IDEAS = ("purpose", "gallery", "properties", "slopes", "conditions", "dead", "selu", "softmax", "pair", "choosing")
WITH_LINK = ("purpose", "conditions", "choosing")


@pytest.fixture(scope="module")
def page():
    """One visit for the whole file: each test begins with its own idea."""
    page = coming("activations")
    page.session_state["lesson/answered"] = {("activations", idea) for idea in IDEAS}
    return ok(page.run())


@pytest.fixture
def at(page):
    def go(idea: str):
        page.button(key=f"way/{idea}").click()
        return ok(page.run())
    return go


def change(page, kind: str, name: str, value):
    getattr(page, kind)(key=f"activations/{name}").set_value(value)
    return ok(page.run())


def test_it_opens_with_its_first_idea_and_says_how_many_there_are(at):
    page = at("purpose")
    assert page.title[0].value == "Activations" and page.header[0].value == "Why bend anything?"
    assert [button.key for button in page.main.button if str(button.key).startswith("way/")] == [f"way/{i}" for i in IDEAS]


@pytest.mark.parametrize("idea", IDEAS)
def test_every_idea_has_formula_control_picture_numbers_question_and_sentence(at, idea):
    page = at(idea)
    assert formula(page) or re.search(r"\$[^$]*=[^$]*\$", said(page))
    kinds = ("slider", "select_slider", "text_input", "selectbox", "button_group")
    controls = [widget for kind in kinds for widget in getattr(page, kind)]
    assert 1 <= sum(str(widget.key).startswith(f"activations/{idea}/") for widget in controls) <= 4
    assert f"activations/{idea}/picture/figure" in page.session_state
    assert metrics(page) or "at your z" in said(page)
    assert "**To remember.**" in said(page)
    assert bool(onward(page)) == (idea in WITH_LINK)


CONTROLS = [
    ("button_group", "purpose/function", "relu"), ("slider", "purpose/layers", 1), ("slider", "purpose/first", -0.5),
    ("text_input", "purpose/seed/text", "7"), ("button_group", "gallery/chosen", []),
    ("button_group", "gallery/chosen", list(ACTIVATIONS)),
    ("slider", "gallery/z", -6.0), ("slider", "gallery/leaky", 0.0), ("slider", "gallery/elu", 0.0),
    ("button_group", "properties/wishes", ["centred", "alive"]), ("selectbox", "properties/function", "step"),
    ("slider", "slopes/z", 6.0), ("slider", "slopes/layers", 1), ("button_group", "conditions/function", "relu"),
    ("select_slider", "conditions/sigma", 2.0), ("slider", "conditions/layers", 30), ("slider", "dead/bias", 2.0),
    ("slider", "dead/alpha", 0.01), ("button_group", "selu/others", ["sigmoid", "elu"]), ("button_group", "selu/weights",
                                                                                          "own"), ("slider", "selu/layers", 5),
    ("text_input", "selu/seed/text", "3"), ("slider", "softmax/z0", -5.0), ("slider", "softmax/z1", 5.0),
    ("slider", "softmax/z2", 5.0),
    ("select_slider", "softmax/temperature", 0.1), ("slider", "pair/z0", -5.0), ("slider", "pair/z1", 5.0),
    ("slider", "pair/shift", 100.0), ("button_group", "choosing/task", "several"),
    ("button_group", "choosing/task", "regression"),
    ("button_group", "choosing/hidden", "leaky_relu"), ("slider", "choosing/z", -6.0)]


@pytest.mark.parametrize("kind,name,value", CONTROLS)
def test_every_control_changed_once(at, kind, name, value):
    page = at(name.partition("/")[0])
    before = (getattr(page, kind)(key=f"activations/{name}").value, formula(page), said(page), metrics(page))
    page = change(page, kind, name, value)
    now = getattr(page, kind)(key=f"activations/{name}").value
    assert now == value and (now, formula(page), said(page), metrics(page)) != before
    change(page, kind, name, before[0])


def test_a_control_keeps_its_value_while_another_idea_is_shown(at):
    change(at("gallery"), "slider", "gallery/leaky", 0.5)
    at("selu")
    page = at("gallery")
    assert page.slider(key="activations/gallery/leaky").value == 0.5
    change(page, "slider", "gallery/leaky", 0.1)


def test_linear_layers_collapse_and_bent_ones_do_not(at):
    off = "One layer in their place is off by"
    page = at("purpose")
    assert metrics(page)[off] == "0.0000" and r"\ne" not in formula(page)
    page = change(page, "button_group", "purpose/function", "tanh")
    assert float(metrics(page)[off]) > 0.1 and r"\ne" in formula(page)
    page = change(page, "slider", "purpose/layers", 1)
    assert metrics(page)[off] == "0.0000"
    change(page, "slider", "purpose/layers", 3)
    change(page, "button_group", "purpose/function", "linear")


def test_the_gallery_shows_all_sixteen_with_value_and_slope(at):
    page = change(at("gallery"), "slider", "gallery/z", 0.0)
    rows = {row.split("|")[1].strip(" *"): row for row in said(page).splitlines() if row.startswith("|")}
    assert len(ACTIVATIONS) == 16 and {act.label for act in ACTIVATIONS.values()} <= set(rows)
    assert "= 0.5$" in rows["sigmoid"] and "| 0.2500 |" in rows["sigmoid"] and "| 1.0000 |" in rows["tanh"]
    page = change(page, "slider", "gallery/z", -2.0)
    page = change(page, "slider", "gallery/leaky", 0.25)
    assert r"$0.25\cdot  {(-2)} = -0.5$ | " in said(page) and "| 0.2500 |" in said(page)
    change(page, "slider", "gallery/z", 1.0)


def test_wishes_pick_functions(at):
    page = change(at("properties"), "button_group", "properties/wishes", ["centred", "flat"])
    assert metrics(page)["Functions that fit"] == "2 of 16"
    table = said(page)
    for row in ("| **linear** |", "| **sine** |", "| tanh | −1 to 1 | 0.00 | yes | both sides |",
                "| ReLU | 0 to ∞ | 0.40 | no | left | yes |", "| leaky ReLU | −∞ to ∞ | 0.36 | no | nowhere | no |"):
        assert row in table
    change(page, "button_group", "properties/wishes", [])


def test_the_sigmoids_slope_and_its_products(at):
    page = at("slopes")
    assert r"0.6225\cdot0.3775 = 0.235\\" in formula(page) and r"\mathrm{ReLU}'(z)&=1" in formula(page)
    page = change(page, "slider", "slopes/z", 0.0)
    assert r"0.5\cdot0.5 = 0.25\\" in formula(page) and r"= 1 \le 1" in formula(page)
    assert "σ′(0) = 0.25" in said(page)
    for layers, most in ((5, "0.25^{5}&=0.0009766"), (10, "9.54\\cdot10^{-7}"), (20, "9.09\\cdot10^{-13}")):
        page = change(page, "slider", "slopes/layers", layers)
        assert most in formula(page)
    page = change(page, "slider", "slopes/layers", 10)
    assert metrics(page)["Most for 10 sigmoid slopes"] == metrics(page)["sigmoid: 10 slopes multiplied"] == "9.5·10⁻⁷"
    assert metrics(page)["tanh: 10 slopes multiplied"] == "1" and r"\mathrm{ReLU}'(z)&=0" in formula(page)
    change(page, "slider", "slopes/z", 0.5)


def test_tanh_vanishes_or_explodes_with_the_size_of_the_weights(at):
    page = at("conditions")
    assert metrics(page)["The gradient"] == "vanishes" and metrics(page)["at layer 1 (last layer: 1)"] == "1.2·10⁻¹⁰"
    verdicts = [metrics(change(page, "select_slider", "conditions/sigma", sigma))["The gradient"] for sigma in (0.3, 2.0, 0.1)]
    assert verdicts == ["arrives", "explodes", "vanishes"]


def test_a_dead_unit_has_no_gradient_and_a_leaky_one_learns(at):
    page = at("dead")
    assert metrics(page) == {"Rows that switch ReLU on": "0 of 41", "ReLU: gradient ∂L/∂w": "0",
                           "leaky ReLU: gradient ∂L/∂w": "−0.1032", "ReLU: loss after 400 steps": "1.1530",
                           "leaky ReLU: loss after 400 steps": "0.0005"}


def test_the_formula_of_a_unit_is_that_of_the_step_at_which_its_film_rests(at):
    page = at("dead")
    page.session_state["activations/dead/at"] = 30
    caption = figures(ok(page.run()))[0]["film"]["frames"][30]["caption"]
    assert f"leaky ReLU: ∂L/∂w = {metrics(page)['leaky ReLU: gradient ∂L/∂w']}," in caption
    assert re.search(r"for \*\*step (\d+)", said(page))[1] == re.search(r"Step (\d+)", caption)[1]


def test_selu_keeps_mean_0_and_variance_1(at):
    page = at("selu")
    assert metrics(page)["SELU: variance after layer 50"] == "0.9161" and metrics(page)["SELU: mean"] == "0.03"
    assert r"\frac{1}{n_{in}} = \frac{1}{100} = 0.01" in formula(page)
    assert metrics(page)["ReLU: variance after layer 50"] == "7.2·10⁻¹⁶"
    page = change(page, "button_group", "selu/weights", "he_normal")
    assert read(metrics(page)["SELU: variance after layer 50"]) > 100 and r"\frac{2}{100}" in formula(page)
    change(page, "button_group", "selu/weights", "lecun_normal")


def test_softmax_sums_to_1_and_one_sigmoid_unit_equals_two_softmax_units(at):
    assert metrics(at("softmax")) == {"class 1": "0.6590", "class 2": "0.2424", "class 3": "0.0986",
                                    "all three together": "1.0000"}
    page = at("pair")
    equal = {"softmax, class 1": "0.817574", "sigmoid of z₁ − z₀": "0.817574", "softmax, both": "1.000000"}
    assert metrics(page) == equal
    assert metrics(change(page, "slider", "pair/shift", -40.0)) == equal
    change(page, "slider", "pair/shift", 0.0)


@pytest.mark.parametrize("task,output,source", [("regression", "linear", "hills"), ("several", "softmax", "blobs"),
                                                ("two", "sigmoid", "moons")])
def test_choosing_follows_the_engine_and_opens_in_the_playground(at, task, output, source):
    page = change(at("choosing"), "button_group", "choosing/task", task)
    assert metrics(page)["Output"] == output
    link = page.get("page_link")[0].proto
    query = dict(pair.split("=") for pair in link.query_string.split("&"))
    config, notes = from_query(query)
    assert config.data.source == source and {layer.activation for layer in config.network.layers} == {"relu"} and not notes


def test_an_unknown_idea_in_the_address_is_said():
    page = opened("activations", idea="nonsense")
    assert page.header[0].value == "Why bend anything?" and "no idea named nonsense" in page.info[0].value
