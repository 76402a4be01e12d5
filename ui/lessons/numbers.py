"""How the lessons spell numbers: in words, in formulas, in tiles, as the options of a question."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.lesson import Ask

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _parts(value: float, digits: int, small: int | None) -> tuple[str, str]:
    """A number as (mantissa, power of ten); no power where it is short without. small: digits of a mantissa with a power."""
    mantissa, _, power = f"{value + 0.0:.{digits}g}".partition("e")
    if power and small:
        mantissa, _, power = f"{value:.{small}g}".partition("e")
    return mantissa, str(int(power)) if power else ""


def words(value: float, digits: int = 4, small: int | None = None) -> str:
    """A number for a sentence, a table or a picture: −0.4887, 2,100,000, 3.4 × 10⁻⁵."""
    mantissa, power = _parts(value, digits, small)
    if power and not small and 1 <= abs(value) < 1e9:
        text = f"{value:,.0f}"
    elif power:
        text = f"{mantissa} × 10{power.translate(RAISED)}"
    else:
        text = f"{float(mantissa):,.10g}" if abs(value) >= 1000 else mantissa
    return text.replace("-", "−")


def tex(value: float, digits: int = 4, small: int | None = None) -> str:
    """A number for a formula: -0.4887, 3.4\\times10^{-5}."""
    mantissa, power = _parts(value, digits, small)
    return rf"{mantissa}\times10^{{{power}}}" if power else mantissa


def factor(value: float, digits: int = 4) -> str:
    """The same inside a product or a power: a negative one in brackets."""
    return f"({tex(value, digits)})" if value < 0 else tex(value, digits)


def signed(value: float, digits: int = 4) -> str:
    """The same when it is added: with its sign in front."""
    return f"{'-' if value < 0 else '+'} {tex(abs(value), digits)}"


def lined(lines: Iterable[str]) -> None:
    """Formulas one below the other, aligned at their first sign of equality (marked by &)."""
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def tiles(found: Mapping[str, str], place: DeltaGenerator | None = None) -> None:
    """Numbers with their names: in a row, or one below the other in a `place`; with a minus where a hyphen would stand."""
    with place or st.container(horizontal=True, gap="medium"):
        for name, value in found.items():
            st.metric(name, re.sub(r"-(?=[\d.])", "−", value), width="stretch" if place else "content")


def ask(text: str, options: Sequence[float], right: float, reason: str, spell: Callable[[float], str] = words) -> Ask:
    """A question whose options are values, and whose right one is the value that was worked out."""
    nearest = min(range(len(options)), key=lambda i: abs(options[i] - right))
    return Ask(text, tuple(map(spell, options)), nearest, reason)
