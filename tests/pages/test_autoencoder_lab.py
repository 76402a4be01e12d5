"""The Autoencoder lab without a browser: widths, openers, links, the plane, the visitor's table and its odd rows, bad input."""

import json

import numpy as np
import pandas as pd
import pytest

from ann_core.lab.autoencoder_openers import OPENERS, SOURCES, USUAL
from ann_core.lessons.hourglass import Hourglass, scaling
from tests.pages.visit import coming, film_of, gone, ok, plain, said

SETTINGS = "autoencoder_lab"


@pytest.fixture
def page():
    return film_of(ok(coming("autoencoder", view="lab").run()))


def settings(page):
    return page.session_state[f"{SETTINGS}/settings"]


def hourglass(page) -> Hourglass:
    return Hourglass.of(settings(page).network.layers)


def key_of(page, name: str) -> str:
    return f"{SETTINGS}/set{page.session_state[f'{SETTINGS}/generation']}/{name}"


def choose(page, kind: str, name: str, value):
    getattr(page, kind)(key=key_of(page, name)).set_value(value)
    return ok(page.run())


def address(page) -> dict[str, str]:
    return {key: value if isinstance(value, str) else value[0] for key, value in page.query_params.items()}


def captions(page) -> str:
    return " ".join(caption.value for caption in page.sidebar.caption)


def learned(page, epochs: int = 100):
    """The page after its film was played to some epoch."""
    recording = page.session_state[f"{SETTINGS}/recordings"][0]
    recording.frames(None, 1, epochs, budget_ms=None)
    return recording


def odd(page) -> pd.DataFrame:
    page.session_state[f"{SETTINGS}/odd"] = True
    return ok(page.run()).dataframe[0].value


def figures(page) -> list[dict]:
    return [json.loads(part.proto.bytes) for part in page.get("bidi_component") if part.proto.component_name == "live_figure"]


def test_it_opens_on_the_usual_run_and_shows_its_widths(page):
    assert settings(page) == USUAL and not page.warning and address(page) == {"view": "lab"}
    assert "64 – 32 – 2 – 32 – 64" in captions(page)
    columns = set(learned(page, 1).frames(None, 2, None, 2).columns)
    assert {"codes", "again", "test_score"} <= columns and not {"boundary", "units", "maps"} & columns


def test_widths_code_and_activation(page):
    choose(page, "number_input", "code", 5)
    choose(page, "slider", "side", 2)
    choose(page, "number_input", "width/1", 12)
    choose(page, "selectbox", "bend", "relu")
    assert hourglass(page) == Hourglass((32, 12), 5, "relu") and not page.warning
    again = ok(coming("autoencoder", **address(page)).run())
    assert settings(again) == settings(page)
    choose(page, "slider", "side", 0)
    assert hourglass(page).widths == () and "64 – 5 – 64" in captions(page)


def test_noise_is_set_and_said_and_its_end_is_spoken_of(page):
    choose(page, "slider", "objective.noise", 1.0)
    assert settings(page).objective.noise == 1.0 and "Hardly anything of them is left" in captions(page)
    page = ok(coming("autoencoder", view="lab", **{"objective.noise": "10.0"}).run())
    assert settings(page).objective.noise == 10.0 and not page.warning
    page = ok(coming("autoencoder", view="lab", **{"objective.noise": "11.0"}).run())
    assert settings(page) == USUAL and "less than or equal to 10" in page.info[0].value


@pytest.mark.parametrize("key", OPENERS)
def test_an_opener_sets_its_scene(page, key):
    next(button for button in page.main.button if button.label == OPENERS[key].label).click()
    ok(page.run())
    assert settings(page) == OPENERS[key].config and not page.warning
    assert OPENERS[key].sentence in said(page)
    again = ok(coming("autoencoder", **address(page)).run())
    assert settings(again) == OPENERS[key].config


def test_data_chosen_in_the_moment_of_an_opener_give_way_to_it(page):
    page.selectbox(key=key_of(page, "data.source")).set_value("iris")
    next(button for button in page.main.button if button.label == OPENERS["odd"].label).click()
    ok(page.run())
    assert settings(page) == OPENERS["odd"].config


@pytest.mark.parametrize("source", SOURCES)
def test_other_data_bring_the_scaling_that_suits_them(page, source):
    if source != "digits":
        choose(page, "selectbox", "data.source", source)
    assert (settings(page).data.source, settings(page).data.scaling) == (source, scaling(source)) and not page.warning


def test_a_code_as_wide_as_the_inputs_is_allowed_and_said(page):
    choose(page, "number_input", "code", 64)
    assert hourglass(page).code == 64 and "nothing is squeezed" in captions(page)
    choose(page, "number_input", "width/0", 8)
    choose(page, "number_input", "code", 12)
    assert "no more than 8 numbers get through" in captions(page) and not page.warning


@pytest.mark.parametrize("query", [{"network.layers": "32-tanh~2-linear"}, {"objective.kind": "supervised"},
                                   {"network.layers": "conv2d-4~flatten~2-linear"}, {"objective.kind": "adversarial"}])
def test_a_link_to_another_network_is_refused_in_words(query):
    page = ok(coming("autoencoder", view="lab", **query).run())
    assert settings(page) == USUAL and any("no autoencoder of this lab" in plain(note.value) for note in page.info)


