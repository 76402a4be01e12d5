"""Puzzles: changes are counted and refused, a solution scores, the truth comes after its question, links bring them."""

import re

import pytest

from ann_core import RunConfig
from ann_core.base.fields import declared
from ann_core.film.wire import unpack
from ann_core.puzzles.link import OWN, Attempt, read, set_puzzle, write
from ann_core.puzzles.puzzle import dense
from ann_core.puzzles.sixteen import PUZZLES
from ann_core.run.link import edited, to_query
from tests.pages.visit import coming, gone, ok, opened, plain, said
from ui.progress import DRAWN, WAITING
from ui.puzzles.outcome import what_is_wrong
from ui.your_data.class_tables import FOLDER

FAILS = edited(RunConfig(), {**dense("tanh", 6), "data.source": "moons", "training.optimizer": "sgd",
                             "training.learning_rate": 0.0001, "training.epochs": 20, "data.samples": 100})


def press(page, label: str):
    next(button for button in page.button if button.label == label).click()
    return ok(page.run())


def put(page, label: str, value):
    sidebar = page.sidebar
    widgets = [*sidebar.select_slider, *sidebar.selectbox, *sidebar.slider, *sidebar.number_input, *sidebar.toggle,
               *sidebar.button_group]
    next(widget for widget in widgets if widget.label == label).set_value(value)
    return ok(page.run())


def used(page) -> str:
    return next(text.value for text in page.main.caption if text.value.endswith(" used"))


def told(page) -> str:
    return " ".join([said(page), *(box.value for kind in (page.success, page.warning, page.info) for box in kind)])


def query(page) -> dict[str, str]:
    return {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}


def solve(page, key: str):
    """The page after its cure was set by its widgets."""
    puzzle = PUZZLES[key]
    for path, value in puzzle.truth.cure.items():
        if path != "network.layers":
            page = put(page, declared(RunConfig, path).label, value)
            continue
        for i, (old, new) in enumerate(zip(puzzle.config.network.layers, puzzle.cured.network.layers, strict=True)):
            if old.units != new.units:
                page = put(page, f"Units in layer {i + 1}", new.units)
        kinds = {layer.activation for layer in puzzle.cured.network.layers}
        if kinds != {layer.activation for layer in puzzle.config.network.layers}:
            page = put(page, "Activation, all layers", kinds.pop())
    return page


def test_the_page_opens_with_the_first_one_and_says_what_is_to_be_reached():
    page = opened("puzzles")
    assert "accuracy of at least 95 %" in said(page) and "0 of 80 points" in said(page)
    assert used(page) == "0 of 3 changes used" and query(page) == {"puzzle": "hardly"}
    sent = next(one.proto.bytes for one in page.get("bidi_component") if one.proto.component_name == "film_player")
    assert unpack(sent)[0]["goal"] == 0.95
    assert len([button for button in page.button if button.label.isdigit()]) == 16
    labels = {widget.label for widget in page.sidebar.number_input} | {one.label for one in page.sidebar.select_slider}
    assert not labels & {"Epochs", "Seed", "Seeds", "Points", "Data seed"}


def test_changes_are_counted_and_undone_one_by_one():
    page = put(put(opened("puzzles"), "Learning rate", 0.01), "L2", 0.1)
    assert used(page) == "2 of 3 changes used" and query(page)["training.l2"] == "0.1"
    page = press(page, "learning rate 0.01")
    assert used(page) == "1 of 3 changes used" and "training.learning_rate" not in query(page)


def test_a_fourth_change_is_refused_and_its_widget_goes_back():
    page = put(put(put(opened("puzzles"), "Learning rate", 0.01), "L2", 0.1), "Batch size", 8)
    page = put(page, "Skip connections", True)
    assert "That would be 4 changes, but 3 are allowed" in told(page)
    assert used(page) == "3 of 3 changes used"
    assert not next(one for one in page.sidebar.toggle if one.label == "Skip connections").value
    assert "4 changes" not in told(press(page, "L2 0.1"))


