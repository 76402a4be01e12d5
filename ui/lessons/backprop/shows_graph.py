"""Ideas on the network step by step: values forward, derivatives back, one weight's chain, and the same in matrices."""

from itertools import pairwise

import numpy as np
import streamlit as st

from ann_core.scalar.chain import Path, Trace, matrices
from ui.lessons.backprop import controls, parts, say, seen, symbol, work
from ui.lessons.backprop.pictures import Shown, backward_shown, forward_shown, paths_shown
from ui.lessons.parts import tiles
from ui.text import markdown


def forward() -> None:
    """Sums and answers, one after the other."""
    parts.presets()
    now = seen(controls.value("forward/nudge", 0.0))
    at = min(work().at.get("forward", 1), len(now.forward))
    done = now.forward[:at]
    told = ", ".join(f"{symbol(s.key)} = {say(s.value)}" for s in done) or "the inputs, weights and the target"
    parts.draw(now, forward_shown(now, at), "forward", f"The network as circles and lines. Known so far: {told}.")
    parts.stepper("forward", len(now.forward), 1)
    step = now.forward[at - 1] if at else now.forward[0]
    parts.aligned([step.formula, step.numbers] if at else [step.formula])
    if at:
        st.markdown(markdown(step.sentence))
    found = {symbol(s.key): say(s.value) for s in done}
    if at == len(now.forward) and len(now.outputs) == 1:
        found["target − answer"] = say(now.net.targets[0] - now.outputs[0])
    tiles(found)
    parts.editor(expanded=True)
    parts.comparison()


def backward() -> None:
    """Derivatives from the loss on, each beside its finite difference."""
    parts.presets()
    now = seen()
    at = min(work().at.get("backward", 2), len(now.backward))
    told = ", ".join(f"∂L/∂{symbol(s.key)} = {say(s.value)}" for s in now.backward[:at]) or "none"
    parts.draw(now, backward_shown(now, at), "backward", f"All values, and the derivatives of the loss found so far: {told}.")
    parts.stepper("backward", len(now.backward), 2)
    step = now.backward[max(at, 1) - 1]
    parts.aligned([step.formula, step.numbers] if at else [step.formula])
    if at:
        check = now.nodes[step.key].check
        st.markdown(markdown(step.sentence))
        tiles({f"∂L/∂{symbol(step.key)}": say(step.value), "finite difference": say(check.value)})
        st.caption(markdown(check.sentence))
    with st.expander("Every derivative beside its finite difference", icon=":material/fact_check:", expanded=True):
        st.caption("A finite difference does without the chain rule: nudge one number up and down, and see how much the loss "
                   "changes for each unit of the nudge.")
        st.table([{"number": symbol(s.key), "value": say(now.nodes[s.key].value), "derivative ∂L/∂…": say(s.value),
                   "finite difference": say(now.nodes[s.key].check.value),
                   "agree": "yes" if now.nodes[s.key].check.agrees else "no: a corner, a jump or a very steep curve"}
                  for s in now.backward[1:at]])
    parts.editor()
    parts.comparison()


