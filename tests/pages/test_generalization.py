"""The lesson on generalisation without a browser: every idea, every control, every number, every question."""

from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.run.link import from_query, to_query
from tests.pages.visit import answered, figures, formula, ok, onward, opened, said
from ui.search.settings import read
from ui.search.settings import write as written

DRAWS = "Draws of the data"
# idea: (pieces of the formula, labels of the controls, pieces of the numbers, a piece of the sentence to remember)
IDEAS = {
    "held": ([r"\frac{0}{60}=0", r"\frac{98}{540}=0.1815"], ["Share of the rows that is held out", "Draw of the data"],
             ["| training | 60 | 0 | 0 |", "| held out | 540 | 98 | 0.1815 |", "| new ones | 4,000 | 794 | 0.1985 |"],
             "not learned from"),
    "curve": ([r"\sum_{k=0}^{5}c_k", r"=0.106\end"], ["Degree of the polynomial", "Draw of the points", "Pull towards 0, λ"],
              ["Away from the points: **0.106**, from the true curve: **0.0844**", "6 numbers c are free"], "*underfitting*"),
    "width": ([r"2\cdot128+128+128+1=513", r"0.2167-0=0.2167"], ["What grows", "What is shown", DRAWS],
              ["| 4 | 0.33 | 0.382 | 0.453 | 0.437 |", "| 128 | 0.012 | 1.1 | 2.13 | 0.37 |",
               "choose **4** hidden units"], "costs test loss"),
    "film": ([r"J_\text{training}&=0.44", r"J_\text{held out}&=0.448"], ["Draw of the data"],
             ["| held-out loss | 0.448 | 0.331 | 2.42 |", "| epoch | 1 | 32 | 1,000 |"], "turns long before"),
    "stop": ([r"25+20=45"], ["Patience in epochs", "Draw of the data"], ["| loss | 0.325 | 2.46 |"], "cheapest cure"),
    "weights": ([r"g+\lambda w=g+0.01\,w", r"0.9998\,w"], ["Pull", "Size λ", "Rate falls to 0", "Draw of the data"],
                ["| test loss, error | 0.336, 0.152 | 1.68, 0.222 |", "| weights nearly 0 | 0.284 | 0 |",
                 "27 of the 128 ReLU units are off"], "L1 makes most"),
    "dropout": ([r"a\cdot\{0\ \text{or}\ 2\}"], ["Share of units that is off, p", "Draw of the data"],
                ["on average 64 of 128"], "many thinned networks"),
    "rows": ([r"0.15-0.129=0.0208"], ["What changes", "Training rows in the picture", DRAWS],
             ["| 60 | 0.017 | 2.42 | 0 | 0.204 |", "| 960 | 0.28 | 0.386 | 0.129 | 0.15 |"], "from both sides"),
    "cures": ([r"0.226-0=0.226"], ["Switch on", DRAWS],
              ["| without a cure | 0.0174 | 2.9 | 0.219 | – |", "| L2 (λ = 0.01) | 0.261 | 0.44 | 0.0611 | 5 of 5 |",
               "| batch normalisation | 0.0197 | 2.33 | 0.198 | 2 of 5 |"],
              "Batch normalisation does not"),
    "features": ([r"z&=0.0789\,x_1"], ["Data", "Inputs", "Hidden tanh units"], ["350 training rows, 150 held out"],
                 "take the place of a hidden layer"),
    "gain": ([r"4\cdot8+8+8+1=49"], ["Hidden tanh units", DRAWS],
             ["| x₁, x₂ | 0.041 | 100 |", "| x₁, x₂, x₁², x₂² | 0.013 | 18 |"],
             "do not end feature engineering"),
    "dropping": ([r"0.0201-0.0205=-0.00036"], ["Data", "Inputs that are used", "Draw of the data"],
                 ["| all 5 | 0.0205 | 0 |", "| without x₁² | 0.417 | 0.2 |", "The one to drop first: **x₂**"],
                 "train again, compare"),
    "folds": ([r"\frac{2}{20}=0.1", r"=0.068"], ["Rows in all", "Folds k", "Draw of the data"],
              ["| one split | 0 | 0.25 | 0.25 |", "| k folds | 0.06 | 0.13 | 0.07 |", "**0.103**"], "every row once"),
    "search": ([r"\right)^{i/3}"], ["Searched beside the rate", "Draw of data and trials"],
               ["| rates tried | 4 | 16 |", "| 0.0896 |"], "in every trial"),
    "curse": ([r"0.575-0.484=0.091", r"=0.079"], ["Labels", "Validation rows", DRAWS], ["| 64 | 0.575 | 0.484 | 0.091 |"],
              "too good"),
    "descent": ([r"\sum_{j=1}^{30}w_j", r"|w|&=2.47"], ["Features P", DRAWS], 
                ["| 60 | 0 | 6.27 | 18.1 |", "| 1,600 | 0 | 0.465 |"],
                "*double descent*"),
}


