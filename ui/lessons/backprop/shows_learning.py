"""Ideas after the gradient: the step it is for, the cycle repeated, XOR, the Playground's networks, a page to work by hand."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from ann_core.base.spelling import words
from ann_core.film.advance import advance
from ann_core.lessons import backprop_worksheet
from ann_core.lessons.backprop_presets import XOR_EPOCHS, XOR_MEDIAN, XOR_OFTEN, xor_run
from ann_core.run.run import Run
from ann_core.scalar.chain import Net, Trace, from_run, learn, trace
from ui.figure import Cursor, figure
from ui.lessons.backprop import controls, parts, pictures, say, seen, shown_runs, symbol, work
from ui.lessons.backprop.pictures import Shown, all_shown, known
from ui.lessons.parts import tiles
from ui.lessons.sheets import numbered, take_sheets
from ui.question import answered
from ui.question import told as asked
from ui.text import markdown

CHUNKS = 20


def update() -> None:
    """One step against the gradient, and the cycle repeated."""
    parts.presets()
    now, mine = seen(), work()
    try:
        after: Trace | None = trace(now.after)
        told = ""
    except ValueError as error:
        after, told = None, str(error)
    new = tuple((step.key, step.value) for step in now.update) if after and answered() else ()
    learned = {node.key for node in now.parameters}
    parts.draw(now, Shown(known(now), learned, learned, (), new), "update",
               "The network with its derivatives" + "".join(f", new {symbol(key)} = {say(value)}" for key, value in new) + ".")
    if told:
        st.warning(markdown(told), icon=":material/block:")
    if after:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Take this step", icon=":material/directions_walk:", type="primary", key="backprop/step",
                      on_click=partial(_stay, after.net), help="The new weights become the network's weights.")
            tiles({"answer": _answers(now.outputs), "next answer": asked(_answers(now.next_outputs)),
                   "loss": say(now.loss), "next loss": asked(say(after.loss))})
    left, right = st.columns(2, gap="large")
    with left:
        parts.aligned([r"w\leftarrow w-\eta\,\frac{\partial L}{\partial w}",
                       *(step.numbers if answered() else step.numbers.rpartition("=")[0] + "=?" for step in now.update)])
    with right:
        times = controls.series("times", "Repeat the cycle so many times", (1, 10, 30, 100, 300, 1000), 100)
        cycle = learn(now.net, times)
        figure(pictures.update(cycle.losses), key="backprop/curve", height=300, cursor=Cursor(float(len(cycle.losses) - 1)),
               alt=f"The loss over {times} repetitions: from {say(cycle.losses[0])} to {say(cycle.losses[-1])}.")
        st.markdown(f"Forward, loss, backward, update, and again: after **{len(cycle.losses) - 1:,}** steps on this one "
                    f"example the loss is **{say(cycle.losses[-1])}** and the answer **{_answers(cycle.outputs[-1])}**.")
        if cycle.message:
            st.warning(markdown(cycle.message), icon=":material/block:")
    st.caption("Two jobs: backpropagation computes the gradient (all these derivatives together), the optimiser uses it to "
               "update the weights. The optimiser here is plain gradient descent; others take the same gradient and step "
               "differently. And the gradient meant here is with respect to the weights and biases; one with respect to the "
               "inputs exists too, but is not used to learn.")
    parts.editor()
    if mine.preset is None:
        st.caption("The rate η is the Playground's; its batches average over several rows, this step uses one.")


def _stay(net: Net) -> None:
    mine = work()
    mine.take(net, mine.preset, mine.source)


def _answers(outputs: tuple[float, ...]) -> str:
    return ", ".join(map(say, outputs))


def xor() -> None:
    """XOR learned from a start of one's choice."""
    seed = controls.number("xor", "Number of the start", 0, 9999, 0, "Another number, other random weights to begin with.",
                           width=190)
    trained = work().trained
    run = xor_run(seed)
    if st.button(f"Train {XOR_EPOCHS:,} epochs", icon=":material/model_training:", type="primary", key="backprop/train",
                 disabled=seed in trained):
        trained[seed] = _train(run)
        st.rerun()
    answers = run.net.predict(run.state.theta, run.data.X_train)[:, 0]
    epochs, errors = [0.0], [float(((answers - run.setup.Y_train[:, 0])**2).mean())]
    if seed in trained:
        more, rest, answers = trained[seed]
        epochs, errors = epochs + more, errors + rest
    figure(pictures.xor(epochs, errors), key="backprop/xor", height=330,
           alt=f"Mean squared error over the epochs: {say(errors[-1])} at epoch {epochs[-1]:,.0f}; dashed, the median of 40 "
               f"starts, {XOR_MEDIAN}.")
    at_start = seed not in trained  # which is what the question is about

    def veiled(text: str) -> str:
        return asked(text) if at_start else text

    terms = "+".join(rf"({veiled(f'{a:.3f}')}-{y:.0f})^2" for a, y in zip(answers, run.setup.Y_train[:, 0], strict=True))
    parts.aligned([r"\text{MSE}=\frac1m\sum_i(a_i-y_i)^2", rf"\text{{MSE}}=\tfrac14\left({terms}\right)={errors[-1]:.4f}"])
    right = int(((answers > 0.5) == (run.setup.Y_train[:, 0] > 0.5)).sum())
    tiles({"epoch": f"{epochs[-1]:,.0f}", "mean squared error": f"{errors[-1]:.4f}", "corners right": veiled(f"{right} of 4"),
           "median of 40 starts": str(XOR_MEDIAN)})
    st.table([{"x₁": f"{x[0]:g}", "x₂": f"{x[1]:g}", "target": f"{y:g}", "answer": veiled(f"{a:.3f}")}
              for x, y, a in zip(run.data.X_train, run.setup.Y_train[:, 0], answers, strict=True)])
    st.caption("Measured over the starts 0 to 39: every one solved XOR; the median mean squared error is "
               f"{XOR_MEDIAN} (dashed), and the middle 80 % lie from {XOR_OFTEN[0]} to {XOR_OFTEN[1]}. The engine takes half "
               f"of "
               "the error as its loss, and steps with η = 0.1 against the gradient summed over the four corners.")


