"""The lesson "Neuron" in a browser: the boundary is dragged and moved by keys, ideas are turned by keys, XOR comes apart."""

import re

from playwright.sync_api import expect


def metric(page, label: str) -> str:
    return page.locator("[data-testid=stMetric]", has_text=label).locator("[data-testid=stMetricValue]").inner_text()


def test_a_boundary_is_dragged_and_the_ideas_are_gone_through_by_keys(page, visit):
    visit(page, "neuron?idea=bias")
    weights = page.get_by_role("button", name=re.compile("^weights w₁ and w₂: x 1, y 0.9"))
    weights.wait_for()
    box = weights.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 110, y + 20, steps=6)
    page.mouse.up()
    page.get_by_text(re.compile(r"z changes by w₁ = (−|0\.[0-3])")).wait_for()  # the server heard of it

    bias = page.get_by_role("button", name=re.compile("^bias b: y .1"))
    bias.focus()
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    zeros = page.locator("[data-testid=stMetricValue]", has_text=re.compile("^0$"))
    zeros.nth(1).wait_for()  # z at the origin, and the boundary's distance to it
    assert metric(page, "boundary to origin") == "0"

    page.keyboard.press("PageUp")
    field = page.get_by_label("x₁", exact=True)
    field.wait_for()
    field.fill("1000")
    field.press("Enter")
    page.get_by_text("x₁ stays 5. 1000 is out of range.").wait_for()
    assert field.input_value() == "5" and metric(page, "z") == "4"  # the last good one is kept

    visit(page, "neuron?idea=hidden")
    told = page.locator("[data-testid=figure]")
    told.get_by_text("Epoch 0.").wait_for()
    scrub = told.get_by_role("slider")
    scrub.focus()
    scrub.press("End")
    told.get_by_text("Epoch 400.").wait_for()
    page.get_by_text("at epoch 400, where the film rests").wait_for()  # the formula has the film's place
    assert metric(page, "right at the end") == "?"
    page.get_by_role("button", name="3 corners").click()
    page.get_by_text("That would be so if the corners stayed where they are").wait_for()
    told.get_by_text("Epoch 400: 4 of 4 corners are right.").wait_for()  # it played by itself
    assert metric(page, "right at the end") == "4 of 4"
    assert not page.errors and not page.outside


def test_an_answer_is_acted_out_and_the_own_numbers_come_back(page, visit):
    visit(page, "neuron?idea=what")
    b = page.get_by_role("slider", name="b, what is sold without sun")
    b.wait_for()
    b.focus()
    page.keyboard.press("End")
    expect(b).to_have_value("3")
    expect(page.get_by_text("To remember.")).not_to_be_visible()
    page.get_by_role("button", name="up by 5").click()
    expect(page.get_by_text("That would be so if b were multiplied by x, as w is.")).to_be_visible()
    expect(page.get_by_text("To remember.")).to_be_visible()
    expect(b).to_have_value("1")  # the asked situation, on its way from 0
    expect(b).to_have_value("3")
    page.get_by_role("button", name="Another try, other numbers").click()
    expect(page.get_by_role("button", name="it stays")).to_be_visible()
    assert not page.errors and not page.outside


def test_where_motion_is_reduced_the_asked_situation_comes_at_once(new_page, visit):
    page = visit(new_page(reduced_motion="reduce"), "neuron?idea=what")
    page.get_by_role("button", name="Show me").click()
    b = page.get_by_role("slider", name="b, what is sold without sun")
    expect(b).to_have_value("1")
    expect(b).to_have_value("0")
    assert not page.errors
