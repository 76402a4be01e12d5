"""Opens pages of the app without a browser, and reads what they say."""

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from ui.page import script

ROOT = Path(__file__).parents[2]
SHELL = ROOT / "ui" / "shell.py"
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-", ",")


def ok(page: AppTest) -> AppTest:
    """The page, on which nothing went wrong."""
    assert not page.exception, page.exception[0].value
    return page


def coming(name: str | None = None, **query: str) -> AppTest:
    """A page before its first run; the first one of the menu without a name."""
    page = AppTest.from_file(str(SHELL), default_timeout=60)
    if name:
        page.switch_page(str(next((ROOT / "pages").rglob(f"{name}.py"))))
    for key, value in query.items():
        page.query_params[key] = value
    return page


def opened(name: str | None = None, **query: str) -> AppTest:
    """A page as its address opens it."""
    return ok(coming(name, **query).run())


def answered(name: str, idea: str, **query: str) -> AppTest:
    """An idea of a lesson after its question."""
    page = coming(name, idea=idea, **query)
    page.session_state["lesson/answered"] = {(name, idea)}
    return ok(page.run())


def gone(page: AppTest, name: str) -> AppTest:
    """The page after its visitor went to another one. name: as in the menu, for example play/playground"""
    return ok(page.switch_page(script(name)).run())


def said(page: AppTest) -> str:
    """Its text and captions."""
    return "\n".join(element.value for kind in (page.main.markdown, page.main.caption) for element in kind)


def formula(page: AppTest) -> str:
    """Its formulas."""
    return " ".join(latex.value for latex in page.main.latex)


def onward(page: AppTest) -> Any:
    """The link of an idea to the same situation elsewhere; None where it has none."""
    return next((link for link in page.get("page_link") if link.proto.label.startswith("The same in")), None)


def figures(page: AppTest) -> list[dict]:
    """What travels to the browser for each of its figures."""
    return [json.loads(part.proto.bytes) for part in page.get("bidi_component") if part.proto.component_name == "live_figure"]


def metrics(page: AppTest) -> dict[str, str]:
    """Its numbers by name."""
    return {metric.label: metric.value for metric in page.main.metric}


def read(shown: str) -> float:
    """A number as the lessons spell it: −2,100, 3.4·10⁻⁵."""
    return float(shown.translate(RAISED).replace("·10", "e"))
