"""The lesson on initialisation without a browser: every idea, every control, every number, every question."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.initializers import INITIALIZERS
from ann_core.run.link import from_query, to_query
from tests.pages.visit import answered, figures, formula, ok, opened, said

# idea: (pieces of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "first": ([r"\mathrm{Var}(W)&=\tfrac{2}{n_{in}+n_{out}}", r"\frac{2}{32+32}=0.03125"],
              ["Initialiser", "Inputs × units (n_in × n_out)", "Number of the draw"],
              ["| by the formula | 0.03125 |", "| in 40 draws | 0.03126 |", "All biases begin at 0"],
              "random numbers of a chosen size"),
    "symmetry": ([r"\frac1m\sum_i(p_i-y_i)\,v_j\,f'(z_{ij})\,x_{i1}", r"w_{18}}&=0.0601"],
                 ["First weights", "Activation", "Optimiser"],
                 ["| 8 | −0.344 | 0.208 |", "largest difference between two units **3.07**"],
                 "without a random start eight units are one"),
    "layer": ([r"n_{in}\cdot\mathrm{Var}(W)\cdot\overline{x^2}", r"100\cdot0.01\cdot1=1"],
              ["Inputs of each unit, n_in", "Variance of the weights, Var(W)", "Inputs"],
              ["| spread of z | 1 | 0.997 |", "400 rows through 100 units"], "mean of the squared inputs"),
    "deep": ([r"\sqrt{32\cdot0.03125}=1", r"1^{49}=1"], ["Activation", "Initialiser", "Hidden layers"],
             ["| 10 | 0.19 | 0.16 | 0.00086 | 0.19 |", "**the signal shrinks slowly**"], "becomes everything in fifty layers"),
    "factor": ([r"q&\leftarrow n_{in}\cdot\mathrm{Var}(W)\cdot\overline{f(z)^2}", r"32\cdot0.03125\cdot0.394"],
               ["Activation", "Initialiser", "Units in each layer"], ["| 50 | 0.0104 | 0.00416 |"], "He doubles the variance"),
    "back": ([r"n_{out}\,\mathrm{Var}(W)\,\overline{f'(z)^2}", "1\\cdot0.981=0.981"],
             ["Activation", "Initialiser", "Hidden layers"],
             ["Backward: **the gradient holds**", "| 50 | 0.033 | 0.0038 |"], "look at both"),
    "turns": ([r"W^\top W&=\sigma^2I", r"\sigma^{49}&=1"], ["Activation", "σ of the orthogonal weights"],
              ["| orthogonal, σ = 1 | 0.24 | 0.09 | 0.092 | 0.094 |"], "A product of turns is a turn"),
    "learns": ([r"\text{SGD: }\eta\,g", r"\frac{g}{|g|+10^{-8}}&=0.0022"],
               ["Activation", "Hidden layers of ten units", "Optimiser"],
               ["| zeros | 0.693 | 50 % | stuck |", "| He | 0.00279 | 100 % | learned |"], "symmetry never"),
}


def at(idea: str) -> AppTest:
    return answered("initialization", idea)


def controls(page: AppTest) -> list:
    return [*page.slider, *page.select_slider, *page.selectbox, *page.button_group, *page.text_input]


def put(page: AppTest, label: str, value) -> AppTest:
    next(widget for widget in controls(page) if widget.label == label).set_value(value)
    return ok(page.run())


def shown(page: AppTest) -> str:
    """All that is written, the alternative texts of the pictures too."""
    return said(page) + formula(page) + "".join(picture["alt"] for picture in figures(page))


def drawn(page: AppTest) -> dict[str, dict]:
    """The traces of the figure by name."""
    return {trace["name"]: trace for trace in figures(page)[0]["data"]}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_question_and_sentence(idea):
    page = at(idea)
    pieces, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels) and len(labels) <= 3
    missing = [piece for piece in pieces if piece not in formula(page)] + [n for n in numbers if n not in said(page)]
    assert not missing, missing
    assert sentence in next(m.value for m in page.markdown if "**To remember.**" in m.value)
    options = [button for button in page.button if re.fullmatch(rf"initialization/{idea}/ask/\d", button.key or "")]
    assert len(options) == 3 and figures(page)[0]["alt"]


CHANGES = {
    "first": {"Initialiser": ("he_uniform", "normal", "zeros", "orthogonal"), "Size σ": (2.0,), "Number of the draw": ("7",),
              "Inputs × units (n_in × n_out)": ("100 × 50", "8 × 1")},
    "symmetry": {"First weights": ("zeros", "constant (0.5)", "normal (0.5)"), "Activation": ("relu", "sigmoid"),
                 "Optimiser": ("adam",)},
    "layer": {"Inputs of each unit, n_in": (1, 100), "Variance of the weights, Var(W)": (0.0001, 1.0), "Inputs": ("halved",)},
    "deep": {"Activation": ("relu", "sigmoid"), "Initialiser": ("constant", "normal"), "Size σ": (0.01, 2.0),
             "Hidden layers": (1, 20)},
    "factor": {"Activation": ("relu",), "Initialiser": ("zeros", "he_normal"), "Units in each layer": (100,)},
    "back": {"Activation": ("selu",), "Initialiser": ("zeros", "uniform"), "Size σ": (1.0,), "Hidden layers": (1, 20)},
    "turns": {"Activation": ("linear", "selu"), "σ of the orthogonal weights": (0.9, 1.1)},
    "learns": {"Activation": ("relu",), "Hidden layers of ten units": (10,), "Optimiser": ("adam",)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    page = at(idea)
    for label, values in CHANGES[idea].items():
        for value in values:
            before = shown(page)
            page = put(page, label, value)
            assert shown(page) != before, (label, value)
            assert not re.search(r"\b(nan|inf)\b", shown(page)), (label, value)


def test_the_way_through_the_ideas():
    page = opened("initialization")
    for idea in list(IDEAS)[1:]:
        next(button for button in page.button if button.label == "Next").click()
        assert ok(page.run()).session_state["initialization/settings"] == idea
    assert next(button for button in page.button if button.label == "Next").disabled
    assert page.session_state["lessons/seen"] == {("initialization", idea) for idea in IDEAS}


def test_every_initialiser_meets_every_activation():
    page = at("deep")
    labels = {widget.label: widget for widget in page.selectbox}
    assert labels["Initialiser"].options == [one.label for one in INITIALIZERS.values()]
    assert labels["Activation"].options == [one.label for one in ACTIVATIONS.values()]
    for activation, initializer in (("step", "orthogonal"), ("gaussian", "constant"), ("linear", "constant"),
                                    ("sigmoid", "zeros")):
        page = put(put(page, "Activation", activation), "Initialiser", initializer)
        assert not re.search(r"\b(nan|inf)\b", shown(page))


def test_tanh_dies_from_small_weights_and_theory_says_so():
    page = put(put(put(at("deep"), "Initialiser", "normal"), "Size σ", 0.01), "Hidden layers", 10)
    assert re.search(r"^\| 10 \| 8\.4·10⁻¹⁴ \| 7·10⁻¹⁴ \| .+ \| 8\.4·10⁻¹⁴ \|$", said(page), re.MULTILINE)
    assert "Layer 10: **the signal dies**" in said(page)


def test_rows_and_units_are_told_apart():
    page = put(at("deep"), "Activation", "sigmoid")
    assert "all rows look nearly alike" in said(page)
    rows, units = (drawn(page)[name]["y"][-1] for name in ("between rows", "between units"))
    assert rows < 1e-12 and units > 0.05


def test_the_axis_holds_still_while_layers_are_added():
    def axis(page: AppTest) -> list[float]:
        return figures(page)[0]["layout"]["yaxis2"]["range"]

    page = put(at("deep"), "Activation", "relu")
    before = axis(page)
    assert axis(put(page, "Hidden layers", 5)) == before


def test_weights_that_are_not_random_have_no_theory_and_it_is_said():
    page = put(at("deep"), "Initialiser", "constant")
    assert "it needs random weights" in said(page) and "all outputs, theory" not in drawn(page)
    assert r"32\cdot0.1\cdot\bar a" in formula(page)


def test_the_same_network_goes_forward_and_back():
    page = put(put(at("back"), "Initialiser", "normal"), "Size σ", 1.0)
    assert "Forward: **the units saturate**. Backward: **the gradient explodes**." in said(page)
    page.button(key="way/deep").click()
    assert "the units saturate" in said(ok(page.run()))


def test_equal_units_have_exactly_equal_rows_in_the_table():
    page = put(at("symmetry"), "First weights", "constant (0.5)")
    assert "largest difference between two units **exactly 0**" in said(page)
    rows = re.findall(r"^\| (\d) \| (.+) \|$", said(page), re.MULTILINE)
    assert len(rows) == 8 and len({row for _, row in rows}) == 1
    lines = [trace["y"] for trace in figures(page)[0]["data"] if trace["name"].startswith("unit")]
    assert len(lines) == 8 and all(line == lines[0] for line in lines)


def test_zeros_say_why_they_move_or_do_not():
    page = put(at("symmetry"), "First weights", "zeros")
    assert "no weight ever moves" in said(page)
    assert "all eight move, as one" in said(put(page, "Activation", "sigmoid"))


def test_the_table_of_twenty_networks_comes_when_it_is_asked_for():
    page = opened("initialization", idea="back")
    assert not any("Measure 20" in button.label for button in page.button)
    page = at("back")
    next(button for button in page.button if "Measure 20 networks" in button.label).click()
    table = said(ok(page.run()))
    assert "| the signal dies, the gradient vanishes | 0.014 | 8.5·10⁻¹⁴ | 9.6·10⁻⁶⁴ (3.7·10⁻⁶⁴ to 4.7·10⁻⁶³) |" in table
    assert re.search(r"\| normal \(1\) \| the units saturate, the gradient explodes \| 0\.69 \| 0\.92 .+\| 7\.2·10⁹ ", table)
    assert len(re.findall(r"^\| (zeros|constant|normal|uniform|Xavier|He|LeCun|orthogonal)", table, re.MULTILINE)) == 12


@pytest.mark.parametrize("idea,label,forged", [("deep", "Hidden layers", 10 ** 9), ("first", "Number of the draw", "1e300")])
def test_a_number_from_outside_the_bounds_is_brought_back(idea, label, forged):
    page = put(at(idea), label, forged)
    assert figures(page)[0]["data"] and not re.search(r"\b(nan|inf)\b", shown(page))


@pytest.mark.parametrize("idea", IDEAS)
def test_each_link_to_the_playground_names_settings_that_exist(idea):
    page = at(idea)
    for label, values in {"": ("",), **CHANGES[idea]}.items():
        page = put(page, label, values[-1]) if label else page
        query = next(iter(page.get("page_link"))).proto.query_string
        asked = dict(pair.split("=") for pair in query.split("&"))
        config, notes = from_query(asked)
        assert not notes and to_query(config) == asked


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    shown_code = [code.value for code in ok(page.run()).code]
    assert shown_code and all("def " in code for code in shown_code)
