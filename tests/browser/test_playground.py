"""The playground in a real browser: what moves, what is pressed, what the address holds."""

import re

import pytest
from playwright.sync_api import expect

from ann_core.lab.narration import NARRATIONS
from ann_core.lab.openers import OPENERS
from tests.browser.conftest import settled

PLAYER = "[data-testid=film-player]"


def state(page) -> str:
    return page.get_attribute(PLAYER, "data-state")


def epoch(page) -> float:
    return float(page.get_attribute(PLAYER, "data-epoch"))


def drawn(page) -> int:
    return int(page.get_attribute(PLAYER, "data-frames-drawn"))


def run_id(page) -> str:
    return page.get_attribute(PLAYER, "data-run")


def wait_for(page, what: str, *values) -> None:
    """Until the player's attributes satisfy a condition over d = its data set and v = the values given."""
    condition = f"v => {{ const d = document.querySelector('{PLAYER}')?.dataset; return d && ({what}) }}"
    page.wait_for_function(condition, arg=list(values), timeout=60_000)


def button(page, label: str):
    return page.locator(PLAYER).get_by_role("button", name=label, exact=True)


def pause(page) -> None:
    """Pauses, wherever the film is; an ended film is fine too, also one that ends between a look and a click."""
    page.evaluate(f"""document.querySelector("{PLAYER} button[aria-label='Pause']")?.click()""")
    wait_for(page, "d.state !== 'playing'")


def play(page) -> None:
    """Plays, also where it plays already."""
    page.evaluate(f"""document.querySelector("{PLAYER} button[aria-label='Play']")?.click()""")


def scrub(page, to: float) -> None:
    page.locator(f"{PLAYER} input[type=range]").evaluate(
        "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input', {bubbles: true}));"
        " slider.dispatchEvent(new Event('change', {bubbles: true})) }", to)


def hasten(page) -> None:
    """The film plays as fast as it can, where only its end matters."""
    speed = page.locator(PLAYER).get_by_label("Speed")
    speed.select_option(speed.locator("option").last.get_attribute("value"))


def address(page) -> str:
    return page.evaluate("location.search")


@pytest.fixture
def playground(page, visit):
    return visit(page, "playground", player=True)


def test_something_learns_without_a_click_and_a_film_at_rest_asks_for_nothing(playground):
    wait_for(playground, "d.state === 'playing' && +d.epoch >= 3 && +d.framesDrawn > 20")
    pause(playground)
    playground.wait_for_timeout(500)
    here, frames = epoch(playground), drawn(playground)
    playground.evaluate("""() => { window.sent = 0; const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) { window.sent++; return send.call(this, data) } }""")
    playground.wait_for_timeout(1500)
    assert (epoch(playground), drawn(playground), playground.evaluate("window.sent")) == (here, frames, 0)
    hasten(playground)
    button(playground, "Play").click()
    wait_for(playground, "d.state === 'finished'")
    assert epoch(playground) == 400 and playground.evaluate("window.sent") > 0
    assert playground.outside == [] and playground.errors == []
    assert float(re.search(r"accuracy (\d+)", playground.locator(f"{PLAYER} .words").inner_text())[1]) >= 95


def test_the_film_is_led_by_buttons_by_keys_and_along_its_timeline(playground):
    wait_for(playground, "+d.epoch >= 20")
    pause(playground)
    here = epoch(playground)
    button(playground, "One epoch on").click()
    wait_for(playground, "+d.epoch === v[0]", int(here) + 1)
    button(playground, "One frame back").click()
    wait_for(playground, "+d.epoch === v[0]", int(here))
    button(playground, "One batch on").click()
    wait_for(playground, "+d.epoch > v[0] && +d.epoch < v[0] + 0.2", int(here))
    button(playground, "Play").click()
    wait_for(playground, "d.state === 'playing' && +d.epoch > v[0] + 2", here)

    scrub(playground, 5)
    wait_for(playground, "d.state === 'paused' && +d.epoch === 5")
    words = playground.locator(f"{PLAYER} .words").inner_text()
    assert "Epoch 5" in words
    scrub(playground, 300)  # the future
    wait_for(playground, "Math.abs(+d.epoch - 300) < 2")
    scrub(playground, 5)
    wait_for(playground, "+d.epoch === 5")
    assert playground.locator(f"{PLAYER} .words").inner_text() == words

    playground.evaluate("() => document.activeElement.blur()")  # a button that has the focus keeps its keys
    for key, reached in (("ArrowRight", "+d.epoch === 6"), ("ArrowLeft", "+d.epoch === 5"),
                         (".", "+d.epoch > 5 && +d.epoch < 5.2"), ("Home", "+d.epoch === 0"), ("End", "+d.epoch > 5"),
                         ("r", "+d.epoch === 0"), ("Space", "d.state === 'playing'"), ("Space", "d.state === 'paused'")):
        playground.keyboard.press(key)
        wait_for(playground, reached)
    here = epoch(playground)
    field = playground.get_by_role("spinbutton", name="Units in layer 1")
    field.focus()
    for key in ("Home", "ArrowRight", "."):  # who types does not lead it
        playground.keyboard.press(key)
    assert epoch(playground) == here and state(playground) == "paused"
    playground.locator(f"{PLAYER} .units button[tabindex='0']").focus()
    seen = set()
    for _ in range(30):
        playground.keyboard.press("Tab")
        seen.add(playground.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))
    assert {"Play", "One frame back", "One epoch on", "One batch on", "Epoch", "Speed"} <= seen
    assert "New seed: other starting weights" in seen

    playground.locator(f"{PLAYER} .units button[aria-label='Show what layer 2, unit 3 sees']").click()
    section = playground.locator(f"{PLAYER} .boundary")
    expect(section).to_contain_text("layer 2, unit 3")
    section.get_by_role("button", name="back").click()
    expect(section).to_contain_text("What it decides")
    playground.evaluate("() => document.activeElement.blur()")
    playground.locator(f"{PLAYER} .units button[aria-label='Show what layer 1, unit 1 sees']").hover()
    tip = playground.locator(f"{PLAYER} .network .tip")
    expect(tip).to_contain_text("bias")
    before, here = tip.inner_text(), epoch(playground)
    playground.keyboard.press("Space")
    wait_for(playground, "+d.epoch >= v[0] + 20", here)
    expect(tip).not_to_have_text(before)  # the number at the pointer follows the film
    assert playground.errors == []


