"""A place in the plane of codes, dragged or moved by keys, and what the decoder makes of it."""

import numpy as np
import streamlit as st

from ann_core import Run
from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.pictures import reach as round_reach
from ann_core.film.probes.again import shown
from ann_core.film.probes.codes import codes, watched
from ann_core.film.recording import Recording
from ann_core.run.objectives.supervised import NET, Autoencoder
from ui.figure import Drag, figure
from ui.lessons.autoencoder.pictures import POINT, as_plane, plane, side_by_side
from ui.lessons.controls import LessonControls
from ui.lessons.parts import table
from ui.text import markdown

STEPS = 40
"""Of an arrow key, from one edge of the plane to the other."""
MOST_VALUES = 12
"""Columns of a decoded row that are shown."""
NO_CODES = "The network's numbers are beyond all measure at this moment, so it has no codes."


@st.fragment
def decoder(key: str, recording: Recording, step: int | None) -> None:
    """The plane at a step of the run; None: as far as it has come. Runs again by itself."""
    run = _at(key, recording, step)
    X, of = watched(run.setup)
    theta, statistics = (vector[None] for vector in run.state.first)
    with np.errstate(all="ignore"):
        found = codes(run.setup, theta, statistics, X)[0]
    if not np.isfinite(found).all() or np.abs(found).max() > 1e6:
        st.caption(NO_CODES)
        return
    controls, flat = LessonControls(f"aside/{key}"), as_plane(found)
    reach = float(round_reach([flat[None]])[0])
    wide = found.shape[1] > 1
    middle = np.median(found, axis=0)
    at = tuple(float(np.clip(controls.value(axis, middle[i] if i < found.shape[1] else 0.0), -reach, reach))
               for i, axis in enumerate("xy"))
    code = middle.copy()
    code[:2] = at[:found.shape[1]]

    def put(_: str, values: dict[str, float]) -> None:
        for axis, value in values.items():
            controls.put(axis, value)

    target = run.data.target
    left, right = st.columns([3, 2])
    with right:  # first, as it is what one waits for
        st.caption(f"Drag the point, or move it with the arrow keys. As the network is at epoch {run.epoch:.3g}. "
                   "Pause the film to see another moment.")
        nearest = int(((flat - at) ** 2).sum(-1).argmin())
        _decoded(run, code, X[nearest], _name(run, nearest, of))
        if found.shape[1] > 2:
            st.caption("All other numbers of the code stay at their middle values.")
    with left:
        figure(plane(flat, of if target.class_names else target.in_units(of), target.class_names, reach, (at[0], at[1])),
               key=key, height=430, on=put,
               drag={POINT: Drag((-reach, reach), (-reach, reach) if wide else None, 2 * reach / STEPS, "place in the plane")},
               alt=f"Codes of {len(X)} rows, and a point at {words(at[0], 3)}, {words(at[1], 3)} that is dragged.")


def _at(key: str, recording: Recording, step: int | None) -> Run:
    """The run at a step. Kept while the point is dragged: to find it takes longer than to answer."""
    if step is None:
        return recording.latest
    kept: tuple[str, int, Run] | None = st.session_state.get(f"aside/{key}/run")
    if kept is None or kept[:2] != (recording.id, step):
        kept = recording.id, step, recording.at(step)
        st.session_state[f"aside/{key}/run"] = kept
    return kept[2]


def _name(run: Run, row: int, of: Array) -> str:
    target = run.data.target
    return target.class_names[int(of[row])] if target.class_names else words(float(target.in_units(of[row])), 3)


def _decoded(run: Run, code: Array, nearest: Array, name: str) -> None:
    """What the decoder makes of a code, and the row whose code lies nearest."""
    objective = run.setup.objective
    assert isinstance(objective, Autoencoder)
    theta, statistics = run.state.first
    with np.errstate(all="ignore"):
        made = objective.decoded(objective.rows(theta)[NET], code[None], objective.net.evaluation(statistics))[0]
    if run.config.data.picture is not None:
        pictures = shown(run.setup, np.stack([made, nearest.reshape(-1)]))
        figure(side_by_side({"the decoder's picture": pictures[0], f"nearest: {name}": pictures[1]}), key="decoder/pictures",
               height=250,
               alt=f"The picture that the decoder makes of this place, beside the picture of {name} whose code lies nearest.")
        return
    scaler = run.data.scaler
    rows = [[markdown(column), words(float(value), 3), words(float(own), 3)] for column, value, own in zip(
        run.data.input_names, made * scaler.scale + scaler.center, nearest * scaler.scale + scaler.center, strict=True)]
    table(("input", "decoded", f"nearest row, {markdown(name)}"), rows[:MOST_VALUES])
    if len(rows) > MOST_VALUES:
        st.caption(f"The first {MOST_VALUES} of {len(rows)} inputs.")
