"""Home: alive, three ways in, the path and where one stands on it; old addresses still lead to their run."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ann_core import RunConfig
from ui.lesson import LESSONS
from ui.shell import PAGES

SHELL = Path(__file__).parents[2] / "ui" / "shell.py"


@pytest.fixture
def page():
    return ok(AppTest.from_file(str(SHELL), default_timeout=60).run())


def ok(page):
    assert not page.exception, page.exception[0].value
    return page


def test_it_opens_on_something_alive_with_three_ways_in(page):
    assert page.title[0].value == "See a neural network learn"
    assert page.session_state["home/recordings"][0].config == RunConfig()
    ways = [m.value.split()[-1].strip("*") for m in page.markdown if m.value.startswith("**:material")]
    assert ways == ["Play", "Learn", "data"]


def test_every_page_of_the_menu_opens(page):
    for section in PAGES.values():
        for file, title, _ in section:
            ok(page.switch_page(f"../pages/{file}").run())
            assert page.title[0].value and title


def test_the_path_knows_what_was_seen(page):
    assert all(any(c.value == "not opened yet" for c in page.caption) for _ in LESSONS)
    first = LESSONS[0]
    ok(page.switch_page(f"../pages/{first.page}.py").run())
    ok(page.switch_page("../pages/home.py").run())
    assert any(c.value.startswith("1 of ") for c in page.caption)


def test_an_address_with_settings_leads_to_the_playground():
    page = AppTest.from_file(str(SHELL), default_timeout=60)
    page.query_params["data.source"] = "moons"
    ok(page.run())
    assert page.session_state["playground/settings"].data.source == "moons"
