"""The lesson on losses in a real browser: drag the outlier by hand and by keys, roll the point, turn the page by key."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import idea, settled


def figure(page, idea: str):
    """The picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-losses-{idea} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_an_outlier_is_dragged_and_a_point_rolls(page, visit):
    visit(page, "losses?idea=outlier")
    handle = figure(page, "outlier").get_by_role("button", name=re.compile("outlier"))
    height = page.get_by_role("slider", name="Height of the outlier")
    before = page.get_by_text("352 times")
    expect(before).to_be_visible()

    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x, y - 8 * k)
        page.wait_for_timeout(30)
    page.mouse.up()
    expect(before).not_to_be_visible()
    page.wait_for_timeout(600)  # where it was let go travels last
    settled(page)
    dragged = float(height.input_value())
    assert 17 < dragged < 25
    handle.focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(height).to_have_value(f"{dragged - 1:.1f}".removesuffix(".0"))

    page.locator("h1").click()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Wrong, and sure of it")).to_be_visible()
    idea(page, "roll")
    rolling = figure(page, "roll")
    rolling.get_by_role("button", name="Play").click()
    expect(rolling).to_contain_text(re.compile(r"Step\s*([3-9]|[12]\d)\s*/\s*30"))
    assert page.errors == [] and page.outside == []
