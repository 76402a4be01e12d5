"""What the page shows before anything is kept: three networks that differ in their activation, trained on the spot."""

import streamlit as st

from ann_core.film.recording import Recording
from ann_core.lab import twins
from ann_core.lab.comparison import result
from ann_core.lab.remedies import SOON
from ann_core.lab.twin_openers import twin
from ui.compare.kept import Kept, Origin
from ui.player.runs import shelf

EXAMPLES = tuple(twin(activation, changes=SOON) for activation in ("sigmoid", "tanh", "relu"))
"""Ten layers of ten on two moons."""


@st.cache_resource(max_entries=1, show_spinner="Three networks are trained as an example …")
def examples() -> list[Kept]:
    """The same for all visitors. Nobody may rename them."""
    return [_trained(number, name, config)
            for number, (name, config) in enumerate(zip(twins.names(EXAMPLES), EXAMPLES, strict=True), 1)]


def _trained(number: int, name: str, config: twins.RunConfig) -> Kept:
    recording = Recording(config, work=shelf().advance)
    after = None
    while recording.latest.state.epoch < config.training.epochs and not recording.latest.message:
        recording.frames(after, config.training.epochs)
        after = recording.latest.state.step
    return Kept(number, name, result(recording, recording.latest.state.step),
                Origin("the Gradient lab", "play/gradient_lab", twins.to_query((config,))))
