"""The lesson on GANs without a browser: every idea, every control, every number, what is veiled."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lab.gan_openers import USUAL
from ann_core.run.link import read_changes
from tests.pages.visit import answered, figures, formula, has, metrics, moves, ok, opened, put, read, said, shows_code

# idea: (a piece of the formula, labels of the controls, a piece of the text, a piece of the sentence to remember)
IDEAS = {
    "noise": (r"\tanh(w_1z_1+w_2z_2+b)", ["Round", "Noise z₁", "Noise z₂"], "counts as good", "one smooth function"),
    "judge": (r"D(x)&=\sigma(s)", ["Round", "Sample x₁", "Sample x₂", "This sample is"], "from made (0.2 or less)",
              "−ln D(x) for a true sample"),
    "through": (r"(1-D)\cdot\frac{\partial s}{\partial x}", ["Round", "Made sample", "Generator's loss"],
                "| finite difference |", "learns through the judge"),
    "round": (r"x&=G(z)", ["Round", "Point in the formula"], "by the generator's 1,218", "First the judge takes a step"),
    "best": (r"\frac{p(x)}{p(x)+q(x)}", ["Middle of the made numbers", "Their spread", "Turns of the judge",
                                         "Number x in the formula"], "(Goodfellow and others, 2014)", "p/(p + q)"),
    "ahead": (r"-\frac{\partial\ell}{\partial s}&=1-D", ["The generator stands still from", "Turns that the judge takes alone",
                                                         "Layer of the generator"], "20 of 20 trainings", "no verdict"),
    "chase": (r"\tfrac12\sum_{k=1}^{8}", ["Training", "Seed"], "against the clock", "does not stand still"),
    "helps": (r"\frac{\text{good samples}}{\text{all samples}}", ["Changed", "Seeds of each", "Show the share of good samples"],
              "| succeeded | 4 of 4 | 0 of 4 |", "over several seeds"),
    "curves": (r"-\ln\tfrac12-\ln\tfrac12=1.386", ["Training", "Round"], "two layers of 4 units", "how the two stand"),
}


def at(idea: str) -> AppTest:
    return answered("gan", idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    page, (piece, labels, text, sentence) = at(idea), IDEAS[idea]
    has(page, piece, labels, [text], sentence)
    assert all(figure["alt"] for figure in figures(page))


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "noise": {"Round": (0, 300), "Noise z₁": (-3.2, 3.2), "Noise z₂": (2.0,)},
    "judge": {"Round": (0, 500), "Sample x₁": (-3.2, 3.0), "Sample x₂": (0.0,), "This sample is": ("made",)},
    "through": {"Round": (0, 2000), "Made sample": (24, 2), "Generator's loss": ("minimax", "least_squares")},
    "round": {"Round": (0, 300), "Point in the formula": (3,)},
    "best": {"Middle of the made numbers": (-2.0, 1.5), "Their spread": (0.3, 2.0), "Turns of the judge": (0, 800),
             "Number x in the formula": (-3.0,)},
    "ahead": {"The generator stands still from": (200,), "Turns that the judge takes alone": (0, 500),
              "Layer of the generator": (1, 2)},
    "chase": {"Seed": (0,), "Training": ("usual",)},
    "helps": {"Show the share of good samples": (True,)},
    "curves": {"Round": (0, 1000), "Training": ("small",)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


def test_what_comes_through_the_judge_is_what_a_small_move_says():
    page = at("through")
    for game in ("non_saturating", "minimax", "least_squares"):
        put(page, "Generator's loss", game)
        rows = re.findall(r"\| (?:through the judge|finite difference) \| (\S+) \| (\S+) \|", said(page))
        (a, b), (c, d) = [[read(cell) for cell in row] for row in rows]
        assert a == pytest.approx(c, rel=1e-3, abs=1e-7) and b == pytest.approx(d, rel=1e-3, abs=1e-7)


def test_the_film_of_a_round_says_its_moment_and_the_formula_follows():
    page = at("round")
    captions = [frame["caption"] for frame in figures(page)[0]["film"]["frames"]]
    assert [caption[0] for caption in captions] == list("12345")
    for moment, piece in enumerate((r"x&=G(z)", *[r"-\ln D(x_\text{true})"] * 2, r"\partial\ell", r"\leftarrow")):
        page.session_state["aside/gan/round/at"] = moment
        assert piece in formula(ok(page.run()))
    assert "the generator's turn" in said(page)


def test_before_the_question_pictures_do_not_tell():
    for idea, name in (("noise", "its image"), ("best", "the best judge"), ("helps", "β₁ 0.9 and equal rates")):
        before, after = ([trace["name"] for figure in figures(page) for trace in figure["data"]]
                         for page in (opened("gan", idea=idea), at(idea)))
        assert name not in before and name in after
    films = [figures(page)[0]["film"]["frames"] for page in (opened("gan", idea="chase"), at("chase"))]
    assert [found[-1]["caption"] for found in films] == ["Round 800", "Round 1,000"]
    page = put(opened("gan", idea="curves"), "Training", "small")
    assert set(metrics(page).values()) == {"?"} and len(figures(page)[0]["data"]) == 2


def test_a_drag_of_the_noise_is_a_change_of_both_numbers():
    assert [handle["name"] for handle in figures(at("noise"))[0]["drag"]] == ["noise z"]
    assert [handle["name"] for handle in figures(at("judge"))[0]["drag"]] == ["sample x"]


@pytest.mark.parametrize("idea, label, forged", [("noise", "Noise z₁", 1e300), ("best", "Their spread", -5.0),
                                                 ("judge", "Sample x₁", float("inf")), ("chase", "Seed", 99)])
def test_a_number_from_outside_the_bounds_is_brought_back(idea, label, forged):
    page = put(at(idea), label, forged)
    assert not re.search("nan|inf(?!o)", formula(page)) and "e+" not in formula(page)


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
    page = opened("gan", idea="<img>")
    assert any("has no idea named" in note.value for note in page.info) and page.session_state["gan/settings"] == "noise"
