"""Backpropagation step by step: values forward, derivatives back, one weight's chain, and the same in matrices."""

import numpy as np
import streamlit as st

from ann_core.scalar.chain import Edge, Net, Path, Trace, matrices, trace
from ui.lesson import Ask
from ui.lessons import backprop as parts
from ui.lessons.backprop import controls, say, symbol
from ui.lessons.backprop_graph import Shown, backward_shown, draw, forward_shown, paths_shown
from ui.lessons.numbers import tiles
from ui.text import markdown

NUDGE = 0.01


def forward_show() -> None:
    parts.presets()
    now = parts.seen()
    at = min(parts.work().at.get("forward", 1), len(now.forward))
    done = now.forward[:at]
    draw(now, forward_shown(now, at), "forward",
         "The network as circles and lines. Known so far: " + (", ".join(f"{symbol(s.key)} = {say(s.value)}" for s in done)
                                                               or "the inputs, weights and the target") + ".")
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
    parts.honest()


def _nudged(net: Net) -> Net:
    first = net.layers[0]
    weights = [list(row) for row in first.weights]
    weights[0][0] += NUDGE
    layer = first.model_copy(update={"weights": tuple(map(tuple, weights))})
    return net.model_copy(update={"layers": (layer, *net.layers[1:])})


def forward_ask() -> Ask:
    now = parts.seen()
    before, after = now.loss, trace(_nudged(now.net)).loss
    w = now.nodes["w1"].value
    silent = "w₁ is multiplied by x₁ = 0" if now.net.inputs[0] == 0 else "Its unit is flat here"
    still = f" {silent}, so it changes nothing here." if after == before else ""
    return Ask(f"Make w₁ a little larger, {say(w + NUDGE)} instead of {say(w)}. What will the loss do?",
               ("It falls", "It stays the same", "It rises"), int(np.sign(after - before)) + 1,
               f"It was {say(before)} and becomes {say(after)}.{still} Type it into the field and see. How to know this "
               "for every weight at once, without trying, is the next idea.")


def backward_show() -> None:
    parts.presets()
    now = parts.seen()
    at = min(parts.work().at.get("backward", 2), len(now.backward))
    draw(now, backward_shown(now, at), "backward",
         "All values, and the derivatives of the loss found so far: " + (
             ", ".join(f"∂L/∂{symbol(s.key)} = {say(s.value)}" for s in now.backward[:at]) or "none") + ".")
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
    parts.honest()


def backward_ask() -> Ask:
    if parts.work().preset in ("exam", "three_in_a_row", "relu_log_loss"):
        return parts.ask_of(str(parts.work().preset))
    now = parts.seen()
    last = now.forward[-2].key
    answer, target, slope = now.nodes[last].value, now.net.targets[-1], now.nodes[last].gradient
    why = ("The answer is too small: a little more of it lowers the loss.", "A little more or less of it changes nothing.",
           "The answer is too large: a little more of it raises the loss.")
    sign = int(np.sign(slope)) + 1
    return Ask(f"{symbol(last)} is {say(answer)}, its target {say(target)}. What sign has ∂L/∂{symbol(last)}?",
               ("Below 0", "Exactly 0", "Above 0"), sign, f"It is {say(slope)}. {why[sign]}")


def chain_show() -> None:
    parts.presets()
    now = parts.seen()
    options = {node.key: node.symbol for node in now.parameters}
    key = (controls.one_of if len(options) <= 24 else controls.from_list)("weight", "Weight or bias", options)
    paths = now.paths(key)
    name = f"chain/{key}"
    at = min(parts.work().at.get(name, 0), len(paths))
    lit = paths if at == 0 else paths[at - 1:at]
    draw(now, paths_shown(now, lit), "chain",
         f"From {symbol(key)} to the loss: " + "; ".join(
             " → ".join(map(symbol, path.keys)) + f", product {say(path.product)}" for path in lit) + ".")
    if len(paths) > 1:
        parts.stepper(name, len(paths), 0, "Path (0: all at once)")
    for number, path in enumerate(paths, 1):
        if at in (0, number) and number <= 8:
            label = f"Path {number}: " if len(paths) > 1 else ""
            st.markdown(f"**{label}{' → '.join(map(symbol, path.keys))}**")
            result = rf"\frac{{\partial L}}{{\partial {now.nodes[key].name}}}" if len(paths) == 1 else rf"P_{{{number}}}"
            parts.aligned([f"{result}={path.formula}={path.meaning}", f"{result}={path.numbers}"])
    if at == 0 and len(paths) > 8:
        st.caption(f"{len(paths) - 8} more paths: step through them.")
    found = {f"path {i}": say(path.product) for i, path in enumerate(paths, 1)} if 1 < len(paths) <= 8 else {}
    node = now.nodes[key]
    total = "sum = " * (len(paths) > 1) + f"∂L/∂{symbol(key)}"
    tiles({**found, total: say(sum(path.product for path in paths)), "finite difference": say(node.check.value)})
    _factors(now, lit[0], key)
    parts.editor()
    parts.honest()


