"""The player alone, fed with messages of our own: what it makes of a scene that no page shows yet, or only seldom."""

import json
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from ann_core import RunConfig, first_frame, start
from ann_core.film.scene import scene
from ann_core.film.wire import pack
from ui.assets import url

HOST = "#alone .film-player"
SHOW = """async ([address, bytes]) => {
  const { mount } = await import(address)
  const host = Object.assign(document.createElement("div"), { id: "alone", innerHTML: "<div class=film-player></div>" })
  document.body.prepend(host)
  await mount({ data: Uint8Array.from(bytes), parentElement: host, setTriggerValue() {} })
}"""


@pytest.fixture
def show(page: Page, server: str) -> Callable[..., Page]:
    """Shows a scene and one frame, and nothing else: `show(header, blocks)`."""
    page.goto(f"{server}/_stcore/health")

    def go(said: dict, blocks: dict) -> Page:
        header = {"v": 1, "seq": 1, "answer": 0, "pictures": ["network", "boundary", "gradient", "loss"], "autoplay": False,
                  "most": {"epochs": 1, "steps": 1}}
        entry = {"id": "a", "kind": "scene", "scene": {**said, "name": "this network", "color": None}, "name": "this network",
                 "color": None, "state": "finished", "message": None}
        page.evaluate(SHOW, [url("player/index.js"), list(pack(header, [(entry, blocks)]))])
        page.wait_for_selector(f"{HOST}[data-frames-drawn]")
        return page

    return go


def told(**settings) -> tuple[dict, dict]:
    run = start(RunConfig.model_validate(settings))
    header, blocks = scene(run)
    return json.loads(json.dumps(header)), {**blocks, **first_frame(run).blocks()}


def test_a_run_without_a_plane_has_no_boundary_and_everything_else(show):
    header, blocks = told()
    for name in ("boundary", "curve", "units", "unit_scale"):
        del blocks[name]
    page = show({**header, "plane": None, "field": None}, blocks)
    expect(page.locator(f"{HOST} section:visible")).to_have_count(3)
    expect(page.locator(f"{HOST} .boundary")).to_have_count(0)
    expect(page.locator(f"{HOST} .network .note")).to_have_text("lines are weights; orange +, blue −")
    page.locator(f"{HOST} .units button").first.click()
    page.locator(f"{HOST} .gradient .choice", has_text="flat units").click()
    assert page.errors == []


def test_a_seed_that_has_just_what_is_needed_has_learned_and_one_that_diverged_has_not(show):
    header, blocks = told(seeds=4, data={"source": "xor"})
    needed = np.float32(header["score"]["needed"])
    scores = np.array([[needed, np.nextafter(needed, np.float32(0)), 1, 1]], np.float32)
    losses = np.array([[0.5, 0.5, 0.5, header["infinite"]]], np.float32)
    page = show(header, {**blocks, "test_score": scores, "train_loss": losses, "epoch": np.array([1.0])})
    page.keyboard.press("End")
    expect(page.locator(f"{HOST} .words p").first).to_contain_text("failed to learn in 2 of 4 runs")
    expect(page.locator(f"{HOST} .notes")).to_contain_text(f"Failed to learn: {header['score']['failed']}.")
    assert page.errors == []
