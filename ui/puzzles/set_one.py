"""Set a puzzle: the Playground's present run, a goal and a number of changes become an address, once it is seen to fail."""

from urllib.parse import urlencode

import streamlit as st

from ann_core import RunConfig
from ann_core.base.measure import MEASURES
from ann_core.puzzles.judging import Judged
from ann_core.puzzles.link import MOST_SET, Attempt, set_puzzle, write
from ann_core.puzzles.puzzle import MOST, Puzzle
from ann_core.run.differences import differences
from ui.controls.number import number
from ui.page import script
from ui.puzzles.results import PAGE
from ui.puzzles.verdict import judge
from ui.settings import settings_of
from ui.text import markdown
from ui.your_data import session
from ui.your_data.class_tables import prepared_as

USUAL = {"share": 0.9, "number": 0.2}
"""The goal to begin with, by kind of measure."""


def set_one() -> None:
    """The place at the foot of the page."""
    box = st.expander("Set this as a puzzle: the Playground's present run, with a goal of your own", key=f"{PAGE}/set",
                      on_change="rerun", icon=":material/extension:")
    if not box.open:
        return
    with box:
        config: RunConfig | None = settings_of("playground")
        if config is None:
            st.markdown("Spoil a network in the Playground, then come back: its settings become the puzzle.")
            st.page_link(script("play/playground"), label="Open the Playground", icon=":material/play_circle:")
            return
        made = differences(RunConfig(), config)
        st.caption(f"The run: {'the usual settings' if config == RunConfig() else markdown(made)}.")
        measure = MEASURES[config.data.task]
        left, right = st.columns(2)
        with left:
            goal = number(f"Goal: {measure.label} on held-out points", 0.001, 1.0 if measure.kind == "share" else 1e6,
                          USUAL[measure.kind], f"{PAGE}/set/goal/{measure.kind}", help="A share: 0.9 is 90 %."
                          if measure.kind == "share" else "In the units of what is to be learned; lower is better.")
        with right:
            most = st.segmented_control("Changes allowed", range(1, MOST_SET + 1), default=MOST, required=True,
                                        key=f"{PAGE}/set/most")
        wanted = config, goal, most
        st.button("Check it and make the link", key=f"{PAGE}/set/make", type="primary", icon=":material/link:",
                  on_click=lambda: st.session_state.update({f"{PAGE}/set/of": wanted}))
        if st.session_state.get(f"{PAGE}/set/of") == wanted:
            _made(config, goal, most)


def _made(config: RunConfig, goal: float, most: int) -> None:
    try:
        puzzle = set_puzzle(config, goal, most)
        if config.data.table is not None and prepared_as(config.data.table) is None:
            raise ValueError("This run learns from a table that only you have. Others can be given a puzzle on made data, on a "
                             "bundled data set, or on a table that this server offers to everybody.")
        found = judge(puzzle, session.prepared(config.data))
    except ValueError as reason:
        st.warning(markdown(str(reason)), icon=":material/block:")
        return
    _said(puzzle, found)


def _said(puzzle: Puzzle, found: Judged) -> None:
    own, *others = found.reached
    score = found.measure.words(found.scores[0])
    if own:
        st.warning(f"As it stands it already reaches its goal: {found.measure.label} {score}. Spoil it more, or ask for more.",
                   icon=":material/block:")
        return
    ends = f"ends with {found.measure.label} {score}" if score != "not known" else "leaves all bounds"
    st.success(f"As it stands it {ends} and misses its goal; with {len(others)} other seeds {sum(others)} of {len(others)} "
               "reach it. Whether it can be cured is for you to try.", icon=":material/check_circle:")
    query = write(Attempt.at(puzzle))
    st.code(f"{str(st.context.url or '').partition('?')[0]}?{urlencode(query)}", language=None, wrap_lines=True)
    st.page_link(script("play/puzzles"), label="Open it", icon=":material/extension:", query_params=query)
