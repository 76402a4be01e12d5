"""The GAN lab without a browser: settings of both networks, a second run, openers, links, branches, what is refused."""

import inspect

import pytest

from ann_core.lab.gan_openers import CHANGES, COLLAPSE, OPENERS, SHAPES, USUAL, Duel
from ann_core.run.link import edited
from tests.pages.visit import coming, film_of, ok, plain, said
from ui.architectures.gan import address as lab_address
from ui.architectures.gan import rounds
from ui.lessons.gan import links
from ui.player.asks import PlayerAsk
from ui.player.branch_controls import brancher

SETTINGS = "gan_lab"


def opened(**query: str):
    return film_of(ok(coming("gan", **{"view": "lab", **query}).run()))


@pytest.fixture
def page():
    return opened()


def duel(page) -> Duel:
    return page.session_state[f"{SETTINGS}/settings"]


def key_of(page, name: str) -> str:
    return f"{SETTINGS}/set{page.session_state[f'{SETTINGS}/generation']}/{name}"


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def again(page) -> Duel:
    """What a visitor sees who is sent the address."""
    other = ok(coming("gan", **address(page)).run())
    assert not other.info and not other.warning
    return duel(other)


def recordings(page):
    return page.session_state[f"{SETTINGS}/recordings"]


def test_it_opens_on_the_usual_run_with_samples_and_coverage(page):
    assert duel(page) == Duel(USUAL) and not page.warning and address(page) == {"view": "lab"}
    columns = recordings(page)[0].frames(None, 2, None, 2).columns
    assert {"samples", "noise_net", "covered", "good", "boundary", "gradient", "units", "weights"} <= set(columns)
    assert OPENERS["eight"].sentence in said(page)


@pytest.mark.parametrize("kind,name,value", [
    ("select_slider", "training.learning_rate", 0.01), ("select_slider", "objective.generator_training.learning_rate", 0.01),
    ("slider", "training.momentum", 0.9), ("slider", "objective.generator_training.momentum", 0.0),
    ("selectbox", "objective.game", "minimax"), ("slider", "data.noise", 0.2), ("number_input", "objective.latent", 3),
    ("number_input", "objective.generator_steps", 5), ("select_slider", "training.batch_size", 128),
    ("number_input", "seed", 7),
    ("select_slider", "seeds", 4), ("selectbox", "training.optimizer", "sgd"),
    ("select_slider", "objective.generator_training.clip_norm", 1.0)])
def test_a_setting_of_either_network_is_taken_and_stands_in_the_address(page, kind, name, value):
    choose(page, kind, name, value)
    wanted = edited(USUAL, {name: value})
    if name == "training.batch_size":
        wanted = edited(wanted, {"training.epochs": 250})  # as many rounds
    assert duel(page) == Duel(wanted) == again(page) and not page.warning


@pytest.mark.parametrize("network,path", [("network.layers", "network"), ("objective.generator", "objective")])
def test_layers_of_each_network(page, network, path):
    choose(page, "slider", f"{network}/count", 3)
    choose(page, "number_input", f"{network}/units", 12)
    choose(page, "selectbox", f"{network}/activation", "relu")
    found = duel(page).config.network.layers if path == "network" else duel(page).config.objective.generator
    other = duel(page).config.objective.generator if path == "network" else duel(page).config.network.layers
    assert [(layer.units, layer.activation) for layer in found] == [(12, "relu")] * 3
    assert other == USUAL.network.layers and again(page) == duel(page)


def test_layers_that_differ_stay_as_the_address_has_them():
    page = opened(**{"network.layers": "16-tanh~8-relu"})
    assert [layer.units for layer in duel(page).config.network.layers] == [16, 8] and not page.info
    assert any("stay as the address has them" in caption.value for caption in page.sidebar.caption)
    choose(page, "number_input", "seed", 3)
    assert [layer.units for layer in duel(page).config.network.layers] == [16, 8]


def test_plain_descent_has_no_momentum_to_set(page):
    choose(page, "selectbox", "training.optimizer", "sgd")
    names = [str(slider.key) for slider in page.sidebar.slider]
    assert not any(name.endswith("/training.momentum") for name in names)
    assert any(name.endswith("generator_training.momentum") for name in names)


@pytest.mark.parametrize("key", [key for key in CHANGES if key != "none"])
def test_a_second_run_stands_beside_the_first(page, key):
    choose(page, "selectbox", "beside", key)
    first, second = recordings(page)
    assert first.config == USUAL and second.config == CHANGES[key].made(USUAL)
    assert address(page) == {"view": "lab", "beside": key} and again(page) == Duel(USUAL, key)
    choose(page, "number_input", "seed", 5)
    assert [one.config.seed for one in recordings(page)] == [5, 5]


