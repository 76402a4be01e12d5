"""Home: alive, four ways in, the path and where one stands on it; old addresses still lead to their run."""

import pytest

from ann_core import RunConfig
from tests.pages.visit import gone, opened
from ui.path import LESSONS
from ui.shell import PAGES


@pytest.fixture
def page():
    return opened()


def test_it_opens_on_something_alive_with_four_ways_in(page):
    assert page.title[0].value == "See a neural network learn"
    assert page.session_state["home/recordings"][0].config == RunConfig()
    ways = [m.value.split()[-1].strip("*") for m in page.markdown if m.value.startswith("**:material")]
    assert ways == ["Play", "Learn", "data", "class"]


def test_every_page_of_the_menu_opens(page):
    for section in PAGES.values():
        for name, title, _ in section:
            gone(page, name)
            assert page.title[0].value and title


def test_the_path_knows_what_was_seen(page):
    assert not any(c.value.endswith("seen") for c in page.caption)
    first = LESSONS[0]
    gone(page, first.place)
    gone(page, "home")
    assert any(c.value.startswith("1 of ") for c in page.caption)


def test_an_address_with_settings_leads_to_the_playground():
    page = opened(**{"data.source": "moons"})
    assert page.session_state["playground/settings"].data.source == "moons"