def test_what_is_set_while_it_plays(playground):
    wait_for(playground, "+d.epoch >= 10")
    pause(playground)
    here, before, words = epoch(playground), run_id(playground), playground.locator(f"{PLAYER} .words")
    score = re.search(r"Epoch \d+\. Held-out accuracy \d+ %", words.inner_text())[0]
    slider = playground.get_by_role("slider", name="Learning rate")
    slider.focus()
    slider.press("ArrowLeft")
    wait_for(playground, "d.run !== v[0]", before)
    assert epoch(playground) == here and words.inner_text().startswith(score)  # it goes on from the shown moment
    button(playground, "Play").click()
    wait_for(playground, "+d.epoch > v[0] + 5", here)
    scrub(playground, here)
    wait_for(playground, "+d.epoch === v[0]", here)
    assert words.inner_text().startswith(score)

    before = run_id(playground)
    button(playground, "New seed: other starting weights").click()
    wait_for(playground, "d.run !== v[0]", before)
    playground.wait_for_function("() => location.search.includes('seed=1')")
    before, sidebar = run_id(playground), playground.get_by_test_id("stSidebar")
    sidebar.get_by_role("radio", name="ReLU").click()
    wait_for(playground, "d.run !== v[0] && +d.epoch < 30", before)  # from the start, of the same draw
    wait_for(playground, "d.state === 'playing' || d.state === 'finished'")
    playground.wait_for_function("() => location.search.includes('relu')")
    for name in ("tanh", "ReLU", "sigmoid", "tanh", "sigmoid"):  # quickly, one after the other
        sidebar.get_by_role("radio", name=name).click()
    playground.wait_for_function("() => location.search.includes('8-sigmoid~8-sigmoid')")
    playground.wait_for_timeout(1000)
    expect(sidebar.get_by_role("radio", name="sigmoid")).to_be_checked()
    expect(playground.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("sigmoid"))
    assert "sigmoid" in address(playground)
    for left in (2, 1, 0):
        playground.get_by_role("button", name="Remove").click()
        expect(sidebar.get_by_role("spinbutton", name=re.compile("Units in layer"))).to_have_count(left)
    expect(playground.get_by_text("Something went wrong")).to_have_count(0)
    wait_for(playground, "+d.epoch >= 2")
    assert playground.errors == []


