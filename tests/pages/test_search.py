"""The page Search without a browser: it begins by itself, ends with a winner, and refuses what cannot be."""

import time
from urllib.parse import parse_qsl

import pytest

from ann_core import RunConfig
from ann_core.run.link import edited, from_query, to_query
from ann_core.search.search import Tried
from ann_core.search.space import BEND, DEPTH, WIDTH, Listed, Range, Space, offer
from tests.pages.visit import gone, metrics, ok, opened, said
from ui.search.guess import ask, guessable, part_of, parts, winning
from ui.search.settings import SearchSettings, around, read, write

QUICK = {"v": "1", "trials": "10", "run.training.epochs": "5"}
SMALL = edited(RunConfig(), {"training.epochs": 5})


def waited(page, state="finished"):
    """The page when its search is in this state."""
    for _ in range(200):
        if page.session_state["search/held"].search.state == state:
            return ok(page.run())
        time.sleep(0.1)
        ok(page.run())
    raise AssertionError("The search did not end.")


def shown(page):
    """The page after its visitor wanted to see who wins."""
    return ok(button(page, "Show me").click().run())


def button(page, label):
    return next(one for one in page.main.button if one.label == label)


def links(page):
    return {one.proto.label: one.proto for one in page.get("page_link")}


def query_of(link):
    return dict(parse_qsl(link.query_string))


def pick(page, *numbers):
    page.session_state["search/held"].pick(tuple(numbers))
    return ok(page.run())


@pytest.fixture(scope="module")
def ended():
    return shown(waited(opened("search", **QUICK)))


def test_it_begins_by_itself_and_the_winner_is_tested_beside_what_luck_gives(ended):
    held = ended.session_state["search/held"].search
    top, words = held.ranked()[0], held.measure.words
    shown = metrics(ended)
    assert shown["The winner on validation rows"] == words(top.score)
    assert shown["The winner on test rows"] == words(held.conclusion.test[0])
    assert shown["Best of 10 by luck alone"] == words(held.conclusion.lucky)
    assert f"Trial {top.number + 1}" in said(ended) and f"{held.conclusion.tested} test rows" in said(ended)
    frame = ended.main.dataframe[0].value
    assert list(frame["accuracy"]) == sorted(frame["accuracy"], reverse=True) and len(frame) == 10


def test_a_trial_that_is_chosen_stands_out_everywhere_and_opens_in_the_playground(ended):
    held = ended.session_state["search/held"]
    page = pick(ended, 3)
    link = links(page)["Watch trial 4 learn"]
    config, notes = from_query(query_of(link))
    assert not notes and config == held.search.tried[3].config and link.page.endswith("playground")
    pick(page)


def test_trials_that_twins_may_differ_in_are_compared_and_others_are_told_why_not():
    space = Space(settings=(Range(path="training.learning_rate", low=0.001, high=1, log=True),
                            Listed(path=BEND, values=("tanh", "relu"))))
    page = shown(waited(opened("search", **write(SearchSettings(SMALL, space, trials=8)))))
    assert query_of(links(pick(page, 0, 1, 2, 3))["Compare trials 1, 2, 3 and 4 in the Gradient lab"])["twins"] == "4"
    space = Space(settings=(Listed(path=WIDTH, values=(2, 4)), Listed(path=DEPTH, values=(1, 2))))
    page = pick(shown(waited(opened("search", **write(SearchSettings(SMALL, space, "grid"))))), 0, 3)
    assert "Trials 1 and 4 differ in units in each and hidden layers" in said(page)


def test_cancelled_it_waits_and_goes_on():
    page = opened("search", **{"v": "1", "trials": "60", "run.training.epochs": "30"})
    page = ok(button(page, "Cancel").click().run())
    assert "Cancelled after" in said(page) and page.session_state["search/held"].search.state == "cancelled"
    page = ok(button(page, "Go on").click().run())
    assert len(waited(page).session_state["search/held"].search.tried) == 60


def test_what_would_take_too_long_waits_and_is_refused_with_its_time():
    page = opened("search", **{"v": "1", "trials": "500", "seeds": "10", "run.training.epochs": "2000"})
    assert "would take about" in said(page) and "search/held" not in page.session_state
    page = ok(button(page, "Search").click().run())
    assert any("would take about" in warning.value for warning in page.main.warning)


@pytest.mark.parametrize("forged", [
    {"try.training.learning_rate": "1.0..0.001"}, {"try.training.learning_rate": "nan..1.0"}, {"trials": "1000000000"},
    {"try.training.learning_rate": "0.1..1e999"}, {"try.data.seed": "1..2"}, {"try.__class__": "1"}, {"way": "magic"},
    {"folds": "0"}, {"seeds": "-1"}, {"try.layers.units": "2~x"}, {"hopeless": "maybe"}, {"try.layers.count": "1..1e9"},
    {"run.network.layers": "conv4-relu"}, {"run.data.source": "sequences"}])
