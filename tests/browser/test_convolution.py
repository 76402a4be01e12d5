"""The lesson on convolution in a real browser: the filter is moved by keys and by hand; Lesson and Lab go back and forth."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PLAYER, settled


def figure(page, idea: str):
    """The picture of an idea, once it is drawn."""
    found = page.locator(f".st-key-convolution-{idea} [data-testid=figure]")
    expect(found).to_have_attribute("data-drawn", re.compile(r"\d+"), timeout=20_000)
    return found


def test_a_filter_goes_along_with_its_point(page, visit):
    visit(page, "convolution")
    place = figure(page, "filter").get_by_role("button", name=re.compile("place of the filter"))
    row, column = (page.get_by_role("slider", name=f"{name} of the window") for name in ("Row", "Column"))
    place.focus()
    page.keyboard.press("ArrowRight")
    expect(column).to_have_value("5")
    page.keyboard.press("ArrowDown")
    expect(row).to_have_value("4")
    settled(page)

    box = place.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 11):
        page.mouse.move(x - 7 * k, y)
        page.wait_for_timeout(30)
    page.mouse.up()
    expect(column).to_have_value(re.compile("[123]"))
    assert page.errors == [] and page.outside == []


def test_lesson_and_lab_go_back_and_forth(page, visit):
    visit(page, "convolution?idea=pooling")
    figure(page, "pooling")
    page.get_by_role("button", name="Lab", exact=True).click()
    expect(page.locator(PLAYER)).to_be_visible(timeout=20_000)
    expect(page).to_have_url(re.compile(r"view=lab"))
    page.go_back()
    expect(page.get_by_role("heading", name="Pools: less of where, enough of what")).to_be_visible(timeout=10_000)
    page.go_forward()
    expect(page.locator(PLAYER)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Lesson", exact=True).click()
    expect(page).to_have_url(re.compile(r"idea=pooling"))
    page.get_by_role("link", name="The same in the Lab").click()
    expect(page).to_have_url(re.compile(r"view=lab.*average_pool2d"))
    expect(page.locator(PLAYER)).to_be_visible(timeout=20_000)
    assert page.errors == [] and page.outside == []
