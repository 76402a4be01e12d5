"""Reading a file otherwise, by hand: doubts that one click settles, and every choice about how it is read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from ann_core.data.table.choices import SURE_MARKS, short
from ann_core.data.table.reading import CHOICES, Choices, Question
from ui.text import markdown

LABELS = {"delimiter": "Cells are separated by", "quote": "Quotation marks around cells", "decimal": "Decimal mark",
          "thousands": "Thousands mark", "header": "The first row holds", "missing": "What counts as a gap",
          "encoding": "Letters", "merge": "Labels that differ only in case or spaces are"}
"""Of the fields that can be chosen by hand, see CHOICES."""
OF_TEXT = ("delimiter", "quote", "encoding")
"""Those that a workbook leaves no doubt about."""
SETTLED, AT_ONCE, LONGEST_MARK = "own/settled", 3, 40
FOUND_OUT = "find it out"
Again = Callable[[Choices], None]
"""Reads the file with other choices."""


def ask(questions: Sequence[Question], again: Again) -> None:
    """What is in doubt, each with what else it could be; a click reads the file again."""
    settled = st.session_state.setdefault(SETTLED, set())
    open_ones = [question for question in questions if question.sentence not in settled]
    for place, question in enumerate(open_ones[:AT_ONCE]):
        doubt(str(place), question.sentence, [(answer, partial(again, choices)) for answer, choices in question.answers],
              partial(settled.add, question.sentence))


def doubt(key: str, sentence: str, answers: Sequence[tuple[str, Callable[[], None]]], right: Callable[[], None]) -> None:
    """A sentence that tells a guess, and buttons: what else it could be, and that it is right."""
    with st.container(border=True, key=f"own_doubt_{key}"):
        words, buttons = st.columns([5, 3], vertical_alignment="center")
        words.markdown(f":material/help: :small[{markdown(sentence)}]")
        with buttons.container(horizontal=True, horizontal_alignment="right", gap="small"):
            for at, (answer, take) in enumerate(answers):
                st.button(markdown(answer), key=f"own/doubt/{key}/{at}", on_click=take)
            st.button("Right as it is", key=f"own/doubt/{key}/right", on_click=right, type="tertiary")


def corrections(of: str, used: Choices, nearly: Sequence[str], again: Again) -> None:
    """Every choice about how a file is read.

    of: what stands for the file in the names of widgets   used: how it was read; what is None is found out
    nearly: columns that are nearly numbers
    """
    key = f"own/read/{of}/{{}}".format

    def choose(field: str) -> None:
        value = st.session_state.get(key(field), getattr(used, field))
        again(changed(used, field, tuple(value) if field == "numbers" else value))

    for field, label in LABELS.items():
        if used.sheet is not None and field in OF_TEXT:
            continue
        labels = _labels(field, getattr(used, field))
        st.selectbox(label, list(labels), list(labels).index(getattr(used, field)), key=key(field),
                     format_func=labels.__getitem__, on_change=choose, args=(field,))
        if field == "missing":
            st.text_input("A number or word that is a gap too", key=key("mark"), placeholder="such as -9999",
                          max_chars=LONGEST_MARK, on_change=_also_a_gap, args=(used, key("mark"), again))
    if columns := [*used.numbers, *nearly]:
        st.multiselect("Columns of numbers, although some cells are not", columns, list(used.numbers), key=key("numbers"),
                       on_change=choose, args=("numbers",), help="Cells of them that are no numbers become gaps.")


def sheets(of: str, names: Sequence[str], used: str | None, again: Again) -> None:
    """Which sheet of a workbook is read, where it has several. used: the one that was; None where none could be"""
    def choose() -> None:
        if (sheet := st.session_state.get(key)) in names:
            again(Choices(sheet=sheet))

    key = f"own/sheet/{of}"
    if len(names) > 1:
        st.selectbox("Sheet of the workbook", names, names.index(used) if used in names else None, key=key,
                     format_func=short, on_change=choose, width=320, placeholder="Choose another one")


def changed(used: Choices, field: str, value: Any) -> Choices:
    """Other choices, and what goes with them."""
    new: dict[str, Any] = {field: value}
    if field == "thousands" and value and value == used.decimal:  # one mark cannot be both
        new["decimal"] = "," if value == "." else "."
    elif field == "decimal" and value and value == used.thousands:
        new["thousands"] = ""
    if field in ("delimiter", "quote", "header", "encoding"):  # these lines were found with the ones before
        new["name_lines"] = None
    return replace(used, **new)


def _also_a_gap(used: Choices, key: str, again: Again) -> None:
    mark = str(st.session_state.get(key) or "").strip()[:LONGEST_MARK]
    before = SURE_MARKS if used.missing is None else used.missing
    if mark and mark not in before:
        again(replace(used, missing=(*before, mark)))


def _labels(field: str, now: Any) -> dict[Any, str]:
    """What is offered, and what is so now, in words."""
    labels: dict[Any, str] = {None: FOUND_OUT} if now is None else {}
    labels |= dict(CHOICES[field])
    if now not in labels:  # marks that were added by hand
        base = max((marks for marks in dict(CHOICES[field]) if set(marks) <= set(now)), key=len)
        labels[now] = f"{labels[base]}, and {', '.join(mark for mark in now if mark not in base)}"
    return labels