def test_what_no_search_can_be_is_said_and_the_usual_one_stands(forged):
    found, notes = read({"v": "1", **forged})
    assert notes and found.space == SearchSettings().space and found.trials == SearchSettings().trials


def test_an_address_brings_back_the_search_that_wrote_it():
    space = Space(settings=(Range(path="training.l2", low=1e-6, high=0.1, log=True),
                            Listed(path="network.skip", values=(False, True)),
                            Listed(path="training.clip_norm", values=(None, 1.0)),
                            Listed(path="training.optimizer", values=("adam", "sgd"))))
    for value in (SearchSettings(), SearchSettings(SMALL, space, "grid", 60, 3, 2, True, 7)):
        assert read(write(value)) == (value, [])


def test_where_all_diverge_the_page_says_so():
    space = Space(settings=(Listed(path="training.learning_rate", values=(9.0, 10.0)),))
    base = edited(SMALL, {"training.optimizer": "sgd", "data.source": "sine", "network.layers": [
        {"units": 8, "activation": "relu"}]})
    page = waited(opened("search", **write(SearchSettings(base, space, trials=8))))
    assert "No trial has a score" in said(page) and "8 diverged" in said(page) and not metrics(page)


def test_a_visitors_table_is_searched_by_folds_and_opens_in_your_data():
    page = gone(opened("your_data"), "play/search")
    source = next(box for box in page.sidebar.selectbox if box.label == "Data")
    page = ok(source.set_value("table").run())
    next(one for one in page.sidebar.slider if one.label == "Folds").set_value(3)
    next(one for one in page.sidebar.select_slider if one.label == "Trials").set_value(10)
    page = ok(page.run())
    next(one for one in page.main.button if one.label.startswith("Search")).click()
    page = shown(waited(ok(page.run())))
    held = page.session_state["search/held"].search
    assert held.plan.data is not None and held.plan.folds == 3 and len(held.ranked()[0].outcome.scores) == 3
    assert "The winner in the folds" in metrics(page)
    link = links(page)[f"Trial {held.ranked()[0].number + 1} in Your data"]
    assert link.page.endswith("your_data")


@pytest.mark.parametrize(("page", "query"), [("playground", {"v": "1", "training.learning_rate": "0.1"}), ("your_data", {})])
def test_other_pages_lead_here_with_the_run_they_show(page, query):
    link = links(opened(page, **query))["Search for better settings"]
    assert link.page.endswith("search")
    if query:
        found, notes = read(query_of(link))
        assert not notes and found.base == edited(from_query(query)[0], {"training.patience": None})


def test_what_cannot_be_searched_has_no_link():
    assert around(RunConfig.model_validate({"objective": {"kind": "autoencoder"}})) is None
    assert to_query(RunConfig()) == {} and around(RunConfig()) is not None


def test_which_setting_mattered_most_is_asked_before_it_is_shown(ended):
    held = ended.session_state["search/held"]
    best = offer(max(held.mattered, key=held.mattered.__getitem__)).label
    options = [button(ended, offer(path).label) for path in held.search.plan.space.paths]
    explained = f"{best} explains {max(held.mattered.values()):.0%}"
    assert explained not in said(ended)
    page = ok(next(one for one in options if one.label != best).click().run())
    assert explained in said(page) and "That would be so if" in said(page)


def test_what_the_winner_has_is_asked_before_any_score_is_seen():
    page = opened("search", **QUICK | {"seed": "3"})
    part = button(page, "0.001 to 0.01")
    assert not page.main.dataframe and not metrics(page) and len(page.get("vega_lite_chart")) == 1
    page = waited(ok(part.click().run()))
    held = page.session_state["search/held"].search
    best = held.ranked()[0]
    assert f"Trial {best.number + 1} is the best, with" in said(page) and metrics(page)
    right = winning(held.plan.space.settings[0], held)
    low, high = map(float, right.answer.split(" to "))
    assert low <= best.picks["training.learning_rate"] <= high


def test_every_value_belongs_to_one_part_that_can_be_guessed():
    rates = Range(path="training.learning_rate", low=0.001, high=1, log=True)
    assert parts(rates) == ["0.001 to 0.01", "0.01 to 0.1", "0.1 to 1"]
    taken = [part_of(rates, Tried(0, {rates.path: rates.at(share)}, None, None)) for share in (0, 0.3, 0.5, 0.7, 1)]
    assert taken == [0, 0, 1, 2, 2]
    assert guessable([Listed(path=DEPTH, values=(2,)), Listed(path=WIDTH, values=(2, 4))]).path == WIDTH
    assert guessable([Listed(path=DEPTH, values=(2,))]) is None


def test_where_the_answer_stands_does_not_give_it_away():
    """Shares come with the greatest first."""
    asked = ask({"Width": 0.6, "Learning rate": 0.4})
    assert list(asked.options) == ["Learning rate", "Width"] and asked.answer == "Width"
