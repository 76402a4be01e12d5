"""The ideas on whole blocks without a browser: every control, every number, what is veiled."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.base.spelling import words
from ann_core.lessons import attention_block
from tests.pages.visit import answered, figures, formula, has, metrics, moves, ok, opened, put, read, said, shown, shows_code
from ui.architectures.attention import _read
from ui.lessons.attention import links_whole

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "block": (r"L&=\tfrac12\textstyle\sum_i(\text{out}_{3i}-y_i)^2",
              ["Layer norm", "Token", "Part", "The picture shows"], ["| r = x + attention | value | ∂L/∂value |"],
              "both add up"),
    "depth": (r"&\approx\frac{\partial L}{\partial h_{24}}\cdot", ["Blocks", "Residual: what came is added", "Layer norm"],
              ["| yes | before | 4.1 |"], "keeps its size"),
    "large": (r"&=124{,}439{,}808", ["Blocks", "Numbers d of a token", "Kinds of tokens V", "Context T: tokens seen at most"],
              ["| **all** | **2,730** | **124,439,808** |", "| attention, 4 d² a block | 1,024 | 28,311,552 |"], "12 d²"),
}


def at(idea: str) -> AppTest:
    return answered("attention", idea)


def typed(page: AppTest, label: str, value: str) -> AppTest:
    next(field for field in page.text_input if field.label == label).set_value(value)
    return ok(page.run())


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    has(at(idea), *IDEAS[idea])


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "block": {"Part": ("x", "n1", "a", "n2", "f", "out"), "The picture shows": ("gradients, back",), "Token": (1, 2),
              "Layer norm": ("after",)},
    "depth": {"Residual: what came is added": (True,), "Layer norm": ("before", "after"), "Blocks": (6,)},
    "large": {"Blocks": (1, 96), "Numbers d of a token": (16, 12_288), "Kinds of tokens V": (10,),
              "Context T: tokens seen at most": (8, 8192)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


@pytest.mark.parametrize("norm", ["before", "after"])
def test_every_part_has_its_value_its_gradient_and_the_finite_difference_beside_it(norm):
    page = put(at("block"), "Layer norm", norm)
    seen = attention_block.passed(norm)
    for key, gradient in seen.gradients.items():
        page = put(page, "Part", key)
        found = metrics(page)
        assert read(found["by the engine"]) == pytest.approx(gradient[-1, 0], rel=0.01)
        assert read(found["finite difference"]) == pytest.approx(gradient[-1, 0], rel=0.01)
        assert words(float(f"{seen.values[key][0, 0]:.3f}"), 3) in said(page)


def test_sizes_of_weights_stand_beside_the_parts_that_have_some():
    page = put(at("block"), "Part", "a")
    assert "| Wqkv | 4 × 12 |" in said(page) and "| bo | 4 |" in said(page)
    assert "| in.W | 4 × 8 |" in said(put(page, "Part", "f")) and "weights here" not in said(put(page, "Part", "out"))


def test_a_token_of_ones_own_changes_the_values_and_stays_while_another_one_is_looked_at():
    page = put(at("block"), "Part", "x")
    assert "| token 3 | −0.5, 1, 0, −1 |" in said(page)
    page = typed(page, "number 1", "2,5")
    assert "| token 3 | 2.5, 1, 0, −1 |" in said(page)
    page = typed(put(page, "Token", 1), "number 2", "-3")
    assert "| token 1 | 1, −3, −0.5, 0 |" in said(page) and "| token 3 | 2.5, 1, 0, −1 |" in said(page)
    page = typed(page, "number 2", "1e9")
    assert "| token 1 | 1, −3, −0.5, 0 |" in said(page) and "stays −3" in page.warning[0].value


def test_tokens_of_equal_numbers_are_no_harm():
    page = at("block")
    for i in range(1, 5):
        page = typed(page, f"number {i}", "1")
    for part in ("n1", "a", "out"):
        assert "nan" not in shown(put(page, "Part", part)).lower()


def test_before_the_question_no_gradient_of_x_stands_there_in_numbers_or_in_the_picture():
    page = put(put(opened("attention", idea="block"), "Part", "x"), "The picture shows", "gradients, back")
    assert metrics(page) == {"by the engine": "?", "finite difference": "?"}
    assert "| token 3 | −0.5, 1, 0, −1 | ? |" in said(page)
    grid = next(trace for trace in figures(page)[0]["data"] if trace["name"] == "x")
    assert not any(map(any, grid["z"])) and not any(any(row) for row in grid["text"])


@pytest.mark.parametrize("part", ["r", "x"])
def test_before_the_question_no_formula_adds_two_ways_up(part):
    before, after = (formula(put(page, "Part", part)) for page in (opened("attention", idea="block"), at("block")))
    assert "through" not in before and "through" in after


def test_before_the_question_nothing_with_a_residual_is_drawn():
    page = put(opened("attention", idea="depth"), "Residual: what came is added", True)
    assert "the middle one" not in {trace["name"] for trace in figures(page)[0]["data"]}
    assert "| yes | none | ? | ? |" in said(page) and r"\cdot?^{23}" in formula(page)
    after = put(at("depth"), "Residual: what came is added", True)
    assert "the middle one" in {trace["name"] for trace in figures(after)[0]["data"]}


def test_axes_hold_still_whatever_is_chosen():
    ranges = set()
    for residual, norm in ((False, "none"), (True, "none"), (True, "before")):
        layout = figures(put(put(at("depth"), "Residual: what came is added", residual), "Layer norm", norm))[0]["layout"]
        ranges.add(str([layout[axis]["range"] for axis in ("xaxis", "yaxis", "yaxis2")]))
    assert len(ranges) == 1


def test_before_the_question_nothing_says_how_parameters_grow_with_d():
    before, after = ((said(page) + formula(page)) for page in (opened("attention", idea="large"), at("large")))
    for piece in ("4 d² a block", "8 d² a block", r"4d^2", r"12\cdot768^2"):
        assert piece not in before and piece in after


def test_sizes_of_a_published_model_bear_its_name():
    page = put(put(at("large"), "Blocks", 48), "Numbers d of a token", 1600)
    assert "| **all** | **2,730** | **1,557,611,200** |" in said(page) and "GPT-2 XL" in said(page)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_link_leads_into_the_lab_with_the_settings_of_the_idea(idea):
    query = dict(parse_qsl(at(idea).get("page_link")[0].proto.query_string))
    assert query.pop("view") == "lab"
    assert _read(query) == ((getattr(links_whole, idea)(),), [])


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    shows_code(at(idea), idea)
