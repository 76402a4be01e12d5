"""The lesson on optimisers in a real browser: drag the start by hand and by keys, play a film, type a border."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import idea, settled


def figure(page, idea: str):
    """The picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-optimizers-{idea} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_a_start_is_dragged_a_film_rests_and_a_border_is_typed(page, visit):
    visit(page, "optimizers")
    rolling = figure(page, "downhill")
    handle, start = rolling.get_by_role("button", name=re.compile("^start")), page.get_by_role("slider", name="Start: weight w")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x + 12 * k, y)
        page.wait_for_timeout(30)
    page.mouse.up()
    page.wait_for_timeout(600)  # where it was let go travels last
    settled(page)
    dragged = float(start.input_value())
    assert -2.3 < dragged < -0.5
    handle.focus()
    page.keyboard.press("ArrowRight")
    expect(start).to_have_value(f"{dragged + 0.1:.1f}".removesuffix(".0"))

    expect(page.get_by_text("Step 1, from where the film rests")).to_be_visible()
    rolling.get_by_role("button", name="Play").click()
    expect(rolling).to_contain_text(re.compile(r"Step\s*([3-9]|[12]\d)\s*/\s*30"))
    rolling.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile(r"Step ([4-9]|[12]\d|3[01]), from where the film rests"))).to_be_visible()

    idea(page, "border")
    figure(page, "border")
    product = page.get_by_label("Rate times curvature, ηk")
    for typed, manner in (("2,000001", "gets further away"), ("2", "to and fro for ever"), ("1.999999", "nearer each time")):
        product.fill(typed)
        product.press("Enter")
        expect(page.get_by_text(manner)).to_be_visible()
    product.fill("much")
    product.press("Enter")
    expect(page.get_by_text("stays 1.999999")).to_be_visible()
    assert page.errors == [] and page.outside == []
