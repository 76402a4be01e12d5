"""From picture to formula in a real browser: a unit's sum, followed by the film, and one step in slow motion."""

from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from ann_core import RunConfig, start
from ann_core.film.accounts.base import Place
from ann_core.film.accounts.told import told as accounts
from ann_core.film.probes.maps import watched
from ann_core.film.slow_motion import slow_motion
from ann_core.lab.convolution_openers import USUAL
from ann_core.nn.inside import inside
from ann_core.run.link import edited, to_query
from tests.browser.conftest import PLAYER, faults
from tests.browser.test_playground import button, epoch, pause, scrub, wait_for
from tests.pages.visit import read

INSIDE = f"{PLAYER} .inside"


def unit(page: Page, words: str):
    return page.locator(PLAYER).get_by_role("button", name=f"Show what {words} sees", exact=True)


def ledger(page: Page, at: int = 0) -> list[list[float]]:
    """The numbers of a table, row by row."""
    rows = page.locator(f"{INSIDE} .ledger:visible").nth(at).locator("tbody tr").all()
    return [[read(cell) for cell in row.locator("td").all_inner_texts() if cell] for row in rows]


def arrived(page: Page) -> None:
    """The numbers of the shown moment are there."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(f"{INSIDE} [data-late]")).to_have_count(0)


def spelt(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def rested(page: Page, to: float) -> None:
    pause(page)
    scrub(page, to)
    wait_for(page, "Number(d.epoch) === v[0] && d.state !== 'playing'", to)


def test_a_units_sum_has_the_engines_numbers_follows_the_film_a_point_and_keys_and_closes(page, visit):
    visit(page, "playground", player=True)
    wait_for(page, "Number(d.epoch) > 6")
    rested(page, 5)
    def height() -> float:
        return page.locator(f"{PLAYER} .timeline").bounding_box()["y"] - page.locator(PLAYER).bounding_box()["y"]

    before = height()
    unit(page, "layer 2, unit 2").click()
    expect(page.locator(f"{INSIDE} h3").first).to_have_text("layer 2, unit 2")
    run, trainer = start(RunConfig()), start(RunConfig()).trainer()
    trainer.run(5, None, np.inf)
    first, second = inside(run.net, run.net.parameters.rows(trainer.theta), run.data.X_train[:8])[0][:2]
    W, b = run.net.parameters.view(trainer.theta)["layers.1.W"][:, 1], run.net.parameters.view(trainer.theta)["layers.1.b"][1]

    def expected(point):
        terms = [[a, w, a * w] for a, w in zip(first.outputs[point], W, strict=True)]
        return [*terms, [b], [second.sums[point, 1]]]

    for point in (0, 1):
        arrived(page)
        shown = ledger(page)
        assert [len(row) for row in shown] == [3] * 8 + [1, 1]
        for row, numbers in zip(shown, expected(point), strict=True):
            assert row == pytest.approx(numbers, rel=0.006, abs=1e-9)
        a = second.outputs[point, 1]
        said = page.locator(f"{INSIDE} .bent:visible").inner_text()
        assert "tanh bends z to a = " in said and read(said.split("= ")[1][:-1]) == pytest.approx(a, rel=0.006)
        page.locator(INSIDE).get_by_role("button", name="Next point").click()
    assert height() == pytest.approx(before, abs=60)  # the title of the map beside it takes a line more
    arrived(page)
    before = ledger(page)
    button(page, "Play").click()
    wait_for(page, "Number(d.epoch) > 7")
    pause(page)
    arrived(page)
    assert ledger(page) != before
    rested(page, 5)
    arrived(page)
    assert ledger(page) == before
    page.keyboard.press("Escape")
    expect(page.locator(INSIDE)).to_be_hidden()

    first = page.locator(f"{PLAYER} .units button").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(INSIDE)).to_contain_text("as the network gets it")  # an input
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(f"{INSIDE} h3").first).to_have_text("layer 1, unit 1")
    data = start(RunConfig()).data
    box, far = page.locator(f"{PLAYER} .followed:visible").bounding_box(), 340
    (left, right), (low, high) = data.plane.ranges["x"], data.plane.ranges["y"]
    x, y = data.points_train[far]
    across, up = (x - left) / (right - left), (high - y) / (high - low)
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * up)
    number = page.get_by_role("spinbutton", name="point, 1 to 350")
    expect(number).to_have_value(str(far + 1))
    expect(page.locator(f"{INSIDE} .ledger td").first).to_have_text(spelt(data.X_train[far, 0]))
    number.fill("57")
    number.press("Enter")
    expect(page.locator(f"{INSIDE} .ledger td").first).to_have_text(spelt(data.X_train[56, 0]))
    expect(page.locator(f"{INSIDE} [aria-live]")).to_contain_text("times")  # the sum in words

    unit(page, "layer 3, unit 1").click()
    expect(page.locator(INSIDE)).to_be_visible()
    page.get_by_role("button", name="Straight lines only").click()
    expect(page.locator(f"{PLAYER} .units button")).to_have_count(2 + 8 + 8 + 1)
    expect(page.locator(INSIDE)).to_be_hidden()
    assert page.errors == []


def test_one_step_in_slow_motion_and_the_next_one(page, visit):
    visit(page, "playground", player=True)
    wait_for(page, "Number(d.epoch) > 4")
    rested(page, 3)
    page.locator(PLAYER).get_by_role("button", name="slow motion").click()
    run, trainer = start(RunConfig()), start(RunConfig()).trainer()
    trainer.run(3, None, np.inf)
    step = slow_motion(run.at(trainer.state()))
    title, count = page.locator(f"{INSIDE} .slow h3"), page.locator(f"{INSIDE} .slow .row b").first
    for i, stage in enumerate(step["stages"]):
        expect(count).to_have_text(f"{i + 1} / {len(step['stages'])}")
        expect(title).to_have_text(stage["title"])
        expect(page.locator(f"{INSIDE} .slow h3 + p")).to_have_text(stage["words"])
        if stage["kind"] == "forward" and stage["layer"]:
            layer = step["layers"][stage["layer"] - 1]
            assert ledger(page)[-1] == pytest.approx([layer["sums"][0]], rel=0.006)
        if stage["kind"] == "backward":
            layer = step["layers"][stage["layer"] - 1]
            means = [row[-1] for row in ledger(page, int(stage["layer"] < 4))]
            assert means == pytest.approx([*(row[0] for row in layer["dW"]), layer["db"][0]], rel=0.06)  # two digits
        page.keyboard.press("n") if i < len(step["stages"]) - 1 else None
    shown = [row[-1] for row in ledger(page)]
    assert shown == pytest.approx([*(row[0] for row in step["layers"][-1]["new_W"]), step["layers"][-1]["new_b"][0]], rel=0.001)
    page.keyboard.press("b")
    expect(count).to_have_text(f"{len(step['stages']) - 1} / {len(step['stages'])}")
    page.keyboard.press("n")
    page.locator(INSIDE).get_by_role("button", name="Take this step, and look at the next one").click()
    expect(count).to_have_text(f"1 / {len(step['stages'])}")
    assert epoch(page) == pytest.approx(3 + 1 / start(RunConfig()).config.training.steps(run.setup.rows), abs=1e-3)
    page.locator(INSIDE).get_by_role("button", name="Next row").click()
    expect(page.locator(f"{INSIDE} .slow")).to_contain_text("Row 2 of the 32")
    button(page, "Play").click()
    expect(page.locator(INSIDE)).to_be_hidden()  # the film goes on
    assert page.errors == []


def test_a_network_without_room_says_so(page, visit):
    query = to_query(edited(RunConfig(), {"network.layers": [{"units": 80, "activation": "relu"}] * 2}))
    visit(page, f"playground?{urlencode(query)}", player=True)
    page.locator(PLAYER).get_by_role("button", name="slow motion").click()
    expect(page.locator(f"{INSIDE} .slow")).to_contain_text("This one is 2-80-80-1")
    page.keyboard.press("Escape")
    unit(page, "layer 2, unit 1").click()
    expect(page.locator(f"{INSIDE} .ledger").first).to_contain_text("68 more")
    *terms, others, bias, total = ledger(page)
    assert sum(row[-1] for row in terms) + others[0] + bias[0] == pytest.approx(total[0], abs=0.06)
    assert page.errors == []


def test_a_filter_at_a_place_is_written_out_below_its_map_and_follows_the_film(page, visit):
    visit(page, "convolution?view=lab", player=True)
    wait_for(page, "Number(d.epoch) > 0.3")
    rested(page, 0)
    run = start(USUAL)
    first = page.locator(f"{PLAYER} .maps .chosen").first
    first.focus()
    for key in ("PageDown", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(f"{INSIDE}.written h3")).to_have_text("layer 1, convolution, map 2, row 3, column 2")
    moment, = accounts([run], Place(1, 1, (2, 1), row=watched(run.setup)[0]))["moments"]
    grids = page.locator(f"{INSIDE} .grid")
    expect(grids).to_have_count(3)
    for grid, table in zip(grids.all(), moment["tables"], strict=False):
        shown = [read(cell) for cell in grid.locator("td").all_inner_texts()]
        assert shown == pytest.approx(np.ravel(table["rows"]), rel=0.06, abs=1e-9)  # two digits
    assert ledger(page)[-1] == pytest.approx([moment["tables"][3]["rows"][-1][-1]], rel=0.006)
    button(page, "Play").click()
    wait_for(page, "Number(d.epoch) > 0.5")
    pause(page)
    arrived(page)
    assert ledger(page)[-1] != pytest.approx([moment["tables"][3]["rows"][-1][-1]], rel=0.006)
    page.locator(f"{PLAYER} .maps .chosen").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(f"{INSIDE}.written h3")).to_have_text("layer 2, max pool, map 1, row 1, column 2")
    expect(page.locator(f"{INSIDE}.written .bent")).to_contain_text("The largest of the 4 numbers is handed on")
    page.locator(f"{INSIDE}.written").get_by_role("button", name="Next layer").click()
    expect(page.locator(f"{INSIDE}.written h3")).to_have_text("layer 4, output, unit 1")
    arrived(page)
    *terms, total = ledger(page)
    assert sum(row[-1] for row in terms) == pytest.approx(total[0], abs=0.06)
    first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(f"{INSIDE}.written")).to_be_hidden()
    assert page.errors == []


def test_it_can_be_read_on_a_phone_and_by_everyone(new_page, visit):
    page = new_page({"width": 390, "height": 844}, reduced_motion="reduce")
    visit(page, "playground", player=True)
    pause(page)
    unit(page, "layer 1, unit 1").click()
    expect(page.locator(INSIDE)).to_be_visible()
    arrived(page)
    page.wait_for_timeout(300)  # it has come into sight
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    drawing, below = (page.locator(f"{PLAYER} {part}").bounding_box() for part in (".net", ".inside"))
    assert below["y"] >= drawing["y"] + drawing["height"] - 1
    page.locator(PLAYER).get_by_role("button", name="slow motion").click()
    expect(page.locator(f"{INSIDE} .slow h3")).to_have_text("A row goes in")
    assert [fault for fault in faults(page, PLAYER) if "inside" in fault[2] or "ledger" in fault[2]] == []
    assert page.errors == []
