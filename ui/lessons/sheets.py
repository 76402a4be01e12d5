"""Sheets to work through by hand, taken home: one, its key, or thirty at once with one page of keys."""

from collections.abc import Callable

import streamlit as st

from ann_core.lessons.sheet import LARGEST_SEED, Sheet, together
from ui.lessons.controls import LessonControls

MANY = 30
"""A class."""


def numbered(controls: LessonControls) -> int:
    """The field for a sheet's number."""
    return controls.number("sheet", "Number of the sheet", 0, LARGEST_SEED - MANY, 1, "Another number, another sheet.",
                           width=190)


def take_sheets(make: Callable[[int], Sheet], seed: int, name: str) -> None:
    """The buttons. make: the sheet of a number   seed: the number of the first one   name: of the files"""
    sheet, last = make(seed), seed + MANY - 1

    def of_a_class() -> str:
        return together([make(each) for each in range(seed, last + 1)])

    with st.container(horizontal=True):
        for what, label, made, icon in (("sheet", f"Sheet {seed}", sheet.html, "print"),
                                        ("key", f"Key to sheet {seed}", sheet.key_html, "key"),
                                        ("class", f"Sheets {seed} to {last}, keys at the end", of_a_class, "groups")):
            st.download_button(label, made, f"{name}-{what}-{seed}.html", "text/html", key=f"{name}/sheet/{what}",
                               icon=f":material/{icon}:", type="primary" if what == "class" else "secondary", on_click="ignore")
    st.caption("They open in the browser and print on A4. Its number makes a sheet: the same number, the same sheet.")


def sheets(controls: LessonControls, make: Callable[[int], Sheet], name: str, what: str) -> None:
    """All of it, opened on a click. what: there is to do"""
    box = st.expander(f"A sheet to work through by hand: {what}", key=f"{name}/sheets", on_change="rerun",
                      icon=":material/print:")
    with box:
        if box.open:
            take_sheets(make, numbered(controls), name)