@pytest.mark.parametrize("key", ["early", "choir", "needle", "basement", "three"])
def test_its_own_widgets_solve_it_within_its_changes(key):
    page = solve(opened("puzzles", puzzle=key), key)
    puzzle = PUZZLES[key]
    assert used(page).startswith(f"{puzzle.needed} of 3")
    page = press(page, "Check it now")
    assert "**Solved**" in told(page) and "5 of 5 points" in told(page) and "5 of 80 points" in said(page)
    assert "4 of 4 reach it" in told(page)


def test_what_does_not_reach_the_goal_is_told_with_its_score():
    page = press(put(opened("puzzles"), "Learning rate", 0.001), "Check it now")
    assert "**Not yet.** It ends with accuracy" in told(page) and "the goal is accuracy of at least 95 %" in told(page)
    assert "0 of 80 points" in said(page)


def test_a_hint_is_a_question_and_costs_two_points():
    page = press(opened("puzzles"), "Hint")
    assert PUZZLES["hardly"].truth.hint in told(page)
    page = press(solve(page, "hardly"), "Check it now")
    assert "3 of 5 points" in told(page) and PUZZLES["hardly"].truth.remember in said(page)


def test_the_truth_comes_after_giving_up_and_after_its_question_and_its_cure_plays():
    page = opened("puzzles", puzzle="lead")
    puzzle = PUZZLES["lead"]
    assert puzzle.truth.wrong not in told(page)
    page = press(page, "Give up, tell me")
    assert "What was wrong?" in said(page) and puzzle.truth.wrong not in told(page) and "A cure" not in said(page)
    wrong = next(option for option, reason in puzzle.truth.options.items() if reason)
    page = press(page, wrong)
    assert puzzle.truth.wrong in told(page) and puzzle.truth.options[wrong] in told(page)
    assert re.search(r"Size of the weights \(RMS\), at the end: \*\*2\.0·10⁻⁴\*\* as it stood, \*\*0\.\d+\*\*", said(page))
    page.button(key="puzzles/show").click()
    assert used(ok(page.run())) == "1 of 3 changes used" and query(page)["training.l2"] == "0.001"
    page = press(page, "Check it now")
    assert "**Solved**" in told(page) and "0 of 80 points" in said(page), "who gave up has seen the cure"
    assert query(press(page, "Next: Lights out"))["puzzle"] == "lights"


def test_the_right_option_stands_in_different_places():
    asks = [what_is_wrong(puzzle) for puzzle in PUZZLES.values() if puzzle.truth.options]
    assert {ask.right for ask in asks} == {0, 1, 2}
    assert all(len(ask.options) == 3 and all(ask.reaction(i) for i in range(3)) for ask in asks)


def test_what_was_reached_is_kept_with_the_lessons_progress():
    page = press(solve(opened("puzzles"), "hardly"), "Check it now")
    assert page.session_state["puzzles/result/hardly"] == [5, False] and "puzzles/result/hardly" in page.session_state[DRAWN]
    back = coming("puzzles")
    back.session_state[WAITING] = {"puzzles/result/hardly": [5, False], "puzzles/result/early": [99, "x"],
                                   "puzzles/result/choir": "anything"}
    assert "5 of 80 points" in said(ok(back.run()))


def test_a_link_brings_a_puzzle_with_its_changes_and_a_visitor_comes_back_to_it():
    page = opened("puzzles", **{"puzzle": "needle", "training.learning_rate": "0.3"})
    assert "needle" in said(page) and used(page) == "1 of 3 changes used"
    there = gone(gone(page, "play/compare"), "play/puzzles")
    assert "The eye of the needle" in said(there) and used(there) == "1 of 3 changes used"


