"""The Gradient lab in a real browser: twins, waterfall, map, bands, branches, prediction, demonstration, by mouse and keys."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_playground import PLAYER, button, drawn, epoch, hasten, pause, run_id, scrub, state, wait_for

LAB = "gradient_lab"
HEADLINE = f"{PLAYER} .headline"


@pytest.fixture
def lab(page, visit):
    return visit(page, LAB, player=True)


def section(page, name: str):
    return page.locator(f"{PLAYER} section.{name}")


def said(page, name: str) -> str:
    """The text alternative of a picture."""
    return section(page, name).locator("[role=img]").first.get_attribute("aria-label")


def tell(page) -> None:
    """What becomes of these twins is asked first."""
    page.get_by_role("button", name="Tell me").click()
    expect(page.locator(HEADLINE)).to_be_visible()


def settle(page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def ratio_of(text: str) -> float:
    """1/1,923,888 or 0.45 × as a number."""
    found = re.search(r"1/([\d,]+)|([\d.]+(?:e-?\d+)?) ×", text)
    return 1 / float(found[1].replace(",", "")) if found[1] else float(found[2])


def test_twins_move_the_headline_holds_still_and_the_map_leads_to_every_moment(lab):
    wait_for(lab, "d.state === 'playing' && +d.epoch >= 3")
    expect(lab.locator(HEADLINE)).to_be_hidden()
    expect(section(lab, "boundary")).to_be_visible()
    assert section(lab, "gradient").count() == 0 and "gradient" not in lab.locator(f"{PLAYER} .words").inner_text()
    wait_for(lab, "+d.epoch >= 30")
    tell(lab)
    wait_for(lab, "+d.epoch < 20")  # it begins again: sentence and bars are of one moment
    words = lab.locator(HEADLINE).inner_text()
    assert words.startswith("Before the first step, layer 1 receives 1/")
    start = words.partition(" At epoch")[0]
    sigmoid, relu = start.split("sigmoid")
    assert ratio_of(sigmoid) < 1e-5 and 0.1 < ratio_of(relu) < 10
    wait_for(lab, "+d.epoch >= 60")
    pause(lab)
    later = lab.locator(HEADLINE).inner_text()
    assert later.startswith(f"{start} At epoch {epoch(lab):.0f}: "), "both moments, each by its name"
    assert f"At epoch {epoch(lab):.0f} (the sentence on top: before the first step):" in section(lab, "waterfall").inner_text()
    picture = section(lab, "map").locator("canvas").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    before = epoch(lab)
    lab.mouse.click(box["x"] + box["width"] * 0.15, box["y"] + box["height"] * 0.4)
    wait_for(lab, "+d.epoch < v[0]", before)
    button(lab, "Back to the untrained network, same seed").click()
    wait_for(lab, "+d.epoch === 0")
    expect(lab.locator(HEADLINE)).to_have_text(f"{start} ")
    assert "sigmoid" in said(lab, "gradient") and "ReLU" in said(lab, "gradient")
    the_waterfall_multiplies_up_to_what_the_bars_show(lab)
    assert lab.outside == [] and lab.errors == []


def the_waterfall_multiplies_up_to_what_the_bars_show(lab):
    assert "layer" in said(lab, "waterfall")
    assert re.search(r"weights multiply by about [\d.]+ and the slopes by about 0\.2", section(lab, "waterfall").inner_text())
    section(lab, "slope").get_by_label("Layer", exact=True).select_option(label="layer 3")
    expect(section(lab, "slope")).to_contain_text("Where layer 3's units sit")
    section(lab, "waterfall").get_by_role("button", name="ReLU").click()
    slope = section(lab, "slope").locator("[role=img]").first
    expect(slope).to_have_attribute("aria-label", re.compile("units of layer 3 of ReLU"))


def test_a_switch_restarts_its_twin_leaves_an_outline_and_the_axis_holds_still(lab):
    tell(lab)
    axis, change = section(lab, "gradient").locator(".ytick text"), section(lab, "gradient").locator(".change")
    expect(axis.nth(2)).to_be_attached()  # the charts are drawn after the first frame
    ticks = axis.all_text_contents()
    assert change.is_hidden()
    wait_for(lab, "+d.epoch >= 20")
    first, second = run_id(lab).split()
    lab.locator(".st-key-twinA").get_by_role("radio", name="tanh").click()
    wait_for(lab, "d.run?.split(' ')[0] !== v[0]", first)
    assert run_id(lab).split()[1] == second
    assert "A." not in lab.evaluate("location.search") and "tanh" in lab.evaluate("location.search")
    expect(change).to_contain_text(re.compile(r"Outline: sigmoid, before the switch\. The size of layer 1's gradient in tanh, "
                                              r"epoch 0: [\d.]+·10⁻⁸ → 0\.\d+\."))
    expect(lab.locator(HEADLINE)).to_have_text(re.compile(r"Twin A: sigmoid → tanh: layer 1 receives "
                                                             r"1/1,900,000 → 0\.\d+ × the"))
    expect(axis).to_have_text(ticks)

    lab.get_by_text("Switch without starting again").click()
    settle(lab)
    wait_for(lab, "+d.epoch >= 12")
    pause(lab)
    here, run = epoch(lab), run_id(lab)
    lab.locator(".st-key-twinA").get_by_role("radio", name="ReLU").click()
    wait_for(lab, "d.run !== v[0]", run)
    assert epoch(lab) == pytest.approx(here)  # with the weights it had

    lab.get_by_role("button", name="Ten layers", exact=True).click()
    tell(lab)
    expect(lab.locator(HEADLINE)).to_contain_text("with sigmoid")
    expect(change).to_be_hidden()
    lab.get_by_role("button", name="Batch norm").click()
    tell(lab)
    expect(lab.locator(HEADLINE)).to_contain_text("batch norm")
    expect(axis).to_have_text(ticks)
    assert lab.errors == []


def test_many_networks_show_a_band_and_count_failures(page, visit):
    visit(page, f"{LAB}?v=1&twins=2&seeds=8&training.epochs=40&B.network.layers={'~'.join(['10-relu'] * 10)}", player=True)
    hasten(page)
    wait_for(page, "+d.epoch >= 30")
    assert re.search(r"sigmoid: .*failed to learn in 8 of 8 runs", page.locator(PLAYER).inner_text())
    assert "median" in section(page, "loss").inner_text()


def test_a_branch_leaves_its_parent_and_goes_its_own_way(lab):
    wait_for(lab, "+d.epoch >= 20")
    pause(lab)
    here = epoch(lab)
    button(lab, "Branch here").click()
    wait_for(lab, "d.run?.split(' ').length === 3")
    assert epoch(lab) == pytest.approx(here) and state(lab) == "paused"
    branch = lab.locator("[data-testid=stSidebar]").get_by_text("Branch 1", exact=False).first
    assert branch.is_visible()
    lab.locator("[data-testid=stSidebar]").get_by_role("radio", name="tanh").first.click()
    expect(lab.locator(PLAYER)).to_contain_text("tanh from epoch")
    assert len(run_id(lab).split()) == 3
    button(lab, "Play").click()
    wait_for(lab, "+d.epoch >= v[0]", here + 10)
    section(lab, "boundary").get_by_role("button", name="difference").click()
    expect(lab.locator(PLAYER)).to_contain_text("disagree on")
    lab.get_by_role("button", name="Remove this branch").click()
    wait_for(lab, "d.run?.split(' ').length === 2")
    assert lab.errors == []


def test_branches_on_the_playground_are_back_after_a_reload_and_no_more_than_there_is_room_for(page, visit):
    visit(page, "playground", player=True)
    wait_for(page, "+d.epoch >= 20")
    pause(page)
    page.keyboard.press("b")
    wait_for(page, "d.run?.split(' ').length === 2")
    page.wait_for_function("() => location.search.includes('branch1.left')")
    page.reload()
    wait_for(page, "d.run?.split(' ').length === 2")
    expect(page.locator("[data-testid=stSidebar]").get_by_text("Branch 1", exact=True)).to_be_visible()
    pause(page)
    for _ in range(8):  # pressed again and again
        page.keyboard.press("b")
        page.wait_for_timeout(60)
    wait_for(page, "d.run?.split(' ').length >= 3")
    page.wait_for_timeout(2_000)
    assert 3 <= len(run_id(page).split()) <= 4 and not page.get_by_text("Something went wrong").is_visible()
    assert page.errors == []


def test_back_and_forward_across_pages_keep_each_pages_settings(page, visit):
    visit(page, "playground", player=True)
    page.get_by_role("link", name="Gradient lab").click()
    page.get_by_role("button", name="Skips", exact=True).wait_for()
    settle(page)
    page.get_by_role("button", name="Skips", exact=True).click()
    page.wait_for_function("() => location.search.includes('skip')")
    page.wait_for_timeout(1_000)
    for _ in range(2):
        page.go_back()
        page.wait_for_timeout(1_500)
    assert not page.get_by_text("Something went wrong").is_visible()
    page.goto(page.url.split("/gradient_lab")[0])
    page.wait_for_selector(f"{PLAYER}[data-frames-drawn]")
    assert not page.get_by_text("do not exist here").is_visible()


def test_a_film_that_has_ended_starts_again_under_another_rate(page, visit):
    visit(page, f"{LAB}?v=1&twins=1&training.epochs=20", player=True)
    hasten(page)
    wait_for(page, "d.state === 'finished'")
    run = run_id(page)
    page.locator(".st-key-twinA").get_by_text("More for twin A").click()
    slider = page.locator(".st-key-twinA").get_by_role("slider", name="Learning rate")
    page.locator(PLAYER).get_by_label("Speed").select_option(index=0)
    slider.focus()
    page.keyboard.press("ArrowRight")
    wait_for(page, "d.run !== v[0] && +d.epoch > 0 && +d.epoch < 20", run)


def test_a_prediction_is_revealed_layers_are_looked_into_and_a_cure_is_tried(lab):
    lab.get_by_role("button", name="Predict first").click()
    lab.wait_for_selector(f"{PLAYER} section.network")
    expect(section(lab, "gradient")).not_to_be_visible()
    expect(lab.locator(f"{PLAYER} .words")).not_to_contain_text("gradient is")
    expect(lab.locator(HEADLINE)).not_to_be_visible()
    card = lab.locator(".st-key-predict")
    card.get_by_role("button", name=re.compile(r"^\W?Layer 1$")).click()  # what keeps a word from being a link has no width
    card.get_by_text("Right").wait_for()
    section(lab, "gradient").wait_for()
    assert re.search(r"\d\.\d·10⁻\d?", card.inner_text())
    card.get_by_role("button", name="Close").click()
    card.wait_for(state="detached")

    lab.get_by_text("Inside the layers").click()
    wait_for(lab, "+d.epoch >= 10")
    pause(lab)
    here = epoch(lab)
    lab.get_by_text(f"At epoch {here:.4g}, where the film rests").wait_for()
    lab.locator("[data-testid=stVegaLiteChart]").first.wait_for()
    scrub(lab, 3)
    lab.get_by_text("At epoch 3, where the film rests").wait_for()
    lab.get_by_text("Causes and cures").click()
    row = lab.get_by_text("Batch normalisation", exact=True).last
    row.wait_for()
    lab.wait_for_function("() => document.body.innerText.includes('→')")
    row.click()
    lab.locator(PLAYER).scroll_into_view_if_needed()  # it draws only where it is seen
    expect(lab.locator(HEADLINE)).to_contain_text("batch norm")
    assert lab.errors == []


def test_the_presenter_view_and_the_demonstration_by_the_clickers_keys(new_page, visit):
    lab = visit(new_page(viewport={"width": 1024, "height": 768}), LAB, player=True)
    lab.get_by_role("button", name="Present").click()
    lab.get_by_role("button", name="Leave").wait_for()
    lab.wait_for_selector(f"{PLAYER}[data-present]")
    size = lab.locator(HEADLINE).evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 26 and not lab.locator("[data-testid=stSidebar]").is_visible()  # it reads from the back of a room
    was = state(lab)
    lab.keyboard.press("Space")
    wait_for(lab, "d.state !== v[0]", was)
    lab.get_by_role("button", name="Leave").click()

    lab.get_by_role("button", name="Demonstration").click()
    lab.get_by_text("1 of 8").wait_for()
    assert not lab.locator("[data-testid=stSidebar]").is_visible()
    poll = lab.locator(f"{PLAYER} .poll")
    expect(poll.locator(".option")).to_have_count(2)
    hands = poll.locator("output")
    assert state(lab) == "paused" and section(lab, "gradient").count() == 0
    for _ in range(99):
        lab.keyboard.press("1")
    expect(hands).to_have_text(["99", "0"])
    poll.get_by_role("button", name="No, it stays").click()
    expect(hands).to_have_text(["99", "1"])
    for key in ("2", "2", "3", "Backspace"):
        lab.keyboard.press(key)
    expect(hands).to_have_text(["99", "2"])
    for left in (["99", "1"], ["99", "0"], ["98", "0"]):
        lab.keyboard.press("0")
        expect(hands).to_have_text(left)
    lab.keyboard.press("Space")
    assert state(lab) == "paused" and epoch(lab) == 0 and lab.locator(f"{PLAYER} .timeline").is_hidden()
    lab.keyboard.press("Enter")
    lab.get_by_role("heading", name="Three layers: it learns").wait_for()
    wait_for(lab, "d.state === 'playing' && +d.epoch >= 2")
    expect(section(lab, "gradient")).to_be_visible()
    expect(poll.locator("[data-right]")).to_contain_text("Yes, it learns")
    expect(hands).to_have_text(["98", "0"])
    lab.keyboard.press("PageDown")
    expect(hands).to_have_text(["0", "0", "0"])
    assert lab.get_by_role("heading", name="nothing moves").count() == 0
    expect(lab.locator(PLAYER)).to_have_css("opacity", "1")
    lab.keyboard.press("PageUp")
    expect(hands).to_have_text(["98", "0"])
    lab.get_by_text("1 of 8").wait_for()
    lab.keyboard.press("Escape")
    lab.get_by_role("button", name="Demonstration").wait_for()
    assert lab.errors == []


def test_no_scene_says_what_happens_before_the_class_has_chosen(new_page, visit):
    page = visit(new_page(viewport={"width": 1024, "height": 768}), LAB, player=True)
    page.get_by_role("button", name="Demonstration").click()
    for place in range(1, 9):
        page.get_by_text(f"{place} of 8").wait_for()
        page.get_by_role("button", name="Reveal").wait_for()
        expect(page.locator(f"{PLAYER} .poll[data-open]")).to_be_visible()
        for name in ("words", "banner", "headline"):
            expect(page.locator(f"{PLAYER} .{name}")).to_be_hidden()
        expect(page.locator(f"{PLAYER} > [aria-live]")).to_have_text("")
        drawing = section(page, "network").bounding_box()
        assert drawing["y"] + drawing["height"] <= 768, "with the names of its layers"
        page.keyboard.press("PageDown")
        page.get_by_role("button", name="Next").wait_for()
        expect(page.locator(f"{PLAYER} .timeline")).to_be_visible()
        settle(page)
        boxes = [one.bounding_box() for one in page.locator(f"{PLAYER} .board section").all()]
        foot = page.locator(f"{PLAYER} .timeline").bounding_box()["y"]
        assert max(box["y"] + box["height"] for box in boxes) <= foot + 2, f"in scene {place} something is covered"
        page.keyboard.press("PageDown")


def test_the_worst_settings_on_a_narrow_screen_show_a_picture_and_a_sentence(new_page, visit):
    page = new_page(viewport={"width": 390, "height": 844})
    layers = "~".join(["10-relu"] * 10)
    visit(page, f"{LAB}?v=1&twins=2&data.source=hills&training.epochs=60&network.initializer=normal&network.sigma=2.0"
                f"&network.layers={layers}&B.network.initializer=he_normal", player=True)
    if state(page) == "paused":  # much work, so it waits for a click
        button(page, "Play").click()
    wait_for(page, "+d.epoch >= 5 || d.state === 'finished' || d.state === 'diverged'")
    assert "Here it breaks off" in page.locator(PLAYER).inner_text(), "why is told with the answer"
    tell(page)
    text = page.locator(PLAYER).inner_text()
    assert "NaN" not in text and "undefined" not in text and "Infinity" not in text
    assert "Diverged in epoch" in text
    assert drawn(page) > 1 and page.errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert section(page, "waterfall").bounding_box()["width"] <= 390
