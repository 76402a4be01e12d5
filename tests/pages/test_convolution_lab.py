"""The Convolution lab without a browser: layers of every kind, what does not fit, openers, links."""

import numpy as np
import pandas as pd
import pytest

from ann_core import RunConfig
from ann_core.data.made.sketches import MOST_SKETCHES
from ann_core.data.made.strokes import strokes_in
from ann_core.film.wire import unpack
from ann_core.lab.convolution_openers import OPENERS, PICTURES, USUAL
from ann_core.nn.kinds import LAYERS
from ann_core.run.link import changes, edited
from tests.pages.visit import coming, film_of, gone, ok, plain, said
from ui.architectures.examples import DRAFT, changed
from ui.architectures.mistakes import worst
from ui.text import markdown

SETTINGS = "convolution_lab"


@pytest.fixture
def page():
    return film_of(ok(coming("convolution", view="lab").run()))


def settings(page):
    return page.session_state[f"{SETTINGS}/settings"]


def key_of(page, name: str) -> str:
    return f"{SETTINGS}/set{page.session_state[f'{SETTINGS}/generation']}/{name}"


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def press(page, name: str):
    page.button(key=key_of(page, name)).click()
    return ok(page.run())


def kinds(page) -> list[str]:
    return [layer.kind for layer in settings(page).network.layers]


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def test_it_opens_on_the_usual_run_and_each_layer_says_what_it_gives(page):
    assert settings(page) == USUAL and not page.warning and address(page) == {"view": "lab"}
    said = [caption.value for caption in page.sidebar.caption]
    assert "gives a picture of 8 × 8 with 8 channels · 80 parameters" in said
    assert "**Output** gives 10 numbers · 1,290 parameters" in said


def test_frames_carry_filters_and_maps_and_no_plane(page):
    recording = page.session_state[f"{SETTINGS}/recordings"][0]
    columns = recording.frames(None, 2, None, 2).columns
    assert {"filters", "maps", "saliency", "map_answers"} <= set(columns) and not {"boundary", "units"} & set(columns)


@pytest.mark.parametrize("name,value", [("filters", 4), ("size", 5), ("stride", 2)])
def test_a_setting_of_a_convolution(page, name, value):
    choose(page, "number_input", f"layer/0/{name}", value)
    assert getattr(settings(page).network.layers[0], name) == value and not page.warning
    again = ok(coming("convolution", **address(page)).run())
    assert settings(again) == settings(page)


def test_padding_and_activation(page):
    choose(page, "selectbox", "layer/0/padding", "valid")
    choose(page, "selectbox", "layer/0/activation", "tanh")
    conv = settings(page).network.layers[0]
    assert (conv.padding, conv.activation) == ("valid", "tanh") and not page.warning


def test_a_pool_s_stride_is_as_its_size_until_set(page):
    choose(page, "selectbox", "layer/1/stride", 1)
    assert settings(page).network.layers[1].stride == 1
    choose(page, "selectbox", "layer/1/stride", "as usual")
    assert settings(page) == USUAL


def test_layers_come_go_and_change_their_kind(page):
    press(page, "layer/1/add")
    assert kinds(page) == ["conv2d", "max_pool2d", "max_pool2d", "flatten"]
    choose(page, "selectbox", "layer/3/kind", "conv2d")
    assert kinds(page) == ["conv2d", "max_pool2d", "conv2d", "flatten"] and not page.warning
    press(page, "layer/4/away")
    assert kinds(page) == ["conv2d", "max_pool2d", "flatten"]


def test_below_a_flattening_comes_a_dense_layer(page):
    press(page, "layer/2/add")
    assert kinds(page) == ["conv2d", "max_pool2d", "flatten", "dense"] and not page.warning


