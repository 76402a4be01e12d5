"""The Gradient lab: matched twins, and what becomes of the gradient on its way back."""

import streamlit as st

from ann_core import RunConfig
from ann_core import twins as tw
from ann_core.link import edited
from ui.page import notes, opener_row, presenting
from ui.player import player
from ui.runs import branch_controls, brancher, branches, recordings
from ui.settings import PageSettings
from ui.twin_sidebar import twin_sidebar

LAB_OPENERS: dict = {}
FREE_START = 10 * RunConfig().cost
FAIR = "Same data, same raw weights, same batches. Only what you choose for each twin differs."
PICTURES = ("gradient", "waterfall", "slope", "boundary", "loss", "map")

settings = PageSettings("lab", tw.from_query, tw.to_query)


def new_seed(_: object) -> None:
    """The same twins with seeds that were not used yet."""
    first = settings.value[0]
    seed = (first.seed + first.seeds) % 2**31
    settings.attempt(lambda: tuple(edited(twin, {"seed": seed}) for twin in settings.value))


twins, link_notes = settings.current()

present = presenting("Gradient lab")
head = st.container()

with st.sidebar:
    branch_box = st.container()
    make, keep_on_switch = twin_sidebar(settings)
twins, refused = settings.accept(make)

with head:
    chosen = opener_row(LAB_OPENERS.values(), lambda opener: opener.twins == twins, lambda opener: settings.apply(opener.twins))
    st.caption(chosen.sentence if chosen else FAIR)
    notes(refused, link_notes)

runs = recordings("lab", twins, keep_on_switch, in_depth=True)
with branch_box:
    branch_controls("lab")
made = branches("lab")[:tw.MOST - len(runs)]
player([*runs, *(branch.recording for branch in made)], key="lab", names=[*tw.names(twins), *(b.name for b in made)],
       pictures=PICTURES, autoplay=sum(twin.cost for twin in twins) <= FREE_START, outdated=settings.address_moved,
       headline=True, present=present,
       on={"seed": new_seed, "moved": lambda _: settings.trust_address(), "branch": brancher("lab")})
