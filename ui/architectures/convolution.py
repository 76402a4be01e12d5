"""The lab of convolution: a network of filters that learns while one watches."""

from collections.abc import Mapping

import streamlit as st

from ann_core import RunConfig
from ann_core.run.link import changes, of_this_version, read_changes
from ui.architectures.views import LAB, lab_of, switch
from ui.lessons.convolution import PAGE
from ui.page import notes, title
from ui.player.player import player
from ui.player.runs import recordings
from ui.settings import PageSettings

USUAL = RunConfig.model_validate({
    "data": {"source": "digits", "scaling": "minmax"},
    "network": {"layers": [{"kind": "conv2d", "filters": 8}, {"kind": "max_pool2d"}, {"kind": "flatten"}]},
    "training": {"learning_rate": 0.003, "epochs": 12}})



def _read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    config, said = read_changes({path: text for path, text in query.items() if path != "v"}, USUAL)
    return config, of_this_version(query) + said


PICTURES = ("maps", "filters", "gradient", "loss")
WITHOUT = ("boundary", "units")
"""A plane over two of the pixels, and what units see over it, say nothing here."""

settings = PageSettings(lab_of(PAGE), _read, lambda config: changes(config, USUAL), LAB)


def lab() -> None:
    """The player over a small network of filters."""
    config, link_notes = settings.current()
    settings.accept(lambda: config)
    present, more = title("Convolution")
    with more:
        switch(PAGE)
    notes([], link_notes)
    st.caption("A convolution, a pool and a dense output learn to read digits.")
    player(recordings(lab_of(PAGE), [config], without=WITHOUT), key=f"{PAGE}/player", outdated=settings.address_moved, present=present, pictures=PICTURES,
           on={"moved": lambda _: settings.trust_address()})