def test_what_does_not_fit_is_said_at_its_layer_with_both_sizes_and_the_network_stays(page):
    choose(page, "number_input", "layer/1/size", 11)
    (warning,) = page.sidebar.warning
    said = "Layer 2 (max pool) has a window of 11 × 11, but layer 1 (convolution) gives a picture of 8 × 8"
    assert markdown(said) in warning.value
    assert settings(page) == USUAL
    choose(page, "number_input", "layer/1/size", 4)
    assert settings(page).network.layers[1].size == 4 and not page.warning


def test_without_a_flattening_the_output_says_so(page):
    press(page, "layer/2/away")
    (warning,) = page.sidebar.warning
    assert "The output layer works on a row of numbers" in plain(warning.value) and settings(page) == USUAL
    press(page, "layer/1/add")
    choose(page, "selectbox", "layer/2/kind", "global_max_pool")
    assert kinds(page) == ["conv2d", "max_pool2d", "global_max_pool"] and not page.warning


@pytest.mark.parametrize("kind", LAYERS)
def test_every_kind_has_its_widgets(page, kind):
    choose(page, "selectbox", "layer/0/kind", kind)
    number = 0 if kind == "conv2d" else 3  # another kind gets a number that no layer has had
    for name in LAYERS[kind].fields:
        if name != "alpha":
            assert key_of(page, f"layer/{number}/{name}") in page.session_state


@pytest.mark.parametrize("source", PICTURES)
def test_all_data_are_pictures_and_the_layers_go_on_with_them(page, source):
    choose(page, "selectbox", "data.source", source)
    assert settings(page).data.source == source and not page.warning


@pytest.mark.parametrize("key", OPENERS)
def test_an_opener_sets_its_scene_and_its_layers(page, key):
    next(button for button in page.main.button if button.label == OPENERS[key].label).click()
    ok(page.run())
    assert settings(page) == OPENERS[key].config and not page.warning
    assert OPENERS[key].sentence in said(page)
    again = ok(coming("convolution", **address(page)).run())
    assert settings(again) == OPENERS[key].config


def test_an_opener_replaces_a_draft_that_did_not_fit(page):
    choose(page, "number_input", "layer/1/size", 11)
    next(button for button in page.main.button if button.label == OPENERS["canvas"].label).click()
    ok(page.run())
    assert settings(page) == OPENERS["canvas"].config and not page.sidebar.warning


def pad(page):
    (found,) = [part.proto for part in page.get("bidi_component") if part.proto.component_name == "drawing_pad"]
    return unpack(found.bytes)


def drawn(page, value):
    """The page after the browser sent strokes."""
    try:
        page.session_state["aside/convolution/pad"] = strokes_in(value), ""
    except ValueError as error:
        page.session_state["aside/convolution/pad"] = (), str(error)
    return ok(page.run())


def test_nothing_drawn_and_too_much_are_said_in_words(page):
    header, [(_, blocks)] = pad(page)
    assert header["words"].startswith("Nothing is drawn yet") and not blocks
    header, [(_, blocks)] = pad(drawn(page, [[[0.5, 0.5]]] * 2_000))
    assert "at most 60 strokes" in header["words"] and "2,000 strokes" in header["words"] and not blocks


def test_a_drawing_is_answered_with_its_maps(page):
    header, [(_, blocks)] = pad(drawn(page, [[[0.5, 0.1], [0.5, 0.9]]]))
    assert "epoch" in header["words"] and blocks["maps"].shape == (1, 1, 640) and blocks["picture"].shape == (64,)
    assert abs(int(blocks["map_answers"].sum()) - 255) <= 5


@pytest.mark.parametrize("layers", ["none", "16-relu", "conv2d-4-3-1-same-relu~global_max_pool"])
def test_a_drawing_is_answered_by_any_network(layers):
    page = ok(coming("convolution", view="lab", **{"network.layers": layers}).run())
    assert not page.info
    _, [(_, blocks)] = pad(drawn(page, [[[0.5, 0.1], [0.5, 0.9]]]))
    assert blocks["map_answers"].shape == (1, 1, 10) and blocks["saliency"].size == 64