def _factors(now: Trace, path: Path, key: str) -> None:
    """The factors one by one, from the number on, with the product so far; and unit to unit."""
    with st.expander("Factor by factor", icon=":material/format_list_numbered:", expanded=True):
        rows, so_far = [], 1.0
        for edge in path.edges:
            so_far *= edge.slope
            rows.append({"factor": f"${edge.name}$", "is": f"${edge.meaning}$", "value": say(edge.slope),
                         "product so far": f"∂{symbol(edge.target)}/∂{symbol(key)} = {say(so_far)}"})
        st.table(rows)
        for one, other in zip(path.edges, path.edges[1:], strict=False):
            if one.source[0] == "a" and other.target[0] == "a":
                st.markdown(f"From unit to unit: ∂{symbol(other.target)}/∂{symbol(one.source)} = slope · weight = "
                            f"{say(other.slope)} · {say(one.slope)} = **{say(other.slope * one.slope)}**")
        st.caption("Many factors below 1 make a product near 0: the gradient vanishes. From unit to unit the factors are a "
                   "slope and a weight, so the weights count too. The slope of the sigmoid is at most 0.25, at z = 0.")


def chain_ask() -> Ask:
    now = parts.seen()
    found = now.paths("w1")
    options = sorted({1, 2, 4, len(found)})
    listed = ", ".join(say(path.product) for path in found[:8])
    return Ask("Along how many paths does the weight w₁ reach the loss?", tuple(map(str, options)), options.index(len(found)),
               f"It feeds unit 1 only; from there every way to the loss counts. "
               f"{'Their products' if len(found) > 1 else 'Its product'}: {listed}.")


def matrix_show() -> None:
    parts.presets()
    now = parts.seen()
    layers = matrices(now.net)
    number = controls.one_of("layer", "Layer", {layer.number: f"layer {layer.number}" for layer in layers})
    layer = layers[number - 1]
    nodes = {node.key for node in now.nodes.values() if node.layer == number}
    edges: list[Edge] = [edge for edge in now.edges if edge.target in nodes]
    draw(now, Shown(set(now.nodes), set(now.nodes), nodes, {(edge.source, edge.target) for edge in edges}), "matrix",
         f"The network with layer {number} picked out: {layer.W.shape[0]} numbers come in, {layer.W.shape[1]} go out.")
    left, right = st.columns(2, gap="large")
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
               "A row is a sample: here one, so m = 1 and X = A⁰ is one row. ⊙ multiplies number by number, ⊤ swaps rows and "
               "columns. Rows of W are inputs, columns are units. Many texts write the transpose: W with rows for units, and "
               "Z = W A + b with a column for each sample.")
    parts.editor()


def _shape(M: np.ndarray) -> str:
    return " × ".join(map(str, M.shape))


def matrix_ask() -> Ask:
    dW = np.zeros((1, 3)).T @ np.zeros((1, 2))
    options = ((2, 3), dW.shape, (1, 2))
    return Ask("A layer gets 3 numbers and has 2 units. What is the shape of dW = Aᵀ dZ for one row?",
               tuple(f"{a} × {b}" for a, b in options), 1,
               "Aᵀ is 3 × 1 and dZ is 1 × 2, so their product is 3 × 2: the shape of W, one derivative for each weight.")
