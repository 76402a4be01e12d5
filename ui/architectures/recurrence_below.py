"""Under the stage of the Recurrence lab, at the moment where the film rests: other lengths, and text that a network writes."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from ann_core import Run
from ann_core.film.recording import Recording
from ann_core.judge.lengths import LENGTHS, ROWS, can_be_asked, over_lengths
from ann_core.judge.writing import can_write, written
from ui.charts.lengths import over_lengths as chart
from ui.colors import ACCENT, RUNS
from ui.text import markdown

PROMPT = 10
"""Characters that a text begins with, unless the visitor says others."""
TEMPERATURES = (0.1, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0)


def below(key: str, recordings: Sequence[Recording], names: Sequence[str]) -> None:
    """What there is for the task of these runs."""
    rest = st.session_state.get(f"{key}/rest", {})

    def now(recording: Recording) -> Run:
        step = rest.get(recording.id)
        return recording.latest if step is None else recording.at(step)

    first = recordings[0].present
    if first.config.data.source == "text":
        _writing(key, {name: now(recording) for name, recording in zip(names, recordings, strict=True)})
    elif any(can_be_asked(recording.present) for recording in recordings):
        box = st.expander("Longer and shorter than it learned: what is still right?", key=f"{key}/lengths", on_change="rerun",
                          icon=":material/straighten:")
        if box.open:
            with box:
                _lengths({name: now(recording) for name, recording in zip(names, recordings, strict=True)})


def _lengths(runs: Mapping[str, Run]) -> None:
    asked = {name: run for name, run in runs.items() if can_be_asked(run)}
    first = next(iter(asked.values()))
    measure, learned = first.setup.target.measure, first.config.data.length
    found = {name: over_lengths(run) for name, run in asked.items()}
    colors = [RUNS[i] for i, name in enumerate(runs) if name in asked] if len(runs) > 1 else [ACCENT]
    st.altair_chart(chart(found, LENGTHS, learned, colors, measure.label, measure.kind == "share"))
    said = [f"{name}: " + ", ".join(f"{measure.words(value) if np.isfinite(value) else 'no answer'} at {length}"
                                    for length, value in zip(LENGTHS, values, strict=True)) for name, values in found.items()]
    when = f"at epoch {first.epoch:.3g}, where the film rests"
    st.caption(markdown(f"The same weights on {ROWS} new sequences of each length, {when}; they learned from sequences of "
                        f"{learned}, dashed. {'. '.join(said)}."))
    if len(asked) < len(runs):
        st.caption("A dense network has weights for each step, so it cannot be asked about other lengths.")


def _writing(key: str, runs: Mapping[str, Run]) -> None:
    with st.container(border=True):
        st.markdown("**Let it write**", help="Each character is drawn by chance from what the network thinks comes next, and "
                    "put to what it reads. It writes as it is where the film rests: play, pause anywhere, or drag its "
                    "timeline.")
        begin, heat = st.columns(2, gap="large")
        text = next(iter(runs.values())).config.data.text
        start = begin.text_input("It begins with", text[:PROMPT], key=f"{key}/begin/{hash(text)}", max_chars=100)
        temperature = heat.select_slider("Temperature", TEMPERATURES, 0.7, key=f"{key}/temperature",
                                         help="Low: it takes the likeliest character nearly always. High: it dares more, and "
                                         "errs more.")
        for name, run in runs.items():
            _text(name, run, start, temperature, alone=len(runs) == 1)


def _text(name: str, run: Run, start: str, temperature: float, alone: bool) -> None:
    said = f"at epoch {run.epoch:.3g}" if alone else f"{name}, at epoch {run.epoch:.3g}"
    st.caption(markdown(said[0].upper() + said[1:]))
    if not can_write(run):
        st.markdown("It reads both ways, so it needs what comes later: it cannot write.")
        return
    try:
        found = written(run, start, temperature=temperature)
    except ValueError as error:
        st.warning(markdown(str(error)), icon=":material/block:")
        return
    if unknown := sorted({character for character in start if character not in run.data.input_names}):
        st.caption(markdown(f"The text has no {' '.join(unknown)}: left out."))
    beyond = "Its numbers are beyond all measure at this moment, so it has no answer."
    st.code(start + found if found else beyond, language=None, wrap_lines=True)
