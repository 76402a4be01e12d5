"""Ideas on the functions themselves: what they are for, and what each is like."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import activations as core
from ann_core.nn.activations import ACTIVATIONS, Activation, activation
from ann_core.nn.measures import FLAT
from ui.figure import figure
from ui.lessons.activations import LABELS, USUAL_ALPHA, beside, controls, formulas, pictures, seed
from ui.lessons.activations.formulas import matrix
from ui.lessons.parts import lined, tiles
from ui.question import answered, told

WISHES = {"centred": "mean output 0", "bounded": "outputs in a limited range", "flat": "flat on no side",
          "alive": "units that cannot die"}
MOST = 4
FEW = {"linear": "linear (none)", "tanh": "tanh", "relu": "ReLU"}


def purpose() -> None:
    """A grid through layers with and without a bend between them."""
    place, side = beside()
    columns = st.columns(4)
    with columns[0]:
        name = controls.one_of("purpose/function", "Between the layers", FEW, "linear")
    with columns[1]:
        layers = controls.slider("purpose/layers", "Layers", 1, MOST, 3, 1)
    with columns[3]:
        draw = seed("purpose/seed")
    with columns[2]:
        first = controls.slider("purpose/first", "First weight of layer 1", -2.0, 2.0, 1.0, 0.1)
    W, b = core.turn_and_stretch(layers, draw, first)
    lines = core.grid_lines()
    flat = np.concatenate(lines).reshape(-1, 2)
    out = core.stacked(flat, W, b, ACTIVATIONS[name])
    nearest, shift = core.nearest_layer(flat, out)
    off = float(np.abs(out - flat @ nearest - shift).max())
    shape, most = lines[0].shape, core.turn_and_stretch(MOST, draw, first)
    reach = max(float(np.abs(core.stacked(flat, most[0][:n], most[1][:n], ACTIVATIONS[one])).max())
                for one in FEW for n in range(1, MOST + 1))
    with place:
        dashed = (flat @ nearest + shift).reshape(2, *shape) if answered() else None
        figure(pictures.purpose(lines, out.reshape(2, *shape), dashed, reach),
               key=controls.key("purpose/picture"), height=380,
               alt=f"A square grid, and what {layers} layers with {LABELS[name]} between make of it. "
                   + told(f"The nearest single linear layer is off by at most {words(off, 2)}.", ""))
    tiles({"One layer in their place is off by": told(f"{off:.4f}"), "Numbers to learn, all layers": str(W.size + b.size),
           "Numbers to learn, one layer": told(str(nearest.size + shift.size))}, side)
    product, bias = core.collapsed(W, b)
    pairs = ("&" + "".join(map(matrix, W[i:i + 2])) for i in range(0, len(W), 2))
    lined((r"&\text{all layers linear:}", *pairs, f"&= {told(matrix(product))}"))
    if answered():
        st.latex(rf"\text{{so}}\quad \hat y = x\,{matrix(product)} + {matrix(bias)}\quad\text{{says it all in one layer}}")
    if off > 1e-9:
        st.latex(rf"\text{{with {LABELS[name]} between:}}\quad \hat y \ne x\,W + b\ \text{{for every}}\ W, b;\quad "
                 rf"\text{{the nearest is}}\ W = {matrix(nearest)}")


def gallery() -> None:
    """All activations with their slopes, formulas and values at z."""
    picture = st.container()
    chosen = controls.some_of("gallery/chosen", "Functions", LABELS, ("sigmoid", "relu"))
    columns = st.columns(3)
    with columns[0]:
        z = controls.slider("gallery/z", "z, the unit's weighted sum", -6.0, 6.0, 1.0, 0.1)
    with columns[1]:
        leaky = controls.slider("gallery/leaky", "α of leaky ReLU", 0.0, 2.0, USUAL_ALPHA["leaky_relu"], 0.01)
    with columns[2]:
        elu = controls.slider("gallery/elu", "α of ELU", 0.0, 2.0, USUAL_ALPHA["elu"], 0.01)
    acts = _family({"leaky_relu": leaky, "elu": elu})
    with picture:
        figure(pictures.gallery({name: acts[name] for name in chosen}, z), key=controls.key("gallery/picture"), height=450,
               **controls.cursor("gallery/z", z, -6.0, 6.0),
               alt=f"Curves of {', '.join(LABELS[name] for name in chosen) or 'no function'} above their slopes; z is {z:g}.")
    others = {name: act for name, act in acts.items() if name not in chosen}
    if chosen:
        st.markdown(formulas.readings({name: acts[name] for name in chosen}, z))
    if others:
        more = st.expander("The other functions, with their formulas at your z", icon=":material/list:")
        more.markdown(formulas.readings(others, z))
    st.caption("α is the slope (leaky ReLU) or the depth (ELU) on the left; λ = 1.0507 and α = 1.6733 in SELU are fixed. Φ is "
               "the share of a normal distribution below z, σ the sigmoid. Leaky ReLU is often written max(αz, z), which is "
               "the same "
               "only for α < 1 (at 1 both are the straight line).")


def properties() -> None:
    """What a function is like, and which of them have what one asks for."""
    acts = _family(USUAL_ALPHA)
    found = {name: core.traits(act) for name, act in acts.items()}
    place, side = beside()
    left, right = st.columns([3, 1])
    with left:
        wishes = controls.some_of("properties/wishes", "I want a function that has", WISHES, ())
    with right:
        name = controls.from_list("properties/function", "Look closely at", LABELS, "sigmoid")
    has = {n: {"centred": t.zero_centered, "bounded": bool(np.isfinite([t.low, t.high]).all()), "flat": not t.saturates,
               "alive": not t.dies} for n, t in found.items()}
    fits = {n: all(has[n][wish] for wish in wishes) for n in found}
    with place:
        figure(pictures.properties(acts, found, fits, name), key=controls.key("properties/picture"), height=440,
               alt="Sixteen small curves. These have what was asked for: "
                   + ", ".join(LABELS[n] for n in fits if fits[n]) + ".")
    z, t = pictures.Z, found[name]
    flat = float((np.abs(core.slope(acts[name], z)) <= FLAT * t.steepest).mean())
    tiles({"Functions that fit": f"{sum(fits.values())} of 16", f"{LABELS[name]}: steepest slope": words(t.steepest),
           "flat between −6 and 6": f"{100 * flat:.0f} %", "mean output": f"{abs(t.mean):.2f}"}, side)
    st.latex(rf"\text{{{LABELS[name]} is flat where}}\quad |f'(z)| \le {FLAT:g}\cdot\max|f'| = {FLAT:g}\cdot "
             rf"{tex(t.steepest)} = {tex(FLAT * t.steepest)}")
    st.caption("Grey and dotted: flat parts. Saturating means: the further out, the nearer the slope is to 0. Mean output: the "
               "average of f(z) when z is spread symmetrically around 0 (a normal distribution, variance 1). Leaky ReLU here "
               "has α = 0.1.")
    st.markdown(formulas.properties({name: found[name]}, fits))
    rest = {other: traits for other, traits in found.items() if other != name}
    st.expander("The same for the other fifteen", icon=":material/list:").markdown(formulas.properties(rest, fits))


def _family(alphas: dict[str, float]) -> dict[str, Activation]:
    """All activations, with the learner's α where there is one."""
    return {name: activation(name, alphas.get(name)) for name in ACTIVATIONS}
