"""Handing in: a report below every stage, and the page that runs results again, one or thirty at once."""

from html.parser import HTMLParser
from time import monotonic, sleep

import pandas as pd
import pytest

from ann_core import RunConfig
from ann_core.film.recording import Recording
from ann_core.handin.code import read
from ann_core.lab import attention_openers, autoencoder_openers, convolution_openers, gan_openers, recurrence_openers
from ann_core.run.link import edited
from tests.core import own_tables
from tests.pages.test_take_home import PLACES
from tests.pages.visit import coming, film_of, ok, opened
from ui.hand_in.checking import MOST, Batch, entries
from ui.hand_in.report import MAX_BYTES, QUESTIONS, Words, received, report, result
from ui.text import csv

SETTINGS = {"training.epochs": 5, "data.samples": 60}
HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</pre></body><h1 id=\"student\">Ben</h1>", "=1+1",
           "<!-- ", "&lt;b&gt;", "\u202eneB", "a" * 3_000, "{{7*7}}", "\x00\x07", "Zoë Ångström 漢字", "]]>",
           "javascript:alert(1)", "<svg onload=alert(1)>", "<style>*{display:none}</style>"]


def trained(config: RunConfig, data=None) -> Recording:
    recording = Recording(config, data)
    recording.frames(None, 1, config.training.epochs, None, None)
    return recording


@pytest.fixture(scope="module")
def made():
    return result(trained(edited(RunConfig(), SETTINGS)), None)


def file_of(made, name="Ada", answers=("", "", "")) -> bytes:
    return report(made, Words(name, answers), "Playground", "http://localhost:8501/playground?seed=1", "1 January 2026")