def test_the_worst_are_wrong_and_ordered():
    P = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.99, 0.01]])
    assert worst(P, np.array([0, 0, 1, 1]), 9) == [3, 1, 2] and worst(P, np.array([0, 1, 0, 0]), 9) == []


def test_mistakes_are_shown_on_a_click():
    page = coming("convolution", view="lab")
    page.session_state["convolution_lab/mistakes"] = True
    film_of(ok(page.run()))
    assert any("pictures held out" in caption.value for caption in page.main.caption)


# Drawings as classes


def own(page):
    next(button for button in page.main.button if button.label == OPENERS["own"].label).click()
    return ok(page.run())


def kept(page):
    """The drawings in the visitor's hands, which may not suffice to learn from."""
    return page.session_state[key_of(page, DRAFT)]


def told(page, **said):
    """The page after the browser changed the drawings: what the pad's own part does, then the page's run."""
    key = key_of(page, DRAFT)
    try:
        page.session_state[key] = changed(page.session_state[key], said)
    except ValueError as error:
        page.session_state["aside/convolution/pad"] = (), str(error)
    return ok(page.run())


LINE, OTHER = [[[0.2, 0.1], [0.3, 0.9]]], [[[0.1, 0.5], [0.9, 0.5]]]


def test_drawings_are_kept_as_classes_and_learned(page):
    own(page)
    header, [(_, blocks)] = pad(page)
    assert header["examples"]["of"] == [0, 1, 2] * 5 and blocks["kept"].shape == (15, 144) and not header["examples"]["words"]
    told(page, away="all")
    assert kept(page) == () and "No drawing is kept yet" in pad(page)[0]["examples"]["words"]
    assert settings(page) == OPENERS["own"].config  # the last good network stays
    told(page, keep=0, strokes=LINE)
    assert "nothing to tell apart" in pad(page)[0]["examples"]["words"] and settings(page) == OPENERS["own"].config
    told(page, keep=1, strokes=OTHER)
    assert settings(page).data.sketches == kept(page) and len(kept(page)) == 2 and not pad(page)[0]["examples"]["words"]
    assert page.session_state[f"{SETTINGS}/recordings"][0].latest.setup.target.class_names == ("A", "B")
    again = ok(coming("convolution", **address(page)).run())
    assert settings(again) == settings(page) and kept(again) == kept(page)
    told(page, away=0)
    assert len(kept(page)) == 1 and len(settings(page).data.sketches) == 2


@pytest.mark.parametrize("said", [{}, {"keep": 6, "strokes": LINE}, {"keep": 0}, {"keep": "0", "strokes": LINE}, {"away": 99},
                                  {"away": -1}, {"keep": 0, "strokes": []}, {"keep": 0, "strokes": [[[0.5, 0.5]]] * 2_000}])
def test_what_is_no_change_of_the_drawings_is_refused_in_words(page, said):
    told(own(page), **said)
    assert kept(page) == OPENERS["own"].config.data.sketches and pad(page)[0]["words"].startswith("Expected")


