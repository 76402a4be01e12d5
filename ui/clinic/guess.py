"""Before the diagnosis: what does the visitor think is wrong?"""

from zlib import crc32

import numpy as np
import streamlit as st

from ann_core.clinic.examination import AILMENTS
from ann_core.clinic.finding import Check, Diagnosis
from ann_core.lessons.ask import Ask
from ui.lessons.controls import LessonControls
from ui.question import answered, asked, begin
from ui.text import markdown

OTHERS = 3
"""Options beside the right one and that nothing is wrong."""
NOTHING = "Nothing: it is healthy"


def told(patient: str) -> bool:
    """Whether the diagnosis may be shown. patient: tells it from all others"""
    begin("clinic", _key(patient))
    return answered()


def guessed(patient: str, found: Diagnosis) -> bool:
    """Asks; whether the diagnosis may be shown."""
    made = ask(patient, found)
    shown = asked("clinic", _key(patient), lambda: made, LessonControls("clinic"))
    if not shown:
        with st.expander("What do these words mean?", icon=":material/menu_book:"):
            meant = {one.label: one.meaning for one in AILMENTS.values()}
            st.markdown("\n".join(f"- **{label}**: {meant[label]}" for label in made.options if label in meant))
    return shown


def _key(patient: str) -> str:
    return f"{crc32(patient.encode()):08x}"


def ask(patient: str, found: Diagnosis) -> Ask:
    """The question: the first finding among ailments that were looked for and are not there."""
    rng = np.random.default_rng(crc32(patient.encode()))
    absent = [check for check in found.checks if check.fine]
    others = [absent[place] for place in rng.permutation(len(absent))[:OTHERS]]
    options = {AILMENTS[check.key].label: _reaction(check) for check in others}
    if found.findings:
        first = found.findings[0]
        options = _in_any_order(options | {AILMENTS[first.key].label: ""}, rng)
        right, reason = list(options).index(AILMENTS[first.key].label), markdown(first.says)
    else:
        right, reason = len(options), f"All {len(absent)} things that were measured lie within their healthy ranges."
    options[NOTHING] = ("That would be so if all that was measured lay within its healthy range. "
                        f"{len(found.findings)} of {len(absent) + len(found.findings)} do not.")
    return Ask("What do you think: what is wrong with it?", options, right, reason)


def _in_any_order(options: dict[str, str], rng: np.random.Generator) -> dict[str, str]:
    names = list(options)
    return {names[place]: options[names[place]] for place in rng.permutation(len(names))}


def _reaction(check: Check) -> str:
    return (f"That would be so if *{markdown(check.title)}* had left its healthy range, {markdown(check.healthy)}. Measured "
            f"was {markdown(check.value)}.")
