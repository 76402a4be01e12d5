"""Take it home: one place below every stage, files made when they are asked for, words where there can be none."""

import pytest

from ann_core import RunConfig
from ann_core.export.formats import FORMATS
from ann_core.export.run_file import to_json
from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.run.link import edited
from tests.core.own_tables import config, own
from tests.pages.visit import coming, film_of, ok, opened

PLACES = {"playground": "playground", "gradient_lab": "lab", "convolution": "convolution_lab", "recurrence": "recurrence_lab",
          "gan": "gan_lab", "autoencoder": "autoencoder_lab", "attention": "attention_lab"}


def at_home(name: str, key: str, **query: str):
    page = coming(name, **query)
    page.session_state[f"{key}/take_home"] = True
    return film_of(ok(page.run()))


def said(page) -> str:
    return " ".join(one.value for one in (*page.caption, *page.info, *page.warning))


@pytest.mark.parametrize(("name", "key"), PLACES.items())
def test_the_place_stands_below_every_stage_and_offers_a_file(name, key):
    query = {"view": "lab"} if key.endswith("_lab") else {}
    page = at_home(name, key, **query)
    assert FORMATS["numpy"].sentence in said(page)
    assert [button for button in page.get("download_button") if "-numpy.py" in button.proto.label]


def test_closed_it_makes_nothing():
    assert not [button for button in opened("playground").get("download_button") if "numpy" in button.proto.label]


def test_what_scikit_learn_cannot_express_is_said_in_its_place():
    page = coming("playground", **{"network.batch_norm": "1"})
    page.session_state["playground/take_home"] = True
    page.session_state["playground/take_home/format"] = "sklearn"
    ok(page.run())
    assert "dense layers only" in said(page)
    assert not [button for button in page.get("download_button") if "sklearn" in button.proto.label]


def wish(name: str, key: str):
    """The page with the field for a saved run open."""
    query = {"view": "lab"} if key.endswith("_lab") else {}
    page = coming(name, **query)
    page.session_state[f"{key}/take_home"] = True
    page.session_state[f"{key}/take_home/format"] = "run"
    return film_of(ok(page.run()))


def given(page, data: bytes):
    upload, = (one for one in page.get("file_uploader") if one.proto.label == "Open a saved run")
    return ok(upload.set_value(("run.json", data, "application/json")).run())


def refusals(page) -> str:
    return " ".join(error.value for error in page.error)


def changed_on_its_way(config: RunConfig) -> list[tuple[int, RunConfig]]:
    return [(0, config), (3, edited(config, {"training.learning_rate": 0.0123}))]


SAVED = {
    "playground": edited(RunConfig(), {"data.source": "moons"}),
    "gradient_lab": edited(RunConfig(), {"data.source": "moons"}),
    "convolution": convolution_openers.OPENERS["anywhere"].config,
    "recurrence": recurrence_openers.OPENERS["forget_bias"].twins[1],
    "attention": attention_openers.OPENERS["causal"].twins[0],
    "autoencoder": autoencoder_openers.OPENERS["denoise"].config,
    "gan": gan_openers.OPENERS["moons"].duel.config}
ANOTHER = {name: SAVED["gan" if name != "gan" else "autoencoder"] for name in SAVED}


@pytest.mark.parametrize(("name", "key"), PLACES.items())
def test_a_saved_run_opens_where_it_was_saved_with_the_changes_on_its_way(name, key):
    history = changed_on_its_way(SAVED[name])
    page = given(wish(name, key), to_json(history, 0))
    assert not page.error
    recording, = page.session_state[f"{key}/recordings"][:1]
    assert recording.history == history
    assert recording.latest.config.training.learning_rate == 0.0123


@pytest.mark.parametrize(("name", "key"), PLACES.items())
def test_a_damaged_run_and_one_of_another_page_are_refused_in_words_and_nothing_changes(name, key):
    page = wish(name, key)
    before = page.session_state[f"{key}/recordings"]
    assert "holds no run" in refusals(given(page, b"{}"))
    assert "of another kind" in refusals(given(page, to_json([(0, ANOTHER[name])], 0)))
    short = edited(SAVED[name], {"training.epochs": 1})
    assert "ends at step" in refusals(given(page, to_json([(0, short), (10**9, short)], 0)))
    assert page.session_state[f"{key}/recordings"] == before


def test_a_run_on_a_table_opens_on_your_data_and_in_the_playground_with_its_table():
    table = own()
    settings = config(table, training={"epochs": 5})
    file = to_json([(0, settings)], 0, table)
    for name, key, place in (("your_data", "own", "your_data"), ("playground", "playground", "playground")):
        page = given(wish(name, key), file)
        assert not page.error
        recording, = page.session_state[f"{place}/recordings"]
        assert recording.config.training == settings.training
        assert recording.latest.data.target.name == table.preparation.target
    assert "a run on a table" in refusals(given(wish("your_data", "own"), to_json([(0, RunConfig())], 0)))


def test_either_of_two_networks_can_be_taken():
    page = coming("gan", view="lab")
    page.session_state["gan_lab/take_home"] = True
    page.session_state["gan_lab/take_home/network"] = "discriminator"
    film_of(ok(page.run()))
    assert [button for button in page.get("download_button") if "discriminator-numpy.py" in button.proto.label]


def test_the_weights_that_are_kept_are_those_of_their_epoch():
    page = at_home("your_data", "own")
    recording, = page.session_state["your_data/recordings"]
    for _ in range(40):
        recording.frames(recording.latest.state.step, 5, budget_ms=None)
    best = recording.latest.state.best.epoch
    assert best < recording.latest.state.epoch
    ok(page.run())
    assert f"The network at epoch {best}, where the validation loss is lowest" in said(page)
    assert [button for button in page.get("download_button") if f"epoch-{best}-numpy" in button.proto.label]