@pytest.mark.parametrize(("forged", "sentence"), [
    ({"puzzle": "nonsense"}, "names no puzzle that can be played"),
    ({"puzzle": OWN}, "should be a number like 0.9"),
    ({"puzzle": OWN, "goal": "nan", "most": "3"}, "should be a number like 0.9"),
    ({"puzzle": OWN, "goal": "7", "most": "3"}, "Expected a goal above 0 and up to 1"),
    ({"puzzle": OWN, "goal": "0.9", "most": "99"}, "Expected 1 to 5 changes"),
    ({"puzzle": OWN, "goal": "0.9", "of.training.epochs": "100000", "of.data.samples": "5000"}, "operations"),
    ({"puzzle": OWN, "goal": "0.9", "of.seeds": "64"}, "one network"),
    ({"puzzle": OWN, "goal": "0.9", "of.data.test_share": "0"}, "points held out, but none are"),
    ({"puzzle": OWN, "goal": "0.9", "of.data.source": "<b>x"}, "cannot be used"),
    ({"puzzle": OWN, "goal": "0.9", "of.objective.kind": "autoencoder"}, "answers one row at a time"),
    ({"puzzle": OWN, "goal": "0.9", "of.data.source": "table", "of.data.table": f"{'a' * 16}~90~2~2~mine.csv"}, "mine"),
    ({"puzzle": "hardly", "training.epochs": "5000"}, "part of the puzzle"),
    ({"puzzle": "hardly", "data.samples": "5000", "seed": "7"}, "part of the puzzle"),
    ({"puzzle": "hardly", "training.learning_rate": "0.3", "training.l2": "0.1", "network.skip": "1",
      "training.batch_size": "8"}, "That would be 4 changes"),
    ({"puzzle": "hardly", "training.learning_rate": "-1"}, "cannot be used")])
def test_a_forged_link_is_refused_in_words(forged, sentence):
    page = opened("puzzles", **forged)
    assert sentence in plain(told(page))
    assert used(page).startswith("0 of ") and "Check it now" in [button.label for button in page.button]


def test_a_set_puzzle_goes_through_its_address():
    attempt = Attempt.at(set_puzzle(FAILS, 0.9, 2))
    assert read(write(attempt)) == (attempt, [])
    changed = Attempt(attempt.puzzle, edited(FAILS, {"training.learning_rate": 0.3}))
    assert read(write(changed)) == (changed, [])
    page = opened("puzzles", **write(attempt))
    assert "A puzzle set for you" in said(page) and used(page) == "0 of 2 changes used"
    assert "Give up, tell me" not in [button.label for button in page.button]
    page = press(put(page, "Learning rate", 0.3), "Check it now")
    assert "**Solved** with learning rate 0.3" in told(page)


def set_from(page, goal: str | None = None):
    """The puzzles' page after "Set this as a puzzle" was used on the Playground's run."""
    page.session_state["puzzles/set"] = True
    page = ok(gone(page, "play/puzzles"))
    if goal:
        next(field for field in page.text_input if field.label.startswith("Goal")).set_value(goal)
        ok(page.run())
    return press(page, "Check it and make the link")


def test_the_playgrounds_run_becomes_a_puzzle_once_it_is_seen_to_fail():
    page = set_from(opened("playground", **to_query(FAILS)), "0.98")
    assert "misses its goal; with 4 other seeds 0 of 4 reach it" in told(page)
    assert "puzzle=own&goal=0.98&most=3" in page.code[-1].value
    learns = edited(FAILS, {"training.learning_rate": 0.3})
    page = set_from(opened("playground", **to_query(learns)), "0.5")
    assert "it already reaches its goal" in told(page) and not page.code


def test_without_the_playground_there_is_nothing_to_set():
    page = coming("puzzles")
    page.session_state["puzzles/set"] = True
    assert "Spoil a network in the Playground" in said(ok(page.run()))


def test_a_puzzle_on_a_table_of_the_servers_is_set_and_played_by_everybody(tmp_path, monkeypatch):
    rows = "".join(f"{at % 13},{at * 7 % 29},{'ab'[(at % 13 > 6)]}\n" for at in range(80))
    (tmp_path / "leaves.csv").write_text("height,width,kind\n" + rows)
    monkeypatch.setenv(FOLDER, str(tmp_path))
    teacher = opened("your_data", table="leaves.csv")
    run = edited(teacher.session_state["your_data/settings"].run, {"training.learning_rate": 0.0001, "training.epochs": 20,
                                                                  "training.optimizer": "sgd", "training.patience": None})
    page = set_from(opened("playground", **to_query(run)), "0.95")
    assert "misses its goal" in told(page) and "leaves.csv" in page.code[-1].value
    page = opened("puzzles", **write(Attempt.at(set_puzzle(run, 0.95))))
    assert "A puzzle set for you" in said(page)
    assert "**Not yet.**" in told(press(page, "Check it now"))
