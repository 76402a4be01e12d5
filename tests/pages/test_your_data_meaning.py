"""The page "Your data", what columns mean and what answers are worth: sheets, dates, words in order, tiny tables, what-if."""

import gzip
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from ann_core.data.table.moments import EPOCH
from ann_core.data.table.reading import Choices
from ann_core.export.saved import trained
from tests.core.workbooks import ods, xlsx
from tests.pages import test_your_data
from tests.pages.test_your_data import click, key_of, present, texts, upload, value, view
from tests.pages.visit import coming, ok
from ui.page import script
from ui.your_data.answers import spelt
from ui.your_data.order import read_order

page = test_your_data.page
MOODS = ["grim", "dull", "fair", "gay"]  # on no scale: their usual order is the alphabet's, dull, fair, gay, grim
HOMES = [["area", "price"], *([30 + i * 37 % 90, 1500 + (30 + i * 37 % 90) * 100] for i in range(60))]
NOTES = [["note", "by"], ["ask again", "Ann"], ["done", "Ann"]]


def homes(rows=60) -> bytes:
    """Areas of whole numbers; prices with cents."""
    return ("area;price;yard\n" + "".join(f"{30 + i * 37 % 90};{1500 + (30 + i * 37 % 90) * 1000},5{i % 10};{i % 7},{i % 10}5\n"
                                           for i in range(rows))).encode()


def dates(rows=60) -> bytes:
    """A day, a month and a year in an order that the cells do not say, moods, and an amount that rises in time."""
    return ("when,mood,y\n" + "".join(f"{EPOCH.replace(year=2024, month=1 + i % 12, day=1 + i // 12):%d/%m/%Y},{MOODS[i % 4]},"
                                      f"{i % 4 + i / 12:.2f}\n" for i in range(rows))).encode()


def shown(page):
    """The present network's inputs."""
    return page.session_state["your_data/recordings"][0].latest.data.input_names


def address(page) -> dict[str, str]:
    return {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}


def opened_again(page, data: bytes, name: str):
    """A new session that opens this page's address and brings the same file."""
    other = coming().run().switch_page(script("play/your_data"))
    for path, words in address(page).items():
        other.query_params[path] = words
    return upload(ok(other.run()), data, name)


# ---- files ----

@pytest.mark.parametrize("make, name", [(xlsx, "book.xlsx"), (ods, "book.ods")])
def test_another_sheet_of_a_workbook_is_a_choice_away(page, make, name):
    upload(page, make({"Cars": [["speed", "stop"], *([i, i * i] for i in range(4, 40))], "Homes": HOMES}), name)
    assert list(present(page).frame) == ["speed", "stop"]
    sheets = page.selectbox(key=f"own/sheet/{present(page).digest}")
    assert sheets.options == ["Cars", "Homes"] and sheets.value == "Cars"
    sheets.set_value("Homes")
    ok(page.run())
    assert list(present(page).frame) == ["area", "price"] and len(present(page).frame) == 60
    assert page.selectbox(key=f"own/sheet/{present(page).digest}").value == "Homes"


def test_a_first_sheet_that_cannot_be_learned_offers_the_others(page):
    before = present(page)
    upload(page, xlsx({"Notes": NOTES, "Homes": HOMES}), "book.xlsx")
    assert page.error and present(page) is before
    sheets = next(box for box in page.selectbox if (box.key or "").startswith("own/sheet/refused"))
    sheets.set_value("Homes")
    ok(page.run())
    assert not page.error and list(present(page).frame) == ["area", "price"]


@pytest.mark.parametrize("first", [[["speed", "stop"], *([i, i * i] for i in range(4, 40))], NOTES])
def test_a_link_about_another_sheet_opens_that_sheet_once_the_workbook_is_there(page, first):
    book = xlsx({"First": first, "Homes": HOMES})
    upload(page, book, "book.xlsx")
    next(box for box in page.selectbox if "own/sheet" in (box.key or "")).set_value("Homes")
    ok(page.run())
    page.select_slider(key=key_of(page, "training.epochs")).set_value(20)
    ok(page.run())
    again = opened_again(page, book, "book.xlsx")
    assert present(again).digest == present(page).digest and value(again) == value(page)
    assert again.selectbox(key=f"own/sheet/{present(again).digest}").value == "Homes"


def test_a_packed_csv_is_read_as_what_is_in_it(page):
    upload(page, homes(), "homes.csv")
    plain = present(page).frame
    upload(page, gzip.compress(homes()), "homes.csv.gz")
    pd.testing.assert_frame_equal(present(page).frame, plain)


def test_cells_of_a_workbook_cannot_be_pasted_as_bytes(page):
    before = present(page)
    page.text_area(key="own/pasted").set_value("PK\x03\x04" + "x" * 200)
    click(page, "Use these cells")
    assert page.error and present(page) is before


