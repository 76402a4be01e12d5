"""Opens pages of the app without a browser, and reads what they say."""

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
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


def film_of(page: AppTest) -> AppTest:
    """A lab without its question: its film and all below."""
    if skip := [button for button in page.button if button.label == "Just show me"]:
        skip[0].click().run()
    return ok(page)


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


def plain(text: str) -> str:
    """A text that was escaped, as it is read: without backslashes and joiners, letters as such."""
    return unescape(text.replace("\\", "").replace("\u2060", ""))


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


# ---- ideas of lessons ----

def controls(page: AppTest) -> list:
    """The controls of the idea on the screen."""
    main = page.main
    return [*main.slider, *main.select_slider, *main.selectbox, *main.button_group, *main.toggle]


def put(page: AppTest, label: str, value: Any) -> AppTest:
    """The page after a control was set."""
    next(widget for widget in controls(page) if widget.label == label).set_value(value)
    return ok(page.run())


def shown(page: AppTest) -> str:
    """Its texts, formulas, numbers and pictures."""
    return said(page) + formula(page) + str(metrics(page)) + str([figure["data"] for figure in figures(page)])


def has(page: AppTest, piece: str, labels: Iterable[str], texts: Iterable[str], sentence: str) -> None:
    """An idea has a formula with this piece, these controls and no others, these pieces of text and this one to remember."""
    assert {widget.label for widget in controls(page)} == set(labels)
    assert piece in formula(page)
    assert not [text for text in texts if text.lower() not in said(page).lower()], said(page)
    assert sentence in " ".join(next(m.value for m in page.markdown if "**To remember.**" in m.value).split())


def moves(page: AppTest, changes: Mapping[str, Iterable[Any]]) -> None:
    """Each control of an idea changes what is shown, and nothing is ever no number. changes: what they are set to, one after
    the other"""
    for label, values in changes.items():
        for value in values:
            before = shown(page)
            after = shown(put(page, label, value))
            assert after != before and not re.search(r"(?i)\b(nan|inf)\b", after), (label, value)


def shows_code(page: AppTest, idea: str) -> None:
    """An idea opens the engine's own functions."""
    page.session_state[f"code/{idea}"] = True
    assert page.run().code and all("def " in code.value or "class " in code.value for code in ok(page).code)
