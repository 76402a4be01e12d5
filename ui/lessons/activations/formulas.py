"""The formulas of the lesson "Activations", with the learner's own numbers filled in, as LaTeX."""

import re
from collections.abc import Mapping

import numpy as np

from ann_core.base.spelling import tex, words
from ann_core.lessons.activations import Traits, slope
from ann_core.nn.activations import ACTIVATIONS, SELU_ALPHA, SELU_SCALE, Activation

SLOPES = {
    "linear": "1", "sigmoid": r"f(z)\,(1-f(z))", "tanh": "1-f(z)^2", "relu": r"z>0:\ 1\quad z\le 0:\ 0",
    "leaky_relu": r"z>0:\ 1\quad z\le 0:\ \alpha", "elu": r"z>0:\ 1\quad z\le 0:\ \alpha e^z",
    "selu": r"z>0:\ \lambda\quad z\le 0:\ \lambda\alpha e^z", "gelu": r"\Phi(z)+z\,\Phi'(z)",
    "silu": r"\sigma(z)+f(z)(1-\sigma(z))", "mish": r"t+z(1-t^2)\,\sigma(z),\ t=\tanh(\ln(1+e^z))", "softplus": r"\sigma(z)",
    "softsign": r"\frac{1}{(1+|z|)^2}", "hard_sigmoid": r"|z|<3:\ \tfrac16\quad |z|\ge 3:\ 0", "sine": r"\cos z",
    "gaussian": "-2z\\,f(z)", "step": "0",
}
"""The derivative of each activation; the engine's own code is compared with them in the tests."""
SIDES = {(): "nowhere", ("left",): "left", ("right",): "right", ("left", "right"): "both sides"}


def matrix(M: np.ndarray, digits: int = 2) -> str:
    """A matrix, or a vector as a row."""
    rows = (" & ".join(f"{value + 0.0:.{digits}f}" for value in row) for row in np.atleast_2d(np.round(M, digits)))
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


def filled(act: Activation, z: float, alpha: float) -> str:
    """The formula of the activation with z, and α where it has one, in numbers: "\\max(0,{2})"."""
    if act.key == "selu":
        return rf"{SELU_SCALE:.4f}\cdot\mathrm{{ELU}}_{{{SELU_ALPHA:.4f}}}({z:g})"
    branch = act.formula
    if r":\ " in branch:  # one branch for z above 0, one for all other z
        above, below = (part.split(r":\ ")[1] for part in branch.split(r"\quad"))
        branch = (above if z > 0 else below).strip()
    branch = branch.replace("(z)", f"({z:g})").replace(r"\alpha", rf"{alpha:g}\cdot ")
    return re.sub(r"z", f"{{{z:g}}}" if z >= 0 else f"{{({z:g})}}", branch)


def readings(acts: Mapping[str, Activation], z: float) -> str:
    """Functions with formula, value and slope at z, as a Markdown table."""
    at, rows = np.array([z]), ["| function | value $f(z)$ | at your z | slope $f'(z)$ | at your z |", "|---|---|---|---|---|"]
    for key, act in acts.items():
        alpha = {"leaky_relu": float(act.derivative(-np.ones(1), -np.ones(1))[0]), "elu": -act.range[0]}.get(key, 0.0)
        value = f"{filled(act, z, alpha)} = {tex(float(act.f(at)[0]))}"
        rows.append("| " + " | ".join([act.label, *(_in_table(part) for part in (act.formula, value, SLOPES[key])),
                                       f"{float(slope(act, at)[0]):.4f}".replace("-", "−")]) + " |")
    return "\n".join(rows)


def _in_table(formula: str) -> str:
    r"""LaTeX in a cell: a bar would end it."""
    return "$" + formula.replace("|", r"\vert ") + "$"


def properties(found: Mapping[str, Traits], fits: Mapping[str, bool]) -> str:
    """What was measured on each function, as a Markdown table."""
    rows = ["| function | range | mean output | zero-centred | saturates | can units die | when to use |",
            "|---|---|---|---|---|---|---|"]
    for key, traits in found.items():
        act = ACTIVATIONS[key]
        dies = "yes" if traits.dies else "almost: the slope fades" if traits.saturates else "no"
        label = f"**{act.label}**" if fits[key] else act.label
        rows.append(f"| {label} | {_bound(traits.low)} to {_bound(traits.high)} | {traits.mean + 0.0:.2f} | "
                    f"{'yes' if traits.zero_centered else 'no'} | {SIDES[traits.saturates]} | {dies} | {act.advice} |")
    return "\n".join(rows).replace("-0.00", "0.00")


def _bound(value: float) -> str:
    return ("−∞" if value < 0 else "∞") if np.isinf(value) else words(value)
