"""The page "Your data" without a browser: files, examples, every control once, the three other views, links, hostile names."""

import io
import json
import re

import numpy as np
import pandas as pd
import pytest

from ann_core.export.saved import from_json, trained
from tests.pages.visit import coming, gone, ok
from ui.page import script
from ui.text import spreadsheet
from ui.your_data.answers import to_csv
from ui.your_data.samples import SAMPLES, read

HOSTILE = "<img src=x onerror=alert(1)>", "$x^2$", ":red[x]", "![](http://example.org/a.png)", "%{x}", "=cmd|' /C calc'!A0"


@pytest.fixture
def page():
    return gone(coming().run(), "play/your_data")


def value(page):
    return page.session_state["your_data/settings"]


def key_of(page, name: str) -> str:
    return f"your_data/set{page.session_state['your_data/generation']}/{name}"


def upload(page, data: bytes, name: str, key: str = "own/upload"):
    page.file_uploader(key=key).upload(name, data, "text/csv")
    return ok(page.run())


def present(page):
    state = page.session_state["own/tables"]
    return state["tables"][state["present"]][0]


def view(page, name: str):
    page.session_state["own/view"] = name
    return ok(page.run())


def texts(page) -> str:
    kinds = ("markdown", "caption", "error", "warning", "info", "success")
    return " ".join(str(element.value) for kind in kinds for element in getattr(page, kind))


