"""A lab asks before it shows: a guess at what a scene's networks will do, then their film, and on a click the answer."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ann_core.film.recording import Recording
from ann_core.lab.guess import Guess
from ann_core.lab.openers import Opener
from ann_core.lab.twin_openers import LabOpener
from ui.player.player import player


class Guessing:
    """The question of the scene that is set, if it has one. opener: the scene, None for settings of the visitor's own"""

    def __init__(self, page: str, opener: Opener | LabOpener | None):
        self._sentence = opener.sentence if opener else ""
        self._guess = opener.guess if opener else None
        self._key = f"{page}/guess/{opener.key if opener else ''}"

    @property
    def open(self) -> bool:
        """Whether it waits for a guess: nothing that tells the answer may be seen."""
        return self._guess is not None and self._key not in st.session_state

    def show(self, brief: bool) -> None:
        """The question with what may be guessed; after a guess, unless it is to be brief, what to look at and the answer."""
        if self._guess and self.open:
            st.markdown(self._sentence)
            self._options(self._guess)
        elif self._guess and not brief:
            self._after(self._guess)
        elif not brief:
            st.caption(self._sentence)

    def _options(self, guess: Guess) -> None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for i, option in enumerate(guess.options):
                st.button(option, key=f"{self._key}/{i}", on_click=self._say, args=(i,))
            st.button("Just show me", key=f"{self._key}/skip", type="tertiary", on_click=self._say, args=(None,))

    def _after(self, guess: Guess) -> None:
        told, said = f"{self._key}/told", st.session_state[self._key]
        if st.session_state.get(told):
            st.caption(f"{self._sentence} {guess.verdict(said)}")
            return
        words, button = st.columns([8, 1], gap="small", vertical_alignment="center")
        words.caption(self._sentence if said is None else f"{self._sentence} You guessed: **{guess.options[said]}**.")
        button.button("Tell me", key=f"{told}/tell", type="tertiary", icon=":material/visibility:",
                      on_click=lambda: st.session_state.update({told: True}), help="What happens, in a sentence.")

    def _say(self, option: int | None) -> None:
        st.session_state[self._key] = option

    def player(self, runs: Sequence[Recording], *, key: str, pictures: Sequence[str], first: Sequence[str], autoplay: bool,
               **more: Any) -> None:
        """The film; while the question is open pictures of its beginning. first: those"""
        if self.open:  # mounted by itself, so that the film begins when it comes
            with st.container(key="guessing"):
                st.caption("Not trained yet: this is how it begins. Your guess starts the film.")
                player(runs, key=f"{key}/asked", pictures=first, autoplay=False, veiled=True, **more)
        else:
            player(runs, key=key, pictures=pictures, autoplay=autoplay, **more)
