"""The lesson on losses without a browser: every idea, every control, every number, every question."""


import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ann_core.run.link import from_query, to_query
from tests.pages.visit import answered, figures, formula, ok, onward, said

# idea: (pieces of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "cost": ([r"\frac{(-0.6)^2+(-1.2)^2+(-2.8)^2+(-1.4)^2}{4}=2.9", r"\tfrac12\,\text{MSE}=1.45"],
             ["Weight w", "Bias b", "Each day is counted"],
             ["| 3 | 5 | 2.2 | −2.8 | 3.92 |", "mean squared error is **2.9**", "half of it, **1.45**"], "has a mean"),
    "unit": ([r"\sqrt{3.2\ \text{kg}^2}=1.789\ \text{kg}", r"=1.6\ \text{kg}"], ["Unit", "How far off: all errors times"],
             ["| MSE | 3.2 | kg² |", "| RMSE | 1.789 | kg |", "| MAE | 1.6 | kg |"], "report the RMSE"),
    "curves": ([r"\tfrac12r^2=\tfrac12\cdot2^2=2", r"|r|=|2|=2", r"=1.5\\", r"\ln\cosh2=1.325"],
               ["What is learned", "Error r", "Huber's δ"],
               ["| squared error | 2 | 2 |", "| absolute error | 2 | 1 |", "| Huber | 1.5 | 1 |",
                "| log-cosh | 1.325 | 0.964 |"],
               "in proportion to the error"),
    "outlier": ([r"\frac{0.189+10.12^2}{9}=11.4", r"\frac{0.988+|10.12|}{9}=1.234"],
                ["Answer", "Height of the outlier", "Huber's δ"],
                ["| squared error | 0.492 x + 1.03 | 0.982 x − 0.331 |", "| absolute error | 0.467 x + 1.13 | 0.467 x + 1.13 |",
                 "the MSE **352 times** what it was, the RMSE **18.8 times**, the MAE **8.5 times**"], "One outlier rules MSE "
                                                                                                       "and RMSE"),
    "confident": ([r"-y\ln p-(1-y)\ln(1-p)=6.002", r"\tfrac12(y-p)^2=0.4975",
                   r"=-(y-p)\\", r"-(1-0.002473)=-0.9975", r"-(y-p)\,p(1-p)", r"&=(-0.9975)\cdot0.002467=-0.00246"],
                  ["Right class y", "Sum z"],
                  ["| gradient | −0.9975 | −0.00246 |", "| steps to the right side | 7 | 426 |"], "vanishes exactly where"),
    "several": ([r"\frac{e^{1}}{e^{2}+e^{1}+e^{-1}}=0.2595", r"-\sum_k y_k\ln p_k=-\ln p_{B}\\", r"&=-\ln 0.2595=1.349"],
                ["Sum of unit A", "Sum of unit B", "Sum of unit C", "The right class"],
                ["| A | 2 | 0.7054 | 0 | 0.7054 |", "| B | 1 | 0.2595 | 1 | −0.7405 |"], "−ln of the probability"),
    "hinge": ([r"\max(0,1-y\,z)\\", r"&=\max\bigl(0,1-1\cdot(-0.5)\bigr)=1.5"],
              ["Weight w", "Bias b", "Example in the formula"],
              ["| 3 | 1 | −0.5 | −0.5 | 1.5 | −1 |", "**2 of 6** examples have a loss above 0; the mean over all six is "
              "**0.55**"], "once y·z reaches 1"),
    "roll": ([r"=16.25", r"(w\,x_i-y_i)\,x_i=-9", r"-2-0.1\cdot(-9)=-1.1"], ["Start: weight w", "Learning rate η"],
             ["| 0 | −2 | 16.25 | −9 | 0.9 |", "**0.75**: **it rolls down on one side**"], "make w smaller"),
    "surface": ([r"\partial L/\partial w", "0.3969-1\\cdot0.0255", "=0.3714"],
                ["Weight across", "Weight up", "What is trained", "View"], ["| first | 0.3969 | 0.5261 | 0.3494 |"],
                "with respect to the parameters"),
}


def at(idea: str = "cost") -> AppTest:
    return answered("losses", idea)


def picture(page: AppTest) -> dict:
    """What travels to the browser for the first figure."""
    return figures(page)[0]


def drawn(page: AppTest) -> dict[str, dict]:
    """The traces of the figure by name."""
    return {trace["name"]: trace for trace in picture(page)["data"]}