# ---- dates ----

def test_a_date_is_an_input_and_what_is_told_of_it_can_be_chosen(page):
    upload(page, dates(), "dates.csv")
    assert value(page).preparation.moments == ("when",) and shown(page)[0] == "when: days since 2024-01-01"
    page.multiselect(key=key_of(page, "moment_parts")).set_value(["month"])
    ok(page.run())
    assert shown(page)[:2] == ("when: month, sine", "when: month, cosine")
    page.toggle(key=key_of(page, "circles")).set_value(False)
    ok(page.run())
    assert shown(page)[0] == "when: month" and "2024" not in str(address(page).values())
    again = opened_again(page, dates(), "dates.csv")
    assert value(again) == value(page)
    page.multiselect(key=key_of(page, "moments")).set_value([])
    ok(page.run())
    assert not any("month" in name for name in shown(page)) and shown(page)[0].startswith("when = ")


def test_which_comes_first_the_day_or_the_month_is_told_and_can_be_said(page):
    rows = "".join(f"{1 + i * 5 % 12}/{1 + i * 7 % 12}/2024,{i % 5}\n" for i in range(40))
    upload(page, f"when,y\n{rows}".encode(), "a.csv")
    notes = page.session_state["your_data/recordings"][0].latest.data.notes
    assert any("the day is taken to stand first" in note and "a guess" in note for note in notes)
    assert "In 'when' the day is taken to stand first, so that \"6/8/2024\" is 6 August 2024." in texts(page).replace("\\", "")
    page.button_group(key=key_of(page, "day_first")).set_value("month")
    ok(page.run())
    data = page.session_state["your_data/recordings"][0].latest.data
    assert not any("guess" in note for note in data.notes) and address(page)["day_first"] == "month"
    assert value(opened_again(page, present_bytes(page), "a.csv")) == value(page)
    assert "stand first" not in texts(page)


@pytest.mark.parametrize("answer, order", [("The month stands first", "month"), ("Right as it is", "day")])
def test_the_guess_is_asked_where_the_table_is_described(page, answer, order):
    rows = "".join(f"{1 + i * 5 % 12}/{1 + i * 7 % 12}/2024,{i % 5}\n" for i in range(40))
    upload(page, f"when,y\n{rows}".encode(), "a.csv")
    click(page, answer)
    assert value(page).preparation.day_first == order and "stand first" not in texts(page)
    assert not any("guess" in note for note in page.session_state["your_data/recordings"][0].latest.data.notes)


def present_bytes(page) -> bytes:
    state = page.session_state["own/tables"]
    return state["tables"][state["present"]][1]


def test_the_last_rows_in_time_are_held_out_when_that_is_wanted(page):
    upload(page, "".join(["when,y\n", *(f"{EPOCH + timedelta(days=i * 37 % 100):%Y-%m-%d},{i * 37 % 100 / 7:.2f}\n"
                                        for i in range(100))]).encode(), "series.csv")
    view(page, "Look at the data")
    assert "The rows follow one another in time (when)" in texts(page)
    page.selectbox(key=key_of(page, "split_by")).set_value("when")
    ok(page.run())
    own = page.session_state["own/tables"]["fitted"].popitem()[1]
    when = pd.to_datetime(own.table.frame["when"]).to_numpy()[own.rows]
    assert when[own.train].max() < when[own.validation].min() and when[own.validation].max() < when[own.test].min()
    assert address(page)["split_by"] == "0" and "The rows follow one another" not in texts(page)
    assert value(opened_again(page, present_bytes(page), "series.csv")) == value(page)


# ---- words in order ----

def test_words_get_an_order_by_hand_and_the_address_holds_it_without_a_word(page):
    upload(page, dates(), "moods.csv")
    assert [name for name in shown(page) if name.startswith("mood")] == [f"mood = {word}" for word in sorted(MOODS)]
    page.multiselect(key=key_of(page, "ordered")).set_value(["mood"])
    ok(page.run())
    assert "mood, in order" in shown(page)
    page.session_state[f"{key_of(page, 'order/mood')}/put"] = 1, (3, 0, 1, 2)  # as the list in the browser says it
    ok(page.run())
    column = page.session_state["own/tables"]["fitted"].popitem()[1].encoder.columns[1]
    assert column.values == ("grim", "dull", "fair", "gay")
    query = address(page)
    assert query["orders"] == "1.3.0.1.2" and not any(word in part for word in (*MOODS, "mood,") for part in
                                                      (text for path, text in query.items() if path != "file"))
    assert value(opened_again(page, dates(), "moods.csv")) == value(page)