def at(idea: str = "held") -> AppTest:
    return answered("generalization", idea)


def controls(page: AppTest) -> list:
    return [*page.slider, *page.select_slider, *page.selectbox, *page.button_group, *page.toggle]


def control(page: AppTest, label: str):
    return next(widget for widget in controls(page) if widget.label == label)


def put(page: AppTest, label: str, value) -> AppTest:
    control(page, label).set_value(value)
    return ok(page.run())


def names(page: AppTest, figure: int = 0) -> list[str]:
    return [trace["name"] for trace in figures(page)[figure]["data"]]


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_has_its_formula_controls_numbers_question_and_sentence(idea):
    page = at(idea)
    pieces, labels, numbers, sentence = IDEAS[idea]
    assert {widget.label for widget in controls(page)} == set(labels) and len(labels) <= 4
    missing = [piece for piece in pieces if piece not in formula(page)] + [n for n in numbers if n not in said(page)]
    assert not missing, missing
    assert sentence in next(m.value for m in page.markdown if "**To remember.**" in m.value)
    assert all(figure["alt"] and "nan" not in figure["alt"] for figure in figures(page))


# idea: label of the control -> values it is set to, one after the other
CHANGES = {
    "held": {"Share of the rows that is held out": (0.5, 0.7), "Draw of the data": (3,)},
    "curve": {"Degree of the polynomial": (0, 14, 3), "Draw of the points": (1,), "Pull towards 0, λ": (0.01, 1.0)},
    "width": {"What is shown": ("error", "loss"), "What grows": ("depth",)},
    "film": {"Draw of the data": (2,)},
    "stop": {"Patience in epochs": (5, 100), "Draw of the data": (1,)},
    "weights": {"Pull": ("l1", "decay", "none", "l2"), "Size λ": (1.0, 0.1), "Rate falls to 0": (False,),
                "Draw of the data": (1,)},
    "dropout": {"Share of units that is off, p": (0.2, 0.8)},
    "rows": {"What changes": ("less noise",)},
    "cures": {"Switch on": (["stop", "decay"], [])},
    "features": {"Data": ("xor", "moons", "circles"), 
                 "Inputs": (["x1_squared"], [], ["x2", "x1_x2"], ["x1_squared", "x2_squared"]),
                 "Hidden tanh units": (2, 8)},
    "gain": {"Hidden tanh units": (2,)},
    "dropping": {"Data": ("xor", "moons"), "Inputs that are used": (["x1", "x2"], ["x1"], []), "Draw of the data": (1,)},
    "folds": {"Rows in all": (50,), "Folds k": (2,), "Draw of the data": (0,)},
    "search": {"Searched beside the rate": ("batch_size",)},
    "curse": {"Labels": (False,), "Validation rows": (100,)},
    "descent": {"Features P": (1, 60, 1600), DRAWS: (1,)},
}


@pytest.mark.parametrize("idea", IDEAS)
def test_each_control_changes_what_is_shown(idea):
    page = at(idea)
    for label, values in CHANGES[idea].items():
        for value in values:
            before = said(page) + formula(page) + str(page.metric)
            page = put(page, label, value)
            assert said(page) + formula(page) + str(page.metric) != before, (label, value)
            shown = said(page) + formula(page)
            assert "nan" not in shown and "inf" not in shown.replace("infty", ""), (label, value)


