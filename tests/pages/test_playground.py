"""The playground's page without a browser: every control changed once, links, openers, refusals."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ann_core import RunConfig
from ann_core.data import SOURCES
from ann_core.lab.openers import OPENERS
from ann_core.run.link import from_query, to_query
from tests.pages.visit import coming, ok, plain
from ui.text import markdown


@pytest.fixture
def page():
    return opened().run()


def opened() -> AppTest:
    """The page before its first run."""
    return coming("playground")


def settings(page) -> RunConfig:
    return page.session_state["playground/settings"]


def recording(page):
    return page.session_state["playground/recordings"][0]


def key_of(page, name: str) -> str:
    return f"playground/set{page.session_state['playground/generation']}/{name}"


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def chosen_opener(page) -> list[str]:
    return [b.label for b in page.main.button if b.proto.type == "primary"]


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def test_it_opens_on_the_default_run_with_a_bare_address(page):
    assert not page.exception and not page.warning and settings(page) == RunConfig() and address(page) == {}
    assert chosen_opener(page) == ["Spiral"]


CONTROLS = [
    ("selectbox", "data.source", "moons"), ("slider", "data.noise", 0.3), ("select_slider", "data.samples", 200),
    ("slider", "data.test_share", 0.5), ("selectbox", "data.scaling", "none"), ("number_input", "data.seed", 4),
    ("select_slider", "training.learning_rate", 0.1), ("selectbox", "training.optimizer", "sgd"),
    ("select_slider", "training.batch_size", 100_000), ("slider", "training.momentum", 0.5),
    ("selectbox", "training.schedule", "cosine"), ("select_slider", "training.epochs", 200),
    ("select_slider", "training.l1", 0.001), ("select_slider", "training.l2", 0.01),
    ("select_slider", "training.clip_norm", 1.0), ("select_slider", "training.clip_value", 0.1),
    ("slider", "network.dropout", 0.2), ("toggle", "network.batch_norm", True), ("toggle", "network.skip", True),
    ("selectbox", "network.initializer", "normal"), ("selectbox", "network.output", "tanh"),
    ("selectbox", "network.loss", "hinge"), ("number_input", "seed", 7), ("select_slider", "seeds", 4),
]


@pytest.mark.parametrize("kind,name,value", CONTROLS)
def test_every_control_changes_its_setting_and_the_address_reproduces_it(page, kind, name, value):
    choose(page, kind, name, value)
    here = settings(page)
    for part in name.split("."):
        here = getattr(here, part)
    assert here == value and not page.warning
    assert from_query(address(page)) == (settings(page), [])
    other = opened()
    for key, text in address(page).items():
        other.query_params[key] = text
    assert settings(ok(other.run())) == settings(page)


@pytest.mark.parametrize("source", SOURCES)
def test_every_data_set_opens(page, source):
    choose(page, "selectbox", "data.source", source)
    assert settings(page).data.source == source and recording(page).config == settings(page)


def test_inputs_that_the_data_does_not_have_come_back_with_the_next(page):
    choose(page, "selectbox", "data.source", "sine")
    choose(page, "selectbox", "data.source", "circles")
    assert settings(page).data.features == ("x1", "x2")


def test_a_loss_that_does_not_suit_the_new_data_falls_back(page):
    choose(page, "selectbox", "network.loss", "hinge")
    choose(page, "selectbox", "data.source", "plane")
    assert settings(page).network.loss == "auto" and not page.warning


def test_one_switch_for_all_activations(page):
    page.button_group(key=key_of(page, "all_activations")).set_value("relu")
    ok(page.run())
    assert {layer.activation for layer in settings(page).network.layers} == {"relu"}


def test_one_activation_for_each_layer(page):
    page.toggle(key="own_activations").set_value(True)
    ok(page.run())
    choose(page, "selectbox", "activation/1", "elu")
    assert [layer.activation for layer in settings(page).network.layers] == ["tanh", "elu", "tanh"]


def test_layers_come_and_go(page):
    def press(label):
        next(button for button in page.sidebar.button if button.label == label).click()
        ok(page.run())

    press("Add a layer")
    assert [layer.units for layer in settings(page).network.layers] == [8, 8, 6, 6]
    for _ in range(4):
        press("Remove")
    assert settings(page).network.layers == ()
    choose_units = opened().run()
    choose(choose_units, "number_input", "units/0", 3)
    assert settings(choose_units).network.layers[0].units == 3


@pytest.mark.parametrize("key", OPENERS)
def test_an_opener_sets_its_scene(page, key):
    next(button for button in page.main.button if button.label == OPENERS[key].label).click()
    ok(page.run())
    assert chosen_opener(page) == [OPENERS[key].label]
    assert settings(page) == OPENERS[key].config and any(OPENERS[key].sentence in c.value for c in page.caption)
    assert address(page) == to_query(OPENERS[key].config)


def test_the_chosen_opener_is_let_go_when_settings_move_on(page):
    choose(page, "slider", "data.noise", 0.2)
    assert chosen_opener(page) == []


def test_training_settings_go_on_with_the_weights_and_others_start_anew(page):
    first = recording(page)
    choose(page, "select_slider", "training.learning_rate", 0.1)
    assert recording(page) is first and first.changed
    choose(page, "selectbox", "network.initializer", "zeros")
    assert recording(page) is not first


def test_the_weights_can_be_kept_when_the_activation_is_switched(page):
    page.toggle(key="keep_weights").set_value(True)
    ok(page.run())
    first = recording(page)
    page.button_group(key=key_of(page, "all_activations")).set_value("relu")
    ok(page.run())
    assert recording(page) is first and first.config.network.layers[0].activation == "relu"


def test_settings_that_do_not_go_together_are_refused_and_the_run_goes_on(page):
    choose(page, "toggle", "network.batch_norm", True)
    before, running = settings(page), recording(page)
    choose(page, "select_slider", "training.batch_size", 1)
    assert "Batch normalisation needs at least 2 rows" in plain(page.warning[0].value)
    assert settings(page) == before and recording(page) is running


def test_a_network_too_large_is_refused_in_words(page):
    for i in range(3):
        choose(page, "number_input", f"units/{i}", 128)
    for _ in range(2):
        next(button for button in page.sidebar.button if button.label == "Add a layer").click()
        ok(page.run())
    assert "at most 50,000" in page.warning[0].value and settings(page).parameters <= 50_000


def test_a_bad_link_opens_with_defaults_and_a_note():
    page = opened()
    page.query_params["data.source"] = "moons"
    page.query_params["training.learning_rate"] = "NaN"
    page.query_params["<img src=x onerror=alert(1)>"] = "1"
    ok(page.run())
    assert settings(page).data.source == "moons" and settings(page).training == RunConfig().training
    assert len(page.info) == 2 and r"\<img src\=x" in page.info[0].value  # shown literally


def test_a_costly_link_waits_for_a_click():
    page = opened()
    page.query_params["training.epochs"] = "10000"
    ok(page.run())
    assert settings(page).training.epochs == 10_000


def test_every_widget_would_show_its_value_if_it_were_mounted_anew(page):
    """The browser may miss a run in which a value was set under a key; then the widget's own default is all it knows."""
    next(b for b in page.button if b.label == "Few points, much noise").click()
    ok(page.run())
    assert settings(page).data.samples == 100
    assert all(w.options[w.proto.default] == w.options[w.index] for w in page.selectbox)
    assert all(list(w.proto.default) == [w.value] for w in (*page.slider,)) and all(w.proto.default == w.value
                                                                                    for w in (*page.number_input, *page.toggle))
    assert all(w.options[int(w.proto.default[0])] == w.format_func(w.value) for w in page.select_slider)


