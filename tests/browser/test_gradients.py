"""The lesson on gradients in a real browser: an arrow dragged by hand and by keys, a question acted out, the way to the lab."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled


def figure(page, key: str):
    """One of the pictures of an idea, once it is drawn."""
    found = page.locator(f".st-key-gradients-{key} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"))
    return found


def test_a_gradient_is_clipped_a_cure_is_tried_and_the_lab_opens_on_it(page, visit):
    visit(page, "gradients?idea=clip")
    tip = figure(page, "clip").get_by_role("button", name=re.compile("tip of the gradient"))
    across = page.get_by_role("slider", name="∂L/∂w₁")
    expect(page.get_by_role("cell", name="12.5°")).to_be_visible()
    box = tip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(x - 10 * k, y - 4 * k)
        page.wait_for_timeout(30)
    page.mouse.up()
    expect(page.get_by_role("cell", name="12.5°")).not_to_be_visible()
    page.wait_for_timeout(600)  # where it was let go travels last
    settled(page)
    before = float(across.input_value())
    assert before < 3.5
    tip.focus()
    page.keyboard.press("ArrowRight")
    expect(across).to_have_value(f"{before + 0.1:.1f}".removesuffix(".0"))

    visit(page, "gradients?idea=activation")
    expect(figure(page, "activation-effect")).to_be_visible()
    page.get_by_role("button", name="It still does not learn").click()
    expect(page.get_by_text("Right:")).to_be_visible()
    chosen = page.get_by_role("radio", name="weights of size 0.1")
    expect(chosen).to_have_attribute("aria-checked", "true")  # the asked situation, acted out
    expect(page.get_by_role("row", name=re.compile("of 20 seeds learned 0 0"))).to_be_visible()
    expect(chosen).to_have_attribute("aria-checked", "false")  # and back

    page.get_by_role("link", name="The same in the Gradient lab").click()
    expect(page.get_by_role("heading", name="Gradient lab")).to_be_visible()
    expect(page.locator("[data-testid=film-player]")).to_have_attribute("data-frames-drawn", re.compile(r"\d+"))
    assert page.errors == [] and page.outside == []