def test_a_column_of_too_many_words_for_an_order_is_not_offered(page):
    rows = "".join(f"w{i % 60},{MOODS[i % 4]},{i}.5\n" for i in range(180))
    upload(page, f"tag,mood,y\n{rows}".encode(), "many.csv")
    assert page.multiselect(key=key_of(page, "ordered")).options == ["mood"]


@pytest.mark.parametrize("said", [
    None, 7, [1, 0], {}, {"n": 1}, {"n": 1, "places": "10"}, {"n": 1, "places": [0]}, {"n": 1, "places": [0, 0]},
    {"n": 1, "places": [0, 2]}, {"n": 1, "places": [0, True]}, {"n": 1, "places": [0, 1.0]}, {"n": 1, "places": [1, [0]]},
    {"n": -1, "places": [1, 0]}, {"n": True, "places": [1, 0]}, {"n": 2**31, "places": [1, 0]}, {"n": 1, "places": [0] * 10**6},
])  # fmt: skip
def test_an_order_that_no_browser_sends_is_refused(said):
    assert read_order(said, 2) is None
    assert read_order({"n": 3, "places": [1, 0]}, 2) == (3, (1, 0))


FORGED = [{"moments": "1"}, {"moments": "2"}, {"moments": "99"}, {"ordered": "0"}, {"ordered": "2"}, {"orders": "1.9.8"},
          {"orders": "1.0.0.0.0"}, {"orders": "1"}, {"orders": "~"}, {"orders": "x.y"}, {"orders": "1.3.2.1.0~1.0.1.2.3"},
          {"orders": "1.99999999999"}, {"split_by": "1"}, {"split_by": "2"}, {"split_by": "99"}, {"split_by": "-1"},
          {"moment_parts": "elapsed~elapsed"}, {"moment_parts": "century"}, {"moment_parts": ""}, {"circles": "maybe"},
          {"day_first": "year"}, {"day_first": ""}]


@pytest.mark.parametrize("forged", FORGED)
def test_forged_addresses_of_what_columns_mean_open_the_page_all_the_same(page, forged):
    upload(page, dates(), "dates.csv")
    base = address(page)
    page.session_state["your_data/old_addresses"] = []
    page.query_params.clear()
    for path, words in {**base, "ordered": "1", **forged}.items():
        page.query_params[path] = words
    ok(page.run())
    assert page.session_state["your_data/recordings"][0].config == value(page).run
    p = value(page).preparation
    assert set(p.moments) <= {"when"} and set(p.ordered) <= {"mood"} and p.split_by in (None, "when")
    for _, places in p.orders:
        assert sorted(places) == [0, 1, 2, 3]


# ---- what if ----

def field(page, name: str, kind: str = "text_input"):
    """A field of the form by its column."""
    return next(one for one in getattr(page, kind) if f"/{name}" in (one.key or "") and (one.key or "").startswith("aside/"))


def test_any_value_can_be_asked_and_one_far_outside_is_told(page):
    upload(page, homes(), "homes.csv")
    view(page, "Use it")
    slider = field(page, "area", "slider")
    assert (slider.min, slider.max) == (30, 119) and slider.value == 30
    assert "far outside" not in texts(page)
    asked = page.metric[0].value
    field(page, "area").set_value("1500")
    ok(page.run())
    slider = field(page, "area", "slider")
    assert slider.value == 1500 and slider.max >= 1500 and page.metric[0].value != asked
    assert "area** lies far outside of what was learned (30 to 119)" in texts(page)
    field(page, "area").set_value("60.25")
    ok(page.run())
    assert field(page, "area", "slider").value == 60.25 and "far outside" not in texts(page)
    field(page, "area", "slider").set_value(90.0)
    ok(page.run())
    assert field(page, "area").value == "90"


def test_what_is_no_date_changes_nothing_and_is_told(page):
    upload(page, dates(), "dates.csv")
    view(page, "Use it")
    before = page.metric[0].value
    field(page, "when").set_value("30/02/2024")
    ok(page.run())
    assert page.metric[0].value == before and "30/02/2024' is no date" in texts(page).replace("\\", "")
    field(page, "when").set_value("04/12/2024")
    ok(page.run())
    assert page.metric[0].value != before and "is no date" not in texts(page)
    field(page, "when").set_value("01/01/2099")
    ok(page.run())
    assert "when** lies far outside of what was learned (2024-01-0" in texts(page)


# ---- a second file ----

def test_answers_come_in_the_first_file_s_dialect_and_name_what_is_far_outside(page):
    upload(page, homes(), "homes.csv")
    view(page, "Use it")
    upload(page, b"area;yard\n50;1,5\n5000;1,5\n60;900,5\n", "more.csv", "own/score")
    assert "cells separated by a semicolon, decimal comma" in texts(page)
    assert "2 rows values lie far outside" in texts(page)
    shown = page.dataframe[-1].value
    assert shown["far outside of what was learned"].tolist() == ["", "area", "yard"]


