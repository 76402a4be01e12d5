"""The lesson on activations in a real browser: linked cursor, a point moved by keys, a film, from idea to idea by keys."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled

FIGURE = "[data-testid=figure]"


def drawn(page) -> None:
    settled(page)
    page.wait_for_selector(f"{FIGURE}[data-drawn]")


def tile(page, name: str):
    return page.locator("[data-testid=stMetric]", has_text=name).locator("[data-testid=stMetricValue]")


def onward(page, *headings: str) -> None:
    for heading in headings:
        page.keyboard.press("PageDown")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    drawn(page)


def test_cursor_drag_film_and_the_way_by_keys(page, visit):
    visit(page, "activations?idea=gallery")
    drawn(page)
    cursor = page.get_by_role("slider", name="Cursor along z")
    cursor.focus()
    page.keyboard.press("Home")
    expect(page.locator(f"{FIGURE} .readout p")).to_have_text("z = −6")
    height = page.get_by_role("slider", name="z, the unit's weighted sum")
    expect(height).to_have_value("-6")  # cursor, slider and formulas are one place
    expect(page.get_by_role("cell", name="0.0025", exact=True)).to_be_visible()
    box = cursor.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(cursor).to_have_attribute("aria-valuetext", re.compile(r"sigmoid: f\(z\) 0\.[45]\d*, f′\(z\) 0\.2[45]"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4)
    expect(height).not_to_have_value("-6")
    height.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.mouse.move(5, 5)
    expect(page.locator(f"{FIGURE} .readout p")).to_have_text("z = −5.9")
    expect(page.get_by_role("cell", name="0.0027", exact=True)).to_be_visible()  # σ′(−5.9)

    onward(page, "What sets them apart?", "How slopes multiply")
    expect(tile(page, "sigmoid: 10 slopes")).to_have_text("5.1·10⁻⁷")
    page.locator(f"{FIGURE} button.handle").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("slider", name="z in every layer")).to_have_value("1.5")
    expect(tile(page, "ReLU: 10 slopes")).to_have_text("1")

    onward(page, "When does tanh's gradient vanish?", "A unit that is off for every row")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(FIGURE)).to_have_attribute("data-state", "finished")
    expect(page.locator(f"{FIGURE} .caption")).to_contain_text(re.compile(r"Step 400\. .*leaky ReLU: ∂L/∂w = .*loss 0\.0005"))
    page.get_by_role("button", name="It stays as it is").click()
    expect(page.get_by_text("Right:")).to_be_visible()
    assert page.errors == [] and page.outside == []
