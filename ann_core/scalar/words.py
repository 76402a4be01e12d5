"""How a chain of derivatives is written: LaTeX for every number, name, slope and loss, and the same as plain text.

Everything is written once, in LaTeX; `plain` turns that small part of LaTeX which is used here into characters.
"""

import math
import re
from collections.abc import Sequence

from ann_core.nn.activations import ACTIVATIONS

DIGITS = 6
"""How many digits of a number are shown; all are kept for calculating."""
FUNCTIONS = {"sigmoid": r"\sigma", "tanh": r"\tanh", "sine": r"\sin"}
OWN_SLOPES = {"linear": "1", "sigmoid": "{a}(1-{a})", "tanh": "(1-{a}^{{2}})"}
"""Slopes that are simplest in the output a."""
LOSS = {"squared_error": r"\tfrac12({a}-{y})^{{2}}", "absolute_error": "|{a}-{y}|", "log_cosh": r"\ln\cosh({a}-{y})",
        "binary_cross_entropy": r"-{y}\cdot\ln {a}-(1-{y})\cdot\ln(1-{a})", "categorical_cross_entropy": r"-{y}\cdot\ln {a}",
        "hinge": r"\max(0,\;1-{y}\cdot {a})"}
LOSS_SLOPES = {"squared_error": "{a}-{y}", "absolute_error": r"\mathrm{{sign}}({a}-{y})", "log_cosh": r"\tanh({a}-{y})",
               "binary_cross_entropy": r"-\frac{{{y}}}{{{a}}}+\frac{{1-{y}}}{{1-{a}}}",
               "categorical_cross_entropy": r"-\frac{{{y}}}{{{a}}}"}


def number(value: float, wrap: bool = False) -> str:
    """A number in LaTeX, six digits, no computer notation: 0.511297, -0.5, 3.2\\cdot 10^{-7}. wrap: brackets when below 0."""
    if not math.isfinite(value):
        return r"\text{not a number}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    size = abs(value)
    if value == 0 or 1e-4 <= size < 1e7:
        text = f"{value:.{DIGITS}g}" if size < 10**DIGITS else f"{value:.0f}"
    else:
        digits, exponent = f"{value:.{DIGITS - 1}e}".split("e")
        text = f"{digits.rstrip('0').rstrip('.')}\\cdot 10^{{{int(exponent)}}}"
    text = "0" if text == "-0" else text
    return f"({text})" if wrap and text.startswith("-") else text


def called(key: str) -> str:
    """A node's name in LaTeX: w12 → w_{12}."""
    return key if len(key) == 1 else f"{key[0]}_{{{key[1:]}}}"


def target(k: int, outputs: int) -> str:
    """The name of a target in LaTeX: y, or y_{1}, y_{2}, … when there are several."""
    return "y" if outputs == 1 else f"y_{{{k + 1}}}"


def derivative(of: str, by: str) -> str:
    """∂of/∂by in LaTeX, from the keys of two nodes."""
    return rf"\frac{{\partial {called(of)}}}{{\partial {called(by)}}}"


def function(activation: str, z: str, prime: bool = False) -> str:
    """An activation applied to z, in LaTeX: \\sigma(z_{1}); prime: its slope."""
    if activation == "linear" and not prime:
        return z
    name = FUNCTIONS.get(activation) or rf"\mathrm{{{ACTIVATIONS[activation].label.split(' (')[0]}}}".replace(" ", r"\ ")
    return rf"{name}{chr(39) * prime}({z})"


def softmax(zs: Sequence[str], i: int) -> str:
    """One output of a softmax, in LaTeX."""
    return rf"\frac{{e^{{{zs[i]}}}}}{{{'+'.join(f'e^{{{z}}}' for z in zs)}}}"


def slope(activation: str, z: str, a: str) -> str:
    """da/dz in LaTeX, from how z and a are written."""
    own = OWN_SLOPES.get(activation)
    return own.format(a=a) if own else function(activation, z, prime=True)


def loss(kind: str, pairs: Sequence[tuple[str, str]], errors: Sequence[float], delta: float) -> str:
    """The loss of one sample in LaTeX: a sum over outputs. pairs: how a and y are written; errors: a − y of each."""
    terms = []
    for (a, y), error in zip(pairs, errors, strict=True):
        if kind == "huber":
            near = abs(error) <= delta
            d = number(delta)
            terms.append(LOSS["squared_error"].format(a=a, y=y) if near else rf"{d}\cdot(|{a}-{y}|-\tfrac12\cdot {d})")
        else:
            terms.append(LOSS[kind].format(a=a, y=y))
    return "+".join(terms).replace("+-", "-")


def loss_slope(kind: str, a: str, y: str, value: float, delta: float) -> str:
    """∂L/∂a in LaTeX. value: what it is here, which tells the branch that Huber and hinge are on."""
    if kind == "huber":
        return number(value) if abs(value) == delta else LOSS_SLOPES["squared_error"].format(a=a, y=y)
    if kind == "hinge":
        return f"-{y}" if value else "0"
    return LOSS_SLOPES[kind].format(a=a, y=y)


def matrix(rows: Sequence[Sequence[float]]) -> str:
    """A matrix of numbers in LaTeX."""
    return r"\begin{pmatrix}" + r"\\".join(" & ".join(map(number, row)) for row in rows) + r"\end{pmatrix}"


_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPT = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_SIGNS = {r"\partial ": "∂", r"\cdot": " · ", r"\times": " × ", r"\tfrac12": "½ ", r"\ln": "ln ", r"\cosh": "cosh ",
          r"\tanh": "tanh", r"\sin": "sin", r"\sigma": "σ", r"\max": "max", r"\eta": "η", r"\leftarrow": " ← ",
          r"\infty": "∞", r"\;": " ", r"\ ": " "}


def _fraction(found: re.Match[str]) -> str:
    over, under = (f"({part})" if re.search(r"[^(∂\d]-|\+|\d-", part) else part for part in found.groups())
    return f"{over}/{under}"


def plain(latex: str) -> str:
    """The LaTeX of this module in plain characters: \\frac{\\partial L}{\\partial w_{1}} → ∂L/∂w₁."""
    text = re.sub(r"\\(?:mathrm|text)\{([^{}]*)\}", r"\1", latex)
    text = re.sub(r"_\{(\d+)\}", lambda m: m[1].translate(_SUBSCRIPT), text)
    text = re.sub(r"\^\{(-?\d+)\}", lambda m: m[1].translate(_SUPERSCRIPT), text)
    text = re.sub(r"e\^\{([^{}]*)\}", r"exp(\1)", text)
    for sign, character in _SIGNS.items():
        text = text.replace(sign, character)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", _fraction, text)
    text = re.sub(r"(?<=[^\s(,=·←⁻e/-])([-+=])|(?<=[)])([-+=])", r" \1\2 ", text)
    return re.sub(r"(?<=[ (])-(?= )|-", "−", re.sub(r" +", " ", text)).replace("'", "′").strip()
