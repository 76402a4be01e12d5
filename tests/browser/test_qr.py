"""The QR code in a real browser: its pixels, the field that corrects it, keyboard, a phone, an address that is too long."""

import io

import numpy as np
import segno
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled

SCHOOL = "https://school.example:8443"


def presented(page: Page, address: str) -> Page:
    page.goto(address)
    settled(page)
    page.get_by_role("button", name="Present").click()
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    settled(page)  # its keys are heard
    return page


def code_of(page: Page):
    return page.locator("[data-testid=qr-code]")


def modules(page: Page, count: int) -> np.ndarray:
    """What a camera sees: dark or light in the middle of each module, of the picture as it stands on the screen."""
    shot = np.asarray(Image.open(io.BytesIO(code_of(page).locator("img").screenshot())).convert("L"))
    places = ((np.arange(count) + 0.5) * shot.shape[0] / count).astype(int)
    return (shot[np.ix_(places, places)] < 128).astype(int)


def matrix(address: str) -> np.ndarray:
    return np.array(list(segno.make(address, error="l", micro=False).matrix_iter(border=4))).astype(int)


def test_one_key_shows_the_address_as_students_reach_it(page, server):
    presented(page, f"{server}/playground?seed=7&training.learning_rate=0.05")
    page.keyboard.press("q")
    expect(code_of(page)).to_be_visible(timeout=10_000)
    expect(code_of(page)).to_contain_text("for this computer alone")  # as the tests start it
    field = page.get_by_label("Students reach it at")
    field.fill("nonsense")
    expect(code_of(page)).to_contain_text("Expected an address such as")
    field.fill(SCHOOL + "/")
    wanted = f"{SCHOOL}/playground?{page.url.partition('?')[2]}"
    assert "seed=7" in wanted
    image = page.get_by_role("img", name="QR code of " + wanted)
    expect(image).to_be_visible(timeout=10_000)
    expect(code_of(page).locator(".address")).to_have_text(wanted)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        np.testing.assert_array_equal(modules(page, len(matrix(wanted))), matrix(wanted))
    assert image.bounding_box()["height"] > 0.85 * 800  # for the back row
    serious = [v["id"] for v in Axe().run(page, context="[data-testid=qr-code]").response["violations"]
               if v["impact"] in ("serious", "critical")]
    assert serious == []
    page.keyboard.press("Escape")
    expect(code_of(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Leave")).to_be_visible()  # the presenter view stays
    page.keyboard.press("q")
    expect(field).to_have_value(SCHOOL + "/")
    presented(page, f"{server}/losses?idea=cost")  # remembered, also after the page was loaded anew
    page.keyboard.press("q")
    expect(page.get_by_role("img", name=f"QR code of {SCHOOL}/losses")).to_be_visible(timeout=10_000)
    assert page.errors == []


def test_an_address_that_is_too_long_says_so(new_page, server):
    page = presented(new_page(viewport={"width": 390, "height": 844}), f"{server}/playground")
    field = page.get_by_label("Students reach it at")
    page.get_by_role("button", name="QR code").click()
    field.fill("https://" + "long" * 90 + ".example")
    refused = code_of(page).get_by_role("alert")
    expect(refused).to_contain_text("characters. A code that a phone reads from the back row", timeout=10_000)
    expect(code_of(page).get_by_role("img")).to_be_hidden()
    assert code_of(page).evaluate("dialog => dialog.scrollWidth") <= 390
    page.get_by_role("button", name="Close").click()
    expect(code_of(page)).to_be_hidden()
    assert page.errors == []
