"""The Autoencoder page in a real browser: it learns, its pictures move, a place in the plane is moved by keys and by mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PLAYER, faults
from tests.browser.test_playground import button, hasten, pause, scrub, wait_for

PICTURES = "[data-testid=figure]"


@pytest.fixture
def lab(page, visit):
    """The lab with a short film."""
    return visit(page, "autoencoder?view=lab&training.epochs=6", player=True)


def colours(page: Page, picture: str) -> list[int]:
    return page.evaluate(f"""() => [...document.querySelectorAll("{PLAYER} section.{picture} canvas")].map((canvas) =>
        new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size)""")


def test_it_learns_beside_pca_its_pictures_move_and_a_place_in_the_plane_is_moved_by_keys(lab):
    hasten(lab)
    wait_for(lab, "d.state === 'finished'")
    expect(lab.locator(f"{PLAYER} .words")).to_contain_text(re.compile(r"Held-out mean squared error 0\.05"))
    expect(lab.locator(f"{PLAYER} .loss .legend")).to_contain_text("PCA with 2 numbers")
    expect(lab.locator(f"{PLAYER} .codes header .note")).to_contain_text("150 of 400")  # all would lie on each other
    told = {name: lab.locator(f"{PLAYER} .{name} [role=img]").first for name in ("codes", "again")}
    later = {name: node.get_attribute("aria-label") for name, node in told.items()}
    assert all(found > 8 for name in told for found in colours(lab, name))

    expect(lab.get_by_text("As the network is at epoch 6.")).to_be_visible()
    point, decoded = lab.get_by_role("button", name=re.compile("place in the plane")), lab.locator(PICTURES).nth(1)
    expect(decoded).to_have_attribute("data-drawn", re.compile(r"\d+"))
    drawn, place = int(decoded.get_attribute("data-drawn")), point.get_attribute("aria-label")
    point.focus()
    for _ in range(8):
        lab.keyboard.press("ArrowRight")
    expect(point).not_to_have_attribute("aria-label", place)
    lab.wait_for_function("([node, drawn]) => +node.dataset.drawn > drawn", arg=[decoded.element_handle(), drawn])

    scrub(lab, 0)
    expect(lab.get_by_text("As the network is at epoch 0.")).to_be_visible()
    wait_for(lab, "+d.epoch === 0")
    for name, node in told.items():
        expect(node).to_have_attribute("aria-label", re.compile("epoch 0"))
        assert node.get_attribute("aria-label") != later[name]
    button(lab, "Play").click()
    wait_for(lab, "+d.epoch > 1")
    pause(lab)
    assert lab.locator(f"{PLAYER} .failure:visible").count() == 0 and faults(lab) == []
    assert lab.errors == [] and lab.outside == []


def test_the_lesson_goes_on_by_keys_and_has_no_fault(page, visit):
    visit(page, "autoencoder?idea=decode")
    for i in range(2):
        expect(page.locator(PICTURES).nth(i)).to_have_attribute("data-drawn", re.compile(r"\d+"))
    assert faults(page) == []
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", name="Taking noise away")).to_be_visible()
    page.get_by_role("button", name="Lab", exact=True).click()
    page.wait_for_selector(f"{PLAYER}[data-frames-drawn]")
    expect(page).to_have_url(re.compile("view=lab"))
    assert page.errors == []
