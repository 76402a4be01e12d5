"""The lesson on autoencoders without a browser: every idea, every control, every number, what is veiled."""

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.run.link import read_changes
from tests.pages.visit import answered, figures, has, metrics, moves, opened, put, shows_code
from ui.architectures.autoencoder import USUAL

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "itself": (r"\tfrac1{64}\textstyle\sum_{i=1}^{64}(\hat x_i-x_i)^2", ["Digit", "Epoch"], ["change of a weight: "
                                                                                             "0", "449 held out"],
               "without labels"),
    "squeeze": (r"h&=\tanh(W_1^\top x+b_1)", ["Digit", "Which one of this "
                                                       "digit", "Number in the formula"], ["4,354 parameters"],
                "sees nothing else"),
    "pca": (r"\hat x&=m+V^\top c", ["Network", "Epoch", "Digit"], ["| PCA with 2 numbers | 0.0527 |", "| network, epoch 5 |"],
            "not at first"),
    "plane": (r"d&=\sqrt{(c_1-c'_1)^2", ["Codes by", "Epoch of the network", "Which held-out digit asks"], ["| 5 | "],
              "though no label was used"),
    "decode": (r"h_1&=\tanh(", ["First number of the code", "Second number of the code"], ["row 4, column 4"], "nobody drew"),
    "noise": (r"\tilde x&=x+n", ["Digit", "Standard deviation of the noise", "Draw of the noise"], ["| PCA with 16 | 0.07"],
              "asked for clean ones"),
    "width": (r"\frac{2}{64}=0.0312", ["Numbers in the code", "Digit"], ["| 32 | 0.002571 |"], "where the code is narrow"),
    "lost": (r"\text{kept}&=1-", ["Digit", "Numbers in the code"], [], "a blur"),
    "odd": (r"\text{oddity}&=\tfrac14", ["Petal "
                                         "length", "Petal width"], ["| petal width | 0.2 |"], "each value by itself is usual"),
}


def at(idea: str) -> AppTest:
    return answered("autoencoder", idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    has(at(idea), *IDEAS[idea])


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "itself": {"Digit": (0, 9), "Epoch": (0, 12)},
    "squeeze": {"Digit": (5,), "Which one of this digit": (2, 40), "Number in the formula": (2,)},
    "pca": {"Epoch": (0, 40), "Network": ("deeper", "linear"), "Digit": (0,)},
    "plane": {"Codes by": ("PCA", "the network"), "Epoch of the network": (0, 5), "Which held-out digit asks": (1, 100)},
    "decode": {"First number of the code": (-3.5, 3.5), "Second number of the code": (-3.5, 3.5)},
    "noise": {"Digit": (1,), "Standard deviation of the noise": (0.0, 1.0), "Draw of the noise": (20,)},
    "width": {"Numbers in the code": (1, 32), "Digit": (7,)},
    "lost": {"Digit": (1,), "Numbers in the code": (1, 32)},
    "odd": {"Petal length": (1.0, 6.9), "Petal width": (2.5,)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


@pytest.mark.parametrize("forged", [99, -5, 1e300])
def test_a_forged_digit_changes_nothing(forged):
    page = put(at("squeeze"), "Which one of this digit", forged)
    assert metrics(page) == metrics(at("squeeze"))


def test_the_point_can_be_dragged_through_the_plane():
    (handle,) = figures(at("decode"))[0]["drag"]
    assert handle["label"] == "place in the plane" and handle["step"] == [0.1, 0.1]
    assert [handle["label"] for handle in figures(at("odd"))[0]["drag"]] == ["your flower"]


def test_before_the_question_pictures_do_not_tell_what_was_measured():
    before, after = ([trace for trace in figures(page)[0]["data"] if trace["name"] == "network"][0]
                     for page in (opened("autoencoder", idea="pca"), at("pca")))
    assert len(before["x"]) == 3 and len(after["x"]) == 41
    grids = [[trace for trace in figures(page)[0]["data"] if trace["type"] == "heatmap"]
             for page in (opened("autoencoder", idea="noise"), at("noise"))]
    assert [len(found) for found in grids] == [2, 5]
    assert "?" in metrics(opened("autoencoder", idea="odd"))["oddity"]


def test_a_flower_that_does_not_go_together_is_odder():
    page = at("odd")
    before = float(metrics(page)["oddity"])
    assert float(metrics(put(page, "Petal width", 2.0))["oddity"]) > 50 * before
    assert metrics(page)["flowers that are less odd"] == "100 %"


def test_each_link_leads_into_the_lab_with_settings_that_exist():
    for idea in IDEAS:
        link = at(idea).get("page_link")[0].proto
        query = dict(pair.split("=") for pair in link.query_string.split("&") if pair)
        assert query.pop("view") == "lab"
        _, notes = read_changes(query, USUAL)
        assert not notes, (idea, notes)


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    shows_code(at(idea), idea)
