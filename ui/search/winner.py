"""The end of a search: the winner, its test score, and how far it is to be trusted."""

import numpy as np
import streamlit as st

from ui.search.onward import open_each
from ui.search.results import said
from ui.search.running import Held
from ui.text import markdown


def winner(held: Held) -> None:
    """The best trial, its test score, and what luck alone would have given."""
    search, end = held.search, held.search.conclusion
    ranked = search.ranked()
    if not ranked or end is None:
        return
    top, middle, words = ranked[0], ranked[len(ranked) // 2], search.measure.words
    st.header("The winner, and how far to trust it", anchor=False)
    st.markdown(f"**Trial {markdown(said(top, held))}**")
    open_each([top])
    tiles = st.columns(4)
    where = "in the folds" if search.plan.folds > 1 else "on validation rows"
    tiles[0].metric(f"The winner {where}", words(top.score), help=f"Its {search.measure.label}, for which it was chosen.")
    tiles[1].metric("The winner on test rows", words(float(np.mean(end.test))) if end.test else "none there",
                    help="Trained again on all training rows, then judged on rows that no trial has seen.")
    tiles[2].metric("The middle trial", words(middle.score), help="Half of the trials are better, half are worse.")
    tiles[3].metric(f"Best of {len(ranked)} by luck alone", words(end.lucky),
                    help="What the best would show on average if all trials were as good as the middle one.")
    tested = (f"That is why the winner is judged once more, on {end.tested:,} test rows. They are looked at only now, and only "
              "for the winner: looking at them for every trial would make validation rows of them, and so would searching "
              "again and again until they please."
              if end.test else "Rows that would tell how good the winner really is were not held out here.")
    st.caption(f"Whoever keeps the best of {len(ranked)} also keeps the luckiest. If all of them were as good as the middle "
               f"one, the best would still show about {words(end.lucky)} on these {search.judges:,} rows: rows are few, and "
               f"scores shake. {tested}")
