"""The lesson on attention in a real browser, by keys: a query and its formula, and what the question unveils."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled
from tests.pages.test_lesson_form import ideas

SCROLLED = ("block", "depth", "large")
"""Ideas whose pictures are wider than a phone and are scrolled sideways."""


def figure(page, idea: str):
    """The picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-attention-{idea} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"), timeout=30_000)
    return found


def test_a_query_is_moved_by_keys_and_an_answer_unveils(page, visit):
    visit(page, "attention?idea=look")
    figure(page, "look")
    query = page.locator("input[type=range][aria-label='First number of the query']")
    query.focus()
    page.keyboard.press("ArrowRight")
    expect(query).to_have_value("1.25")
    expect(page.locator(".st-key-show_look")).to_contain_text("2.5", timeout=10_000)
    for idea in ("scores", "views"):
        page.keyboard.press("PageDown")
        figure(page, idea)
    expect(page.get_by_text("To remember.")).to_have_count(0)
    page.get_by_role("button", name="Show me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("To remember.")).to_be_visible(timeout=10_000)
    expect(page.locator(".st-key-show_views")).to_contain_text("nowhere in a score", timeout=10_000)
    settled(page)
    assert page.errors == [] and page.outside == []


def test_ideas_fit_a_phone(new_page, visit):
    page = visit(new_page(viewport={"width": 390, "height": 844}), "attention")
    for idea in ideas("attention"):
        strip = figure(page, idea).locator(".strip")
        if idea not in SCROLLED:
            assert strip.evaluate("node => node.scrollWidth <= node.clientWidth"), idea
        page.keyboard.press("PageDown")
    assert page.errors == []