@pytest.mark.parametrize("used, spellings", [
    (Choices(delimiter=";", decimal=",", thousands="."), ["2024", "424.410,5", "0,25", "3·10⁻⁵"]),
    (Choices(delimiter=",", decimal=".", thousands=""), ["2024", "424,410.5", "0.25", "3·10⁻⁵"]),
    (Choices(delimiter=";", decimal=",", thousands=" "), ["2024", "424 410,5", "0,25", "3·10⁻⁵"])])
def test_numbers_of_the_answers_are_spelt_as_the_first_file_has_them(used, spellings):
    frame = pd.DataFrame({"year": [2024.0], "price": [424410.5], "share": [0.25], "little": [3e-5]})
    shown = spelt(frame.assign(answer=1 / 3), used, [*frame])
    assert shown.data["price"].tolist() == [424410.5]  # they stay numbers
    assert [cell["display_value"] for cell in shown._translate(False, False)["body"][0] if cell["type"] == "td"] == [
        *spellings, "0.33333".replace(".", used.decimal)]


SECOND = [["area", "yard"], [50, 2], [60, 3]]


@pytest.mark.parametrize("data, name", [(xlsx({"New": SECOND}), "new.xlsx"), (ods({"New": SECOND}), "new.ods"),
                                        (gzip.compress(b"area;yard\n50;2\n60;3\n", mtime=0), "new.csv.gz")])
def test_a_second_file_may_be_a_workbook_or_packed(page, data, name):
    upload(page, homes(), "homes.csv")
    view(page, "Use it")
    upload(page, data, name, "own/score")
    assert not page.error and "2 rows answered" in texts(page)
    assert page.dataframe[-1].value["area"].tolist() == [50, 60]


def test_a_saved_network_with_dates_and_ordered_words_answers_the_same_when_it_is_loaded(page):
    upload(page, dates(), "dates.csv")
    page.multiselect(key=key_of(page, "ordered")).set_value(["mood"])
    ok(page.run())
    view(page, "Use it")
    run = next(iter(page.session_state["own/finished"].values()))
    own = next(own for own in page.session_state["own/tables"]["fitted"].values() if own.encoder.names == run.data.input_names)
    network = trained(run, own)
    upload(page, network.to_json(), "network.json", "own/load")
    loaded = page.session_state["own/loaded"]
    np.testing.assert_array_equal(loaded.answers(own.table.frame), network.answers(own.table.frame))
    other = pd.DataFrame({"when": ["29/02/2024", "no date", None], "mood": ["GAY", "grim", "odd"]})
    np.testing.assert_array_equal(loaded.answers(other), network.answers(other))


# ---- what a column is worth, and tiny tables ----

def test_each_column_is_left_out_on_a_click_and_one_more_click_drops_it(page):
    rng = np.random.default_rng(0)
    told, noise = rng.normal(size=(2, 80)).round(2)
    frame = pd.DataFrame({"told": told, "noise": noise, "passed": np.where(told > 0, "yes", "no")})
    upload(page, frame.to_csv(index=False).encode(), "two.csv")
    page.select_slider(key=key_of(page, "training.epochs")).set_value(20)
    ok(page.run())
    view(page, "How good is it?")
    assert "Would it be missed?" in texts(page)
    click(page, "Leave each one out and train again")
    found = next(d.value for d in page.dataframe if "without" in d.value)
    assert found["without"].tolist() == ["told", "noise"] and found["missed by"][0] == "5 of 5 networks"
    assert page.selectbox(key="own/worth/drop").value == "noise"
    click(page, "Leave it out")
    assert value(page).preparation.features == ("told",) and not page.exception


@pytest.mark.parametrize("rows", ["0,0,0\n0,1,1\n1,0,1\n1,1,0\n", "off,off,no\noff,on,yes\non,off,yes\non,on,no\n"])
def test_a_truth_table_trains_on_all_rows_and_says_so_in_whole_words(page, rows):
    upload(page, b"a,b,y\n" + rows.encode(), "xor.csv")
    assert "4 rows train, none is held out." in texts(page)
    assert any("all of them train" in note for note in page.session_state["your_data/recordings"][0].latest.data.notes)
    said = ""
    for name in ("Look at the data", "How good is it?", "Use it", "Watch it learn"):
        said += texts(view(page, name)).replace("\\", "")
    assert "Measured on 4 training rows, those that it learned from" in said and "would get 2 right (50 %)" in said
    assert "1.0" not in said and "2.0" not in said and "Collect more" not in said and "trust the test" not in said