@pytest.mark.parametrize("text", ["$x^2$", ":red[x]", "![a](http://b)", "<b>x</b>", "[l](http://x)", "**b** `c`", "# h",
                                  "a_b_c"])
def test_foreign_text_keeps_its_marks(text):
    escaped = markdown(text)
    assert plain(escaped) == text
    assert not re.search(r"http\\?:\\?/", escaped)  # or Markdown would make a link of it
    assert all(escaped[i - 1] == "\\" for i, c in enumerate(escaped) if c in "$:[]()<>*`#_!")


def test_layers_that_are_not_dense_stand_in_the_sidebar_and_keep_their_place():
    page = opened()
    page.query_params["data.source"] = "digits"
    page.query_params["network.layers"] = "conv2d-4~max_pool2d~flatten~8-relu"
    ok(page.run())
    assert [layer.kind for layer in settings(page).network.layers] == ["conv2d", "max_pool2d", "flatten", "dense"]
    choose(page, "number_input", "units/3", 5)
    page.button_group(key=key_of(page, "all_activations")).set_value("tanh")
    ok(page.run())
    conv, pool, flat, dense = settings(page).network.layers
    assert (conv.kind, conv.activation, pool.kind, flat.kind, dense.units, dense.activation) == (
        "conv2d", "tanh", "max_pool2d", "flatten", 5, "tanh")


def test_the_run_is_told_in_words_once_that_is_asked_for():
    def told(page) -> list[str]:
        texts = (plain(one.value) for one in page.main.markdown)
        return [text for text in texts if text.startswith("1. A network with 2 inputs")]

    page = opened()
    assert told(ok(page.run())) == []
    page.session_state["playground/words"] = True
    text, = told(ok(page.run()))
    assert "2 inputs and 3 hidden layers (8 tanh, 8 tanh, 6 tanh)" in text and "has not ended yet" in text
    recording(page).frames(recording(page).latest.state.step, 5, 1)
    page.button(key="playground/words/again").click()
    assert told(ok(page.run())) != [text]


@pytest.mark.parametrize("text, epoch", [("40", 40), ("0.5", 0.5), ("nan", None), ("-1", None), ("1e9", None), ("", None),
                                         ("9" * 99, None), ("٣", None)])
def test_an_address_may_name_an_epoch(text, epoch):
    page = ok(coming("playground", epoch=text, seed="3").run())
    assert page.session_state["playground/moment"] == epoch
    assert page.session_state["playground/settings"].seed == 3 and not page.info and "epoch" not in page.query_params
