"""The lesson "Backpropagation" in a browser: stepped by keys, a number edited, the picture follows; bad input is refused."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import settled


def test_it_is_stepped_by_keys_and_a_number_is_edited(page, visit):
    visit(page, "backprop")
    picture = page.get_by_role("img", name=re.compile("^The network as circles and lines"))
    picture.first.wait_for()
    page.keyboard.press("n")
    page.get_by_role("img", name=re.compile("a₁ = 0.7596")).first.wait_for()
    page.keyboard.press("b")
    page.get_by_text("Step 1 of 5").wait_for()
    field = page.get_by_label("x₁", exact=True)
    field.fill("1,5e1")  # a decimal comma, whatever language the browser speaks
    field.press("Enter")
    page.get_by_role("img", name=re.compile("z₁ = 0.351")).first.wait_for()
    field.fill("100")
    field.press("Enter")
    page.get_by_role("img", name=re.compile("z₁ = 1.201")).first.wait_for()
    field.fill("")
    field.press("Tab")
    page.get_by_text("x₁ stays 100. Type a number").wait_for()
    expect(field).to_have_value("100")
    other = page.get_by_label("x₂", exact=True)
    other.fill("1e9")
    other.press("Enter")
    page.get_by_text("x₂ stays 4. 1e9 is out of range. Type a number").wait_for()
    page.get_by_role("img", name=re.compile("z₁ = 1.201")).first.wait_for()  # the last good one is kept
    page.locator("h1").click()
    page.keyboard.press("PageDown")
    page.get_by_role("img", name=re.compile("derivatives of the loss found so far")).first.wait_for()
    assert not page.errors and not page.outside


def test_on_a_phone_the_picture_scrolls_to_the_step_and_the_example_stands_in_the_address(new_page, visit):
    page = visit(new_page(viewport={"width": 390, "height": 844}, has_touch=True), "backprop?idea=backward&preset=two_paths")
    expect(page.locator("[data-testid=figure][data-drawn]")).to_be_visible()
    strip = page.locator(".live-figure .strip")
    ends = strip.evaluate("strip => [strip.scrollWidth - strip.clientWidth, strip.scrollLeft]")
    assert ends[0] > 200 and abs(ends[1] - ends[0]) < 60  # the loss stands at the right end, and there the way back begins
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page.get_by_role("button", name="Three sigmoids in a row").click()
    expect(page).to_have_url(re.compile("preset=three_in_a_row"))
    settled(page)
    page.go_back()
    expect(page).to_have_url(re.compile("preset=two_paths"))
    expect(page.get_by_role("button", name="Two paths")).to_have_attribute("data-testid", "stBaseButton-primary")
    assert not page.errors and not page.outside
