"""Where the question of an idea stands in a real browser: in sight when the idea opens, and beside or above its picture."""

import re

import pytest
from playwright.sync_api import expect

SMALL = {"width": 390, "height": 844}
BESIDE = ["neuron?idea=bias", "losses?idea=curves"]
"""Ideas that begin with a picture and its controls: one drawn by the page itself, one by a fragment."""
WIDE = ["backprop?idea=matrix", "generalization?idea=dropout"]
"""Ideas whose pictures take the whole width."""


def boxes(page):
    """Where the first option and the picture are."""
    expect(page.locator(".st-key-idea .live-figure").first).to_have_attribute("data-drawn", re.compile(r"\d+"), timeout=20_000)
    option, picture = page.locator("[class*='st-key-ask_'] button").first, page.locator(".st-key-idea .live-figure").first
    return option.bounding_box(), picture.bounding_box()


@pytest.mark.parametrize("path", [*BESIDE, *WIDE])
def test_the_question_is_in_sight_when_an_idea_opens(page, visit, path):
    option, picture = boxes(visit(page, path))
    assert option["y"] + option["height"] < 781
    if path in BESIDE:
        assert option["x"] >= picture["x"] + picture["width"] and option["y"] < picture["y"] + picture["height"]
        controls = page.locator("[class*='st-key-show_'] [data-testid=stSlider]").first.bounding_box()
        assert controls["y"] > option["y"] + option["height"] and controls["x"] >= picture["x"] + picture["width"]
    else:
        assert option["y"] + option["height"] < picture["y"]


@pytest.mark.parametrize("path", [BESIDE[1], WIDE[1]])
def test_on_a_phone_the_question_stands_above_the_picture(new_page, visit, path):
    option, picture = boxes(visit(new_page(viewport=SMALL), path))
    assert option["y"] + option["height"] < min(picture["y"], 844) and picture["width"] <= 390
