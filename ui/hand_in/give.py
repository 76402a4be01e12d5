"""Hand it in: below a stage, a report of the run with the student's own words, and its code."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from ann_core.data.config import DataConfig
from ann_core.data.table.own import Own
from ann_core.film.recording import Recording
from ann_core.handin.check import MOST_COST
from ui.hand_in.report import MOST_NAME, MOST_WORDS, PROVES, QUESTIONS, Result, Words, report, result


def hand_in(page: str, title: str, recordings: Sequence[Recording], names: Sequence[str],
            own_of: Callable[[DataConfig], Own | None] = lambda data: None) -> None:
    """The place below a stage. page: where it is remembered where the film rests   title: of the page"""
    box = st.expander("Hand it in: a report with a code that can be checked", key=f"{page}/hand_in", on_change="rerun",
                      icon=":material/assignment_turned_in:")
    if not box.open:
        return
    with box:
        place = 0
        if len(recordings) > 1:
            place = st.selectbox("Which network", range(len(recordings)), key=f"{page}/hand_in/which/{len(recordings)}",
                                 width=360, format_func=lambda i: names[i])
        recording = recordings[place]
        if sum(config.cost for _, config in recording.history) > MOST_COST:  # as the check counts it
            st.info("This run is so much work that nobody could check it within a lesson. Use fewer epochs, rows or units.",
                    icon=":material/info:")
            return
        found = _measured(page, recording, own_of)
        st.caption(f"The network at {found.run.moment}. Pause the film or drag its timeline to hand in another moment. Nothing "
                   "that you write here is kept on the server: it stands in the file that you download.")
        with st.form(f"{page}/hand_in/form", border=False):
            name = st.text_input("Your name", key="hand_in/name", max_chars=MOST_NAME, width=360)
            answers = tuple(st.text_area(question, key=f"{page}/hand_in/words/{i}", max_chars=MOST_WORDS, height=80)
                            for i, question in enumerate(QUESTIONS))
            st.form_submit_button("Make the report", type="primary", icon=":material/description:", key=f"{page}/hand_in/make",
                                  on_click=_made, args=(page,))
        if st.session_state.get(f"{page}/hand_in/made"):
            file, link, day = f"{_plain(name) or 'report'}.html", _link(), _day()
            st.download_button(f"Download {file}", lambda: report(found, Words(name, answers), title, link, day), file,
                               "text/html", icon=":material/download:", on_click="ignore", key=f"{page}/hand_in/file")
        st.caption("Or only the code of this result, for a message or a form:")
        st.code(found.code, language=None, wrap_lines=True)
        st.caption(PROVES)


def _made(page: str) -> None:
    st.session_state[f"{page}/hand_in/made"] = True


def _measured(page: str, recording: Recording, own_of: Callable[[DataConfig], Own | None]) -> Result:
    rest: Mapping[str, int] = st.session_state.get(f"{page}/rest", {})
    step = rest.get(recording.id)
    key = recording.id, recording.latest.state.step if step is None else step
    known = st.session_state.get(f"{page}/hand_in/found")
    if known is None or known[0] != key:
        with st.spinner("Measuring the run …"):
            known = key, result(recording, step, own_of(recording.config.data))
        st.session_state[f"{page}/hand_in/found"] = known
    return known[1]


def _plain(name: str) -> str:
    """A name as a file may have it: letters, digits and dashes."""
    return "-".join("".join(c if c.isalnum() else " " for c in name).split())[:40]


def _link() -> str:
    query = urlencode(st.query_params.to_dict())
    return f"{str(st.context.url or '').partition('?')[0]}{'?' * bool(query)}{query}"


def _day() -> str:
    today = date.today()
    return f"{today.day} {today:%B %Y}"