def _train(run: Run) -> tuple[list[float], list[float], np.ndarray]:
    """Epochs, mean squared errors and the answers at the end, with the progress shown."""
    epochs, errors, bar = [], [], st.progress(0.0, "Training")
    for part in range(CHUNKS):
        run, film = advance(run, frames=1, epochs_per_frame=XOR_EPOCHS // CHUNKS)
        epochs.append(float(film.epoch[-1]))
        errors.append(2 * float(film.train_loss[-1]))
        bar.progress((part + 1) / CHUNKS, f"Epoch {epochs[-1]:,.0f}: mean squared error {errors[-1]:.4f}")
    return epochs, errors, run.net.predict(run.state.theta, run.data.X_train)[:, 0]


def playground() -> None:
    """A network of the Playground, and the engine's gradient beside that of the graph."""
    runs, reason = shown_runs()
    if reason:
        st.info(markdown(reason), icon=":material/info:")
    run = runs[0]
    row = controls.number("row", "Training row", 1, run.setup.rows, 1, width=190) - 1
    try:
        now = trace(from_run(run, row))
    except ValueError as error:
        st.warning(markdown(str(error)), icon=":material/block:")
        return
    parts.draw(now, all_shown(now), "playground", f"The Playground's network after {run.state.step} steps, with training row "
                                                  f"{row + 1}: every value and derivative.")
    theta = run.state.theta if run.state.theta.ndim == 1 else run.state.theta[0]
    _, grad = run.net.loss_and_grad(theta, run.data.X_train[row:row + 1], run.setup.Y_train[row:row + 1])
    engine = _engine(run, grad)
    last = now.backward[-1]
    parts.aligned([last.formula, last.numbers])
    tiles({"epoch": say(run.epoch), "loss of this row": say(now.loss),
           "largest difference from the engine": words(max(abs(engine[n.key] - n.gradient) for n in now.parameters), 2)})
    source = f"A network of the Playground at epoch {say(run.epoch)}, with its training row {row + 1}."
    st.button("Use it in all ideas of this lesson", icon=":material/input:", key="backprop/use",
              on_click=work().take, args=(now.net, None, source))
    with st.expander("Graph and engine side by side", icon=":material/compare:", expanded=True):
        st.table([{"number": node.symbol, "value": say(node.value), "this graph": say(node.gradient),
                   "the Playground's engine": say(engine[node.key])} for node in now.parameters])
    st.caption("The Playground averages this gradient over the rows of a batch; penalties and dropout come on top of it there.")


def _engine(run: Run, grad: np.ndarray) -> dict[str, float]:
    """The engine's gradient by the names of the graph."""
    found: dict[str, Any] = {}
    weights = units = 0
    for part in run.net.parameters.rows(grad):
        for j in range(part["W"].shape[1]):
            units += 1
            found[f"b{units}"] = float(part["b"][0][j])
            for slope in part["W"][:, j]:
                weights += 1
                found[f"w{weights}"] = float(slope)
    return found


def worksheet() -> None:
    """A sheet to print, in the shape of the present network."""
    parts.presets()
    seed = numbered(controls)
    with_key = controls.one_of("key", "Picture", {"blanks": "with blanks", "key": "with the key"}) == "key"
    shape = work().net
    sheet = backprop_worksheet.worksheet(shape, seed)
    now = sheet.trace
    told = "the network with all values and derivatives" if with_key else "the network as it is given"
    parts.draw(now, all_shown(now) if with_key else Shown(known(now)), "worksheet", f"Sheet {seed}: {told}.")
    st.latex(now.forward[0].numbers if with_key else rf"{now.forward[0].formula}=\;?")
    steps = len(now.forward) + len(now.backward) - 1 + len(now.update) + len(now.outputs) + 2
    tiles({"first input": say(now.net.inputs[0]), "first weight": say(now.nodes["w1"].value), "η": say(now.net.rate),
           "blanks to fill": str(steps)})
    take_sheets(lambda number: backprop_worksheet.worksheet(shape, number).sheet, seed, "backpropagation")
    st.caption("A sheet has the units, activations and loss of the network above, and numbers of its own.")
