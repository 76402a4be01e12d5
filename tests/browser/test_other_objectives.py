"""Runs that no page shows yet, in the player: the inputs again, and two networks against each other."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PLAYER, ROOT, serving
from tests.browser.test_playground import hasten, wait_for

PAGE = '''
import streamlit as st

from ann_core import RunConfig
from ann_core.film.recording import Recording
from tests.core.test_objectives import AUTOENCODER, GAN, ring
from ui.player.player import player

which = st.query_params["run"]
settings = {"autoencoder": {**AUTOENCODER, "training": {"learning_rate": 0.01, "epochs": 12}},
            "gan": {**GAN, "training": {**GAN["training"], "epochs": 25}, "seeds": int(st.query_params.get("seeds", 1))}}[which]
if "recording" not in st.session_state:
    data = ring() if which == "gan" else None
    st.session_state.recording = Recording(RunConfig.model_validate(settings), data, in_depth=True)
every = ("network", "boundary", "gradient", "loss", "map", "waterfall", "slope")
player([st.session_state.recording], key="film", pictures=every)
'''
APP = """
import streamlit as st

from ui.door import MIDDLEWARE, ROUTES

app = st.App("page.py", routes=ROUTES, middleware=MIDDLEWARE)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """The player alone on a page, behind the app's own door."""
    folder = tmp_path_factory.mktemp("objectives")
    (folder / "page.py").write_text(PAGE)
    (folder / "app.py").write_text(APP)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    with serving(folder, folder / "log.txt", PYTHONPATH=str(ROOT)) as url:
        yield url


def pictures(page: Page) -> list[str]:
    return page.locator(f"{PLAYER} section:visible").evaluate_all("nodes => nodes.map(node => node.className)")


def said(page: Page, picture: str) -> str:
    return page.locator(f"{PLAYER} section.{picture} [role=img]").first.get_attribute("aria-label")


def test_an_autoencoder_plays_to_its_end(page, visit):
    visit(page, "?run=autoencoder", player=True)
    hasten(page)
    wait_for(page, "d.state === 'finished'")
    assert pictures(page) == ["network", "gradient", "loss", "map", "waterfall", "slope"]  # it has no plane
    expect(page.locator(f"{PLAYER} .loss .legend")).to_have_text("trainingheld-outPCA with 2 numbers")
    page.locator(f"{PLAYER} .loss .choice", has_text="mean squared error").click()
    expect(page.locator(f"{PLAYER} .words")).to_contain_text("Held-out mean squared error")
    page.locator(f"{PLAYER} .gradient .choice", has_text="flat units").click()
    expect(page.locator(f"{PLAYER} .slope h2")).to_have_text("Where layer 2's units sit on the slope")
    assert page.locator(f"{PLAYER} .failure:visible").count() == 0 and page.errors == []


def test_a_generator_and_a_discriminator_play_to_their_end(page, visit):
    visit(page, "?run=gan&seeds=3", player=True)
    hasten(page)
    wait_for(page, "d.state === 'finished'")
    assert pictures(page) == ["network", "boundary", "gradient", "loss", "map"]  # it has no single way back
    expect(page.locator(f"{PLAYER} .loss .legend")).to_have_text("judgegenerator")
    assert page.locator(f"{PLAYER} .loss .choice[data-group=which]").count() == 0  # without right answers: no score
    for text in ("Loss: judge", ", generator", "Judge, layer 1's gradient", "Generator, layer 1's gradient"):
        expect(page.locator(f"{PLAYER} .words")).to_contain_text(text)
    for text in ("judge, output", "generator, layer 1", "generator, output"):
        assert text in said(page, "gradient") and text in said(page, "map")
    assert "judge" in said(page, "loss") and "generator" in said(page, "loss")
    page.locator(f"{PLAYER} .gradient .choice", has_text="flat units").click()
    page.wait_for_timeout(300)
    assert page.locator(f"{PLAYER} .failure:visible").count() == 0 and page.errors == []
