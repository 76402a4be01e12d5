"""All lessons have one form: an idea's functions bear its key, and stand in the lesson's room with those of their kind."""

import ast
import re

import pytest

from tests.pages.visit import ROOT, figures, opened
from ui.path import LESSONS

PAGES = [lesson.page for lesson in LESSONS]


def written(page: str) -> list[ast.Call]:
    """The ideas as they stand in the page."""
    tree = ast.parse(next((ROOT / "pages").rglob(f"{page}.py")).read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Idea"]


def ideas(page: str) -> dict[str, list[str]]:
    """The functions of each idea: ["shows_unit.bias", "asks.bias", "links.bias"]"""
    return {ast.literal_eval(call.args[0]): [ast.unparse(part) for part in (
        *call.args[4:], *(word.value for word in call.keywords if word.arg in ("show", "ask", "link")))]
            for call in written(page)}


@pytest.mark.parametrize("page", PAGES)
def test_an_ideas_functions_bear_its_key(page):
    found = ideas(page)
    assert found
    for key, functions in found.items():
        assert re.fullmatch(rf"shows\w*\.{key}_?( asks\w*\.{key}_?)?( links\w*\.{key}_?)?", " ".join(functions)), functions


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["shows", "asks", "links"])
def test_files_of_a_kind_hold_the_functions_of_ideas_and_no_others(page, kind):
    wanted = [function.partition(".")[2] for functions in ideas(page).values() for function in functions
              if function.startswith(kind)]
    there = [node.name for file in (ROOT / "ui" / "lessons" / page).glob(f"{kind}*.py")
             for node in ast.parse(file.read_text()).body
             if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    assert sorted(there) == sorted(wanted)


@pytest.mark.parametrize("page", PAGES)
def test_only_pictures_are_built_of_plotly(page):
    for file in (ROOT / "ui" / "lessons" / page).glob("*.py"):
        assert ("import plotly.graph_objects" in file.read_text()) == file.name.startswith("pictures"), file.name


@pytest.mark.parametrize("page", PAGES)
def test_every_idea_asks_before_it_explains(page):
    for call in written(page):
        first, second = re.split(r"(?<=[.?!])\s", ast.literal_eval(call.args[2]), maxsplit=2)[:2]
        assert "?" in first + second, ast.literal_eval(call.args[0])


@pytest.mark.parametrize("page", PAGES)
def test_a_later_idea_opened_by_its_address_is_there_with_its_picture_and_its_question(page):
    last = list(ideas(page))[-1]
    shown = opened(page, idea=last)
    assert shown.query_params["idea"] == last and not shown.info
    assert figures(shown) and all(figure["data"] for figure in figures(shown))
    assert any(one.value.endswith("?**") for one in shown.main.markdown)
