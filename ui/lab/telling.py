"""What becomes of the gradient is asked before it is told: a question over what the twins learn, and its answer on a click."""

import streamlit as st

from ann_core.lab.guess import Guess
from ann_core.lab.narration import Narration

OWN = "How much of the output layer's gradient reaches layer 1?"
BEFORE = ("boundary", "loss")
"""Pictures that do not answer: what the twins decide, and how they learn."""
QUIET = Narration((), gradient=False)
"""Nor does a sentence below them."""


class Telling:
    """The question about the settings that were opened last, and whether its answer was asked for. opened: how often settings
    were opened so far, so that others ask anew"""

    def __init__(self, page: str, opened: int):
        self._key, self._opened = f"{page}/telling", opened

    @property
    def told(self) -> bool:
        """Whether the answer may be seen."""
        return st.session_state.get(self._key, (None, None))[0] == self._opened

    def line(self, question: str, answer: str, guess: Guess | None) -> None:
        """The question with its button, and with what may be guessed if there is a choice, or the answer."""
        if self.told:
            said = st.session_state[self._key][1]
            st.caption(f"{guess.verdict(said)} {answer}".lstrip() if guess else answer)
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(question, width="content")
            for i, option in enumerate(guess.options if guess else ()):
                st.button(option, key=f"{self._key}/{i}", on_click=self.tell, args=(i,))
            st.button("Tell me", key=f"{self._key}/tell", type="tertiary", icon=":material/visibility:", on_click=self.tell,
                      help="What happens, in a sentence, and the pictures of the gradient, from the film's beginning.")

    def tell(self, said: int | None = None) -> None:
        """The answer may be seen from now on. said: the number of the option that was guessed"""
        st.session_state[self._key] = (self._opened, said)
