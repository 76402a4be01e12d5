"""The sidebar that every page with a run shares: data, network, training; the rest one click away."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core import RunConfig
from ann_core.data import DRAWN
from ann_core.nn.config import LayerConfig
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.losses import HEADS, head_kind
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.link import edited
from ui.controls.data import TableSettings, data_more, data_source
from ui.controls.fields import Controls
from ui.controls.layers import layers
from ui.settings import PageSettings

HYPERPARAMETERS = ("momentum", "beta2", "rho", "weight_decay")


def sidebar(settings: PageSettings[RunConfig], table: TableSettings,
            stage: DeltaGenerator | None = None) -> tuple[Callable[[], RunConfig], bool]:
    """Draws the controls (the activation's on the `stage`, when there is one). Returns what makes the wanted settings (it
    raises ValidationError when they are refused), and whether weights are to be kept when the activation is switched.

    table: see `data_source`
    """
    c = Controls(settings.value, settings.key)
    source = data_source(c, table)
    if source == DRAWN:
        st.caption("Draw on the picture: click for a point, drag for many.")
    else:
        st.button("Draw your own", icon=":material/draw:", type="tertiary", width="stretch", help="Learns from points that you "
                  "put onto the picture yourself.",
                  on_click=lambda: settings.attempt(lambda: edited(settings.value, {"data.source": DRAWN, "data.table": None})))
    layers(c, lambda count: settings.attempt(lambda: with_layers(settings.value, count)), stage)
    c.field("training.learning_rate")
    with st.expander("More about the data"):
        data_more(c, source)
    with st.expander("Optimiser and batches"):
        training(c)
    with st.expander("Regularisation and clipping"):
        regularisation(c)
    with st.expander("Weights, loss and seeds"):
        keep = st.toggle("Keep the weights when the activation is switched", key="keep_weights",
                         help="Off: a switch starts again from the same first draw, which is the fair comparison.")
        weights_and_loss(c)
    return c.wanted, keep


def with_layers(config: RunConfig, count: int) -> RunConfig:
    """Hidden layers more (like the last one) or less."""
    layers = config.network.layers
    return edited(config, {"network.layers": (*layers, *(layers[-1:] or (LayerConfig(),)) * count)[:count]})


def training(c: Controls, length: bool = True) -> None:
    """Optimiser, batches, schedule, and the epochs unless their number is given."""
    optimizer = OPTIMIZERS[c.field("training.optimizer")]
    st.caption(optimizer.advice)
    c.field("training.batch_size")
    for name in HYPERPARAMETERS:
        if name in optimizer.uses:
            c.field(f"training.{name}")
    if c.field("training.schedule") != "constant":
        c.field("training.schedule_epochs")
        if c.value("training.schedule") in ("step", "exponential"):
            c.field("training.schedule_factor")
    if length:
        c.field("training.epochs")


def regularisation(c: Controls) -> None:
    """What keeps weights and gradients small."""
    for name in ("l1", "l2", "clip_norm", "clip_value"):
        c.field(f"training.{name}")
    c.field("network.dropout")
    c.field("network.batch_norm")
    c.field("network.skip")


def weights_and_loss(c: Controls) -> None:
    """How the weights begin, the output and its loss, the seeds."""
    first_weights(c)
    output_and_loss(c)
    c.field("seed")
    c.field("seeds")


def output_and_loss(c: Controls) -> None:
    """The output and the losses that go with it."""
    data = c.data()
    pairs = HEADS[head_kind(data.task, data.shape[2])]
    output = c.field("network.output", choices=("auto", *dict.fromkeys(a for a, _ in pairs)))
    c.field("network.loss", choices=("auto", *(dict.fromkeys(b for a, b in pairs if output in ("auto", a)))))
    if c.value("network.loss") == "huber":
        c.field("network.huber_delta")


def first_weights(c: Controls, label: str | None = None) -> None:
    """The initialiser, and its σ where it has one."""
    chosen = c.field("network.initializer", label=label, choices=("auto", *INITIALIZERS))
    if chosen != "auto" and INITIALIZERS[chosen].uses_sigma:
        c.field("network.sigma")