def test_a_network_too_large_is_refused_and_the_one_before_stays(page):
    choose(page, "slider", "side", 3)
    for i in range(3):
        choose(page, "number_input", f"width/{i}", 128)
    assert any("at most 50,000 are possible" in warning.value for warning in page.warning)
    assert settings(page).network.count_parameters(64, 64) <= 50_000


# The plane

@pytest.mark.parametrize("code", [1, 2, 5])
def test_a_place_in_the_plane_is_decoded(page, code):
    choose(page, "number_input", "code", code)
    plane, pictures = figures(page)
    (handle,) = plane["drag"]
    assert (handle["y"] is None) == (code == 1) and len([t for t in pictures["data"] if t["type"] == "heatmap"]) == 2
    page.session_state["aside/autoencoder/decoder/x"] = handle["x"][1]
    before, after = pictures["data"], figures(ok(page.run()))[1]["data"]
    assert before != after


def test_a_place_left_far_away_comes_back_into_the_plane(page):
    page.session_state["aside/autoencoder/decoder/x"] = 1e9
    plane = figures(ok(page.run()))[0]
    point = next(trace for trace in plane["data"] if trace["name"] == "the point")
    assert point["x"][0] == plane["drag"][0]["x"][1]


def test_a_network_that_exploded_has_no_codes_and_says_so():
    page = ok(coming("autoencoder", view="lab", **{"training.optimizer": "sgd", "training.learning_rate": "100.0",
                                                   "network.layers": "32-relu~2-linear~32-relu"}).run())
    recording = learned(page, 3)
    assert recording.latest.message
    page.session_state[f"{SETTINGS}/rest"] = {recording.id: recording.latest.state.step}
    ok(page.run())
    told = " ".join(caption.value for caption in page.main.caption)
    assert "beyond all measure" in told or "nan" not in str(figures(page)).lower()


# Tables

def own(page, frame: pd.DataFrame, **query: str):
    """The lab, on a table of the visitor's own."""
    gone(page, "play/your_data")
    page.file_uploader(key="own/upload").upload("mine.csv", frame.to_csv(index=False).encode(), "text/csv")
    ok(page.run())
    page = gone(page, "architectures/autoencoder")
    return choose(page, "selectbox", "data.source", "table")


def goods(rows: int = 120, **more) -> pd.DataFrame:
    """Boxes: a side, its surface, a colour that goes with it, and whether they are dear."""
    rng = np.random.default_rng(0)
    side = rng.uniform(1, 9, rows)
    frame = pd.DataFrame({"side": side, "surface": 6 * side**2 + rng.normal(0, 2, rows),
                          "weight": 3 * side + rng.normal(0, 0.3, rows), "colour": np.where(side > 5, "red", "blue"), **more})
    return frame.assign(dear=np.where(side + rng.normal(0, 1, rows) > 5, "yes", "no"))


def test_the_visitors_table_has_its_odd_rows_with_their_columns(page):
    frame = goods()
    frame.loc[40, ["side", "surface"]] = [1.2, 430.0]  # each usual, but not together
    page = own(page, frame)
    assert settings(page).data.source == "table" and not page.warning
    assert "What is predicted there is no input here" in captions(page)
    learned(page, 40)
    listed = odd(page)
    assert listed["row"].iloc[0] == 41 and list(listed.columns)[:3] == ["row", "oddity", "learned from"]
    told = listed["what does not fit, most of all"].iloc[0]
    assert "surface: 430, expected" in told or "side: 1.2, expected" in told
    assert set(listed["dear"]) <= {"yes", "no"} and set(listed["learned from"]) <= {"yes", "held out"}


def test_a_table_that_is_gone_is_missed_in_words(page):
    page = own(page, goods())
    learned(page, 2)
    page.session_state["own/tables"]["tables"].clear()
    page.session_state[f"{SETTINGS}/odd"] = True
    assert any("no longer here" in caption.value for caption in ok(page.run()).main.caption)


def test_odd_rows_of_a_table_that_comes_with_the_playground():
    page = ok(coming("autoencoder", view="lab", **{"data.source": "wine", "data.scaling": "standard"}).run())
    learned(page, 10)
    listed = odd(page)
    assert len(listed) == 12 and (listed["oddity"].diff().dropna() <= 0).all() and "expected" in listed.iloc[0, -1]


def test_pictures_have_no_odd_rows(page):
    assert "Odd rows" not in " ".join(box.label for box in page.main.expander)


def test_one_column_gaps_constant_columns_and_few_rows_are_fine(page):
    one = goods()[["side", "dear"]]
    page = own(page, one)
    assert "1 input and a code of 2: nothing is squeezed" in captions(page)
    learned(page, 5)
    odd(page)
    assert any("With one column" in caption.value for caption in page.main.caption)


def test_gaps_and_constant_columns_are_no_trouble(page):
    frame = goods(always=7.0)
    frame.loc[3, "weight"] = np.nan
    page = own(page, frame)
    learned(page, 5)
    told = odd(page).to_string()
    assert "nan" not in told and "always" not in told


def test_a_handful_of_rows_is_enough_to_begin(page):
    page = own(page, goods(6))
    learned(page, 5)
    assert len(odd(page)) <= 6 and not page.exception


def test_a_link_to_a_table_that_is_not_here_says_so():
    theirs = {"data.source": "table", "data.table": "0123456789abcdef~90~3~2~theirs.csv"}
    page = ok(coming("autoencoder", view="lab", **theirs).run())
    assert settings(page) == USUAL and any("stays with the one who made it" in note.value for note in page.info)
