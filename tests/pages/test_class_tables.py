"""The tables that a teacher offers: which files, what an address brings, what is refused, and what a change does."""

import logging
import os

import pytest

from ann_core.run.link import to_query
from tests.pages.visit import gone, ok, opened
from ui.player.runs import shelf
from ui.your_data.class_tables import FOLDER, MOST, class_tables
from ui.your_data.samples import SAMPLES, read


def table(rows: int = 60, first: str = "height") -> bytes:
    return (f"{first},width,kind\n" + "".join(f"{at % 13},{at * 7 % 29},{'ab'[at % 2]}\n" for at in range(rows))).encode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one table, offered to everybody."""
    offered = tmp_path / "offered"
    offered.mkdir()
    (offered / "leaves.csv").write_bytes(table())
    monkeypatch.setenv(FOLDER, str(offered))
    return offered


def query(page) -> dict[str, str]:
    return {name: words[0] if isinstance(words, list) else words for name, words in page.query_params.items()}


def words(page) -> str:
    kinds = ("markdown", "caption", "info", "error", "warning")
    return " ".join(str(part.value) for kind in kinds for part in getattr(page, kind))


def press(page, key: str):
    page.button(key=key).click()
    return ok(page.run())


def present(page):
    state = page.session_state["own/tables"]
    return state["tables"][state["present"]][0]


def test_it_is_offered_by_name_and_its_address_works_for_every_visitor(folder):
    page = press(opened("your_data"), "openers/class/leaves.csv")
    assert present(page).name == "leaves.csv" and query(page)["table"] == "leaves.csv" and str(folder) not in str(query(page))
    page.selectbox(key=f"your_data/set{page.session_state['your_data/generation']}/target").set_value("width")
    ok(page.run())
    other = opened("your_data", **query(page))
    assert other.session_state["your_data/settings"] == page.session_state["your_data/settings"] and not other.info


def test_its_films_are_worked_out_once_for_all_and_those_of_an_own_table_for_each(folder):
    def kept() -> set:
        return set(shelf().kept)

    (folder / "leaves.csv").write_bytes(table(62, first="depth"))
    shelf().forget()  # what earlier visitors left: it would make room for new ones at any time
    before = kept()
    opened("your_data", table="leaves.csv")
    once = kept()
    opened("your_data", table="leaves.csv")
    assert once > before and kept() == once
    page = opened("your_data")
    before = kept()
    page.file_uploader(key="own/upload").upload("leaves.csv", table(first="length"), "text/csv")
    ok(page.run())
    assert "length" in present(page).frame and kept() == before


@pytest.mark.parametrize("target", ["kind", "width"])
def test_a_scene_on_it_in_the_playground_works_for_every_visitor(folder, target):
    page = press(opened("your_data"), "openers/class/leaves.csv")
    page.selectbox(key=f"your_data/set{page.session_state['your_data/generation']}/target").set_value(target)
    ok(page.run())
    run = page.session_state["your_data/settings"].run
    run = run.model_copy(update={"training": run.training.model_copy(update={"patience": None})})
    other = opened("playground", **to_query(run))
    assert not other.info and other.session_state["playground/recordings"][0].config == run
    assert other.session_state["playground/recordings"][0].latest.data.input_names
    gone(other, "play/your_data")


def test_a_changed_file_is_noticed_and_taken_anew(folder):
    page = press(opened("your_data"), "openers/class/leaves.csv")
    (folder / "leaves.csv").write_bytes(table(90))
    ok(page.run())
    assert len(present(page).frame) == 60 and "has changed since" in words(page)
    press(page, "openers/class/leaves.csv")
    assert len(present(page).frame) == 90 and "has changed since" not in words(page)
    (folder / "leaves.csv").unlink()
    ok(page.run())
    assert len(present(page).frame) == 90
    assert "not offered here" in words(opened("your_data", table="leaves.csv"))


def test_it_may_be_called_like_an_example(folder):
    (folder / "Iris.csv").write_bytes(table(40))
    (folder / "iris.csv").write_bytes(read(SAMPLES["iris"]))
    page = press(opened("your_data"), "openers/class/Iris.csv")
    assert len(present(page).frame) == 40
    assert len(present(press(page, "openers/class/iris.csv")).frame) == 150


def test_nothing_but_small_visible_files_of_that_folder(folder, caplog):
    secret = folder.parent / "secret.csv"
    secret.write_bytes(table())
    (folder / "out.csv").symlink_to(secret)
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "gone.csv").symlink_to(folder / "nothing.csv")
    (folder / "inside.csv").symlink_to(folder / "leaves.csv")
    (folder / ".hidden.csv").write_bytes(table())
    (folder / "notes.txt").write_bytes(table())
    (folder / "below.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    with (folder / "large.csv").open("wb") as file:
        file.truncate(10_000_001)
    with caplog.at_level(logging.WARNING, "playground"):
        assert list(class_tables()) == ["inside.csv", "leaves.csv"]
    assert "large.csv is not offered" in caplog.text and "out.csv is not offered" in caplog.text
    for name in ("../secret.csv", str(secret), "out.csv", ".hidden.csv", "below.csv", "large.csv", "leaves.csv/", "\0"):
        page = opened("your_data", table=name)
        assert "not offered here" in words(page) and present(page).name == "exams.csv", name


def test_a_long_list_ends(folder):
    for at in range(MOST + 5):
        (folder / f"t{at:02}.csv").write_bytes(table())
    assert len(class_tables()) == MOST


@pytest.mark.parametrize("name", ["", "nothing here", "leaves.csv", "a\0b"])
def test_without_a_folder_everything_else_works(folder, name, monkeypatch, caplog):
    with caplog.at_level(logging.WARNING, "playground"):
        monkeypatch.setattr(os, "environ", {**os.environ, FOLDER: name and str(folder / name)})
        page = opened("your_data")
    assert present(page).name == "exams.csv" and not [b for b in page.button if (b.key or "").startswith("openers/class")]
    assert (FOLDER in caplog.text) == bool(name)


def test_a_file_that_is_no_table_is_refused_in_words(folder):
    (folder / "picture.csv").write_bytes(b"\x89PNG" + bytes(100))
    page = press(opened("your_data"), "openers/class/picture.csv")
    assert "picture" in page.error[0].value and present(page).name == "exams.csv"
    assert "cannot be read" in words(opened("your_data", table="picture.csv"))


def test_hostile_names_are_only_text(folder):
    (folder / "$x^2$ :red[a] ![p](http:).csv").write_bytes(table())
    page = opened("your_data")
    label = next(b.label for b in page.button if "x" in b.label and (b.key or "").startswith("openers/class"))
    assert r"\$x\^2\$" in label and r"\:red" in label
