"""Take it home: one place below every stage, files made when they are asked for, words where there can be none."""

import pytest

from ann_core import RunConfig
from ann_core.export.formats import FORMATS
from ann_core.export.run_file import to_json
from ann_core.run.link import edited
from tests.pages.visit import coming, ok, opened

PLACES = {"playground": "playground", "gradient_lab": "lab", "convolution": "convolution_lab", "recurrence": "recurrence_lab",
          "gan": "gan_lab", "autoencoder": "autoencoder_lab", "attention": "attention_lab"}


def at_home(name: str, key: str, **query: str):
    page = coming(name, **query)
    page.session_state[f"{key}/take_home"] = True
    return ok(page.run())


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


def test_a_saved_run_opens_with_its_settings_and_a_damaged_one_is_refused_in_words():
    page = coming("playground")
    page.session_state["playground/take_home"] = True
    page.session_state["playground/take_home/format"] = "run"
    ok(page.run())
    config = edited(RunConfig(), {"training.learning_rate": 0.3, "data.source": "moons"})
    upload, = page.get("file_uploader")
    ok(upload.set_value(("run.json", to_json([(0, config)], 0), "application/json")).run())
    assert page.session_state["playground/recordings"][0].config == config
    upload, = page.get("file_uploader")
    ok(upload.set_value(("run.json", b"{}", "application/json")).run())
    assert [error for error in page.error if "holds no run" in error.value]


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