class Outline(HTMLParser):
    """Tags and attributes of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.attributes, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "image", "path", "polyline", "circle", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            assert self.open.pop() == tag


def checked(found, tables=()) -> pd.DataFrame:
    batch, until = Batch(found, tables), monotonic() + 120
    while batch.running and monotonic() < until:
        sleep(0.02)
    return batch.table()


def test_a_report_stands_by_itself_and_says_what_was_set_and_what_came_of_it(made):
    page = file_of(made, "Ada", ("A <straight> line", "It bent.\nTwice.", "")).decode()
    outline = Outline(page)
    assert outline.open == [] and not {"script", "img", "link", "iframe", "straight"} & set(outline.tags)
    assert all(value.startswith(("data:image/png;base64,", "http://localhost:8501/"))
               for name, value in outline.attributes if name in ("href", "src"))
    for part in ("A &lt;straight&gt; line", "<p>Twice.</p>", QUESTIONS[0], "Learning rate", "Training loss", "epoch 5",
                 made.code):
        assert part in page
    assert QUESTIONS[2] not in page  # nothing was written
    assert page.count("<svg") == 5  # three moments, loss, gradient


def test_measuring_a_run_leaves_it_as_it_is():
    recording = Recording(RunConfig())
    recording.frames(None, 10, 1, None, None)
    reached = recording.latest.state.step
    recording.change(edited(RunConfig(), {"training.learning_rate": 0.5}))
    found = result(recording, None)
    assert recording.latest.state.step == reached == found.marks[-1].step
    assert read(found.code).config.training.learning_rate == 0.02 and recording.config.training.learning_rate == 0.5
    recording.frames(reached // 2, 2, 1, None, None)  # the change holds from where the browser asks on
    assert [step for step, _ in recording.history] == [0, reached // 2]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_student_writes_is_text(made, text):
    page = file_of(made, text, (text, text, text))
    outline = Outline(page.decode())
    assert not {"script", "img", "iframe"} & set(outline.tags) and outline.tags.count("style") == 1
    assert not any(name.startswith("on") for name, _ in outline.attributes)
    found = received(page)
    assert found.code == made.code and not found.changed and found.name == (" ".join(text.split())[:80] or found.name)
    table = checked(entries([("report.html", page)], "")[0])
    assert table["Result"][0] == "verified" and b"\n=1" not in csv(table)


def test_a_changed_report_is_told_and_its_code_counts(made):
    page = file_of(made).replace(b"Training loss", b"Training luck")
    (entry,), _, _ = entries([("ada.html", page)], "")
    row = checked([entry]).iloc[0]
    assert row["Result"] == "verified" and "changed after it was made" in row["In words"]


@pytest.mark.parametrize("data", [
    b"", b"<html></html>", b"\xff\xfe\x00", b"x" * (MAX_BYTES + 1), b"<pre id=\"code\">NP1.x.y</pre>" + b"<div>" * 100_000,
    b"<h1 id=\"student\">Ada</h1><pre id=\"code\">NP1.x.y</pre>"])
def test_a_broken_report_says_why_and_does_not_stop_the_others(made, data):
    found, _, _ = entries([("broken.html", data), ("ada.html", file_of(made))], "")
    table = checked(found)
    assert list(table["Result"]) == ["not run", "verified"] and table["In words"][0].endswith(".")


def test_thirty_at_once_with_equal_codes_marked(made):
    files = [(f"{n}.html", file_of(made, f"Student {n}")) for n in range(29)]
    own = result(trained(edited(RunConfig(), {**SETTINGS, "seed": 3})), None)
    table = checked(entries(files, f"Zoe {own.code}")[0])
    assert len(table) == 30 and set(table["Result"]) == {"verified"}
    assert "Student 1" in table["Same code as"][0] and table["Same code as"][29] == "" and table["Name"][29] == "Zoe"
    back = pd.read_csv(pd.io.common.BytesIO(csv(table)))
    assert list(back["Name"]) == list(table["Name"])


def test_more_than_fit_are_told(made):
    found, _, notes = entries([], "\n".join([made.code] * (MOST + 5)))
    assert len(found) == MOST and str(MOST) in notes[0]


def test_a_tables_run_finds_its_table_beside_it():
    own = own_tables.own()
    config = own_tables.config(own, training={"epochs": 3})
    from ann_core.data.table.prepare import prepared
    handed = result(trained(config, prepared(own, "standard", None)), None, own)
    page = file_of(handed).decode()
    assert "rows" in page and "true, answered" in page
    found, _, _ = entries([("a.html", page.encode())], "")
    assert checked(found, [own.table])["Result"][0] == "verified"
    found, _, _ = entries([("a.html", page.encode())], "")
    assert "pupils" in checked(found)["In words"][0]


@pytest.mark.parametrize("openers", [convolution_openers, recurrence_openers, attention_openers, autoencoder_openers,
                                     gan_openers])
def test_every_kind_of_network_can_be_reported(openers):
    opener = next(iter(openers.OPENERS.values()))
    config = edited((getattr(opener, "twins", None) or [opener.config])[0], {"training.epochs": 1, "data.samples": 60})
    page = file_of(result(trained(config), None)).decode()
    assert read(received(page.encode()).code).config == config and Outline(page).open == []


@pytest.mark.parametrize(("name", "key"), PLACES.items())
def test_the_place_stands_below_every_stage(name, key):
    page = coming(name, **({"view": "lab"} if key.endswith("_lab") else {}))
    page.session_state[f"{key}/hand_in"] = True
    film_of(ok(page.run()))
    assert read(page.code[-1].value).config
    next(button for button in page.button if button.label == "Make the report").click()
    ok(page.run())
    assert "Download report.html" in [button.proto.label for button in page.get("download_button")]


def test_the_page_opens_with_an_example_and_checks_what_is_typed(made):
    page, until = opened("check"), monotonic() + 60
    assert not page.dataframe  # who raised a score is asked first
    ok(next(button for button in page.button if button.label == "Ada").click().run())
    while "…" in set(page.dataframe[0].value["Result"]) and monotonic() < until:
        sleep(0.2)
        ok(page.run())
    first = page.dataframe[0].value
    assert list(first["Name"]) == ["Ada", "Ben"] and list(first["Result"]) == ["verified", "differs"]
    assert any(text.value.startswith("**No.**") and "Ben's do not" in text.value for text in ok(page.run()).markdown)
    ok(page.text_area[0].set_value(f"Cy {made.code}\nnonsense").run())
    while "…" in set(page.dataframe[0].value["Result"]) and monotonic() < until:
        sleep(0.2)
        ok(page.run())
    assert list(page.dataframe[0].value["Result"]) == ["verified", "not run"]
