"""Where the question of an idea stands in a real browser: in sight when the idea opens, and beside or above its picture."""

import re

from playwright.sync_api import expect

SMALL = {"width": 390, "height": 844}
BESIDE = ["neuron?idea=bias", "losses?idea=curves"]
"""Ideas that begin with a picture and its controls: one drawn by the page itself, one by a fragment."""
WIDE = ["backprop?idea=matrix", "generalization?idea=dropout"]
"""Ideas whose pictures take the whole width."""


def boxes(page):
    """Where the first option and the picture are."""
    expect(page.locator(".st-key-idea .live-figure").first).to_have_attribute("data-drawn", re.compile(r"\d+"))
    option, picture = page.locator("[class*='st-key-ask_'] button").first, page.locator(".st-key-idea .live-figure").first
    return option.bounding_box(), picture.bounding_box()


def test_the_question_is_in_sight_when_an_idea_opens(page, visit):
    for path in (*BESIDE, *WIDE):
        page.set_viewport_size({"width": 1280, "height": 800})
        option, picture = boxes(visit(page, path))
        assert option["y"] + option["height"] < 781
        if path in BESIDE:
            assert option["x"] >= picture["x"] + picture["width"] and option["y"] < picture["y"] + picture["height"]
            controls = page.locator("[class*='st-key-show_'] [data-testid=stSlider]").first.bounding_box()
            assert controls["y"] > option["y"] + option["height"] and controls["x"] >= picture["x"] + picture["width"]
        else:
            assert option["y"] + option["height"] < picture["y"]
    for path in (WIDE[1], BESIDE[1]):  # on a phone the question stands above the picture
        page.set_viewport_size(SMALL)
        option, picture = boxes(visit(page, path))
        assert option["y"] + option["height"] < min(picture["y"], 844) and picture["width"] <= 390


def test_ideas_are_listed_by_their_titles_and_the_list_closes(page, visit):
    visit(page, "losses?idea=unit")
    page.get_by_role("button", name="2 of 9: A measure in the target's own unit").click()
    page.locator(".st-key-way-curves button").click()
    expect(page.locator(".st-key-idea h2")).to_have_text("Losses as curves")
    expect(page.locator(".st-key-way-curves")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-idea h2")).to_have_text("One wild point")
    page.locator(".st-key-lesson-further button").click()
    expect(page.locator(".st-key-idea h2")).to_have_text("Wrong, and sure of it")


def test_progress_survives_a_reload_until_it_is_forgotten(page, visit):
    visit(page, "losses")
    page.get_by_role("button", name="It stays the same").click()
    expect(page.get_by_text("To remember.")).to_be_visible()
    slider = page.get_by_role("slider", name="Bias b")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("1.1")
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-idea h2")).to_have_text("A measure in the target's own unit")
    page.wait_for_function("() => localStorage['playground/progress']?.includes('\"unit\"')")
    visit(page, "losses")
    expect(page.get_by_text("To remember.")).to_be_visible()
    expect(slider).to_have_value("1.1")
    visit(page, "")
    expect(page.get_by_text("2 ideas seen")).to_be_visible()
    page.get_by_role("button", name="Forget them").click()
    expect(page.get_by_text("2 ideas seen")).to_be_hidden()
    page.wait_for_function("() => !localStorage['playground/progress'].includes('\"unit\"')")
    page.evaluate("localStorage['playground/progress'] = '1 x damaged'")
    visit(page, "losses")
    expect(page.get_by_text("is damaged, or of another version")).to_be_visible()
    expect(page.get_by_role("button", name="It stays the same")).to_be_visible()