def hostile_table() -> bytes:
    """Hostile names of columns, and hostile classes."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({name: rng.normal(0, 1, 80) for name in HOSTILE[:4]})
    frame[HOSTILE[4]] = np.where(frame.iloc[:, 0] > 0, HOSTILE[0], HOSTILE[2])
    frame["target"] = np.where(frame.iloc[:, 0] + frame.iloc[:, 1] > 0, HOSTILE[5], HOSTILE[1])
    return frame.to_csv(index=False).encode()


def test_it_opens_with_an_example_that_learns(page):
    chosen = value(page)
    assert (chosen.preparation.target, chosen.preparation.task) == ("passed", "classification")
    recording = page.session_state["your_data/recordings"][0]
    assert recording.config == chosen.run and recording.latest.data.held_out == "validation"
    assert page.query_params == {} and "320 rows" in texts(page)


@pytest.mark.parametrize("key", SAMPLES)
def test_every_example_opens_in_every_view(page, key):
    page.query_params["example"] = key
    ok(page.run())
    assert value(page).preparation.target == SAMPLES[key].target
    for name in ("Look at the data", "How good is it?", "Use it"):
        view(page, name)


CONTROLS = [
    ("multiselect", "features", ["hours studied", "school"]), ("select_slider", "training.patience", 10),
    ("select_slider", "training.learning_rate", 0.1), ("slider", "data.test_share", 0.3), ("slider", "validation_share", 0.1),
    ("selectbox", "data.scaling", "minmax"), ("button_group", "missing", "drop"),
    ("multiselect", "categories", ["practice tests"]),
    ("select_slider", "most", 2), ("button_group", "plane", "components"), ("button_group", "plane", "pair"),
    ("toggle", "training.class_weights", True), ("number_input", "data.seed", 3), ("selectbox", "network.loss", "hinge"),
]


@pytest.mark.parametrize("kind, name, new", CONTROLS)
def test_every_control_changes_the_run_and_the_address_holds_it(page, kind, name, new):
    before = value(page)
    getattr(page, kind)(key=key_of(page, name)).set_value(new)
    ok(page.run())
    after = value(page)
    if new != "pair":  # the same pair, now by hand
        assert after != before
    query = {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}
    again = coming().run().switch_page(script("play/your_data"))
    for name, words in query.items():
        again.query_params[name] = words
    assert value(ok(again.run())) == after


def test_another_target_brings_another_task(page):
    page.selectbox(key=key_of(page, "target")).set_value("hours studied")
    ok(page.run())
    chosen = value(page)
    assert (chosen.preparation.target, chosen.run.data.task) == ("hours studied", "regression")
    assert "passed" in chosen.preparation.features and "hours studied" not in chosen.preparation.features


def test_a_file_of_ones_own_is_read_and_learned(page):
    upload(page, read(SAMPLES["iris"]), "flowers.csv")
    chosen = value(page)
    table = chosen.run.data.table
    assert (chosen.preparation.target, table.name, table.classes) == ("species", "flowers.csv", 3)
    assert "flowers" in texts(page)


@pytest.mark.parametrize("data, name", [(b"PK\x03\x04abc", "table.xlsx"), (b"", "empty.csv"), (b"a,b\n", "header.csv"),
                                        (b"\x00" * 50, "zeros.csv"), (b"\x89PNG\r\n\x1a\n", "picture.png"),
                                        (b"a,b\n1,2\n", "one row.csv"), (b"a,b\n" + b"1,2\n" * 9, "constant.csv"),
                                        (b"a,b\n" + b"".join(b"%de200,%d\n" % (i, i) for i in range(1, 30)), "huge.csv")])
def test_a_refused_file_leaves_everything_as_it_was(page, data, name):
    before, table = value(page), present(page)
    upload(page, data, name)
    assert page.error and "before stays" in page.error[0].value
    assert value(page) == before and present(page) is table
    recording = page.session_state["your_data/recordings"][0]
    assert recording.config == before.run


def test_a_new_file_never_mixes_with_the_run_before(page):
    first = page.session_state["your_data/recordings"][0]
    first.frames(None, 5)
    upload(page, read(SAMPLES["exams"]).replace(b"Eastgate", b"Westgate"), "exams.csv")
    second = page.session_state["your_data/recordings"][0]
    assert second is not first and second.config.data.table.key != first.config.data.table.key
    assert "school = Westgate" in second.latest.data.input_names
    assert "school = Eastgate" in first.latest.data.input_names


def test_the_choices_stay_when_the_same_table_comes_again_with_more_rows(page):
    page.multiselect(key=key_of(page, "features")).set_value(["hours studied", "school"])
    ok(page.run())
    lines = read(SAMPLES["exams"]).splitlines(keepends=True)
    upload(page, b"".join(lines[:250]), "exams2.csv")
    assert value(page).preparation.features == ("hours studied", "school")


def test_pasted_cells(page):
    cells = "x\ty\n" + "\n".join(f"{i}\t{'ab'[i % 2]}" for i in range(30))
    page.text_area(key="own/pasted").set_value(cells)
    next(b for b in page.button if b.label == "Use these cells").click()
    ok(page.run())
    assert value(page).preparation.target == "y" and value(page).run.data.table.name == "pasted cells"


def test_a_link_about_a_file_waits_for_it(page):
    upload(page, read(SAMPLES["wine"]), "mine.csv")
    page.selectbox(key=key_of(page, "target")).set_value("hue")
    ok(page.run())
    wanted = value(page)
    query = {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}
    assert not any("hue" in words or "12.37" in words for words in query.values())  # never names or values of the table
    other = coming().run().switch_page(script("play/your_data"))
    for name, words in query.items():
        other.query_params[name] = words
    ok(other.run())
    assert "mine" in other.info[0].value and value(other).preparation.target == "passed"
    upload(other, read(SAMPLES["wine"]), "mine.csv")
    assert value(other) == wanted


@pytest.mark.parametrize("query", [
    {"example": "nothing"}, {"target": "99"}, {"target": "-1"}, {"inputs": "1~2~999"}, {"inputs": "none"}, {"task": "evil"},
    {"most_categories": "1e9"}, {"validation_share": "nan"}, {"missing": "../x"}, {"data.table": "0~1~2~3~x"}, {"file": "~"},
    {"training.patience": "0"}, {"data.plane": "700~701"}, {"target": "4", "inputs": "4"}])
def test_hostile_links_open_the_page_all_the_same(page, query):
    for name, words in query.items():
        page.query_params[name] = words
    ok(page.run())
    assert page.session_state["your_data/recordings"][0].config == value(page).run


def test_judging_speaks_of_the_rows_that_were_never_seen(page):
    view(page, "How good is it?")
    words = texts(page)
    assert "64 test rows that the network never saw" in words and "always answering" in words.lower()
    assert [m.label for m in page.metric][:2] == ["Accuracy", "Always the same answer"]
    share = float(page.metric[0].value.rstrip("%"))
    run = next(iter(page.session_state["own/finished"].values()))
    assert run.finished and 60 < share <= 100


def test_the_rows_of_a_cell_can_be_seen(page):
    view(page, "How good is it?")
    menu = page.selectbox(key="own/cell")
    menu.set_value((0, 1))
    ok(page.run())
    rows = next(d.value for d in page.dataframe if "row" in d.value)
    said = next(option for option in menu.options if "× no, answered as yes" in option)
    assert (rows["passed"] == "no").all() and len(rows) == int(said.split()[0])


def test_a_second_file_is_answered_and_wrong_ones_are_refused(page):
    view(page, "Use it")
    second = pd.read_csv(io.BytesIO(read(SAMPLES["exams"])))[::-1].iloc[:, ::-1].head(40)
    upload(page, second.to_csv(index=False).encode(), "second.csv", "own/score")
    assert "40 rows answered" in texts(page)
    upload(page, second.drop(columns="school").to_csv(index=False).encode(), "third.csv", "own/score")
    assert "school" in page.error[0].value
    upload(page, b"PK\x03\x04", "fourth.csv", "own/score")
    assert page.error


def test_a_damaged_network_file_is_refused_on_the_page(page):
    view(page, "Use it")
    upload(page, json.dumps({"format": "neural playground network", "version": 1}).encode(), "network.json", "own/load")
    assert "damaged" in page.error[0].value


def test_hostile_names_pass_through_every_view_as_they_are(page):
    upload(page, hostile_table(), HOSTILE[0] + ".csv")
    for name in ("Look at the data", "How good is it?", "Use it"):
        view(page, name)
        for live in ("<img", "$x", ":red[", "![", "[]("):  # what Markdown would read must stand behind a backslash
            assert not re.search(r"(?<!\\)" + re.escape(live), texts(page)), live


def test_answers_are_safe_in_a_spreadsheet_and_numbers_stay_numbers():
    frame = pd.DataFrame({"=a": pd.Series(["=1+1", "@x", "plain", "-x", "\tx"], dtype="str"),
                          "n": [-1.5, 2.0, np.nan, 1e300, 0.1]})
    text = to_csv(frame).decode("utf-8-sig")
    back = pd.read_csv(io.StringIO(text))
    assert list(back) == ["'=a", "n"] and list(back["'=a"]) == ["'=1+1", "'@x", "plain", "'-x", "'\tx"]
    np.testing.assert_array_equal(back["n"], frame["n"])


@pytest.mark.parametrize("cell", ["a;=1+1", "a\t=1+1", "a\r=1+1", "a\n=1+1", "a,=1+1"])
def test_no_part_of_a_cell_becomes_a_cell_of_its_own(cell):
    """As in LibreOffice, which ends a cell at any of these outside of quotation marks."""
    assert to_csv(pd.DataFrame({"a": [cell]})).decode("utf-8-sig") == f'"a"\r\n"{cell}"\r\n'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1", "＝1", "|x", "%0A", "\x00=1", "\u200b=1"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert spreadsheet(text) == f"'{text}"


def test_the_table_goes_along_to_the_gradient_lab_and_the_playground(page):
    run = value(page).run
    key = run.data.table.key
    for target, name in (("play/gradient_lab", "lab"), ("play/playground", "playground")):
        gone(page, target)
        generation = page.session_state[f"{name}/generation"]
        prefix = "all/" if name == "lab" else ""
        page.selectbox(key=f"{name}/set{generation}/{prefix}data.source").set_value("table")
        ok(page.run())
        recording = page.session_state[f"{name}/recordings"][0]
        assert recording.config.data.table.key == key and recording.latest.data.input_names[0] == "hours studied"


def test_a_link_to_a_table_that_is_not_here_says_so():
    page = coming()
    page.query_params["data.source"] = "table"
    page.query_params["data.table"] = "0123456789abcdef~90~4~3~secret.csv"
    page.run()
    ok(page)
    assert "secret" in page.info[0].value and page.session_state["playground/recordings"][0].config.data.source == "spiral"


def test_loading_what_was_saved_answers_the_same(page):
    view(page, "Use it")
    run = next(iter(page.session_state["own/finished"].values()))
    state = page.session_state["own/tables"]
    found = next(own for own in state["fitted"].values())
    network = trained(run, found)
    upload(page, network.to_json(), "network.json", "own/load")
    loaded = page.session_state["own/loaded"]
    np.testing.assert_array_equal(loaded.answers(found.table.frame), network.answers(found.table.frame))
    assert from_json(network.to_json()).saved == loaded.saved


def numbers(names: str, rows: int = 40) -> bytes:
    rng = np.random.default_rng(1)
    return pd.DataFrame({name: rng.normal(0, 1, rows).round(3) for name in names.split(",")}).to_csv(index=False).encode()


def test_a_file_of_ones_own_may_be_called_like_an_example(page):
    upload(page, numbers("a,b,c"), "iris.csv")
    assert "example" not in page.query_params and len(present(page).frame) == 40
    assert [b.label for b in page.main.button if b.proto.type == "primary"][0] != "Iris"


def test_another_table_brings_its_own_target(page):
    upload(page, numbers("a,b,v"), "first.csv")
    page.selectbox(key=key_of(page, "target")).set_value("b")
    ok(page.run())
    upload(page, numbers("a,b,y"), "second.csv")
    assert value(page).preparation.target == "y"


def test_corrections_by_hand_add_up(page):
    upload(page, b"x;y\n" + b"".join(b"%d.%03d;%d\n" % (i, 7 * i, i % 2) for i in range(1, 60)), "ambiguous.csv")
    assert present(page).frame["x"].max() < 100 and "two ways" in texts(page)
    for field, new in (("thousands", "."), ("decimal", ",")):
        page.selectbox(key=f"own/read/{present(page).digest}/{field}").set_value(new)
        ok(page.run())
    assert present(page).frame["x"].max() > 1000


def test_a_refused_target_goes_back_in_the_menu_too(page):
    upload(page, b"same,a,b\n" + b"".join(b"k,%d,%d\n" % (i, i % 3) for i in range(30)), "same.csv")
    before = value(page)
    page.selectbox(key=key_of(page, "target")).set_value("same")
    ok(page.run())
    assert value(page) == before and "only one class" in page.warning[0].value
    assert page.selectbox(key=key_of(page, "target")).value == before.preparation.target


def test_columns_of_the_file_may_have_our_names(page):
    names = {"sepal length cm": "row", "sepal width cm": "row (network)"}
    frame = pd.read_csv(io.BytesIO(read(SAMPLES["iris"]))).rename(columns=names)
    upload(page, frame.to_csv(index=False).encode(), "rows.csv")
    view(page, "How good is it?")
    page.selectbox(key="own/cell").set_value((0, 0))
    ok(page.run())


def test_one_input_and_gaps_in_a_file_to_be_answered(page):
    upload(page, numbers("a,y"), "line.csv")
    view(page, "Use it")
    upload(page, b"a\n1.5\n\nNA\n2\n", "one.csv", "own/score")
    assert not page.error and "3 rows answered" in texts(page)
    upload(page, b"b\n1.5\n2\n", "other.csv", "own/score")
    assert "is not there" in page.error[0].value


def test_the_film_s_own_moment_is_judged_with_its_own_weights(page):
    recording = page.session_state["your_data/recordings"][0]
    film = recording.frames(None, 70, 1, None, None)
    page.session_state["own/rest"] = {recording.id: int(film.step[-1])}
    view(page, "How good is it?")
    page.button_group(key="own/moment").set_value("as the film shows it")
    ok(page.run())
    assert "Weights of epoch 70" in texts(page)
    assert recording.at(int(film.step[-1])).state.best.epoch < 70


def test_a_table_that_was_here_comes_back_with_its_address(page):
    upload(page, numbers("a,b,c"), "mine.csv")
    query = {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}
    next(b for b in page.button if b.label == "Iris").click()
    ok(page.run())
    page.query_params.clear()
    for name, words in query.items():
        page.query_params[name] = words
    page.session_state["your_data/old_addresses"] = []
    ok(page.run())
    assert present(page).name == "mine.csv" and not page.info


def test_what_is_not_used_is_said_with_its_reason(page):
    assert "pupil: its values differ in almost every row" in texts(page).replace("\\", "")


def test_a_table_that_leaves_no_feature_is_refused_in_words(page):
    upload(page, ("pupil,mark\n" + "".join(f"number {day} of all,{day / 2}\n" for day in range(1, 30))).encode(), "names.csv")
    told = page.error[0].value.replace("\\", "")
    assert "'pupil': its values differ in almost every row" in told and "The table before stays." in told
    assert "validation error" not in told


def doubts(page) -> list[str]:
    return [b.label.replace("\\", "") for b in page.button if (b.key or "").startswith("own/doubt/")]


def click(page, label: str):
    next(b for b in page.button if b.label.replace("\\", "") == label).click()
    return ok(page.run())


GERMAN = "Ort\tEinwohner\tBetriebe\n" + "".join(f"Ort {at}\t{at}.{at % 10}00\t{at % 7}\n" if at % 3
                                                else f"Ort {at}\t{at}\t{at % 7}\n"
                                               for at in range(1, 40))  # fmt: skip


def test_a_doubt_about_pasted_cells_is_settled_by_one_click(page):
    page.text_area(key="own/pasted").set_value(GERMAN)
    click(page, "Use these cells")
    assert present(page).frame["Einwohner"].max() == 38_800 and "two ways" in texts(page)
    assert doubts(page) == ["It is 1.1", "Right as it is"]
    click(page, "It is 1.1")
    assert present(page).frame["Einwohner"].max() == 39 and doubts(page) == []
    page.selectbox(key=f"own/read/{present(page).digest}/thousands").set_value(".")
    ok(page.run())
    assert present(page).frame["Einwohner"].max() == 38_800


def test_a_doubt_that_was_read_right_goes_away(page):
    upload(page, GERMAN.encode(), "orte.tsv")
    click(page, "Right as it is")
    assert doubts(page) == [] and present(page).frame["Einwohner"].max() == 38_800


def test_a_number_that_is_a_gap_by_one_click_or_by_hand(page):
    rng = np.random.default_rng(0)
    cells = [-9999 if at % 20 == 0 else round(float(rng.normal(15, 3)), 1) for at in range(100)]
    data = ("temp,rain\n" + "".join(f"{cell},{at % 5}\n" for at, cell in enumerate(cells))).encode()
    upload(page, data, "weather.csv")
    assert present(page).frame["temp"].min() == -9999 and "-9999 stands 5 times" in texts(page).replace("\\", "")
    click(page, "-9999 is a gap")
    assert present(page).frame["temp"].isna().sum() == 5 and doubts(page) == []
    upload(page, data.replace(b"-9999", b"-77"), "weather2.csv")
    page.text_input(key=f"own/read/{present(page).digest}/mark").set_value("-77")
    ok(page.run())
    assert present(page).frame["temp"].isna().sum() == 5


def test_a_refused_file_is_read_otherwise_at_once(page):
    before = present(page)
    upload(page, b'size,word\n' + b"".join(b'%d,w%d\n' % (at, at % 3) for at in range(30)) + b'31,"w\n', "torn.csv")
    assert "quotation marks in pairs" in page.error[0].value and present(page) is before
    key = next(box.key for box in page.selectbox if (box.key or "").startswith("own/read/refused"))
    page.selectbox(key=key.rpartition("/")[0] + "/quote").set_value("")
    ok(page.run())
    assert not page.error and present(page).name == "torn.csv" and len(present(page).frame) == 31


def test_letters_in_doubt_show_words_of_each_reading(page):
    upload(page, ("a,b,c\naprès mère,95.0,qualité\n" * 1 + "".join(f"x,{at},y\n" for at in range(30))).encode("cp1252"),
           "mots.csv")
    assert "Central European (Windows): aprčs, mčre, qualité" in doubts(page)
    click(page, "Central European (Windows): aprčs, mčre, qualité")
    assert "aprčs mčre" in set(present(page).frame["a"])


def test_a_second_file_is_read_as_the_first(page):
    rows = "".join(f"{at}.{at % 1000:03d},5{at % 10};{at * 2}.{at * 7 % 1000:03d},25\n" for at in range(101, 181))
    upload(page, f"Fläche;Preis\n{rows}".encode(), "häuser.csv")
    view(page, "Use it")
    upload(page, "Fläche\n150.150\n".encode(), "zwei.csv", "own/score")
    assert not page.error and page.dataframe[-1].value["Fläche"].tolist() == [150_150]
    upload(page, b"FLACHE\n150.150\n", "drei.csv", "own/score")
    assert "differs only in letters" in page.error[0].value
