"""The last ideas of the lesson on optimisers without a browser: the races, and the cost around a network."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.lessons.optimizers_surfaces import SURFACES
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.link import edited
from tests.pages.visit import answered, figures, formula, ok, opened, plain, said
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


def test_who_arrives_first_and_who_stays_first_are_told_apart():
    page = put(opened("optimizers", idea="race"), "Surface", "beale")
    assert "**First: Nesterov, at step 43. First to stay below: Adam, from step 98 on.**" in said(page)
    assert "| Nesterov | 0.005 | arrives at step 43, stays from 151 |" in said(page)
    assert "for the first time" in said(page)


def test_the_whole_way_is_drawn_after_the_question():
    assert "Adam, whole way" not in traces(opened("optimizers", idea="race"))
    assert len(traces(answered("optimizers", "race"))["Adam, whole way"]["x"]) == 401


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
    assert "Step 1 of Adam, for x" in said(page) and r"-1.5-0.05\cdot\frac{-1.5}{\sqrt{2.25}+\epsilon}=-1.45" in formula(page)
    page = put(put(page, "Update of", "momentum"), "Weight", "y")
    assert "Step 1 of Momentum, for y" in said(page) and r"0.5-0.005\cdot50=0.25" in formula(page)
    page.session_state["aside/optimizers/race/at"] = 3
    page = ok(page.run())
    assert "Step 4 of Momentum, for y" in said(page)


@pytest.mark.parametrize("label,value", [("Turned by, in degrees", 45), ("Momentum μ, β₁", 0.5), ("Noise in each slope", 2.0),
                                         ("Steps", 100), ("Surface", "beale"), ("Who races", ["rmsprop"])])
def test_each_control_changes_the_race(label, value):
    page = opened("optimizers", idea="race")
    before = said(page)
    assert said(put(page, label, value)) != before


# The race on a network

def films(page: AppTest) -> list:
    """What travels to the players."""
    return [part for part in page.get("bidi_component") if part.proto.component_name == "film_player"]


def runs(page: AppTest) -> list:
    return page.session_state["optimizers/network_race/recordings"]


def test_four_optimisers_train_the_same_network_in_the_player():
    page = opened("optimizers", idea="network_race")
    trainings = [run.config.training for run in runs(page)]
    assert len(films(page)) == 1 and [one.optimizer for one in trainings] == ["sgd", "momentum", "adagrad", "adam"]
    assert [one.learning_rate for one in trainings] == [0.3, 0.3, 0.3, 0.1]
    assert all((run.latest.data.X_train == runs(page)[0].latest.data.X_train).all() for run in runs(page))
    assert "Step 1 of Adam" in said(page) and len(formula(page).split("aligned}")) == 9  # of each of the four
    page = put(page, "Weight in the formulas", next(iter(widget(page, "Weight in the formulas").options[1:])))
    assert "unit 1 to unit 1 of layer 2" in said(page)


def test_another_rate_is_a_new_run_and_the_others_stay():
    page = opened("optimizers", idea="network_race")
    before = runs(page)
    page = put(page, "Rate of SGD", 0.003)
    assert runs(page)[1:] == before[1:] and runs(page)[0] is not before[0]
    assert runs(page)[0].config.training.learning_rate == 0.003 and not runs(page)[0].changed


def test_at_most_four_run_and_nobody_is_said():
    page = put(opened("optimizers", idea="network_race"), "Who races, up to 4", list(OPTIMIZERS))
    assert len(runs(page)) == 4 and "and those after it wait" in said(page)
    page = put(page, "Who races, up to 4", [])
    assert any("Nobody races" in info.value for info in page.info) and not films(page)


def test_twenty_starts_are_measured_on_demand():
    page = put(opened("optimizers", idea="network_race"), "Who races, up to 4", ["sgd", "adam"])
    widget(page, "Measure these over 20 starts").click()
    page = ok(page.run())
    assert "| SGD, 0.3 | 0.0971 (0.0715–0.147) |" in said(page) and "| Adam, 0.1 |" in said(page)
    page = put(page, "Rate of SGD", 10.0)
    assert "The last training loss" not in said(page) and widget(page, "Measure these over 20 starts")


def test_a_film_that_rests_tells_the_step_and_a_rate_that_is_too_large_breaks_nothing():
    page = put(opened("optimizers", idea="network_race"), "Rate of Momentum", 10.0)
    for run in runs(page):
        run.frames(None, 40, budget_ms=None)
    page.session_state["optimizers/network_race/rest"] = {run.id: run.latest.state.step for run in runs(page)}
    page = ok(page.run())
    assert "Step 480 of Adam" in said(page) and "nan" not in formula(page) and "inf" not in formula(page)


# The cost around a network

def test_the_cost_of_a_network_is_a_surface_with_the_path_as_a_film():
    page = opened("optimizers", idea="landscape")
    assert "| start | 1.06 | ? |" in said(page) and "**99.8 %** of the path" in said(page)
    assert picture(page)["film"]["frames"][-1]["caption"] == "Step 400: the cost is 0.03218."
    assert traces(page)["path"]["x"][-1] == 0 and len(traces(page)["path"]["x"]) == 401
    page = put(page, "View", "in space")
    assert traces(page)["cost"]["type"] == "surface" and traces(page)["path"]["z"][0] < 0.25  # on the plane, before the answer


def test_after_the_question_the_path_stands_at_its_real_cost():
    page = answered("optimizers", "landscape")
    assert "| start | 1.06 | 0.2204 |" in said(page) and "the path runs beside it" in said(page)
    assert traces(put(page, "View", "in space"))["path"]["z"][0] == pytest.approx(0.7227, abs=1e-3)  # ln(1 + 1.06)


def test_random_directions_hold_little_of_the_path():
    page = put(opened("optimizers", idea="landscape"), "Plane", "two random directions")
    assert "**29.1 %** of the path" in said(page)
    widget(page, "Number of the draw").set_value("7")
    assert "**29.1 %**" not in said(ok(page.run()))
    widget(page, "Number of the draw").set_value("-1")
    assert any("stays 7" in warning.value for warning in ok(page.run()).warning)


@pytest.mark.parametrize("training", ["SGD, batches of 32", "Adam, batches of 32"])
def test_each_training_has_a_path_of_its_own(training):
    page = put(opened("optimizers", idea="landscape"), "Trained by", training)
    assert "| end | 0.0" in said(page) and "Step 700" in picture(page)["film"]["frames"][-1]["caption"]


def own(page: AppTest, **changes) -> AppTest:
    """The page for somebody whose Playground has trained such a network."""
    recording = Recording(edited(RunConfig(), {"training.epochs": 20, **changes}))
    recording.frames(None, 20, budget_ms=None)
    page.session_state["playground/recordings"] = [recording]
    return ok(page.run())


def test_the_network_of_the_playground_can_be_looked_at():
    page = put(own(opened("optimizers", idea="landscape")), "Network", "yours")
    assert "parameters" in said(page) and not [one for one in page.selectbox if one.label == "Trained by"]
    steps = picture(page)["film"]["frames"][-1]["caption"]
    assert steps.startswith("Step ") and "| end |" in said(page)


def test_a_network_that_cannot_be_shown_is_said_and_the_example_stays():
    page = own(opened("optimizers", idea="landscape"), **{"network.batch_norm": True})
    words = plain(said(page))
    assert "cannot be shown here. With batch normalisation" in words and "| start | 1.06 |" in words