@pytest.mark.parametrize("key", OPENERS)
def test_an_opener_sets_its_scene(page, key):
    next(button for button in page.main.button if button.label == OPENERS[key].label).click()
    ok(page.run())
    assert duel(page) == OPENERS[key].duel == again(page) and not page.warning
    assert OPENERS[key].sentence in said(page)


def test_a_scene_begins_at_round_0_and_a_changed_setting_goes_on(page):
    first = recordings(page)[0]
    choose(page, "slider", "training.momentum", 0.8)
    assert recordings(page)[0] is first and first.changed
    choose(page, "slider", "training.momentum", 0.5)
    assert recordings(page)[0] is first and duel(page) == Duel(USUAL)  # but it has another past
    next(button for button in page.main.button if button.label == OPENERS["eight"].label).click()
    ok(page.run())
    scene = recordings(page)[0]
    assert scene is not first and not scene.changed and scene.config == USUAL
    assert recordings(ok(page.run()))[0] is scene


@pytest.mark.parametrize("source", SHAPES)
def test_all_shapes_are_learned_for_as_many_rounds(page, source):
    choose(page, "selectbox", "data.source", source)
    assert duel(page).config.data.source == source and not page.warning
    assert rounds(duel(page).config) == pytest.approx(2000, abs=16) and again(page) == duel(page)


def test_rounds_are_set_as_such(page):
    choose(page, "select_slider", "rounds", 1000)
    assert duel(page).config.training.epochs == 63 and rounds(duel(page).config) == 1008


@pytest.mark.parametrize("points", [((1.0, 1.0, 0), (1.0, 1.0, 0)), ((-3.0, 3.0, 0), (3.0, -3.0, 0), (0.0, 0.0, 0))])
def test_few_points_and_all_the_same_are_learned_without_a_word_of_trouble(points):
    config = edited(USUAL, {"data.source": "drawn", "data.drawn": points})
    page = opened(**lab_address(config))
    film = recordings(page)[0].frames(None, 3, None, 5, None)
    assert film.state == "running" and not film.failures and not page.warning and not page.info
    assert ((0 <= film.covered) & (film.covered <= 1)).all() and film.samples.shape == (4, 256, 2)


def test_a_branch_changes_one_network_only():
    page = opened(**lab_address(COLLAPSE))
    recording = recordings(page)[0]
    recording.frames(None, 6, None, 2, None)
    page.session_state[f"{SETTINGS}/branches"] = []
    with_branch(page, recording, 8)
    said = [markdown.value for markdown in page.sidebar.markdown]
    assert "**Branch 1** · from round 8" in said
    choose_branch(page, "slider", "training.momentum", 0.5)
    branch = page.session_state[f"{SETTINGS}/branches"][0]
    assert branch.name == "judge's training: momentum μ, β₁ 0.5 from round 8"
    choose_branch(page, "slider", "objective.generator_training.momentum", 0.5)
    assert branch.recording.config == edited(COLLAPSE, CHANGES["forgetful"].settings) and recording.config == COLLAPSE


def with_branch(page, recording, step: int):
    import streamlit as st
    before, st.session_state = st.session_state, page.session_state
    try:
        brancher(SETTINGS)(PlayerAsk(1, "branch", {recording.id: step}))
    finally:
        st.session_state = before
    return ok(page.run())


def choose_branch(page, kind: str, name: str, value):
    branch, = page.session_state[f"{SETTINGS}/branches"]
    getattr(page, kind)(key=f"{SETTINGS}/branch/{branch.key}/{name}").set_value(value)
    return ok(page.run())


@pytest.mark.parametrize("query,said", [
    ({"beside": "nobody"}, "The second run in the link is left out"), ({"data.source": "digits"}, "no points on a plane"),
    ({"objective.kind": "supervised"}, "no two networks"), ({"data.features": "x1"}, "no points on a plane"),
    ({"training.learning_rate": "inf"}, "cannot be used"),
    ({"training.patience": "5"}, "Stopping early"), ({"network.loss": "hinge"}, "a loss of their own")])
def test_a_link_that_cannot_be_is_told_in_words_and_the_usual_run_stands(query, said):
    page = opened(**query)
    assert any(said in plain(info.value) for info in page.info) and duel(page) == Duel(USUAL)


LINKS = [link for name, link in inspect.getmembers(links, inspect.isfunction)
         if link.__module__ == links.__name__ and name[0] != "_"]


@pytest.mark.parametrize("link", LINKS)
def test_every_link_of_the_lesson_opens_as_it_is(link):
    page = opened(**lab_address(link()))
    assert duel(page) == Duel(link()) and not page.info and not page.warning


def test_too_much_is_refused_and_the_run_before_stays(page):
    choose(page, "select_slider", "rounds", 10_000)
    choose(page, "number_input", "network.layers/units", 128)
    choose(page, "select_slider", "seeds", 64)
    (warning,) = page.main.warning
    assert "operations" in warning.value and duel(page).config.seeds == 1
