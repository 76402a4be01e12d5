"""The lesson on generalisation in a real browser: a film of overfitting, cures switched on, a band over draws with progress."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import idea, settled


def figure(page, idea: str):
    """The first picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-generalization-{idea} [data-testid=figure]").first
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_a_network_overfits_and_cures_are_measured(page, visit):
    visit(page, "generalization?idea=film")
    film = figure(page, "film")
    expect(film).to_contain_text("Epoch 1: loss on training rows 0.44")
    page.get_by_role("button", name="Within the first 100 epochs").click()  # the scene plays the film
    expect(film).to_contain_text(re.compile(r"Moment\s*([2-9]|1\d|20)\s*/\s*21"))
    expect(film).to_contain_text("loss on held-out rows")
    idea(page, "cures")
    figure(page, "cures")
    settled(page)
    page.get_by_text("early stopping (patience 20)", exact=True).first.click()
    expect(page.get_by_role("cell", name="early stopping (patience 20)")).to_be_visible()
    page.get_by_role("button", name="batch normalisation", exact=True).first.click()
    expect(page.get_by_text("Right: batch normalisation.")).to_be_visible()

    idea(page, "gain")
    figure(page, "gain")
    page.get_by_role("radio", name="20", exact=True).or_(page.get_by_text("20", exact=True)).first.click()
    expect(page.get_by_text(re.compile(r"Networks trained: \d+ of 40"))).to_be_visible()
    page.get_by_role("button", name="Yes: sooner, and a lower loss").click()  # its scene gives the twenty draws back
    expect(page.get_by_text("20 of 20")).to_be_visible(timeout=150_000)
    assert page.errors == [] and page.outside == []
