"""The lesson on attention without a browser: every idea, every control, every number, what is veiled."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import answered, figures, formula, metrics, ok, opened, said
from ui.architectures.attention import _read
from ui.lessons.attention import links

# idea: (a piece of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "squeeze": (r"h_0&=e_S", ["Steps of learning"], ["| 4 | 98 % | 81 % |", "an answer counts if all of it is right"],
                "the longer the question"),
    "look": (r"&=\frac{1}{8.52}=0.117", ["First number of the query", "Second number of the query"],
             ["| (2, 0) | 2 | 7.39 | 0.867 |"], "a score for each state"),
    "views": (r"\frac{2\cdot2+ 0\cdot0}{\sqrt2}=2.83", ["Token that looks", "Query matrix", "Scale of the value matrix"],
              ["| blue | (2, 0) | 2.83 | 0.848 | (2, 0) |", "nowhere in a score"], "three learned views"),
    "order": (r"\frac{2.22}{7}=0.317", ["Digits T of a sequence", "Sequence"], ["| with positions | 1 |",
                                                                            "| the best without positions | 0.317 |"],
              "positions have to be added"),
    "mask": (r"\frac{4\cdot1+4\cdot\frac1{10}}{8}", ["Digits T of a sequence"], ["| the best behind it | 0.55 |"],
             "all later places the weight 0"),
}


def at(idea: str) -> AppTest:
    return answered("attention", idea)


def controls(page: AppTest) -> list:
    return [*page.slider, *page.button_group, *page.toggle, *page.select_slider, *page.selectbox]


def put(page: AppTest, label: str, value) -> AppTest:
    next(widget for widget in controls(page) if widget.label == label).set_value(value)
    return ok(page.run())


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_and_sentence(idea):
    page = at(idea)
    piece, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels) and len(labels) <= 3
    assert piece in formula(page) and not [n for n in numbers if n.lower() not in said(page).lower()]
    assert sentence in " ".join(next(m.value for m in page.markdown if "**To remember.**" in m.value).split())


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "squeeze": {"Steps of learning": (100,)},
    "look": {"First number of the query": (-2.0, 0.0), "Second number of the query": (2.0, 0.0)},
    "views": {"Token that looks": ("the", "blue"), "Query matrix": ("each asks for its like", "descriptions ask for things"),
              "Scale of the value matrix": (0.5, 3.0)},
    "order": {"Sequence": (20,), "Digits T of a sequence": (6,)},
    "mask": {"Digits T of a sequence": (5,)},
}


def shown(page: AppTest) -> str:
    return said(page) + formula(page) + str(metrics(page)) + str([figure["data"] for figure in figures(page)])


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    page = at(idea)
    for label, values in CHANGES[idea].items():
        for value in values:
            before = shown(page)
            after = shown(put(page, label, value))
            assert after != before and "nan" not in after.lower(), (label, value)


VEILED = {"squeeze": "without attention", "order": "without positions"}


@pytest.mark.parametrize("idea", VEILED)
def test_before_the_question_pictures_do_not_tell(idea):
    before, after = ({trace["name"] for trace in figures(page)[0]["data"]}
                     for page in (opened("attention", idea=idea), at(idea)))
    assert VEILED[idea] not in before and VEILED[idea] in after


def test_bars_behind_the_mask_stand_there_after_the_question_only():
    before, after = (next(trace["y"] for trace in figures(page)[0]["data"] if trace["name"] == "share of right answers")
                     for page in (opened("attention", idea="mask"), at("mask")))
    assert not any(before) and min(after[4:]) > 0.9 and max(after[:4]) < 0.25


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
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    assert page.run().code and all("def " in code.value or "class " in code.value for code in ok(page).code)