def test_each_link_to_the_playground_names_settings_that_exist():
    for idea in IDEAS:
        link = onward(at(idea))
        assert (link is None) == (idea == "descent"), idea
        if link:
            query = dict(pair.split("=") for pair in link.proto.query_string.split("&")) if link.proto.query_string else {}
            query = {name: unquote(text) for name, text in query.items()}
            (found, notes), write = (read(query), written) if idea == "search" else (from_query(query), to_query)
            assert not notes and write(found) == query


@pytest.mark.parametrize("idea", IDEAS)
def test_the_code_shown_is_the_engines_own(idea):
    page = at(idea)
    page.session_state[f"code/{idea}"] = True
    shown = [code.value for code in ok(page.run()).code]
    assert shown and all("def " in code or "class " in code for code in shown)


def test_what_rows_held_out_say_is_drawn_after_the_question():
    for idea, hidden in (("width", "test rows"), ("film", "loss on held-out rows"), ("cures", "test rows"),
                         ("curve", "true curve"),
                         ("descent", "on new rows"), ("curse", "the same network on test rows"),
                         ("gain", "x₁, x₂, x₁², x₂²")):
        assert hidden not in names(opened("generalization", idea=idea)), idea
        assert hidden in names(at(idea)), idea


def test_a_band_over_draws_is_drawn_and_said():
    page = put(at("gain"), DRAWS, 5)
    assert "in **5 of 5** draws" in said(page) and "80 %" in said(page)
    assert [name for name in names(page) if "80 % of the draws" in name]


def test_one_more_cure_is_one_more_row():
    page = put(at("cures"), "Switch on", ["norm", "stop"])
    assert "| early stopping (patience 20) | " in said(page) and "| batch normalisation | " in said(page)
    assert "| L2 (λ = 0.01) | " not in said(page)


def test_the_film_ends_where_every_row_is_learned_by_heart():
    told = figures(at("film"))[0]["film"]["frames"]
    assert told[0]["caption"].startswith("Epoch 1:") and told[-1]["caption"].startswith("Epoch 1,000:")
    assert "loss on held-out rows 2.42" in told[-1]["caption"]
    assert len(told[0]["traces"]["answer"]["z"]) == len(told[0]["traces"]["answer"]["z"][0]) == 31


def test_dropout_is_asked_with_all_units_after_the_question():
    before, after = (figures(page)[0]["film"]["frames"] for page in (opened("generalization", idea="dropout"), at("dropout")))
    assert len(after) == len(before) + 1 and "every unit is on" in after[-1]["caption"]
    assert len(after[-1]["traces"]["on"]["x"]) == 128 and len(after[-1]["traces"]["off"]["x"]) == 0


def test_the_squares_make_circles_easy():
    page = put(at("features"), "Inputs", ["x1_squared", "x2_squared"])
    values = {metric.label: metric.value for metric in page.metric}
    assert values["accuracy on rows held out"] == "1" and values["parameters"] == "3"
    assert "line of the network" in names(page, 1)


def test_without_inputs_and_with_one_it_goes_on_and_says_so():
    assert "Without any input there is nothing to learn from" in said(put(at("features"), "Inputs", []))
    assert "all five are used" in said(put(at("dropping"), "Inputs that are used", []))
    page = put(at("dropping"), "Inputs that are used", ["x1"])
    assert "One input is left" in said(page) and "| without x₁ | 0.693 | 0.5 |" in said(page)
    assert len(figures(page)[0]["data"][0]["x"]) == 1


@pytest.mark.parametrize("idea, label, forged", [("curve", "Degree of the polynomial", 99), ("held", "Draw of the data", -5),
                                                 ("weights", "Draw of the data", 10**6)])
def test_a_number_from_outside_the_bounds_is_brought_back(idea, label, forged):
    page = put(at(idea), label, forged)
    assert control(page, label).min <= control(page, label).value <= control(page, label).max


def test_an_unknown_idea_is_said_and_the_lesson_begins_at_the_start():
    page = at("<img>")
    assert any("has no idea named" in note.value for note in page.info)
    assert page.session_state["generalization/settings"] == "held"
