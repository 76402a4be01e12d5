"""The lesson on initialisation in a real browser: layers go by key, the table of many networks shows how far it is."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled


def test_layers_go_by_key_and_the_table_shows_its_progress(page, visit):
    visit(page, "initialization?idea=deep")
    picture = page.locator(".st-key-initialization-deep [data-testid=figure]")
    expect(picture).to_have_attribute("data-drawn", re.compile(r"\d+"))
    expect(picture.locator(".heatmaplayer image")).to_have_count(1)
    layers = page.get_by_role("slider", name="Hidden layers")
    layers.focus()
    layers.press("ArrowLeft")
    expect(page.get_by_text("Layer 49: the signal shrinks slowly.")).to_be_visible()
    expect(page.get_by_role("cell", name="49", exact=True)).to_be_visible()

    page.get_by_role("button", name="about 10⁻⁶").click()
    expect(page.get_by_text("Layer 10: the signal dies.")).to_be_visible()  # the asked network
    page.locator("h1").click()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Xavier, He, LeCun: a factor of 1")).to_be_visible()
    settled(page)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="And the way back?")).to_be_visible()
    expect(page.get_by_role("slider", name="Hidden layers")).to_have_value("49")  # the scene is over, the network the same
    expect(page.get_by_text("Forward: the signal shrinks slowly. Backward: the gradient holds.")).to_be_visible()
    page.get_by_role("button", name="More than a thousand times").click()
    page.get_by_role("button", name="Measure 20 networks of 50 layers").click()
    expect(page.locator("[data-testid=stProgress]").get_by_text("20 networks of 50 layers")).to_be_visible()
    expect(page.get_by_role("cell", name="the units saturate, the gradient explodes").first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid=stProgress]").get_by_text("20 networks of 50 layers")).to_have_count(0)
    assert page.errors == [] and page.outside == []
