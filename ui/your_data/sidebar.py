"""The sidebar of the page "Your data": what to predict from what, then the network as everywhere."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ann_core.data.config import COMPONENTS
from ann_core.data.table.own import Own
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.prepare import prepared
from ui.controls.fields import Controls
from ui.controls.layers import layers
from ui.controls.sidebar import regularisation, training, weights_and_loss, with_layers
from ui.settings import PageSettings
from ui.your_data import session
from ui.your_data.meaning import held_out, meaning
from ui.your_data.settings import OwnSettings, complete, with_target

TASKS = {"classification": "classes", "regression": "a number"}
GAPS = {"fill": "fill them", "drop": "drop such rows"}
BEST = "best"


def own_sidebar(settings: PageSettings[OwnSettings], stage: DeltaGenerator | None = None) -> Callable[[], OwnSettings]:
    """Draws the controls. Returns what makes the wanted settings; it raises ValueError when they do not go together."""
    table, value = session.table(), settings.value
    own = session.own_of(value.run.data) or session.own(value.preparation, value.run.data.test_share, value.run.data.seed)

    def set_layers(count: int) -> None:
        settings.attempt(lambda: OwnSettings(settings.value.preparation, with_layers(settings.value.run, count)))

    c = Controls(value.run, settings.key)
    chosen = _columns(settings, value)
    chosen |= meaning(settings, own, chosen["features"])
    layers(c, set_layers, stage)
    c.field("training.learning_rate")
    with st.expander("Gaps, scaling and split"):
        chosen |= _preparation(settings, value)
        for name in ("data.scaling", "data.test_share"):
            c.field(name)
        chosen["validation_share"] = _slider(settings, value, "validation_share")
        chosen["split_by"] = held_out(settings, value.preparation)
        c.field("data.seed", label="Split seed")
    with st.expander("The plane of the picture"):
        c.put("data.plane", _plane(settings, value, own))
    with st.expander("Optimiser, batches, stopping"):
        training(c)
        c.field("training.patience")
    with st.expander("Regularisation, clipping, balance"):
        regularisation(c)
        if own.task == "classification":
            c.field("training.class_weights")
    with st.expander("Weights, loss and seeds"):
        weights_and_loss(c)

    def make() -> OwnSettings:
        preparation = Preparation.model_validate({**value.preparation.model_dump(), **chosen})
        # The shape of the table follows from the preparation; until then the one before stands.
        return complete(table, preparation, c.wanted())

    return make


def _columns(settings: PageSettings[OwnSettings], value: OwnSettings) -> dict[str, Any]:
    """What to predict, as what, from what."""
    table, p, fields = session.table(), value.preparation, Preparation.model_fields
    names = list(table.frame)

    def new_target() -> None:
        target: str = st.session_state.get(key, "")  # gone when the settings were set as a whole just now
        if target in session.table().frame:
            settings.attempt(lambda: with_target(session.table(), target, settings.value))

    key = settings.key("target")
    st.selectbox(fields["target"].title or "", names, names.index(p.target), key=key, on_change=new_target,
                 help=fields["target"].description)
    task: str = p.task
    if table.frame[p.target].dtype == "float64":  # words can only be classes
        task = st.segmented_control(fields["task"].title or "", list(TASKS), default=p.task, required=True,
                                    key=settings.key("task"), format_func=TASKS.__getitem__, help=fields["task"].description,
                                    width="stretch")
    others = [name for name in names if name != p.target]
    with st.expander("From which columns"):
        features = st.multiselect(fields["features"].title or "", others, list(p.features), key=settings.key("features"),
                                  help=fields["features"].description, placeholder="Choose at least one column",
                                  label_visibility="collapsed")
        if not features:
            st.caption("A network needs at least one input; the ones before stay.")
    return {"task": task, "features": tuple(features) or p.features}


def _preparation(settings: PageSettings[OwnSettings], value: OwnSettings) -> dict[str, Any]:
    p, fields = value.preparation, Preparation.model_fields
    kinds = {column.name: column for column in session.columns(session.table())}
    numbers = [name for name in p.features if kinds[name].low is not None]
    categories = st.multiselect(fields["categories"].title or "", numbers, [name for name in p.categories if name in numbers],
                                key=settings.key("categories"), help=fields["categories"].description, placeholder="None")
    chosen: dict[str, Any] = {"categories": tuple(categories)}
    if any(kinds[name].missing for name in p.features):
        chosen["missing"] = st.segmented_control(fields["missing"].title or "", list(GAPS), default=p.missing, required=True,
                                                 key=settings.key("missing"), format_func=GAPS.__getitem__,
                                                 help=fields["missing"].description, width="stretch")
    if categories or any(kinds[name].low is None for name in p.features):
        extra: Any = fields["most_categories"].json_schema_extra
        options = sorted({*extra["options"], p.most_categories})
        chosen["most_categories"] = st.select_slider(fields["most_categories"].title or "", options, p.most_categories,
                                                     key=settings.key("most"), help=fields["most_categories"].description)
    return chosen


def _slider(settings: PageSettings[OwnSettings], value: OwnSettings, name: str) -> float:
    info: Any = Preparation.model_fields[name]
    return st.slider(info.title, 0.0, 0.5, getattr(value.preparation, name), info.json_schema_extra["step"],
                     key=settings.key(name), help=info.description)


def _plane(settings: PageSettings[OwnSettings], value: OwnSettings, own: Own) -> tuple[int, int] | str | None:
    """The best pair, a pair by hand, or the two main directions."""
    names, plane = own.encoder.names, value.run.data.plane
    if len(names) < 3:
        st.caption("There are no others to choose from.")
        return None
    words = {BEST: "best pair", "pair": "by hand", COMPONENTS: "main directions"}
    kind = st.segmented_control("Plane", list(words), default="pair" if isinstance(plane, tuple) else plane or BEST,
                                required=True, key=settings.key("plane"), format_func=words.__getitem__, width="stretch",
                                help="Best pair: the two inputs that alone tell most about the target. Main directions: the "
                                     "plane in which the rows differ most, a mixture of all inputs.")
    if kind != "pair":
        return None if kind == BEST else COMPONENTS
    first, second = plane if isinstance(plane, tuple) else _best(own, value)
    across, up = (st.selectbox(f"Picture: {axis}", range(len(names)), index, format_func=names.__getitem__,
                               key=settings.key(f"plane/{axis}")) for axis, index in (("across", first), ("up", second)))
    if across == up:
        st.caption("Choose two different inputs; the picture keeps the ones before.")
        return plane
    return across, up


def _best(own: Own, value: OwnSettings) -> tuple[int, ...]:
    """The two inputs that are drawn unasked."""
    plane = prepared(own, value.run.data.scaling).plane
    return plane.columns if plane else (0, 1)