def chain() -> None:
    """From one weight or bias to the loss, path by path."""
    parts.presets()
    now = seen()
    options = {node.key: node.symbol for node in now.parameters}
    key = (controls.one_of if len(options) <= 24 else controls.from_list)("weight", "Weight or bias", options)
    paths = now.paths(key)
    name = f"chain/{key}"
    at = min(work().at.get(name, 0), len(paths))
    lit = paths if at == 0 else paths[at - 1:at]
    told = "; ".join(" → ".join(map(symbol, path.keys)) + f", product {say(path.product)}" for path in lit)
    parts.draw(now, paths_shown(now, lit), "chain", f"From {symbol(key)} to the loss: {told}.")
    if len(paths) > 1:
        parts.stepper(name, len(paths), 0, "Path")
    for number, path in enumerate(paths, 1):
        if at in (0, number) and number <= 8:
            label = f"Path {number}: " if len(paths) > 1 else ""
            st.markdown(f"**{label}{' → '.join(map(symbol, path.keys))}**")
            result = rf"\frac{{\partial L}}{{\partial {now.nodes[key].name}}}" if len(paths) == 1 else rf"P_{{{number}}}"
            numbers, _, product = path.numbers.rpartition("=")
            parts.aligned([f"{result}={parts.broken(path.formula, 5)}", f"={parts.broken(path.meaning)}",
                           f"={parts.broken(numbers)}", f"={product}"])
    if at == 0 and len(paths) > 8:
        st.caption(f"{len(paths) - 8} more paths: step through them.")
    found = {f"path {i}": say(path.product) for i, path in enumerate(paths, 1)} if 1 < len(paths) <= 8 else {}
    node = now.nodes[key]
    total = "sum = " * (len(paths) > 1) + f"∂L/∂{symbol(key)}"
    tiles({**found, total: say(sum(path.product for path in paths)), "finite difference": say(node.check.value)})
    _factors(now, lit[0], key)
    parts.editor()
    parts.comparison()


def _factors(now: Trace, path: Path, key: str) -> None:
    """The factors one by one, from the number on, with the product so far; and unit to unit."""
    with st.expander("Factor by factor", icon=":material/format_list_numbered:", expanded=True):
        rows, so_far = [], 1.0
        for edge in path.edges:
            so_far *= edge.slope
            rows.append({"factor": f"${edge.name}$", "is": f"${edge.meaning}$", "value": say(edge.slope),
                         "product so far": f"∂{symbol(edge.target)}/∂{symbol(key)} = {say(so_far)}"})
        st.table(rows)
        for one, other in pairwise(path.edges):
            if one.source[0] == "a" and other.target[0] == "a":
                st.markdown(f"From unit to unit: ∂{symbol(other.target)}/∂{symbol(one.source)} = slope · weight = "
                            f"{say(other.slope)} · {say(one.slope)} = **{say(other.slope * one.slope)}**")
        st.caption("Many factors below 1 make a product near 0: the gradient vanishes. From unit to unit the factors are a "
                   "slope and a weight, so the weights count too. The slope of the sigmoid is at most 0.25, at z = 0.")


def matrix() -> None:
    """A layer in matrices beside the same number by number."""
    parts.presets()
    now = seen()
    layers = matrices(now.net)
    number = controls.one_of("layer", "Layer", {layer.number: f"layer {layer.number}" for layer in layers})
    layer = layers[number - 1]
    nodes = {node.key for node in now.nodes.values() if node.layer == number}
    edges = {(edge.source, edge.target) for edge in now.edges if edge.target in nodes}
    parts.draw(now, Shown(set(now.nodes), set(now.nodes), nodes, edges), "matrix",
               f"The network with layer {number} picked out: {layer.W.shape[0]} numbers come in, {layer.W.shape[1]} go out.")
    left, right = st.columns([6, 5])
    with left:
        st.markdown("**In matrices**")
        for line in (*layer.forward, *layer.backward):
            parts.aligned([line.formula, parts.folded(line.numbers)])
            st.caption(f"Shapes: {line.shapes}")
    with right:
        st.markdown("**The same, number by number**")
        parts.aligned([step.numbers for step in (*now.forward, *now.backward) if step.key in nodes])
    tiles({"W": _shape(layer.W), "parameters here": str(layer.W.size + (0 if layer.b is None else layer.b.size)),
           "rows m": str(len(layer.A))})
    st.caption("The raised number is the layer, not a power. dZ is short for ∂L/∂Z, and g′ is the slope of the activation. "
               "A row is one example: here there is one, so m = 1 and X = A⁰ is one row. ⊙ multiplies number by number, ⊤ "
               "swaps rows and columns. Rows of W are inputs, columns are units. Many texts write the transpose: W with rows "
               "for units, and Z = W A + b with a column for each example.")
    parts.editor()


def _shape(M: np.ndarray) -> str:
    return " × ".join(map(str, M.shape))
