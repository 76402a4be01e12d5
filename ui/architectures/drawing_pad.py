"""A pad to draw a picture on, and what the network makes of it: its maps, its answer, and which pixels that hangs on."""

import json
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from ann_core import Run
from ann_core.base.arrays import Array
from ann_core.data.made.strokes import SHEETS, Sheet, Stroke, picture, strokes_in
from ann_core.film.pictures import looks
from ann_core.film.probes.maps import columns, map_layers
from ann_core.film.recording import Recording
from ann_core.film.wire import pack
from ui.assets import url

NOTHING = "Nothing is drawn yet. Whatever you draw is centred and counted down to the few pixels that the network gets."
NO_ANSWER = "The network's numbers are beyond all measure at this moment, so it has no answer."

_component = st.components.v2.component(
    "drawing_pad",
    html='<div class="drawing-pad" data-testid="drawing-pad"></div>',
    js=f"""
export default async function (component) {{
  const {{ mount }} = await import(new URL({json.dumps(url("pad/index.js"))}, location.origin).href)
  return mount(component)
}}
""",
    isolate_styles=False,
)


@st.fragment
def drawing_pad(key: str, recording: Recording, step: int | None) -> None:
    """The pad, and what the run makes of the drawing at a step; None: as far as it has come. Runs again by itself."""
    run = recording.latest if step is None else recording.at(step)
    _component(key=key, data=_message(run, *_drawn(key)), on_strokes_change=partial(_take, key))


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


def _message(run: Run, strokes: tuple[Stroke, ...], refused: str) -> bytes:
    """What the pad is sent: words, what the maps are called, and when something is drawn what the network makes of it."""
    sheet, target = SHEETS[run.config.data.source], run.setup.target
    scene = {"map_layers": map_layers(run.net), "map_size": [sheet.height, sheet.width],
             "map_classes": list(target.class_names)}
    words, blocks = refused or NOTHING, dict[str, Any]()
    if strokes and not refused:
        pixels = picture(strokes, sheet)
        words, blocks = _seen(run, pixels, sheet)
    return pack({"words": words, "scene": scene}, [({}, blocks)])


def _seen(run: Run, pixels: Array, sheet: Sheet) -> tuple[str, dict[str, Any]]:
    state = run.state
    theta, statistics = (vector if vector.ndim == 1 else vector[0] for vector in (state.theta, state.statistics))
    X = run.data.to_inputs(pixels[None]).reshape(1, *run.net.inputs)
    with np.errstate(all="ignore"):
        seen = looks(run.net, theta[None], statistics[None], X)
    if not np.isfinite(seen.answers).all():
        return NO_ANSWER, {}
    gray = np.rint(255 * np.clip(pixels / sheet.full, 0, 1)).astype(np.uint8)
    at = f"As the network is at epoch {run.epoch:.3g}."
    return at, {"picture": gray, **columns(seen.maps, seen.answers, seen.saliency)}
