"""A pad to draw a picture on, and what the network makes of it: its maps, its answer, and which pixels that hangs on."""

from functools import partial
from math import isqrt
from typing import Any

import numpy as np
import streamlit as st

from ann_core import Run
from ann_core.base.arrays import Array
from ann_core.data.made.strokes import SHEETS, Sheet, Stroke, picture, sheet_of, strokes_in
from ann_core.film.pictures import looks
from ann_core.film.probes.maps import columns, map_layers
from ann_core.film.recording import Recording
from ann_core.film.wire import pack
from ui.architectures import examples
from ui.assets import mounted

NOTHING = "Nothing is drawn yet. Whatever you draw is centred and shrunk to the few pixels that the network gets."
NO_ANSWER = "The network's numbers are beyond all measure at this moment, so it has no answer."

_component = mounted("drawing_pad", "pad/index.js", '<div class="drawing-pad" data-testid="drawing-pad"></div>')


@st.fragment
def drawing_pad(key: str, recording: Recording, step: int | None, draft: str | None = None) -> None:
    """The pad, and what the run makes of the drawing at a step; None: as far as it has come. Runs again by itself.

    draft: the key of drawings kept as examples, which the pad then changes; the page runs again after that
    """
    if st.session_state.pop(f"aside/{key}/changed", False):
        st.rerun()
    run = recording.latest if step is None else recording.at(step)
    kept = None if draft is None else st.session_state.get(draft)
    _component(key=key, data=_message(run, *_drawn(key), kept), on_strokes_change=partial(_take, key),
               on_examples_change=partial(_change, key, draft))


def _drawn(key: str) -> tuple[tuple[Stroke, ...], str]:
    """What is drawn, and why the last that came could not be taken."""
    return st.session_state.get(f"aside/{key}", ((), ""))


def _take(key: str) -> None:
    said = st.session_state.get(key)  # gone when its page is
    if said is None or said.get("strokes") is None:
        return
    try:
        found = strokes_in(said["strokes"]), ""
    except ValueError as error:
        found = (), str(error)
    st.session_state[f"aside/{key}"] = found


def _change(key: str, draft: str | None) -> None:
    said = st.session_state.get(key)
    if draft is None or said is None or said.get("examples") is None:
        return
    st.session_state[f"aside/{key}"] = (), examples.take(draft, said["examples"])
    st.session_state[f"aside/{key}/changed"] = True


def _message(run: Run, strokes: tuple[Stroke, ...], refused: str, kept: examples.Draft | None) -> bytes:
    """What the pad is sent: words, what the maps are called, when something is drawn what the network makes of it, and what is
    kept as examples."""
    sheet, target = _sheet(run), run.setup.target
    scene = {"map_layers": map_layers(run.net), "map_size": [sheet.height, sheet.width],
             "map_classes": list(target.class_names)}
    words, blocks = refused or NOTHING, dict[str, Any]()
    if strokes and not refused:
        pixels = picture(strokes, sheet)
        words, blocks = _seen(run, pixels, sheet)
    shown, drawings = (None, {}) if kept is None else examples.travelling(kept)
    return pack({"words": words, "scene": scene, "examples": shown}, [({}, {**blocks, **drawings})])


def _sheet(run: Run) -> Sheet:
    """How a drawing becomes a picture of the run's data."""
    data, X = run.config.data, run.data.X_train
    if data.source in SHEETS:
        return SHEETS[data.source]
    side = isqrt(data.shape[1])
    return sheet_of(run.data.scaler.raw(X.reshape(len(X), -1)).reshape(len(X), side, side))


def _seen(run: Run, pixels: Array, sheet: Sheet) -> tuple[str, dict[str, Any]]:
    state = run.state
    theta, statistics = (vector if vector.ndim == 1 else vector[0] for vector in (state.theta, state.statistics))
    X = run.data.to_inputs(pixels[None]).reshape(1, *run.net.inputs)
    with np.errstate(all="ignore"):
        seen = looks(run.net, theta[None], statistics[None], X)
    if not np.isfinite(seen.answers).all():
        return NO_ANSWER, {}
    gray = np.rint(255 * np.clip((pixels - sheet.empty) / (sheet.full - sheet.empty or 1), 0, 1)).astype(np.uint8)
    at = f"As the network is at epoch {run.epoch:.3g}."
    return at, {"picture": gray, **columns(seen.maps, seen.answers, seen.saliency)}