def controls(page: AppTest) -> list:
    return [*page.slider, *page.select_slider, *page.selectbox, *page.button_group]


def control(page: AppTest, label: str):
    return next(widget for widget in controls(page) if widget.label == label)


def put(page: AppTest, label: str, value) -> AppTest:
    control(page, label).set_value(value)
    return ok(page.run())


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_question_and_sentence(idea):
    page = at(idea)
    pieces, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels) and len(labels) <= 4
    missing = [piece for piece in pieces if piece not in formula(page)] + [n for n in numbers if n not in said(page)]
    assert not missing, missing
    remember = next(m.value for m in page.markdown if "**To remember.**" in m.value)
    assert sentence in remember
    assert page.session_state["lessons/seen"] == {("losses", idea)}


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "cost": {"Weight w": (-0.5, 1.0, 0.8), "Bias b": (0.0, 4.0, 1.5)},
    "unit": {"Unit": ("g",), "How far off: all errors times": (0.0, 3.0)},
    "curves": {"What is learned": ("a class", "a number"), "Error r": (-4.0, 0.0, 4.0), "Huber's δ": (0.2, 3.0)},
    "outlier": {"Answer": ("a constant", "a line"), "Height of the outlier": (-5.0, 25.0, 5.2), "Huber's δ": (0.1, 3.0)},
    "confident": {"Right class y": (0,), "Sum z": (-8.0, 8.0, 0.0)},
    "several": {**{f"Sum of unit {name}": (-5.0, 5.0, 0.0) for name in "ABC"}, "The right class": ("C", "A")},
    "hinge": {"Weight w": (-2.0, 2.0), "Bias b": (-2.0, 2.0), "Example in the formula": (1, 6)},
    "roll": {"Start: weight w": (-4.0, 7.0, 1.6), "Learning rate η": (0.01, 1.0)},
    "surface": {"Weight across": (0, 13), "Weight up": (4, 12), "What is trained": ("all weights", "these two alone")},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    page = at(idea)
    for label, values in CHANGES[idea].items():
        for value in values:
            before = said(page) + formula(page)
            assert said(put(page, label, value)) + formula(page) != before, (label, value)


def test_the_surface_is_seen_in_space_and_from_above_with_the_path_as_a_film():
    page = at("surface")
    assert [trace["type"] for trace in picture(page)["data"]] == ["surface", "scatter3d", "scatter3d"]
    put(page, "View", "from above")
    assert [trace["type"] for trace in picture(page)["data"]] == ["contour", "scatter", "scatter"]
    frames = picture(page)["film"]["frames"]
    assert frames[0]["caption"].startswith("Step 0: x₁ to unit 4 0.3969") and frames[-1]["caption"].startswith("Step 200: ")
    assert frames[-1]["traces"]["point"]["x"] == drawn(page)["point"]["x"] == drawn(page)["path"]["x"][-1:]


def test_the_point_rolls_in_a_film_and_says_the_sign_rule():
    page = put(at("roll"), "Start: weight w", 4.0)
    captions = [frame["caption"] for frame in picture(page)["film"]["frames"]]
    assert len(captions) == 31 and "slope 6: so w becomes smaller" in captions[0]
    captions = [frame["caption"] for frame in picture(put(page, "Learning rate η", 1.0))["film"]["frames"]]
    assert "slope −9: so w becomes larger" in captions[1] and "out of the picture" in captions[-1] and len(captions) < 10
    page = put(page, "Start: weight w", 1.6)
    assert "no slope, no step" in picture(page)["film"]["frames"][0]["caption"]


def test_what_is_dragged_has_a_slider_and_the_picture_follows_it():
    page = put(at("outlier"), "Height of the outlier", 20.0)
    assert picture(page)["drag"][0]["name"] == "outlier" and drawn(page)["outlier"]["y"] == [20.0]
    page = put(put(at("cost"), "Weight w", 1.0), "Bias b", 2.0)
    assert picture(page)["drag"][0]["name"] == "line" and drawn(page)["line"]["y"] == [2.0, 7.0]
    assert "1 x + 2" in picture(page)["alt"]


def test_the_formula_is_that_of_the_step_at_which_the_film_rests():
    page = at("roll")
    page.session_state["aside/losses/roll/at"] = 1
    assert r"-1.1-0.1\cdot(-6.75)=-0.425" in formula(ok(page.run())) and "**step 1**" in said(page)


