"""The lesson on convolution without a browser: every idea, every control, every number, what is veiled."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons import convolution as core
from ann_core.run.link import read_changes
from tests.pages.visit import answered, figures, formula, has, metrics, moves, opened, put, said, shows_code
from ui.architectures.convolution import USUAL

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "filter": (r"(-1)\cdot2+0\cdot0+1\cdot11", ["Filter", "Row of the window", "Column of the window", "Bias b"],
               ["0 is empty, 16 is full"], "used at every place"),
    "learned": (r"w^\text{by hand}_{11}&=-1", ["Digit", "By hand", "Learned filter"], ["1,348 digits in 12 epochs"],
                "by the slope of the loss"),
    "channels": (r"=54+(-27)+0+0=27", ["Filter", "Row of the window", "Column of the window"], [], "as deep as what it "
                                                                                                   "looks at"),
    "size": (r"\left\lfloor\frac{8-3}{1}\right\rfloor+1=6", ["Picture: pixels along a side", "Size of the filter",
                                                             "Stride: pixels from place to place", "Padding"],
             ["H: pixels along a side"], "⌈H/s⌉"),
    "pooling": (r"\max(33,27,40,10)&=40", ["Pool", "Map of the filter for", "Window"], [], "forget the exact place"),
    "shared": (r"64\cdot512+512", ["Picture: pixels along a side", "Filters", "Size of a filter"], ["Both layers give 512"],
               "however large"),
    "field": (r"r_{1}&=1+2=3", ["Convolutions of 3 × 3, one after the other", "A pool of 2 between them", "Row of the unit",
                                "Column of the unit"], ["| 3 × 3 | 1 | 3 |"], "deep units see much"),
    "elsewhere": (r"f_c&=\max_{y,x}A_{y,x,c}", ["Network", "The shape stands", "Picture"], ["| filters, flatten "
                                                                                            "|", "It is: **"],
                  "alone are not enough"),
    "shifted": (r"d&=0,\quad r=0", ["Digit", "Moved down by", "Moved to the right "
                                                              "by"], ["| dense only | 8 |"], "belong to places"),
    "backward": (r"1\cdot1+3\cdot(-1)+0\cdot2+1\cdot3=1", ["Layer", "Derivative of", "Row", "Column"], ["count from 0"],
                 "sum over all places"),
    "digit": (r"p_4&=\frac{e^{z_4}}{\sum_k e^{z_k}}", ["Digit", "Filter", "Class in the formula"], ["| in one row | 128 |"],
              "learned as one"),
}


def at(idea: str) -> AppTest:
    return answered("convolution", idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    has(at(idea), *IDEAS[idea])
    assert len(IDEAS[idea][1]) <= 4


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "filter": {"Filter": ("blur", "upright"), "Row of the window": (1, 6), "Column of the "
                                                                           "window": (1, 6), "Bias b": (-20.0, 20.0)},
    "learned": {"By hand": ("blur", "lying"), "Learned filter": (1, 8), "Digit": (9,)},
    "channels": {"Filter": ("all colours", "upright red edges"), "Row of the window": (1, 4), "Column of the window": (2, 4)},
    "size": {"Picture: pixels along a side": (5, 12), "Size of the filter": (1, 5), "Stride: pixels from place to place": (4,),
             "Padding": ("same",)},
    "pooling": {"Pool": ("average", "global max", "global average", "max"), "Map of the filter for": ("blur",), "Window": (9,)},
    "shared": {"Picture: pixels along a side": (4, 64), "Filters": (1, 16), "Size of a filter": (1, 7)},
    "field": {"Convolutions of 3 × 3, one after the other": (4,), "A pool of 2 between them": (True,), "Row of the unit": (1,),
              "Column of the unit": (1,)},
    "elsewhere": {"Network": ("places", "dense", "anywhere"), "The shape stands": ("at the right",), "Picture": (1, 24)},
    "shifted": {"Digit": (0, 3), "Moved down by": (-2, 2), "Moved to the right by": (-2, 2)},
    "backward": {"Derivative of": ("a pixel",), "Row": (1, 4), "Column": (1, 4), "Layer": ("max pool",)},
    "digit": {"Class in the formula": (0, 9), "Digit": (0,), "Filter": (8,)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


def test_the_formula_of_a_place_holds_its_numbers():
    page = put(put(at("filter"), "Row of the window", 2), "Bias b", -5.0)
    window = core.digit(0)[1:4, 3:6]
    z = float((window[:, 2] - window[:, 0]).sum() - 5)
    assert f"- 5={z:.4g}" in formula(page) and metrics(page)["with the bias: z"] == f"{z:.4g}".replace("-", "−")


@pytest.mark.parametrize("forged", [99, -5, 1e300])
def test_a_forged_place_changes_nothing(forged):
    page = put(at("filter"), "Row of the window", forged)
    assert next(s for s in page.slider if s.label == "Row of the window").value == 3 and metrics(page) == metrics(at("filter"))


def test_the_place_can_be_dragged_and_the_outlines_follow():
    drawn = figures(at("filter"))[0]
    assert [handle["name"] for handle in drawn["drag"]] == ["place"]
    assert {rule["target"] for rule in drawn["follow"]} == {"window", "answer"}


def test_fewer_layers_bring_the_chosen_unit_back_onto_the_map():
    page = put(at("field"), "Row of the unit", 16)
    put(page, "A pool of 2 between them", True)
    page = put(page, "Convolutions of 3 × 3, one after the other", 4)
    assert next(s for s in page.slider if s.label == "Row of the unit").value == 2


def test_before_the_question_pictures_do_not_tell_what_was_measured():
    before, after = opened("convolution", idea="elsewhere"), at("elsewhere")
    bars = [[trace for trace in figures(page)[0]["data"] if trace["type"] == "bar"] for page in (before, after)]
    assert [len(found) for found in bars] == [1, 2]
    grids = [[trace for trace in figures(page)[0]["data"] if trace["type"] == "heatmap"]
             for page in (opened("convolution", idea="shifted"), at("shifted"))]
    assert [len(found) for found in grids] == [1, 4]
    veiled = next(trace for trace in figures(opened("convolution", idea="backward"))[0]["data"] if trace["name"] == "∂L/∂W")
    assert not np.any([list(row) for row in veiled["z"]] if isinstance(veiled["z"], list) else 0)


def test_a_moved_digit_is_read_otherwise_only_where_weights_belong_to_places():
    page = put(at("shifted"), "Moved to the right by", 1)
    assert "| filters, global max | 8 |" in said(page) and "| dense only | 1 |" in said(page)


def test_the_derivative_equals_its_finite_difference_wherever_one_looks():
    page = at("backward")
    for layer, of in (("convolution", "a weight"), ("convolution", "a pixel"), ("max pool", None)):
        put(page, "Layer", layer)
        if of:
            put(page, "Derivative of", of)
        for row in (1, 3):
            put(page, "Row", row)
            found = metrics(page)
            assert found["by the engine"] == found["finite difference"], (layer, of, row)


def test_each_link_leads_into_the_lab_with_settings_that_exist():
    for idea in IDEAS:
        link = at(idea).get("page_link")[0].proto
        query = dict(pair.split("=") for pair in link.query_string.split("&"))
        assert query.pop("view") == "lab"
        _, notes = read_changes(query, USUAL)
        assert not notes, (idea, notes)


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    shows_code(at(idea), idea)


def test_an_unknown_idea_is_said_and_the_lesson_begins_at_the_start():
    page = opened("convolution", idea="<img>")
    assert any("has no idea named" in note.value for note in page.info)
    assert page.session_state["convolution/settings"] == "filter"