def test_every_opener_is_told_while_it_plays(playground):
    page, sidebar = playground, playground.get_by_test_id("stSidebar")
    tale, words, bars = (page.locator(f"{PLAYER} {part}") for part in (".tale", ".words", ".gradient"))
    for opener in OPENERS.values():
        narration = NARRATIONS[opener.key]
        page.get_by_role("button", name=opener.label, exact=True).click()
        page.wait_for_function("([at, all]) => all.includes(document.querySelector(at)?.textContent)",
                               arg=[f"{PLAYER} .tale", [line.words for line in narration.lines]])
        hasten(page)
        play(page)
        expect(tale).to_have_text(narration.lines[-1].words)
        assert ("gradient is" in words.inner_text()) == narration.gradient
        if opener.key == "rate_too_high":
            wait_for(page, "d.state === 'diverged'")
            for text in ("Diverged in epoch", "try 0.3"):
                expect(page.locator(f"{PLAYER} .banner")).to_contain_text(text)
        page.evaluate("() => document.activeElement.blur()")  # a button that has the focus keeps its keys
        page.keyboard.press("Home")
        expect(tale).to_have_text(narration.lines[0].words)
        ticks = bars.locator(".ytick text").all_text_contents()
        sidebar.get_by_role("radio", name="ReLU" if opener.key != "relu_ten" else "tanh").click()
        if opener.key != "sigmoid_ten":
            expect(tale).to_be_hidden()
            continue
        # With ReLU that is the next opener. What the switch has done is seen and said.
        expect(bars.locator("[role=img]")).to_have_attribute("aria-label", re.compile("layer 10"))
        expect(bars.locator(".change")).to_contain_text(re.compile(
            r"sigmoid, before the switch\. The size of layer 1's gradient, epoch 0: [\d.]+·10⁻⁸ → 0\.\d+"))
        expect(bars.locator(".ytick text")).to_have_text(ticks)
    page.get_by_role("button", name="Straight lines only").click()
    page.wait_for_function("() => location.search.includes('xor')")
    expect(page.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("linear"))
    before = run_id(page)
    page.go_back()
    page.wait_for_function("() => !location.search.includes('xor')")
    wait_for(page, "d.run !== v[0]", before)
    assert page.errors == []


def test_the_address_reproduces_the_run(playground, new_page, visit):
    playground.get_by_role("button", name="The same with ReLU").click()
    playground.wait_for_function("() => location.search.includes('relu')")
    expect(playground.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("layer 10"))
    texts = []
    for page in (playground, visit(new_page(), f"playground{address(playground)}", player=True)):
        wait_for(page, "+d.epoch >= 3")
        scrub(page, 3)
        wait_for(page, "+d.epoch === 3")
        texts.append(page.locator(f"{PLAYER} .words").inner_text())
    assert texts[0] == texts[1] and "Epoch 3" in texts[0]


def test_links_with_hostile_and_odd_values_open_and_what_is_refused_is_said(page, visit):
    visit(page, "playground?%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1&%24x%5E2%24=1&data.source=%3Ared%5Bx%5D&data.noise=0.9"
                "&training.learning_rate=1e-300&data.samples=77&training.batch_size=5&network.sigma=3.3"
                "&network.layers=128-tanh~128-tanh~128-tanh", player=True)
    notes = page.get_by_test_id("stAlert")
    expect(notes.first).to_contain_text("<img src=x onerror=alert(1)>, $x^2$")
    expect(notes.nth(1)).to_contain_text("Unknown data source ':red[x]'")
    assert page.locator("[data-testid=stAlert] img, [data-testid=stAlert] .katex").count() == 0
    for _ in range(2):
        page.get_by_role("button", name="Add a layer").click()
        settled(page)
    expect(page.get_by_text("at most 50,000 are possible")).to_be_visible()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    assert page.outside == [] and page.errors == []

    layers = "~".join(["4-sigmoid"] * 64)
    visit(page, f"playground?data.source=digits&data.plane=3~400&network.layers={layers}", player=True)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    if state(page) == "paused":  # costly runs wait for a click
        expect(page.get_by_text("press play")).to_be_visible()
        button(page, "Play").click()
    wait_for(page, "+d.epoch >= 2")
    assert page.errors == []


def test_back_to_a_link_with_the_same_settings_is_no_trouble(page, visit):
    visit(page, "playground?bogus=1", player=True)
    page.wait_for_function("() => location.search === ''")
    page.wait_for_timeout(500)
    page.go_back()
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    wait_for(page, "d.state === 'finished' || d.state === 'playing'")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)


def test_on_a_phone_it_waits_is_in_reach_and_where_motion_is_reduced_it_moves_calmly(new_page, visit):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    visit(page, "playground", player=True)
    page.wait_for_timeout(600)
    assert state(page) == "paused" and epoch(page) == 0
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    box = button(page, "Play").bounding_box()
    assert box["width"] >= 40 and box["height"] >= 40 and 0 <= box["x"] <= 350
    assert box["y"] + box["height"] <= 844  # in reach without scrolling
    button(page, "Play").tap()
    wait_for(page, "d.state === 'playing'")
    before = drawn(page)
    page.wait_for_timeout(2000)
    assert 2 <= drawn(page) - before <= 10
    assert page.errors == []


def test_a_link_leads_to_a_moment_of_the_film(page, visit):
    visit(page, "playground?training.learning_rate=0.01&epoch=40", player=True)
    player = page.locator(PLAYER)
    expect(player).to_have_attribute("data-epoch", "40")
    expect(player).to_have_attribute("data-state", "paused")
    assert "epoch" not in address(page) and "learning_rate=0.01" in address(page)
    page.keyboard.press("ArrowRight")
    expect(player).to_have_attribute("data-epoch", "41")
    page.get_by_text("Save pictures", exact=True).click()
    page.get_by_role("button", name="Link to this moment").click()
    link = page.get_by_label("Address of this moment").input_value()
    assert "epoch=41" in link and "learning_rate=0.01" in link and page.errors == []
