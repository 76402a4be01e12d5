"""What the ideas of the lesson "Neuron" share: controls that keep their values, and numbers in words."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.lesson import Ask

# Controls

def _key(name: str) -> str:
    return f"neuron/value/{name}"


def put(name: str, value: Any) -> None:
    """Sets a control, in a callback."""
    st.session_state[_key(name)] = value


def value_of(name: str, usual: Any) -> Any:
    """A control's value, drawn or not."""
    return st.session_state.get(_key(name), _kept().get(name, usual))


def _kept() -> dict[str, Any]:
    """The last good value of every control: Streamlit forgets widgets of an idea that is not on the screen."""
    return st.session_state.setdefault("neuron/kept", {})


def _number(widget: Any, name: str, label: str, low: float, high: float, usual: float, step: float, help: str | None) -> float:
    """Its last value is also its default, and that is what Streamlit falls back on when what comes is no number in range."""
    key = _key(name)
    st.session_state.setdefault(key, _kept().get(name, usual))
    value = _kept()[name] = widget(label, low, high, st.session_state[key], step, key=key, help=help)
    return value


def slider(name: str, label: str, low: float, high: float, usual: float, step: float = 0.1, help: str | None = None) -> Any:
    """A slider that keeps its value when another idea is looked at."""
    return _number(st.slider, name, label, low, high, usual, step, help)


def number(name: str, label: str, usual: float, low: float = -100.0, high: float = 100.0, step: float = 0.1) -> float:
    """A field for a number; what is out of range or no number is refused at the field, and the last good one kept."""
    return _number(st.number_input, name, label, low, high, usual, step, None)


def choice(name: str, label: str, options: Sequence[Any], usual: Any = None, help: str | None = None, words: Any = str) -> Any:
    """One of a few, side by side."""
    key = _key(name)
    before = st.session_state.setdefault(key, _kept().get(name, options[0] if usual is None else usual))
    if before not in options:
        before = st.session_state[key] = options[0]
    value = st.segmented_control(label, options, default=before, key=key, required=True, help=help, format_func=words)
    _kept()[name] = value
    return value


def toggle(name: str, label: str, usual: bool) -> bool:
    """A switch."""
    key = _key(name)
    st.session_state.setdefault(key, _kept().get(name, usual))
    value = _kept()[name] = st.toggle(label, st.session_state[key], key=key)
    return value


# Words and numbers

def say(value: float, digits: int = 4) -> str:
    """A number in a few digits, with a real minus."""
    return f"{value + 0.0:.{digits}g}".replace("-0", "-0" if abs(value) else "0").replace("-", "−")


def tex(value: float, digits: int = 4) -> str:
    """A number for a formula."""
    base, _, power = f"{value + 0.0:.{digits}g}".partition("e")
    return rf"{base}\cdot10^{{{int(power)}}}" if power else base


def factor(value: float, digits: int = 4) -> str:
    """A number in a product: a negative one in brackets."""
    return f"({tex(value, digits)})" if value < 0 else tex(value, digits)


def signed(value: float, digits: int = 4) -> str:
    """A number that is added: with its sign in front."""
    return f"{'-' if value < 0 else '+'} {tex(abs(value), digits)}"


def numbers(found: dict[str, str]) -> None:
    """Numbers in a row, each with its name."""
    with st.container(horizontal=True, gap="medium"):
        for name, value in found.items():
            st.metric(name, value, width="content")


def ask(text: str, options: Sequence[float], right: float, reason: str, words: Any = say) -> Ask:
    """A question whose options are values, and whose right one is the value that was worked out."""
    nearest = min(range(len(options)), key=lambda i: abs(options[i] - right))
    return Ask(text, tuple(words(option) for option in options), nearest, reason)
