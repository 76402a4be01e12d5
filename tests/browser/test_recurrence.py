"""The lesson on recurrence in a real browser, by keys: the step in a picture and in its formula, the film of a gradient."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import idea


def figure(page, idea: str):
    """The picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-recurrence-{idea} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_a_step_is_chosen_by_keys_an_answer_unveils_and_the_film_of_a_gradient_goes_on(page, visit):
    visit(page, "recurrence")
    figure(page, "state")
    step = page.locator("input[type=range][aria-label='Step t']")
    step.focus()
    page.keyboard.press("ArrowRight")
    expect(step).to_have_value("5")
    expect(page.locator(".st-key-show_state")).to_contain_text("h_5")
    page.keyboard.press("PageDown")
    figure(page, "unrolled")
    expect(page.get_by_text("To remember.")).to_have_count(0)
    page.get_by_role("button", name="Show me").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("To remember.")).to_be_visible()
    expect(page.locator(".st-key-show_unrolled")).to_contain_text("all together")

    idea(page, "through")
    figure(page, "through")
    shown = page.locator(".st-key-show_through")
    expect(shown).to_contain_text("after 0 steps of learning")
    page.locator(".st-key-recurrence-through").get_by_role("slider").focus()
    page.keyboard.press("End")
    expect(shown).to_contain_text(re.compile(r"after [1-9]\d* steps of learning"))
    assert page.errors == [] and page.outside == []
