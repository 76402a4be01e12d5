"""The sidebar that every page with a run shares: data, network, training; the rest one click away."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core import RunConfig
from ann_core.data import BUNDLED, DRAWN, GENERATORS, SOURCES, offered
from ann_core.data.config import TABLE
from ann_core.data.dataset import Task
from ann_core.nn.config import LayerConfig
from ann_core.nn.initializers import INITIALIZERS
from ann_core.nn.losses import HEADS, head_kind
from ann_core.nn.optimizers import OPTIMIZERS
from ann_core.run.link import edited
from ui.controls.fields import Controls
from ui.settings import PageSettings
from ui.your_data import session

HYPERPARAMETERS = ("momentum", "beta2", "rho", "weight_decay")


def sidebar(settings: PageSettings[RunConfig], stage: DeltaGenerator | None = None) -> tuple[dict[str, Any], bool]:
    """Draws the controls (the activation's on the `stage`, when there is one). Returns the wanted settings (dotted names), and
    whether weights are to be kept when the activation is switched."""
    def set_layers(count: int) -> None:
        settings.attempt(lambda: with_layers(settings.value, count))

    c = Controls(settings.value, settings.key, set_layers, stage)
    source = data_source(c)
    if source == DRAWN:
        st.caption("Draw on the picture: click for a point, drag for many.")
    else:
        st.button("Draw your own", icon=":material/draw:", type="tertiary", width="stretch", help="Learns from points that you "
                  "put onto the picture yourself.",
                  on_click=lambda: settings.attempt(lambda: edited(settings.value, {"data.source": DRAWN, "data.table": None})))
    c.layers()
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
        weights_and_loss(c, *_outputs(c, source))
    return c.flat, keep


def with_layers(config: RunConfig, count: int) -> RunConfig:
    """Hidden layers more (like the last one) or less."""
    layers = config.network.layers
    return edited(config, {"network.layers": (*layers, *(layers[-1:] or (LayerConfig(),)) * count)[:count]})


def data_source(c: Controls) -> str:
    """What is learned from, and its noise. Returns the source's key."""
    own, before, former = session.present(), c.flat["data.table"], c.flat["data.source"]
    name = own["data.table"].name if own else before.name if before else None
    source = c.field("data.source", choices=[*SOURCES, *([TABLE] if name else [])], labels={TABLE: f"Your data: {name}"})
    if source != TABLE:
        plane = c.flat["data.plane"]
        c.flat |= {"data.table": None, "data.plane": None if isinstance(plane, str) else plane}
    elif own and before is None:
        c.flat |= {**own, "data.plane": None}
    if source == DRAWN != former and "playground/settings" in st.session_state:
        c.flat["data.drawn"] = st.session_state["playground/settings"].data.drawn  # other pages learn from it too
    if source in GENERATORS:
        c.field("data.noise", most=GENERATORS[source].max_noise)
    return source


def data_more(c: Controls, source: str, scaling: bool = True) -> None:
    """The rest about the data."""
    if source == TABLE:
        st.caption("A table of your own. Its columns, gaps and split are chosen on the page Your data.")
        if scaling:
            c.field("data.scaling")
        return
    record: Any = SOURCES[source]
    st.caption(record.sentence)
    if source in BUNDLED:
        c.plane(record)
    else:
        if source in GENERATORS:
            c.field("data.samples")
            if record.classes[1] > record.classes[0]:
                c.field("data.classes")
        c.features(offered(record.n_inputs))
    c.field("data.test_share")
    if scaling:
        c.field("data.scaling")
    c.field("data.seed")


def training(c: Controls) -> None:
    """Optimiser, batches, schedule, length."""
    optimizer = OPTIMIZERS[c.field("training.optimizer")]
    st.caption(optimizer.advice)
    c.field("training.batch_size")
    for name in HYPERPARAMETERS:
        if name in optimizer.uses:
            c.field(f"training.{name}")
    if c.field("training.schedule") != "constant":
        c.field("training.schedule_epochs")
        if c.flat["training.schedule"] in ("step", "exponential"):
            c.field("training.schedule_factor")
    c.field("training.epochs")


def regularisation(c: Controls) -> None:
    """What keeps weights and gradients small."""
    for name in ("l1", "l2", "clip_norm", "clip_value"):
        c.field(f"training.{name}")
    c.field("network.dropout")
    c.field("network.batch_norm")
    c.field("network.skip")


def _outputs(c: Controls, source: str) -> tuple[Task, int]:
    """The task of the chosen data, and its number of classes."""
    if source == TABLE:
        classes = c.flat["data.table"].classes
        return "classification" if classes else "regression", classes
    record: Any = SOURCES[source]
    wanted = c.flat["data.drawn" if source == DRAWN else "data.classes"]
    return record.task, len(record.class_names) if source in BUNDLED else record.class_count(wanted)


def weights_and_loss(c: Controls, task: Task, classes: int) -> None:
    """How the weights begin, the output and its loss, the seeds."""
    first_weights(c)
    pairs = HEADS[head_kind(task, 1 if classes <= 2 else classes)]
    output = c.field("network.output", choices=("auto", *dict.fromkeys(a for a, _ in pairs)))
    c.field("network.loss", choices=("auto", *(dict.fromkeys(b for a, b in pairs if output in ("auto", a)))))
    if c.flat["network.loss"] == "huber":
        c.field("network.huber_delta")
    c.field("seed")
    c.field("seeds")


def first_weights(c: Controls, label: str | None = None) -> None:
    """The initialiser, and its σ where it has one."""
    chosen = c.field("network.initializer", label=label, choices=("auto", *INITIALIZERS))
    if chosen != "auto" and INITIALIZERS[chosen].uses_sigma:
        c.field("network.sigma")
