"""The player alone, fed with messages of our own: what it makes of a scene that no page shows yet, or only seldom."""

import json
import re
from collections.abc import Callable
from itertools import count

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from ann_core import RunConfig, first_frame, start
from ann_core.data import load
from ann_core.film.recording import Recording
from ann_core.film.scene import scene
from ann_core.film.wire import pack
from tests.core.test_objectives import AUTOENCODER
from ui.assets import url

PICTURES = ("network", "boundary", "gradient", "loss")
HOST = "#alone .film-player"
SHOW = """async ([address, bytes]) => {
  const { mount } = await import(address)
  const host = document.querySelector("#alone") ??
    Object.assign(document.createElement("div"), { id: "alone", innerHTML: "<div class=film-player></div>" })
  if (!host.isConnected) document.body.prepend(host)
  await mount({ data: Uint8Array.from(bytes), parentElement: host, setTriggerValue() {} })
}"""


@pytest.fixture
def show(page: Page, server: str) -> Callable[..., Page]:
    """Shows a scene and one frame, and nothing else: `show(header, blocks)`."""
    page.goto(f"{server}/_stcore/health")
    numbers = count(1)

    def go(said: dict, blocks: dict, failures: dict | None = None, pictures: tuple[str, ...] = PICTURES) -> Page:
        header = {"v": 1, "seq": next(numbers), "answer": 0, "pictures": list(pictures), "autoplay": False,
                  "most": {"epochs": 1, "steps": 1}}
        entry = {"id": "a", "kind": "scene", "scene": {**said, "name": "this network", "color": None}, "name": "this network",
                 "color": None, "state": "finished", "message": None, "failures": failures or {}}
        page.evaluate(SHOW, [url("player/index.js"), list(pack(header, [(entry, blocks)]))])
        page.wait_for_selector(f"{HOST}[data-frames-drawn]", state="attached")
        return page

    return go


def told(**settings) -> tuple[dict, dict]:
    run = start(RunConfig.model_validate(settings))
    header, blocks = scene(run)
    return json.loads(json.dumps(header)), {**blocks, **first_frame(run).blocks()}


def filmed(**settings) -> tuple[dict, dict]:
    """The same with the first epochs of its film, and all that is measured in depth."""
    recording = Recording(RunConfig.model_validate(settings), in_depth=True)
    header, blocks = recording.scene()
    return json.loads(json.dumps(header)), {**blocks, **recording.frames(None, 2, budget_ms=None).blocks()}


def test_a_run_without_a_plane_has_no_boundary_and_everything_else(show):
    header, blocks = told(**AUTOENCODER)
    assert header["plane"] is None and "boundary" not in header["probes"] and not {"boundary", "curve", "units"} & {*blocks}
    page = show(header, blocks)
    for picture in ("network", "gradient", "loss"):
        expect(page.locator(f"{HOST} section.{picture}")).to_be_visible()
    expect(page.locator(f"{HOST} section:visible")).to_have_count(3)
    expect(page.locator(f"{HOST} .boundary")).to_have_count(0)
    page.locator(f"{HOST} .gradient .choice", has_text="flat units").click()
    assert page.errors == []


def test_a_seed_that_has_just_what_is_needed_has_learned_and_one_that_diverged_has_not(show):
    header, blocks = told(seeds=4, data={"source": "xor"})
    needed = np.float32(header["score"]["needed"])
    scores = np.array([[needed, np.nextafter(needed, np.float32(0)), 1, 1]], np.float32)
    losses = np.array([[0.5, 0.5, 0.5, header["infinite"]]], np.float32)
    page = show(header, {**blocks, "test_score": scores, "train_loss": losses, "epoch": np.array([1.0])})
    page.keyboard.press("End")
    expect(page.locator(f"{HOST} .words p:not(.tale)").first).to_contain_text("failed to learn in 2 of 4 runs")
    expect(page.locator(f"{HOST} .notes")).to_contain_text(f"Failed to learn: {header['score']['failed']}.")
    assert page.errors == []


def test_what_could_not_be_measured_is_said_in_its_place_and_the_rest_is_shown(show):
    header, blocks = told()
    for name in header["probes"]["gradient"]["columns"]:
        del blocks[name]
    sentence = "Gradient by layer could not be measured at epoch 0.00: <b>no</b>"
    page = show(header, blocks, {"gradient": sentence})
    expect(page.locator(f"{HOST} .gradient .failure")).to_have_text(sentence)
    expect(page.locator(f"{HOST} .gradient .chart")).not_to_be_visible()
    expect(page.locator(f"{HOST} .failure:visible")).to_have_count(1)
    expect(page.locator(f"{HOST} .words")).to_contain_text("Held-out accuracy")
    expect(page.locator(f"{HOST} section:visible")).to_have_count(4)
    assert page.errors == []