def test_there_is_room_for_so_many_drawings(page):
    own(page)
    page.session_state[key_of(page, DRAFT)] = kept(page)[:2] * (MOST_SKETCHES // 2)
    ok(page.run())
    assert len(settings(page).data.sketches) == MOST_SKETCHES and "data.sketches" not in address(page)
    assert any("do not fit" in caption.value for caption in page.main.caption)
    told(page, keep=0, strokes=LINE)
    assert "kept already" in pad(page)[0]["words"] and len(kept(page)) == MOST_SKETCHES


def test_copies_on_request(page):
    own(page)
    choose(page, "select_slider", "data.shifted", 2)
    choose(page, "toggle", "data.mirrored", True)
    assert (settings(page).data.shifted, settings(page).data.mirrored) == (2, True) and not page.warning
    run = page.session_state[f"{SETTINGS}/recordings"][0].latest
    assert run.setup.rows == 50 * round(15 * 0.75)


# A table of one's own


def markdown_free(text: str) -> str:
    return text.replace("\\", "")


def with_table(inputs: int):
    """The lab after a visit to Your data with a table of so many numbers and two classes; the first is always 0."""
    rng = np.random.default_rng(0)
    pixels = rng.uniform(0, 255, (60, inputs)).round()
    pixels[:, 0] = 0
    frame = pd.DataFrame(pixels, columns=[f"p{i}" for i in range(inputs)]).assign(letter=list("xy") * 30)
    page = gone(coming().run(), "play/your_data")
    page.file_uploader(key="own/upload").upload("letters.csv", frame.to_csv(index=False).encode(), "text/csv")
    ok(page.run())
    page.query_params["view"] = "lab"
    return gone(page, "architectures/convolution")


def test_a_table_whose_inputs_are_a_square_is_learned_as_pictures():
    page = with_table(36)
    choose(page, "selectbox", "data.source", "table")
    assert not page.warning and settings(page).data.picture == (6, 6, 1)
    run = page.session_state[f"{SETTINGS}/recordings"][0].latest
    assert run.net.inputs == (6, 6, 1) and run.setup.target.class_names == ("x", "y")
    _, [(_, blocks)] = pad(drawn(page, LINE))
    assert blocks["picture"].shape == (36,) and blocks["picture"].max() > 180
    choose(page, "selectbox", "data.source", "digits")
    assert settings(page).data.table is None and settings(page).network == USUAL.network and not page.warning


def test_another_table_is_not_offered_and_that_is_said():
    page = with_table(13)
    assert "table" not in page.selectbox(key=key_of(page, "data.source")).options
    assert any("square number of inputs" in said and "It has 12 inputs" in said
               for said in (markdown_free(caption.value) for caption in page.sidebar.caption))


def test_an_address_with_a_table_that_is_no_picture_says_so():
    page = with_table(13)
    data = page.session_state["your_data/settings"].run.data
    shared = edited(RunConfig(), {"data.source": "table", "data.table": data.table})
    for key, value in {**changes(shared, RunConfig()), "network.layers": "16-relu"}.items():
        page.query_params[key] = value
    ok(page.run())
    assert "square number of inputs" in markdown_free(page.info[0].value) and settings(page) == USUAL


def test_a_link_to_a_table_that_is_not_here_says_so():
    table = {"data.source": "table", "data.table": "0123456789abcdef~90~64~3~x.csv"}
    page = ok(coming("convolution", view="lab", **table).run())
    assert "x" in page.info[0].value and settings(page) == USUAL


# A network kept to compare


def shown(page) -> list:
    return [recording.config for recording in page.session_state[f"{SETTINGS}/recordings"]]


def keep(page):
    page.button(key=f"{SETTINGS}/keep").click()
    return ok(page.run())


def test_a_kept_network_stands_beside_the_changed_one_on_the_same_data_until_it_is_let_go(page):
    keep(page)
    assert shown(page) == [USUAL]  # the same twice would say nothing
    choose(page, "number_input", "layer/0/filters", 2)
    assert shown(page) == [settings(page), USUAL]
    choose(page, "selectbox", "data.source", "digits_canvas")
    this, kept_one = shown(page)
    assert this.data == kept_one.data and [config.network.layers[0].filters for config in (this, kept_one)] == [2, 8]
    page.button(key=f"{SETTINGS}/let_go").click()
    ok(page.run())
    assert shown(page) == [settings(page)]


def test_a_kept_network_that_cannot_learn_the_data_says_why(page):
    choose(page, "selectbox", "data.source", "digits_canvas")
    choose(page, "number_input", "layer/1/size", 11)
    keep(page)
    choose(page, "number_input", "layer/1/size", 2)
    assert len(shown(page)) == 2
    choose(page, "selectbox", "data.source", "digits")
    assert shown(page) == [USUAL] and any("cannot learn these data" in caption.value and "11 × 11" in caption.value
                                          for caption in page.sidebar.caption)
