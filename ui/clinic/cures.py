"""The cures of a finding: each is tried on the same first weights and on eight others, and says what came of it."""

import streamlit as st

from ann_core import RunConfig
from ann_core.base.numbers import size
from ann_core.clinic.finding import Finding, Treatment
from ann_core.clinic.treatment import SEEDS, Effect
from ann_core.data import Prepared
from ann_core.lab import twins
from ann_core.run.link import to_query
from ui.charts.clinic import pairs, reading, said_pairs
from ui.clinic.onward import admit
from ui.clinic.running import KEEP, Course, treatment
from ui.page import script
from ui.text import markdown

ASKED = "clinic/asked"
"""In the session: by treatment that the visitor asked for, whether it was not cancelled. Of what others have tried he is told
nothing before he asks."""
MOST_COST = 4e11
"""Operations of a treatment: some minutes of one core."""


def cures(patient: RunConfig, data: Prepared | None, finding: Finding) -> None:
    """The cures of a finding, each with its button, or with what came of it."""
    if not finding.cures:
        st.caption("No setting cures this.")
    for cure in finding.cures:
        _tried(patient, cure, treatment(patient, data, cure), f"aside/clinic/{finding.key}/{cure.key}")


def _asked() -> dict[Course, bool]:
    return st.session_state.setdefault(ASKED, {})


def _goes_on(course: Course) -> bool:
    return _asked().get(course, False) and not course.ended


def _tried(patient: RunConfig, cure: Treatment, course: Course, key: str) -> None:
    polled = _goes_on(course)

    @st.fragment(run_every=0.5 if polled else None)
    def trying() -> None:
        if _goes_on(course):
            course.watch()
        if _goes_on(course) != polled:
            st.rerun()
        _place(patient, cure, course, key)

    trying()


def _place(patient: RunConfig, cure: Treatment, course: Course, key: str) -> None:
    st.markdown(f"**{markdown(cure.label)}**", help=markdown(cure.help))
    asked = _asked().get(course)
    if _goes_on(course):
        st.progress(min(1.0, course.done), f"{SEEDS} networks without it, {SEEDS} with it: {course.done:.0%}")
        st.button("Cancel", key=f"{key}/cancel", icon=":material/stop:", on_click=_cancel, args=(course,))
    elif asked and not course.why:
        _outcome(patient, cure, course.last, key)
    elif (needed := SEEDS * (patient.cost / patient.seeds + cure.config.cost / cure.config.seeds)) > MOST_COST:
        st.caption(f"To try it on {SEEDS} networks would be about {size(needed)} operations; at most {size(MOST_COST)} are "
                   "done for a click. Use fewer epochs, rows or units.")
    else:
        if asked is not None:
            st.caption(f":material/block: {markdown(course.why)}" if course.why else f"Cancelled at {course.done:.0%}.")
        st.button("Test this cure" if asked is None else "Go on", key=f"{key}/test", icon=":material/healing:",
                  on_click=_begin, args=(course,), help=f"From the same first weights, and from {SEEDS - 1} others.")


def _begin(course: Course) -> None:
    course.again()
    _asked()[course] = True
    for old in list(_asked())[:-KEEP]:
        del _asked()[old]


def _cancel(course: Course) -> None:
    _asked()[course] = False
    course.leave()


def _outcome(patient: RunConfig, cure: Treatment, effect: Effect, key: str) -> None:
    st.markdown(markdown(effect.says))
    st.altair_chart(pairs(effect), width="stretch", alt=said_pairs(effect))
    st.caption(reading(effect))
    if cure.data is not None:
        st.caption("This cure changes rows, which no address describes: what it leads to cannot be opened elsewhere.")
        return
    with st.container(horizontal=True, gap="small"):
        st.page_link(script("play/playground"), label="Open the cured run", icon=":material/play_circle:",
                     query_params=to_query(cure.config))
        if (query := _as_twins((patient, cure.config))) is not None:
            st.page_link(script("play/gradient_lab"), label="Both as twins", icon=":material/waterfall_chart:",
                         query_params=query)
        if st.button("Examine the cured run", key=f"{key}/examine", icon=":material/stethoscope:", type="tertiary"):
            admit(cure.config)
            st.rerun()


def _as_twins(both: twins.Twins) -> dict[str, str] | None:
    """The address of both side by side in the Gradient lab; None where they differ in more than twins may."""
    try:
        return twins.to_query(twins.check(both))
    except ValueError:
        return None
