"""A Transformer block in a real browser: its parts are pressed, by hand and by key, and a token is typed anew."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import idea, settled
from tests.browser.test_attention import figure


def test_parts_of_a_block_are_pressed_by_hand_and_by_key_a_token_is_typed_and_sizes_go_by_keys(page, visit):
    visit(page, "attention?idea=block")
    picture, shown = figure(page, "block"), page.locator(".st-key-show_block")
    expect(shown).to_contain_text("∂L/∂value", timeout=10_000)
    picture.get_by_role("button", name="feed-forward", exact=True).click()
    expect(shown).to_contain_text("in.W", timeout=10_000)
    attention = picture.get_by_role("button", name="attention", exact=True)
    attention.focus()
    page.keyboard.press("Enter")
    expect(shown).to_contain_text("Wqkv", timeout=10_000)
    expect(attention).to_be_focused()
    expect(attention).to_have_attribute("aria-pressed", "true")
    expect(picture.get_by_role("button", pressed=True)).to_have_count(1)
    inks = picture.locator(".heatmap-label text").evaluate_all("found => found.map(one => getComputedStyle(one).fill)")
    assert set(inks) == {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
    before = picture.get_attribute("data-drawn")
    field = shown.get_by_role("textbox", name="number 1")
    field.fill("-2")
    field.press("Enter")
    expect(picture).not_to_have_attribute("data-drawn", re.compile(rf"^{before}$"), timeout=10_000)
    picture.get_by_role("button", name="x", exact=True).click()
    expect(shown).to_contain_text("−2, 1, 0, −1", timeout=10_000)

    idea(page, "large")
    figure(page, "large")
    shown = page.locator(".st-key-show_large")
    expect(shown).to_contain_text("124,439,808", timeout=10_000)
    width = page.get_by_role("slider", name="Numbers d of a token")
    width.focus()
    page.keyboard.press("ArrowRight")
    expect(shown).not_to_contain_text("124,439,808", timeout=10_000)
    settled(page)
    assert page.errors == [] and page.outside == []
