"""The last ideas of the lesson on optimisers without a browser: the races, and the cost around a network."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons.optimizers_surfaces import SURFACES
from ann_core.nn.optimizers import OPTIMIZERS
from tests.pages.visit import answered, figures, formula, ok, opened, said
from ui.lessons.optimizers import shows_race


def widget(page: AppTest, label: str):
    kinds = (page.slider, page.select_slider, page.selectbox, page.button_group, page.text_input, page.toggle, page.button)
    return next(one for kind in kinds for one in kind if one.label == label)


def put(page: AppTest, label: str, value) -> AppTest:
    widget(page, label).set_value(value)
    return ok(page.run())


def picture(page: AppTest) -> dict:
    return figures(page)[0]


def traces(page: AppTest) -> dict[str, dict]:
    return {trace["name"]: trace for trace in picture(page)["data"]}


# The race on a surface

def test_the_race_tells_who_comes_first_and_shows_it_as_a_film():
    page = opened("optimizers", idea="race")
    assert "**First: AdaGrad, at step 6.**" in said(page) and "| SGD | 0.01 | arrives at step 350 |" in said(page)
    frames = picture(page)["film"]["frames"]
    assert frames[0]["caption"].startswith("Step 0. On the way: 5") and frames[0]["traces"]["Adam"] == {"upto": 1}
    assert frames[-1]["traces"]["Adam"] == {"upto": 401} and "Arrived: AdaGrad (6), Nesterov (45)" in frames[-1]["caption"]
    assert len(traces(page)["Adam"]["x"]) == 401 and len(json.dumps(picture(page))) < 700_000


def test_the_table_of_all_surfaces_comes_after_the_question():
    assert "gift of the axes" not in said(opened("optimizers", idea="race"))
    after = said(answered("optimizers", "race"))
    assert "Beale's plateau: **Nesterov**" in after and "turned by 45° at step 273" in after


@pytest.mark.parametrize("key", SURFACES)
@pytest.mark.parametrize("view", ["from above", "in space"])
def test_each_surface_is_seen_from_above_and_in_space_with_all_nine(key, view):
    page = put(put(put(opened("optimizers", idea="race"), "Surface", key), "View", view), "Who races", list(OPTIMIZERS))
    found = traces(page)
    assert found["cost"]["type"] == ("contour" if view == "from above" else "surface") and len(found["now"]["x"]) == 9
    assert ("start" in found) == bool(picture(page)["drag"]) == (view == "from above")
    assert "nan" not in said(page) + formula(page).replace("tan", "") and "inf" not in said(page)


def test_at_one_rate_for_all_some_leave_and_at_a_large_one_all():
    page = put(put(opened("optimizers", idea="race"), "Rates", shows_race.ONE), "Learning rate η", 0.1)
    assert "| SGD | 0.1 | leaves the picture at step 1 |" in said(page) and "**First: Adam, at step 43.**" in said(page)
    assert "Left the picture: SGD (1), Momentum (1), Nesterov (1)." in picture(page)["film"]["frames"][-1]["caption"]
    page = put(put(page, "Surface", "rosenbrock"), "Learning rate η", 5.0)
    assert "All of them leave the picture" in said(page) and "leave" in picture(page)["alt"]


def test_a_start_is_dragged_and_typed_and_what_is_outside_is_refused():
    page = opened("optimizers", idea="race")
    page.session_state["aside/optimizers/race/x/ravine"] = 1.0
    page = ok(page.run())
    assert traces(page)["start"]["x"] == [1.0] and widget(page, "Start x").value == "1"
    widget(page, "Start y").set_value("7")
    page = ok(page.run())
    assert any("Start y stays 0.5" in warning.value for warning in page.warning) and traces(page)["start"]["y"] == [0.5]


def test_a_start_that_a_turn_takes_out_of_the_picture_is_said():
    page = opened("optimizers", idea="race")
    for axis in "xy":
        page.session_state[f"aside/optimizers/race/{axis}/ravine"] = 2.0
    page = put(ok(page.run()), "Turned by, in degrees", 45)
    assert "The start lies outside the picture" in said(page) and "leaves the picture at step 0" in said(page)


def test_nobody_chosen_is_said():
    page = put(opened("optimizers", idea="race"), "Who races", [])
    assert any("Nobody races" in info.value for info in page.info)


def test_the_update_of_each_weight_is_told_at_the_step_where_the_film_rests():
    page = opened("optimizers", idea="race")
    assert "Step 1 of Adam" in said(page) and r"-1.5-0.05\cdot\frac{-1.5}{\sqrt{2.25}+\epsilon}=-1.45" in formula(page)
    page = put(put(page, "Update of", "momentum"), "Weight", "y")
    assert "Step 1 of Momentum" in said(page) and r"0.5-0.005\cdot50=0.25" in formula(page)
    page.session_state["aside/optimizers/race/at"] = 3
    page = ok(page.run())
    assert "Step 4 of Momentum" in said(page)


@pytest.mark.parametrize("label,value", [("Turned by, in degrees", 45), ("Momentum μ, β₁", 0.5), ("Noise in each slope", 2.0),
                                         ("Steps", 100), ("Surface", "beale"), ("Who races", ["rmsprop"])])
def test_each_control_changes_the_race(label, value):
    page = opened("optimizers", idea="race")
    before = said(page)
    assert said(put(page, label, value)) != before
