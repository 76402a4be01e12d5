"""The lesson on GANs in a real browser: noise is moved by keys, a round is played, the answer is acted out, Lesson and Lab."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, settled


def figure(page, name: str):
    """A picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-gan-{name} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_the_sample_goes_along_with_its_noise_by_keys(page, visit):
    visit(page, "gan")
    handle = figure(page, "noise").get_by_role("button", name=re.compile("noise"))
    sample = figure(page, "noise-samples").locator("[role=img]").first
    before = sample.get_attribute("aria-label")
    handle.focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(page.get_by_role("slider", name="Noise z₂")).to_have_value(re.compile(r"-0\.4"))
    settled(page)
    expect(sample).not_to_have_attribute("aria-label", before)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="A judge that learns")).to_be_visible()
    assert page.errors == [] and page.outside == []


def test_a_round_is_stepped_through_and_its_question_is_acted_out(page, visit):
    visit(page, "gan?idea=round")
    figure(page, "round-200").get_by_role("button", name="One step on").click()
    expect(page.get_by_text("2. It makes a sample of each")).to_be_visible()
    page.get_by_role("button", name="1,185", exact=True).click()
    expect(page.get_by_text("You said: 1,185")).to_be_visible()
    expect(page.get_by_text("5. The generator's turn")).to_be_visible()
    page.get_by_role("link", name="The same in the Lab").click()
    expect(page.locator(PLAYER)).to_be_visible()
    page.get_by_role("button", name="Lesson", exact=True).click()
    expect(page).to_have_url(re.compile("idea=round"))
    assert page.errors == [] and page.outside == []
