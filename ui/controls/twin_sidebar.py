"""The Gradient lab's sidebar: each twin's own settings, then what all twins share."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core import RunConfig
from ann_core.data.made.drawn import Point
from ann_core.lab.twins import LETTERS, MAY_DIFFER, MOST, Twins, align, usual_initializers
from ann_core.nn.config import MAX_LAYERS, LayerConfig
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.kinds import MAX_UNITS
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.config import MAX_SEEDS
from ann_core.run.link import edited
from ui.colors import RUNS
from ui.controls.data import TableSettings, data_more, data_source
from ui.controls.fields import Controls
from ui.controls.layers import activation_for_all, activations
from ui.controls.sidebar import first_weights
from ui.settings import PageSettings

SEEDS = 20
FIRST = ("network.initializer", "network.sigma")


def twin_sidebar(settings: PageSettings[Twins], table: TableSettings, drawn: tuple[Point, ...] | None,
                 stage: DeltaGenerator | None = None) -> tuple[Callable[[], Twins], bool]:
    """Draws the controls (the activations' on the `stage`, when there is one). Returns what makes the wanted twins (it raises
    ValidationError when they are refused), and whether weights are to be kept when an activation is switched.

    table, drawn: see `data_source`
    """
    twins = settings.value
    own_box, common_box = st.container(), st.container()
    rules = [f".st-key-twin{letter} {{ --twin: {color} }}" for letter, color in zip(LETTERS, RUNS, strict=True)]
    st.html(f"<style>{' '.join(rules)}</style>")
    with common_box:
        st.markdown("**All twins**")
        common = _shared(settings, table, drawn)
        same = st.toggle("The same first weights in all", key=settings.key("all/same"), disabled=len(twins) < 2,
                         value=len(twins) > 1 and twins[0].network.initializer != "auto" and
                         len({(twin.network.initializer, twin.network.sigma) for twin in twins}) == 1,
                         help="One rule for how large the first weights are, in every twin: then they start from the very same "
                              "numbers, whatever suits their activations.")
        keep = st.toggle("Switch without starting again", key="lab/keep",
                         help="On: another activation takes over the weights that the twin has now. Off: the twin starts again "
                              "from the same first draw, which is the fair comparison.")
    try:
        shown = align(twins, common.wanted())
    except ValueError:
        shown = twins  # said once, when the twins are made
    with own_box:
        own = [_twin(settings, i, twin, len(shown), stage, given=same and i > 0) for i, twin in enumerate(shown)]
        st.button("Another twin", icon=":material/add:", type="tertiary", disabled=len(twins) >= MOST, width="stretch",
                  on_click=lambda: settings.attempt(lambda: (*settings.value, settings.value[-1])))

    def make() -> Twins:
        like = common.wanted()
        align(twins, like)  # refuses, with its reason, what does not go together
        first = {name: own[0].value(name) for name in FIRST} if same else {}
        if first.get("network.initializer") == "auto":  # which would be another one for another activation
            first["network.initializer"] = (*usual_initializers(own[0].value("network.layers")), "glorot_normal")[0]
        found = []
        for c in own:
            layers = [layer.bent(*mine.bend) if mine.bend else layer
                      for layer, mine in zip(like.network.layers, c.value("network.layers"), strict=True)]
            found.append(edited(like, {**{name: c.value(name) for name in MAY_DIFFER}, **first, "network.layers": layers}))
        return tuple(found)

    return make, keep


def _twin(settings: PageSettings[Twins], i: int, twin: RunConfig, count: int, stage: DeltaGenerator | None,
          given: bool) -> Controls:
    c = Controls(twin, lambda name: settings.key(f"{LETTERS[i]}/{name}"))
    layers = len(twin.network.layers)
    with st.container(key=f"twin{LETTERS[i]}", gap="xsmall"):
        title, away = st.columns([5, 1], vertical_alignment="center")
        title.markdown(f"**Twin {LETTERS[i]}**")
        if count > 1:
            away.button("", key=f"lab/remove{i}", icon=":material/close:", type="tertiary", help=f"Remove twin {LETTERS[i]}",
                        on_click=lambda: settings.attempt(lambda: settings.value[:i] + settings.value[i + 1:]))
        activation_for_all(c, f"Activation of twin {LETTERS[i]}", stage)
        if given:
            st.caption("First weights: as twin A.")
        else:
            first_weights(c, label="First weights")
        usual = st.empty()
        with st.expander(f"More for twin {LETTERS[i]}"):
            for name in ("network.batch_norm", "network.skip", "training.learning_rate"):
                c.field(name)
            st.caption(OPTIMIZERS[c.field("training.optimizer")].advice)
            for name in ("training.clip_norm", "training.clip_value", "data.scaling"):
                c.field(name)
            each = st.toggle("Each layer's activation by itself", key=f"lab/each{LETTERS[i]}", disabled=not layers)
            activations(c, each)
        if c.value("network.initializer") == "auto" and not given:  # of the activations that are wanted now
            kinds = dict.fromkeys(INITIALIZERS[kind].label.split(",")[0]
                                  for kind in usual_initializers(c.value("network.layers")))
            usual.caption(f"The usual one for this activation: {' and '.join(kinds)}." if kinds else "The usual one.")
    return c


def _shared(settings: PageSettings[Twins], table: TableSettings, drawn: tuple[Point, ...] | None) -> Controls:
    first = settings.value[0]
    c = Controls(first, lambda name: settings.key(f"all/{name}"))
    source = data_source(c, table, drawn)
    layers = first.network.layers
    dense = [layer for layer in layers if isinstance(layer, LayerConfig)] or [LayerConfig()]
    widths = [layer.units for layer in dense]
    depth = c.whole("depth", "Hidden layers", len(layers), 0, MAX_LAYERS)
    units = c.whole("units", "Units a layer", max(widths), 1, MAX_UNITS)
    if units != max(widths) or depth != len(layers):
        c.put("network.layers", (dense[-1].model_copy(update={"units": units}),) * depth)
    many = st.toggle("Skill or luck?", key=settings.key("all/many"), value=first.seeds > 1,
                     help="Trains many networks side by side that differ only in the luck of the draw, and shows the middle "
                          "one and the range of 8 in 10.")
    seeds = first.seeds if first.seeds > 1 else SEEDS
    c.put("seeds", c.whole("networks", "Networks for each twin", seeds, 2, MAX_SEEDS) if many else 1)
    with st.expander("More about the data"):
        data_more(c, source, scaling=False)
    with st.expander("Batches and length"):
        for name in ("training.batch_size", "training.epochs", "training.l2", "seed"):
            c.field(name)
    return c