def test_samples_that_are_in_the_set_twice_leave_the_cost_as_it_is():
    once, twice = formula(at("cost")), formula(put(at("cost"), "Each day is counted", 2))
    assert r"\frac{2\cdot((-0.6)^2+(-1.2)^2+(-2.8)^2+(-1.4)^2)}{8}=2.9" in twice and "=2.9" in once


def test_the_way_through_the_ideas():
    page = at()
    for idea in list(IDEAS)[1:]:
        next(button for button in page.button if button.label == "Next").click()
        ok(page.run())
        assert page.session_state["losses/settings"] == idea
    assert next(button for button in page.button if button.label == "Next").disabled
    assert page.session_state["lessons/seen"] == {("losses", idea) for idea in IDEAS}


def test_grams_make_the_mse_a_million_times_as_large():
    page = put(at("unit"), "Unit", "g")
    assert "| MSE | 3,200,000 | g² |" in said(page) and "| RMSE | 1,789 | g |" in said(page)
    assert r"\sqrt{3.2\cdot10^{6}\ \text{g}^2}=1789\ \text{g}" in formula(page)


def test_classes_have_curves_too():
    page = put(at("curves"), "What is learned", "a class")
    assert "| hinge | 0 | 0 |" in said(page) and "| cross-entropy | 0.1269 | −0.1192 |" in said(page)
    page = put(page, "Sum z", -1.0)
    assert r"\max(0,1-(-1))=2" in formula(page) and "| hinge | 2 | −1 |" in said(page)
    assert "| cross-entropy | 1.313 | −0.7311 |" in said(page)


def test_the_best_constants_are_mean_and_median_on_the_page():
    page = put(at("outlier"), "Answer", "a constant")
    y = np.array([1.6, 1.8, 2.7, 2.8, 3.7, 3.9, 4.4, 15, 5.3])
    assert f"| squared error | 3.489 | {y.mean():.4g} |" in said(page) and "| absolute error | 3.7 | 3.7 |" in said(page)


def test_the_other_class_has_the_opposite_gradients():
    page = put(put(at("confident"), "Right class y", 0), "Sum z", 6.0)
    assert "| gradient | 0.9975 | 0.00246 |" in said(page) and "| steps to the right side | 7 | 426 |" in said(page)


@pytest.mark.parametrize("rate,words", [(0.01, "it crawls"), (0.4, "it lands in one step"), (0.6, "it jumps over"),
                                        (0.8, "it swings for ever"), (1.0, "runs away")])
def test_the_rate_decides_how_the_point_goes(rate, words):
    assert words in said(put(at("roll"), "Learning rate η", rate))


def test_all_weights_learn_off_the_surface_and_meet_it_at_the_end():
    page = put(at("surface"), "What is trained", "all weights")
    assert "the path is not on this slice" in said(page) and "| last | 4.071 | −4.429 | 0.02331 |" in said(page)


def test_the_same_weight_twice_keeps_the_picture():
    page = at("surface")
    before = formula(page)
    page = put(page, "Weight up", 3)
    assert "Choose two different weights" in said(page) and formula(page) == before
    assert formula(put(page, "Weight up", 14)) != before


@pytest.mark.parametrize("idea,label,forged", [("cost", "Weight w", 1e300), ("confident", "Sum z", -1e9),
                                               ("outlier", "Height of the outlier", float("inf")), ("hinge", "Bias b", -50.0)])
def test_a_number_from_outside_the_bounds_is_brought_back(idea, label, forged):
    page = put(at(idea), label, forged)
    assert "inf" not in formula(page) and "nan" not in formula(page).replace("tan", "") and "e+" not in formula(page)


def test_each_link_to_the_playground_names_settings_that_exist():
    for idea in IDEAS:
        link = onward(at(idea))
        assert link is not None, idea
        query = dict(pair.split("=") for pair in link.proto.query_string.split("&")) if link.proto.query_string else {}
        config, notes = from_query(query)
        assert not notes and to_query(config) == query


def test_an_unknown_idea_is_said_and_the_lesson_begins_at_the_start():
    page = at("<img>")
    assert any("has no idea named" in note.value for note in page.info) and page.session_state["losses/settings"] == "cost"


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    shown = [code.value for code in ok(page.run()).code]
    assert shown and all("def " in code for code in shown)
