"""How a table was read, with corrections by hand; why one was not taken; and where else it can be learned from."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from ann_core.data.table.moments import Order
from ann_core.data.table.own import Own
from ann_core.data.table.reading import Choices
from ann_core.lab.twins import to_query as twins_to_query
from ann_core.run.link import edited, to_query
from ui.page import script
from ui.text import markdown
from ui.your_data import session
from ui.your_data.otherwise import ask, corrections, doubt, sheets
from ui.your_data.settings import OwnSettings, complete, proposal
from ui.your_data.source import REFUSED, Page, Refused, read_file


def report(settings: Page, own: Own) -> None:
    """What could not be read, what was read, and what is learned from it."""
    if refused := st.session_state.get(REFUSED):
        _refused(settings, refused)
    table, p, told = session.table(), own.preparation, session.table().report
    given = session.data()

    def again(choices: Choices) -> None:
        read_file(settings, given or b"", table.name, choices)

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words, how = st.container(width="stretch"), st.container(width="content")
    with words:
        classes = f" ({markdown(_listed(own.class_names))})" if own.class_names else ""
        parts = {"validate": own.validation, "test": own.test}
        held = " and ".join(f"{len(part):,} {what}" for what, part in parts.items() if len(part))
        st.markdown(f"**{markdown(table.name)}**: {len(table.frame):,} rows × {len(table.frame.columns):,} columns. Predicts "
                    f"**{markdown(p.target)}**{classes} from {len(p.features):,} "
                    f"column{'s' * (len(p.features) != 1)}; {len(own.train):,} rows train, {held or 'none is held out'}.")
    with how:
        found = proposal(table)
        reasons = dict(found.left_out)
        unused = [f"{name}: {reasons.get(name, 'not chosen')}." for name in table.frame if name not in (p.target, *p.features)]
        count = len(told.changed) + len(told.ignored) + len(own.notes) + len(unused)
        label = f"How it was read{f' · {count} note' + 's' * (count > 1) if count else ''}"
        with st.popover(label, type="tertiary"):
            for head, lines in (("Read", told.read), ("Changed", told.changed), ("Left out", told.ignored),
                                ("Made ready for the network", own.notes),
                                ("Columns not used", unused), ("Proposed", [found.reason])):
                if lines:
                    st.markdown(f"**{head}**\n" + "\n".join(f"- {markdown(line)}" for line in lines))
            if given is not None:
                st.markdown("**Not right? Read it otherwise**")
                corrections(table.digest, told.choices, told.nearly_numbers, again)
    if given is not None:
        sheets(table.digest, told.sheets, told.choices.sheet, again)
        ask(told.questions, again)
    _day_or_month(settings, own)


def _day_or_month(settings: Page, own: Own) -> None:
    """Which comes first in 3/4/2024, where that is guessed."""
    if not own.guesses:
        return
    sentence, order = own.guesses[0]

    def say(first: Order) -> None:
        meant = settings.value.preparation.model_copy(update={"day_first": first})
        settings.attempt(lambda: complete(session.table(), meant, settings.value.run))

    other: Order = "month" if order == "day" else "day"
    doubt("order", f"{sentence} That is a guess.", [(f"The {other} stands first", partial(say, other))],
          partial(say, order))


def _refused(settings: Page, refused: Refused) -> None:
    """Why a file was not taken, and what else can be tried with it."""
    other = " Perhaps another sheet of the workbook is the table: choose it here." * (len(refused.sheets) > 1)
    st.error(f"{markdown(refused.why)} The table before stays.{other}", icon=":material/block:")
    data = refused.data
    if data is None:
        return

    def again(choices: Choices) -> None:
        read_file(settings, data, refused.name, choices)

    sheets(f"refused {zlib.crc32(data)}", refused.sheets, None, again)
    with st.container(horizontal=True, gap="small"):
        if refused.can_sample:
            st.button("Read an even sample of its rows", on_click=again, args=(replace(refused.choices, sample=True),))
        with st.popover("Read it otherwise", icon=":material/tune:"):
            st.caption(f"How {markdown(refused.name)} is to be read. What you do not choose is found out.")
            corrections(f"refused {zlib.crc32(data)}", refused.choices, (), again)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def elsewhere(chosen: OwnSettings, search: Mapping[str, str] | None) -> None:
    """The same table and network on the other pages. search: the address of a search around them"""
    run = chosen.run.model_copy(update={"training": chosen.run.training.model_copy(update={"patience": None})})
    bends = [layer.bend[0] for layer in run.network.layers if layer.bend]
    other = "sigmoid" if bends and bends[0] != "sigmoid" else "relu"
    twin = edited(run, {"network.layers": [layer.bent(other) for layer in run.network.layers]})
    with st.container(horizontal=True, gap="small"):
        st.caption("The same table, the same network:", width="content")
        st.page_link(script("play/playground"), label="Playground", icon=":material/play_circle:",
                     query_params=to_query(run))
        st.page_link(script("play/gradient_lab"), label=f"Gradient lab, against {other}", icon=":material/waterfall_chart:",
                     query_params=twins_to_query((run, twin)))
        if search is not None:
            st.page_link(script("play/search"), label="Search for better settings", icon=":material/manage_search:",
                         query_params=dict(search))