def test_what_came_while_the_player_was_hidden_is_drawn_when_it_is_seen_again(show):
    header, blocks = told()
    page = show(header, blocks)
    first = page.locator(f"{HOST} .units button").first
    expect(first).to_have_attribute("aria-label", re.compile("x₁"))
    page.evaluate("document.querySelector('#alone').style.display = 'none'")
    page.wait_for_timeout(100)
    show({**header, "inputs": ["width", "height"]}, blocks)
    page.evaluate("document.querySelector('#alone').style.display = ''")
    expect(first).to_have_attribute("aria-label", re.compile("width"))
    assert page.errors == []


def test_what_failed_at_another_moment_is_said_below_the_picture(show):
    page = show(*told(), {"boundary": "What it decides could not be measured at epoch 7.00: no"})
    expect(page.locator(f"{HOST} .boundary .failure")).to_be_visible()
    expect(page.locator(f"{HOST} .boundary .picture")).to_be_visible()
    assert page.errors == []


def test_a_picture_that_is_none_leaves_the_others_alone(show):
    header, blocks = told()
    for name in ("nowhere", "../shell/player", "Network", "plane/panel", "raster"):
        probes = {**header["probes"], "own": {"pictures": [name], "columns": []}}
        page = show({**header, "probes": probes}, blocks, pictures=(*PICTURES, name))
        expect(page.get_by_text(f"The picture “{name}” could not be drawn.")).to_be_visible()
        expect(page.locator(f"{HOST} section:visible")).to_have_count(5)
        expect(page.locator(f"{HOST} .loss [role=img]")).to_have_attribute("aria-label", re.compile("training "))
        page.keyboard.press("End")
        page.keyboard.press("Home")


def test_a_picture_that_throws_leaves_the_others_alone(show):
    header, blocks = told()
    page = show({**header, "shown_layers": None}, blocks)
    expect(page.get_by_text("The picture “network” could not be drawn.")).to_be_visible()
    expect(page.locator(f"{HOST} .boundary [role=img]")).to_have_attribute("aria-label", re.compile("Decision regions"))


def test_layers_without_weights_or_without_units_stand_where_they_belong(show):
    """A convolution, a pool, a flattening and a dense layer: 3 layers of weights, 2 with an activation."""
    header, blocks = told(data={"source": "digits"}, network={"layers": [
        {"kind": "conv2d", "filters": 2}, {"kind": "max_pool2d"}, {"kind": "flatten"}, {"units": 4, "activation": "sigmoid"}]})
    page = show(header, blocks, pictures=("gradient", "map", "loss"))
    bars = page.locator(f"{HOST} .gradient [role=img]").first
    expect(bars).to_have_attribute("aria-label", re.compile(r"layer 1 .*layer 4 .*output "))
    page.locator(f"{HOST} .gradient .choice", has_text="flat units").click()
    expect(bars).to_have_attribute("aria-label", re.compile(r"layer 1 \d+ %, layer 4 \d+ %\.$"))
    assert page.errors == []


def test_every_kind_of_run_is_drawn_and_told_in_numbers(show):
    for settings in ({"data": {"source": "iris"}}, {"data": {"source": "digits"}}, {"data": {"source": "hills"}},
                     {"data": {"source": "three_spirals"}, "network": {"layers": []}}, {"data": {"test_share": 0.0}},
                     {"network": {"layers": [{"units": 4, "activation": "sigmoid"}] * 64}}, {"seeds": 4},
                     {"network": {"initializer": "zeros"}}):
        page = show(*filmed(**settings), pictures=(*PICTURES, "map", "waterfall", "slope"))
        page.keyboard.press("End")
        expect(page.locator(HOST)).to_have_attribute("data-epoch", "2")
        said = page.locator(f"{HOST} [role=img]").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
        assert len(said) >= 6 and all(said), settings
        for text in (*said, page.locator(HOST).inner_text()):
            assert not re.search("NaN|undefined|Infinity", text), (settings, text)
    assert page.errors == []


def test_points_of_one_input_stand_where_the_data_are(show):
    page = show(*told(data={"source": "sine"}))
    data = load(RunConfig.model_validate({"data": {"source": "sine"}}).data)
    for trace, x, y in ((1, data.points_train[:, 0], data.y_train), (0, data.points_test[:, 0], data.y_test)):
        shown = page.evaluate(f"() => {{ const t = document.querySelector('.boundary .js-plotly-plot').data[{trace}];"
                              " return [Array.from(t.x), Array.from(t.y)] }")
        np.testing.assert_allclose(shown, [x, y], atol=1e-6)
