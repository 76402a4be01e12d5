"""Compare: runs that were kept on other pages, side by side."""

import streamlit as st

from ann_core.lab.comparison import learned, same_rows
from ui.compare.examples import examples
from ui.compare.guess import guessed
from ui.compare.kept import all_kept
from ui.compare.pictures import gradients, pictures
from ui.compare.table import chosen, table
from ui.page import script, title
from ui.settings import without_settings
from ui.text import markdown

HOW = ("Three networks of ten layers, trained just now as examples. They differ in their activation only. To compare runs of "
       "your own, press *Keep this run to compare* under the film of any page.")
KEPT = ("The runs that you kept. They live in this visit: when you close or reload the page they are gone, so take the table "
        "home if you need it.")
READ = ("How to read it: a line is one network. The gradient starts at the output, on the right, and goes back to layer 1, on "
        "the left. A little lower is much less: the axis counts in powers of ten.")
TALL = 460
"""Pixels of the one picture that there is before the answer."""

without_settings("compare")
title("Compare")
own = bool(all_kept())
runs = all_kept() or examples()
st.markdown(KEPT if own else HOW)
if not own:
    with st.container(horizontal=True, gap="small"):
        st.page_link(script("play/playground"), label="Keep one in the Playground", icon=":material/play_circle:")
        st.page_link(script("play/gradient_lab"), label="Keep two in the Gradient lab", icon=":material/waterfall_chart:")

if not own and not guessed(runs):
    gradients(runs, TALL)
    st.caption(READ)
    st.stop()

tasks = list(dict.fromkeys(one.result.task for one in runs))
if len(tasks) > 1:
    of = {task: [one for one in runs if one.result.task == task] for task in tasks}

    def words(place: int) -> str:
        """What a group of runs learns from, and how many there are."""
        group = of[tasks[place]]
        return markdown(f"{learned(group[0].result.config.data)}: {len(group)}")

    place = st.segmented_control("Learned from", range(len(tasks)), default=tasks.index(runs[-1].result.task), required=True,
                                 key=f"compare/task/{len(runs)}", format_func=words)
    st.caption("A loss means something only beside others that answer the same question and are counted in the same way. So "
               "runs of different tasks are not laid over each other: choose whose you look at.")
    runs = of[tasks[place or 0]]

table(runs, own)
chosen(runs, own)
if not same_rows([one.result.config for one in runs]):
    st.caption(":material/info: These runs did not all learn from, or were not all judged on, the very same rows. Small "
               "differences between them may come from that.")
if len({one.result.times[-1] for one in runs}) > 1:
    st.caption(f":material/info: They were kept after different numbers of {runs[0].result.clock}: score and gradient of each "
               "are those of its own moment.")
if len(runs) < 2:
    st.caption("There is nothing beside it yet: change something about the run and keep it again, or keep another one.")
pictures(runs)
