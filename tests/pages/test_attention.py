"""The lesson on attention without a browser: every idea, every control, every number, what is veiled."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons import attention_scores as core
from tests.pages.visit import answered, figures, formula, has, moves, opened, put, said, shows_code
from ui.architectures.attention import _read
from ui.lessons.attention import links

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "squeeze": (r"h_0&=e_S", ["Steps of learning"], ["| 4 | 98 % | 81 % |", "an answer counts if all of it is right"],
                "the longer the question"),
    "look": (r"&=\frac{1}{8.52}=0.117", ["First number of the query", "Second number of the query"],
             ["| e₁ = (2, 0) | 2 | 7.39 | 0.867 |"], "a score for each state"),
    "scores": (r"s_2&=q\cdot e_2\\[2pt]&=1.5\cdot1.5+ 0\cdot0=2.25",
               ["Score", "First number of the query", "Second number of the query"],
               ["| e₃ = (2.5, 0) | 3.75 | 0.771 |", "never gets more than both"], "only the additive score bends"),
    "views": (r"\frac{2\cdot2+ 0\cdot0}{\sqrt2}=2.83", ["Token that looks", "Queries and keys", "Scale of the value matrix"],
              ["| blue | (2, 0) | 2.83 | 0.848 | (2, 0) |", "nowhere in a score"], "three learned views"),
    "root": (r"&=0.408\cdot(1-0.408)=0.242", ["Numbers d of a query and of a key", "Scores", "Look"],
             ["| spread of the scores | 1.01 | 4.04 |", "| largest of 8 weights | 0.357 | 0.76 |"], "Scores spread like √d"),
    "heads": (r"&=0.5\cdot7+0.0091\cdot5+0.5\cdot3\\[2pt]&=5", ["Heads", "Number at place 1", "Number at place 3"],
              ["| one head | 0.495 | 0.00907 | 0.495 |", "1,088 parameters with one head and 1,088 with four"],
              "one head alone can only take in one mean"),
    "order": (r"\frac{2.22}{7}=0.317", ["Digits T of a sequence", "Sequence"], ["| with positions | 1 |",
                                                                            "| the best without positions | 0.317 |"],
              "positions have to be added"),
    "mask": (r"\frac{4\cdot1+4\cdot\frac1{10}}{8}", ["Digits T of a sequence"], ["| the best behind it | 0.55 |"],
             "all later places the weight 0"),
}


def at(idea: str) -> AppTest:
    return answered("attention", idea)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    has(at(idea), *IDEAS[idea])
    assert len(IDEAS[idea][1]) <= 3


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "squeeze": {"Steps of learning": (100,)},
    "look": {"First number of the query": (-2.0, 0.0), "Second number of the query": (2.0, 0.0)},
    "scores": {"First number of the query": (0.0, 3.0), "Score": ("general", "additive"), "Second number of the query": (3.0,)},
    "views": {"Token that looks": ("the", "blue", "sky"),
              "Queries and keys": ("each asks for its like", "descriptions ask for things", "one matrix for both"),
              "Scale of the value matrix": (0.5, 3.0)},
    "root": {"Look": (20,), "Numbers d of a query and of a key": (1, 256), "Scores": (False,)},
    "heads": {"Number at place 1": (0, 9), "Number at place 3": (9,), "Heads": ("of a trained network",)},
    "order": {"Sequence": (20,), "Digits T of a sequence": (6,)},
    "mask": {"Digits T of a sequence": (5,)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    moves(at(idea), CHANGES[idea])


VEILED = {"squeeze": "without attention", "root": "without", "order": "without positions"}


@pytest.mark.parametrize("idea", VEILED)
def test_before_the_question_pictures_do_not_tell(idea):
    before, after = ({trace["name"] for trace in figures(page)[0]["data"]}
                     for page in (opened("attention", idea=idea), at(idea)))
    assert VEILED[idea] not in before and VEILED[idea] in after


@pytest.mark.parametrize(("idea", "piece"), [("order", "commonest"), ("mask", r"\frac1{10}")])
def test_before_the_question_no_formula_says_how_the_best_is_found(idea, piece):
    assert piece not in formula(opened("attention", idea=idea)) and piece in formula(at(idea))


def test_bars_behind_the_mask_stand_there_after_the_question_only():
    before, after = (next(trace["x"] for trace in figures(page)[0]["data"] if trace["name"] == "share of right answers")
                     for page in (opened("attention", idea="mask"), at("mask")))
    assert not any(before) and min(after[4:]) > 0.9 and max(after[:4]) < 0.25


def test_each_score_finds_another_state_and_its_formula_has_its_own_numbers():
    for kind, best, piece in (("dot", 2, r"=2.25"), ("general", 3, r"&=(0,1.5)\\[2pt]s_2&=0\cdot1.5+ 1.5\cdot0=0"),
                              ("additive", 1, r"&=2\cdot0.905- 2\cdot(-0.905)\\[2pt]&=3.62")):
        page = put(at("scores"), "Score", kind)
        cells = next(trace for trace in figures(page)[0]["data"] if trace["type"] == "heatmap")
        weights = cells["z"][list(core.PARAMETERS).index(kind)]
        assert weights.index(max(weights)) == best and piece in formula(page)


def test_with_one_matrix_for_query_and_key_a_token_finds_itself():
    looks = []
    for matrices in ("things ask for descriptions", "one matrix for both"):
        page = put(at("views"), "Queries and keys", matrices)
        cells = next(trace for trace in figures(page)[0]["data"] if trace["type"] == "heatmap")
        looks.append(cells["x"][cells["z"][2].index(max(cells["z"][2]))])
    assert looks == ["blue", "sky"] and "keys have a matrix of their own" in said(page)
    assert "keys have a matrix of their own" not in said(opened("attention", idea="views"))


def rows(page: AppTest) -> dict:
    """The trace of digits, of which those right are coloured; the answer is the first row."""
    return next(trace for trace in figures(page)[0]["data"] if trace["name"] == "sequence")


def test_heads_of_a_trained_network_are_heard_both_and_alone():
    page = put(at("heads"), "Heads", "of a trained network")
    assert {trace["type"] for trace in figures(page)[0]["data"]} == {"heatmap", "scatter"}
    assert "| both heads | 100 % |" in said(page) and "| head 1 alone | 99 % | 0.95 |" in said(page)
    assert "| head 2 alone | 81 % | 0.88 |" in said(page)
    wrong = [sum(z < 0.4 for z in rows(put(page, "Sequence", number))["z"][0]) for number in range(1, 6)]
    put(page, "Heads that are heard", "1")
    assert not any(wrong)
    assert any(z < 0.4 for number in range(1, 6) for z in rows(put(page, "Sequence", number))["z"][0])


@pytest.mark.parametrize("forged", [99, -5, 1e300])
def test_a_forged_sequence_changes_nothing(forged):
    assert said(put(at("order"), "Sequence", forged)) == said(at("order"))


@pytest.mark.parametrize("idea", IDEAS)
def test_each_link_leads_into_the_lab_with_the_settings_of_the_idea(idea):
    query = dict(parse_qsl(at(idea).get("page_link")[0].proto.query_string))
    assert query.pop("view") == "lab"
    assert _read(query) == ((getattr(links, idea)(),), [])


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    shows_code(at(idea), idea)
