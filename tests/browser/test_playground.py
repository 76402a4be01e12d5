"""The playground in a real browser: what moves, what is pressed, what the address holds."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from ann_core import RunConfig
from ann_core.data import load
from ann_core.lab.narration import NARRATIONS
from ann_core.lab.openers import OPENERS

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


def test_something_learns_without_a_click_and_nothing_outside_is_asked(playground):
    wait_for(playground, "d.state === 'playing' && +d.epoch >= 3")
    wait_for(playground, "d.state === 'finished'")
    assert epoch(playground) == 400 and drawn(playground) > 60
    assert playground.outside == [] and playground.errors == []
    assert float(re.search(r"accuracy (\d+)", playground.locator(f"{PLAYER} .words").inner_text())[1]) >= 95


def test_pause_play_and_steps(playground):
    wait_for(playground, "+d.epoch >= 3")
    pause(playground)
    here, frames = epoch(playground), drawn(playground)
    playground.wait_for_timeout(400)
    assert (epoch(playground), drawn(playground)) == (here, frames)
    button(playground, "One epoch on").click()
    wait_for(playground, "+d.epoch === v[0]", int(here) + 1)
    button(playground, "One frame back").click()
    wait_for(playground, "+d.epoch === v[0]", int(here))
    button(playground, "One batch on").click()
    wait_for(playground, "+d.epoch > v[0] && +d.epoch < v[0] + 0.2", int(here))
    button(playground, "Play").click()
    wait_for(playground, "d.state === 'playing' && +d.epoch > v[0] + 2", here)
    assert playground.errors == []


def test_scrubbing_back_shows_the_past_and_the_future_can_be_chosen(playground):
    wait_for(playground, "+d.epoch >= 20")
    scrub(playground, 5)
    wait_for(playground, "d.state === 'paused' && +d.epoch === 5")
    words = playground.locator(f"{PLAYER} .words").inner_text()
    assert "Epoch 5" in words
    scrub(playground, 300)
    wait_for(playground, "Math.abs(+d.epoch - 300) < 2")
    scrub(playground, 5)
    wait_for(playground, "+d.epoch === 5")
    assert playground.locator(f"{PLAYER} .words").inner_text() == words


def test_keyboard(playground):
    wait_for(playground, "+d.epoch >= 3")
    playground.keyboard.press("Space")
    wait_for(playground, "d.state === 'paused'")
    here = int(epoch(playground))
    playground.keyboard.press("ArrowRight")
    wait_for(playground, "+d.epoch === v[0]", here + 1)
    playground.keyboard.press("ArrowLeft")
    wait_for(playground, "+d.epoch === v[0]", here)
    playground.keyboard.press(".")
    wait_for(playground, "+d.epoch > v[0] && +d.epoch < v[0] + 0.2", here)
    playground.keyboard.press("Home")
    wait_for(playground, "+d.epoch === 0")
    playground.keyboard.press("End")
    wait_for(playground, "+d.epoch > v[0]", here)
    playground.keyboard.press("r")
    wait_for(playground, "+d.epoch === 0")
    playground.keyboard.press("Space")
    wait_for(playground, "d.state === 'playing'")
    assert playground.errors == []


def test_typing_does_not_drive_the_player_and_tab_reaches_every_control_of_the_timeline(playground):
    wait_for(playground, "+d.epoch >= 3")
    pause(playground)
    here = epoch(playground)
    field = playground.get_by_label("Units in layer 1")
    field.focus()
    for key in ("Home", "ArrowRight", "."):
        playground.keyboard.press(key)
    assert epoch(playground) == here and state(playground) == "paused"
    playground.locator(f"{PLAYER} .units button[tabindex='0']").focus()
    seen = set()
    for _ in range(30):
        playground.keyboard.press("Tab")
        seen.add(playground.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))
    assert {"Play", "One frame back", "One epoch on", "One batch on", "Epoch", "Speed"} <= seen
    assert "New seed: other starting weights" in seen


def test_switching_the_activation_starts_again_from_the_same_draw(playground):
    wait_for(playground, "+d.epoch >= 5")
    before = run_id(playground)
    playground.get_by_test_id("stSidebar").get_by_role("radio", name="ReLU").click()
    wait_for(playground, "d.run !== v[0] && +d.epoch < 30", before)
    wait_for(playground, "d.state === 'playing' || d.state === 'finished'")
    playground.wait_for_function("() => location.search.includes('relu')")
    assert playground.errors == []


def test_a_switch_from_sigmoid_to_relu_is_seen_and_said(playground):
    playground.get_by_role("button", name="Ten sigmoid layers").click()
    playground.wait_for_function("() => location.search.includes('sigmoid')")
    bars = playground.locator(f"{PLAYER} .gradient")
    expect(bars.locator("[role=img]")).to_have_attribute("aria-label", re.compile("layer 10"))
    axis = bars.locator(".ytick text")
    expect(axis.nth(2)).to_be_attached()
    ticks = axis.all_text_contents()
    playground.get_by_test_id("stSidebar").get_by_role("radio", name="ReLU").click()
    change = bars.locator(".change")
    expect(change).to_contain_text(re.compile(
        r"sigmoid, before the switch\. The size of layer 1's gradient, epoch 0: [\d.]+·10⁻⁸ → 0\.\d+"))
    expect(axis).to_have_text(ticks)
    assert playground.errors == []


@pytest.mark.parametrize("opener", OPENERS.values(), ids=lambda opener: opener.key)
def test_an_opener_is_told_while_it_plays(page, visit, opener):
    visit(page, "playground", player=True)
    page.get_by_role("button", name=opener.label, exact=True).click()
    narration = NARRATIONS[opener.key]
    tale, words = page.locator(f"{PLAYER} .tale"), page.locator(f"{PLAYER} .words")
    page.wait_for_function("([at, all]) => all.includes(document.querySelector(at)?.textContent)",
                           arg=[f"{PLAYER} .tale", [line.words for line in narration.lines]])
    hasten(page)
    expect(tale).to_have_text(narration.lines[-1].words)
    assert ("gradient is" in words.inner_text()) == narration.gradient
    page.evaluate("() => document.activeElement.blur()")  # a button that has the focus keeps its keys
    page.keyboard.press("Home")
    expect(tale).to_have_text(narration.lines[0].words)
    page.get_by_test_id("stSidebar").get_by_role("radio", name="ReLU" if opener.key != "relu_ten" else "tanh").click()
    if opener.key != "sigmoid_ten":  # with ReLU that is the next opener
        expect(tale).to_be_hidden()


def test_a_smaller_rate_goes_on_from_the_shown_moment(playground):
    wait_for(playground, "+d.epoch >= 10")
    pause(playground)
    here, before, words = epoch(playground), run_id(playground), playground.locator(f"{PLAYER} .words")
    score = re.search(r"Epoch \d+\. Test accuracy \d+ %", words.inner_text())[0]
    slider = playground.get_by_role("slider", name="Learning rate")
    slider.focus()
    slider.press("ArrowLeft")
    wait_for(playground, "d.run !== v[0]", before)
    assert epoch(playground) == here and words.inner_text().startswith(score)
    button(playground, "Play").click()
    wait_for(playground, "+d.epoch > v[0] + 5", here)
    scrub(playground, here)
    wait_for(playground, "+d.epoch === v[0]", here)
    assert words.inner_text().startswith(score) and playground.errors == []


def test_the_address_reproduces_the_run(playground, new_page, visit):
    playground.get_by_role("button", name="The same with ReLU").click()
    playground.wait_for_function("() => location.search.includes('relu')")
    expect(playground.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("layer 10"))
    query, texts = address(playground), []
    for _ in range(2):
        wait_for(playground, "+d.epoch >= 3")
        scrub(playground, 3)
        wait_for(playground, "+d.epoch === 3")
        texts.append(playground.locator(f"{PLAYER} .words").inner_text())
        playground = visit(new_page(), f"playground{query}", player=True)
    assert texts[0] == texts[1] and "Epoch 3" in texts[0]


def test_a_new_seed_is_another_run(playground):
    wait_for(playground, "+d.epoch >= 2")
    before = run_id(playground)
    button(playground, "New seed: other starting weights").click()
    wait_for(playground, "d.run !== v[0]", before)
    playground.wait_for_function("() => location.search.includes('seed=1')")


def test_a_diverging_run_is_explained_and_stops(playground):
    playground.get_by_role("button", name="Rate too high").click()
    wait_for(playground, "d.state === 'diverged'")
    banner = playground.locator(f"{PLAYER} .banner")
    expect(banner).to_contain_text("Diverged in epoch")
    expect(banner).to_contain_text("try 0.3")
    assert playground.errors == []


def test_refused_settings_are_explained_and_the_run_stays(playground):
    wait_for(playground, "+d.epoch >= 2")
    for layer in (1, 2, 3):
        field = playground.get_by_label(f"Units in layer {layer}")
        field.fill("128")
        field.press("Enter")
        playground.wait_for_function("n => (location.search.match(/128/g) ?? []).length === n", arg=layer)
    before = run_id(playground)
    for _ in range(2):
        playground.get_by_role("button", name="Add a layer").click()
        playground.wait_for_timeout(400)
    expect(playground.get_by_text("at most 50,000 are possible")).to_be_visible()
    assert playground.errors == [] and run_id(playground) != "" and before


def test_hostile_links_show_their_text_and_run_nothing(new_page, visit):
    query = "?%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E=1&%24x%5E2%24=1&data.source=%3Ared%5Bx%5D"
    page = visit(new_page(), f"playground{query}", player=True)
    notes = page.get_by_test_id("stAlert")
    expect(notes.first).to_contain_text("<img src=x onerror=alert(1)>, $x^2$")
    expect(notes.nth(1)).to_contain_text("Unknown data source ':red[x]'")
    assert page.locator("[data-testid=stAlert] img, [data-testid=stAlert] .katex").count() == 0
    assert page.outside == [] and page.errors == []


def test_a_unit_is_shown_large_and_back_and_its_number_at_the_pointer_follows_the_film(playground):
    wait_for(playground, "+d.epoch >= 3")
    pause(playground)
    unit = playground.locator(f"{PLAYER} .units button[aria-label='Show what layer 2, unit 3 sees']")
    unit.click()
    section = playground.locator(f"{PLAYER} .boundary")
    expect(section).to_contain_text("layer 2, unit 3")
    section.get_by_role("button", name="back").click()
    expect(section).to_contain_text("What it decides")
    playground.evaluate("() => document.activeElement.blur()")  # a button that has the focus keeps its keys
    playground.locator(f"{PLAYER} .units button[aria-label='Show what layer 1, unit 1 sees']").hover()
    tip = playground.locator(f"{PLAYER} .network .tip")
    expect(tip).to_contain_text("bias")
    before = tip.inner_text()
    playground.keyboard.press("Space")
    wait_for(playground, "+d.epoch >= 30")
    expect(tip).not_to_have_text(before)


def test_a_paused_or_hidden_player_asks_for_nothing(playground):
    wait_for(playground, "+d.epoch >= 3")
    pause(playground)
    playground.wait_for_timeout(500)
    sent = []
    playground.evaluate("""() => { window.sent = 0; const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) { window.sent++; return send.call(this, data) } }""")
    playground.wait_for_timeout(1500)
    sent.append(playground.evaluate("window.sent"))
    hasten(playground)
    button(playground, "Play").click()
    wait_for(playground, "d.state === 'finished'")
    assert sent == [0] and playground.evaluate("window.sent") > 0


def test_reduced_motion_waits_and_updates_calmly(new_page, visit):
    page = visit(new_page(reduced_motion="reduce"), "playground", player=True)
    page.wait_for_timeout(600)
    assert state(page) == "paused" and epoch(page) == 0
    button(page, "Play").click()
    wait_for(page, "d.state === 'playing'")
    before = drawn(page)
    page.wait_for_timeout(2000)
    assert 2 <= drawn(page) - before <= 10


@pytest.mark.parametrize("query", ["?data.source=iris", "?data.source=digits", "?data.source=hills", "?data.source=sine",
                                   "?data.source=three_spirals&network.layers=none", "?seeds=4",
                                   "?network.layers=" + "~".join(["4-sigmoid"] * 64), "?data.test_share=0.0"])
def test_every_kind_of_picture_draws_without_an_error(new_page, visit, query):
    page = visit(new_page(), f"playground{query}", player=True)
    if state(page) == "paused":  # costly runs wait for a click
        expect(page.get_by_text("press play")).to_be_visible()
        button(page, "Play").click()
    wait_for(page, "+d.epoch >= 2")
    assert page.errors == []
    labels = page.locator(f"{PLAYER} [role=img]").evaluate_all("all => all.map(e => e.getAttribute('aria-label'))")
    assert len(labels) >= 4 and all(label and "undefined" not in label and "NaN" not in label for label in labels)
    assert "NaN" not in page.locator(PLAYER).inner_text() and "undefined" not in page.locator(PLAYER).inner_text()


def test_the_narrow_screen_is_usable(new_page, visit):
    page = visit(new_page(viewport={"width": 390, "height": 844}, has_touch=True), "playground", player=True)
    wait_for(page, "+d.epoch >= 2")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    play = button(page, "Pause") if state(page) == "playing" else button(page, "Play")
    box = play.bounding_box()
    assert box["width"] >= 40 and box["height"] >= 40 and 0 <= box["x"] <= 350
    assert box["y"] + box["height"] <= 844  # in reach without scrolling
    play.click()
    assert page.errors == []


def test_coming_back_to_the_page_by_the_browsers_back_button(playground):
    playground.get_by_role("button", name="Linear cannot do XOR").click()
    playground.wait_for_function("() => location.search.includes('xor')")
    expect(playground.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("linear"))
    before = run_id(playground)
    playground.go_back()
    playground.wait_for_function("() => !location.search.includes('xor')")
    wait_for(playground, "d.run !== v[0]", before)
    assert playground.errors == []


def test_one_input_points_stand_where_the_data_are(new_page, visit):
    page = visit(new_page(), "playground?data.source=sine", player=True)
    data = load(RunConfig.model_validate({"data": {"source": "sine"}}).data)
    for trace, x, y in ((1, data.points_train[:, 0], data.y_train), (0, data.points_test[:, 0], data.y_test)):
        shown = page.evaluate(f"() => {{ const t = document.querySelector('.boundary .js-plotly-plot').data[{trace}];"
                              " return [Array.from(t.x), Array.from(t.y)] }")
        np.testing.assert_allclose(shown, [x, y], atol=1e-6)


@pytest.mark.parametrize("query", ["?data.noise=0.9", "?data.source=digits&data.plane=3~400", "?training.learning_rate=1e-300",
                                   "?data.samples=77&training.batch_size=5&network.sigma=3.3"])
def test_links_with_odd_values_open(new_page, visit, query):
    page = visit(new_page(), f"playground{query}", player=True)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    assert page.errors == []


def test_back_to_a_link_with_the_same_settings_is_no_trouble(new_page, visit):
    page = visit(new_page(), "playground?bogus=1", player=True)
    page.wait_for_function("() => location.search === ''")
    page.wait_for_timeout(500)
    page.go_back()
    page.wait_for_timeout(2500)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    wait_for(page, "d.state === 'finished' || d.state === 'playing'")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)


def test_layers_removed_while_playing(playground):
    for left in (2, 1, 0):
        playground.get_by_role("button", name="Remove").click()
        expect(playground.get_by_test_id("stSidebar").get_by_label(re.compile("Units in layer"))).to_have_count(left)
    expect(playground.get_by_text("Something went wrong")).to_have_count(0)
    wait_for(playground, "+d.epoch >= 2")
    assert playground.errors == []


def test_many_quick_switches_end_at_the_last_choice(playground):
    wait_for(playground, "+d.epoch >= 2")
    sidebar = playground.get_by_test_id("stSidebar")
    for name in ("ReLU", "sigmoid", "tanh", "ReLU", "sigmoid"):
        sidebar.get_by_role("radio", name=name).click()
    playground.wait_for_function("() => location.search.includes('8-sigmoid~8-sigmoid')")
    playground.wait_for_timeout(1500)
    expect(sidebar.get_by_role("radio", name="sigmoid")).to_be_checked()
    expect(playground.locator(f"{PLAYER} .network canvas")).to_have_attribute("aria-label", re.compile("sigmoid"))
    assert "sigmoid" in address(playground) and playground.errors == []


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
