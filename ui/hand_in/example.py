"""What the page Check shows before anything is handed in: two results, one with a score that was raised. Whose? Asked first."""

import streamlit as st

from ann_core.film.recording import Recording
from ann_core.handin.code import written
from ann_core.run.config import RunConfig
from ann_core.run.link import edited
from ui.hand_in.checking import Batch, entries
from ui.hand_in.report import result

SETTINGS = {"training.epochs": 60, "data.samples": 200}
HONEST, RAISED = "Ada", "Ben"
HELD, GUESS = "check/example", "check/guess"


@st.cache_data(show_spinner=False)
def _handed_in() -> tuple[str, str, str]:
    """Both codes, and the scores that they say."""
    config = edited(RunConfig(), SETTINGS)
    recording = Recording(config)
    recording.frames(None, config.training.epochs, 1, None, None)
    made = result(recording, None)
    last = made.marks[-1]
    raised = last.model_copy(update={"values": {**last.values, "test_score": 1.0}})
    codes = f"{HONEST} {made.code}\n{RAISED} {written([(0, config)], [*made.marks[:-1], raised])}"
    own, other = (made.run.setup.target.measure.words(mark.values["test_score"] or 0.0) for mark in (last, raised))
    return codes, own, other


def example() -> Batch | None:
    """Asks who raised the score. Returns the two, checked as all others are, once somebody has guessed."""
    codes, own, other = _handed_in()
    st.markdown(f"**Nothing has been handed in yet, so here are two examples.** {HONEST} and {RAISED} trained the same "
                f"network, with the same settings. {HONEST} hands in an accuracy of **{own}** on held-out points, {RAISED} "
                f"**{other}**. One of the two changed the number by hand. **Who?**")
    guess = st.session_state.get(GUESS)
    with st.container(horizontal=True, gap="small"):
        for name in (HONEST, RAISED):
            st.button(name, type="primary" if name == guess else "secondary", key=f"{GUESS}/{name}", icon=":material/person:",
                      on_click=st.session_state.update, args=({GUESS: name},))
    if guess is None:
        return None
    if HELD not in st.session_state:
        st.session_state[HELD] = Batch(entries([], codes)[0])
    found: Batch = st.session_state[HELD]
    if [entry.checked and entry.checked.state for entry in found.entries] == ["verified", "differs"]:  # not when cancelled
        st.markdown(f"{'**Right.**' if guess == RAISED else '**No.**'} Both networks were trained again. {HONEST}'s numbers "
                    f"come out once more, {RAISED}'s do not.")
    return found
