"""Your data in a real browser: from a dropped file to a network in use, with hostile names, and by keyboard."""

import csv
import datetime
import io
import json
import re

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled
from tests.browser.test_playground import PLAYER, wait_for
from tests.core.workbooks import xlsx
from ui.your_data.samples import SAMPLES, read

HOSTILE = ("<img src=x onerror=alert(1)>", "$x^2$", ":red[x]", "![p](http://127.0.0.1:9/a.png)", "%{x}", "=1+1")
WARMTH = b"<b>sky</b>,y\n" + b"".join(b"%b,%d.5\n" % ([b"cold", b"mild", b"warm", b"hot"][i % 4], i % 4) for i in range(60))


def drop(page: Page, name: str, data: bytes, place: int = 0) -> None:
    page.locator("input[type=file]").nth(place).set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def view(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def hostile_table() -> bytes:
    """Names of columns, classes and categories that would do harm if they were ever read as more than text."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({name: np.round(rng.normal(0, 1, 80), 2) for name in HOSTILE[:3]})
    frame[HOSTILE[3]] = np.where(rng.random(80) > 0.5, HOSTILE[0], HOSTILE[2])
    frame["target"] = np.where(frame.iloc[:, 0] + frame.iloc[:, 1] > 0, HOSTILE[5], HOSTILE[4])
    return frame.to_csv(index=False).encode()


@pytest.fixture
def your_data(page, visit):
    return visit(page, "your_data", player=True)


def test_from_a_dropped_file_to_answers(your_data):
    page = your_data
    wait_for(page, "+d.epoch >= 1")  # an example is alive
    drop(page, "flowers.csv", read(SAMPLES["iris"]))
    expect(page.get_by_text("flowers.csv: 150 rows")).to_be_visible(timeout=15_000)
    wait_for(page, "+d.epoch >= 5 || d.state === 'finished'")
    expect(page.locator(f"{PLAYER} .colours")).to_contain_text("versicolor")
    page.get_by_role("combobox", name=re.compile("Predict")).click()
    page.get_by_role("option", name="petal width cm").click()
    expect(page.get_by_text("Predicts petal width cm")).to_be_visible(timeout=15_000)
    page.get_by_role("combobox", name=re.compile("Predict")).click()
    page.get_by_role("option", name="species").click()
    expect(page.get_by_text("Predicts species")).to_be_visible(timeout=15_000)

    view(page, "How good is it?")
    expect(page.get_by_text("30 test rows that the network never saw")).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"Of 30 rows it answers \d+ right"))).to_be_visible()
    chart = page.locator("[data-testid=stVegaLiteChart]").nth(1)
    chart.scroll_into_view_if_needed()
    expect(chart.locator("canvas, svg").first).to_be_visible(timeout=15_000)
    box = chart.locator("canvas, svg").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.45)  # first row of cells, first column
    menu = page.get_by_role("combobox", name=re.compile("See the rows"))
    expect(menu).to_have_value(re.compile("setosa, rightly answered"), timeout=15_000)
    expect(page.locator("[data-testid=stDataFrame]").nth(1)).to_be_visible()

    view(page, "Use it")
    answer = page.locator("[data-testid=stMain]").get_by_text(re.compile(r"^species: "))
    expect(answer).to_have_text("species: setosa", timeout=15_000)
    page.get_by_role("textbox", name="Start from row").fill("150")
    page.keyboard.press("Enter")
    expect(answer).to_have_text("species: virginica", timeout=15_000)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the network").click()
    network = saved.value.path().read_bytes()
    assert json.loads(network)["target"]["classes"] == ["setosa", "versicolor", "virginica"]
    rows = list(csv.reader(io.StringIO(read(SAMPLES["iris"]).decode())))
    second = "\n".join(";".join(reversed(row)) for row in rows[:1] + rows[101:]).encode()  # other order, other delimiter
    drop(page, "second.csv", second, 1)
    expect(page.get_by_text("50 rows answered.")).to_be_visible(timeout=15_000)
    with page.expect_download() as answers:
        page.get_by_role("button", name="Download the answers").click()
    found = pd.read_csv(answers.value.path(), encoding="utf-8-sig")
    assert len(found) == 50 and (found["predicted species"] == "virginica").mean() > 0.8
    drop(page, "network.json", network, 2)
    expect(page.get_by_role("radio", name="the loaded one (flowers.csv)")).to_be_checked(timeout=15_000)
    expect(answer).to_have_text(re.compile("species: "))
    drop(page, "table.xlsx", b"PK\x03\x04" + bytes(200))
    expect(page.get_by_text(re.compile("Excel or OpenDocument file.* is damaged"))).to_be_visible(timeout=15_000)
    expect(page.get_by_text("flowers.csv: 150 rows")).to_be_visible()
    assert page.errors == [] and page.outside == []


def test_a_sheet_of_a_workbook_with_dates_is_learned_and_any_value_can_be_asked(your_data):
    page = your_data
    start = datetime.datetime(2024, 1, 1, 6)
    rows = [["when", "power", "warmth"], *([start + datetime.timedelta(hours=5 * i), 100 + i * 7 % 40, i / 10 + i * 7 % 40]
                                           for i in range(80))]
    drop(page, "oven.xlsx", xlsx({"Cover": [["made by", "on"], ["Ann", "Monday"], ["Bob", "Tuesday"]], "Oven": rows}))
    page.get_by_role("combobox", name="Sheet of the workbook").click()
    page.get_by_role("option", name="Oven").click()
    report_of(page, "oven.xlsx: 80 rows").to_be_visible(timeout=15_000)
    expect(page.locator(f"{PLAYER} figcaption.axes")).to_contain_text("power", timeout=15_000)
    view(page, "Use it")
    answer = page.locator("[data-testid=stMetricValue]:visible")
    before = expect(answer).not_to_be_empty(timeout=30_000) or answer.inner_text()
    power = page.get_by_role("textbox", name="power")
    power.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1500")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("power lies far outside of what was learned"))).to_be_visible(timeout=15_000)
    expect(page.get_by_role("slider", name="power")).to_have_value("1500")
    expect(answer).not_to_have_text(before)
    when = page.get_by_role("textbox", name="when")
    when.fill("2024-02-30")
    when.press("Enter")
    expect(page.get_by_text(re.compile("'2024-02-30' is no date or time"))).to_be_visible(timeout=15_000)
    assert page.errors == [] and page.outside == []


def put_in_order(page: Page) -> list[str]:
    """The words as they stand in the list, from top to bottom."""
    return page.locator("[data-testid=word-order] .word").all_text_contents()


def words_in_order(page: Page) -> None:
    """A table with a column of words on a scale; the list of them is open."""
    drop(page, "sky.csv", WARMTH)
    report_of(page, "sky.csv: 60 rows").to_be_visible(timeout=15_000)
    page.get_by_text("Dates and words in order").click()
    expect(page.locator("[data-testid=word-order] li")).to_have_count(4)
    expect(page.get_by_role("button", name="hot, 4 of 4")).to_be_visible()


def test_words_are_put_in_order_by_keys_by_mouse_and_by_a_press(your_data):
    page = your_data
    words_in_order(page)
    assert put_in_order(page) == ["cold", "mild", "warm", "hot"]
    page.get_by_role("button", name="hot, 4 of 4").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name="hot, 2 of 4")).to_be_focused()
    expect(page.locator("[data-testid=word-order] [role=status]")).to_have_text("hot is now 2 of 4.")
    expect(page).to_have_url(re.compile("orders=0.0.3.1.2"))
    expect(page.get_by_role("button", name="hot, 2 of 4")).to_be_focused()  # also after the page has run again
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("orders=0.3.0.1.2"))
    row, over = (page.locator("[data-testid=word-order] li").nth(place).bounding_box() for place in (1, 3))
    page.mouse.move(row["x"] + 60, row["y"] + 10)
    page.mouse.down()
    page.mouse.move(row["x"] + 60, over["y"] + over["height"] - 2, steps=6)
    assert put_in_order(page) == ["hot", "mild", "warm", "cold"]
    page.keyboard.press("Escape")  # all as it was
    page.mouse.up()
    assert put_in_order(page) == ["hot", "cold", "mild", "warm"]
    page.mouse.move(row["x"] + 60, row["y"] + 10)
    page.mouse.down()
    page.mouse.move(row["x"] + 60, over["y"] + over["height"] - 2, steps=6)
    page.mouse.up()
    expect(page).to_have_url(re.compile("orders=0.3.1.2.0"))
    page.get_by_role("button", name="Move mild down").click()
    expect(page).to_have_url(re.compile("orders=0.3.2.1.0"))
    found = Axe().run(page, context="[data-testid=word-order]").response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    page.reload()  # the address holds the order; the file has to come again
    drop(page, "sky.csv", WARMTH)
    page.get_by_text("Dates and words in order").click()
    expect(page.locator("[data-testid=word-order] .word").first).to_have_text("hot")
    assert put_in_order(page) == ["hot", "warm", "mild", "cold"]
    assert page.errors == [] and page.outside == []


def test_words_are_put_in_order_by_a_finger(new_page, visit):
    page = visit(new_page(viewport={"width": 1000, "height": 1400}, has_touch=True), "your_data", player=True)
    words_in_order(page)
    handle = page.get_by_role("button", name="warm, 3 of 4")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    touch = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, to in (("touchStart", y), ("touchMove", y - 30), ("touchMove", y - 110), ("touchEnd", None)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if to is None else [{"x": x, "y": to}]})
    expect(page).to_have_url(re.compile("orders=0.2.0.1.3"))
    assert put_in_order(page)[0] == "warm"


def test_hostile_names_are_only_ever_text(your_data):
    page = your_data
    page.on("dialog", lambda dialog: page.errors.append(f"dialog {dialog.message}"))
    drop(page, "<b>bold</b>.csv", hostile_table())
    expect(page.get_by_text("<b>bold</b>.csv: 80 rows")).to_be_visible(timeout=15_000)
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text(f"({HOSTILE[4]}, {HOSTILE[5]})")
    wait_for(page, "+d.epoch >= 3")
    for place in (60, 120, 180):  # hover over points
        page.locator(f"{PLAYER} .boundary .picture").hover(position={"x": place, "y": place})
    expect(page.locator(f"{PLAYER} .colours")).to_contain_text(HOSTILE[5])
    expect(page.locator(f"{PLAYER} figcaption.axes")).to_contain_text(HOSTILE[0])
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text(HOSTILE[3])
    for name, words in (("Look at the data", "Every column"), ("How good is it?", "test rows that the network never saw"),
                        ("Use it", "What if")):
        view(page, name)
        expect(main.get_by_text(words).first).to_be_visible(timeout=30_000)
        if name != "Use it":
            chart = page.locator("[data-testid=stVegaLiteChart]:visible").first
            expect(chart.locator("canvas, svg").first).to_be_visible(timeout=15_000)
            for x in (60, 130, 200, 270):
                chart.hover(position={"x": x, "y": 90})
    for name in HOSTILE[:3]:
        expect(main.get_by_text(name, exact=True).first).to_be_visible()
    expect(main.get_by_text(re.compile(r"^!\[p\]\(http:\u2060?//127")).first).to_be_visible()
    expect(main.get_by_text(re.compile(r"^target: "))).to_have_text(re.compile(r"target: (=1\+1|%\{x\})"))
    assert page.locator("img[src='x'], img[src*='a.png'], .katex, a[href*='a.png']").count() == 0
    assert page.errors == [] and page.outside == []


def test_it_goes_by_keyboard_is_read_aloud_and_fits_a_phone(your_data):
    page = your_data
    page.get_by_role("tab", name="Watch it learn").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Look at the data")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Every column")).to_be_visible(timeout=15_000)
    with page.expect_file_chooser():
        page.get_by_role("button", name="Upload").first.focus()
        page.keyboard.press("Enter")
    found = Axe().run(page, context=".stMain, [data-testid=stSidebarUserContent]").response["violations"]
    # Vega names the marks inside a chart by itself; the chart as a whole has our text.
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found
               if v["impact"] in ("serious", "critical") and v["id"] != "svg-img-alt"]
    assert serious == []
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("How good is it?", "Use it", "Watch it learn", "Look at the data"):
        view(page, name)
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        settled(page)
        # A chart comes up at its own width and then takes the room that there is.
        page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollWidth <= 391", timeout=10_000)


def report_of(page: Page, words: str):
    return expect(page.locator("[data-testid=stMain]").get_by_text(re.compile(words)).first)


def test_whatever_is_brought_is_read_or_asked_about(your_data):
    page = your_data
    drop(page, "torn.csv", b"size,word\n" + b"".join(b"%d,w%d\n" % (at, at % 3) for at in range(30)) + b'31,"w\n')
    expect(page.get_by_text(re.compile("Expected quotation marks in pairs"))).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Read it otherwise").click()
    page.get_by_role("combobox", name=re.compile("Quotation marks around cells")).click()
    page.get_by_role("option", name=re.compile("none, they belong to the cells")).click()
    report_of(page, "torn.csv: 31 rows").to_be_visible(timeout=15_000)
    expect(page.get_by_text(re.compile("Expected quotation marks in pairs"))).to_be_hidden(timeout=15_000)

    drop(page, "russian.csv", ("имя,балл\n" + "".join(f"{['да', 'нет'][at % 2]},{at}\n" for at in range(30))).encode("cp866"))
    report_of(page, "russian.csv: 30 rows").to_be_visible(timeout=15_000)
    report_of(page, "имя").to_be_visible()
    drop(page, "mots.csv", ("a,b,c\naprès mère,95.0,qualité\n" + "".join(f"x,{at},y\n" for at in range(30))).encode("cp1252"))
    other = page.get_by_role("button", name="Central European (Windows): aprčs, mčre, qualité")
    expect(other).to_be_visible(timeout=15_000)
    other.click()
    expect(other).to_be_hidden(timeout=15_000)

    cells = "Ort\tEinwohner\tBetriebe\n" + "".join(
        f"Ort {at}\t{f'{at}.{at % 10}00' if at % 3 else at}\t{at % 7}\n" for at in range(1, 40))
    page.get_by_role("button", name="Paste").click()
    field = page.get_by_role("textbox", name=re.compile("Cells from a spreadsheet"))
    field.fill(cells)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Use these cells").click()
    report_of(page, "pasted cells: 39 rows").to_be_visible(timeout=15_000)
    expect(field).to_be_hidden()
    doubt = page.get_by_text(re.compile("could be read in two ways, as 1100 or as 1.1: it is taken for 1100"))
    expect(doubt).to_be_visible()
    page.get_by_role("button", name="It is 1.1").click()
    expect(doubt).to_be_hidden(timeout=15_000)
    page.get_by_role("button", name=re.compile("How it was read")).click()
    expect(page.get_by_text("Not right? Read it otherwise")).to_be_visible()
    page.keyboard.press("Escape")

    rows = "".join(f"{at}.{at % 1000:03d},5{at % 10};{at * 2}.{at * 7 % 1000:03d},25\n" for at in range(101, 181))
    drop(page, "häuser.csv", f"Fläche;Preis\n{rows}".encode("cp1252"))
    report_of(page, "häuser.csv: 80 rows").to_be_visible(timeout=15_000)
    view(page, "Use it")
    drop(page, "zwei.csv", "Fläche\n150.150\n120.120\n".encode("cp1252"), 1)
    expect(page.get_by_text("2 rows answered.")).to_be_visible(timeout=30_000)
    with page.expect_download() as answers:
        page.get_by_role("button", name="Download the answers").click()
    found = pd.read_csv(answers.value.path(), encoding="utf-8-sig", sep=";", decimal=",")  # as the first one is written
    assert found["Fläche"].tolist() == [150_150, 120_120]
    drop(page, "drei.csv", b"FLACHE\n150.150\n", 1)
    expect(page.get_by_text(re.compile("differs only in letters"))).to_be_visible(timeout=15_000)
    assert page.errors == [] and page.outside == []
