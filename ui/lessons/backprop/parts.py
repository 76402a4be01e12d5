"""Parts that several ideas of the lesson "Backpropagation" share: formulas, the drawn network, examples, steps, fields."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from ann_core.lessons.backprop_presets import PRESETS
from ann_core.scalar.chain import Net, Trace, problems, trace
from ann_core.scalar.net import LARGEST
from ui.controls.number import number
from ui.figure import figure
from ui.lessons.backprop import pictures, symbol, work
from ui.lessons.backprop.pictures import Shown
from ui.lessons.parts import lined
from ui.question import told
from ui.text import markdown

Location = tuple[str | int, ...]
"""Where in a description a number stands: ("layers", 0, "biases", 1)."""


def aligned(lines: Sequence[str]) -> None:
    """Formulas below each other, in line at their ← or, without one, at their first =."""
    marks = ((line, r"\leftarrow" if r"\leftarrow" in line else "=") for line in lines)
    lined(line.replace(mark, f"&{mark}", 1) for line, mark in marks)


def broken(product: str, most: int = 3) -> str:
    """A long product with so many factors on a line at most."""
    factors = re.split(r"\\cdot (?!10\^)", product)
    return r"\\[2pt]&\quad\cdot ".join(r"\cdot ".join(factors[i:i + most]) for i in range(0, len(factors), most))


def folded(line: str) -> str:
    """A long formula with its result on a line of its own."""
    head, equals, result = line.rpartition("=")
    return rf"{head}\\[2pt]&={result}" if "=" in head else line


def draw(seen: Trace, shown: Shown, key: str, alt: str) -> None:
    """The network as a picture; the same `key` changes the same picture in place."""
    figure(pictures.network(seen, shown), key=f"backprop/{key}", alt=alt, **pictures.size(seen, shown))
    st.caption("Lines are weights: orange above 0, blue below; violet is what is looked at."
               + " After ∂ stands the derivative of the loss with respect to a number." * bool(shown.derivatives))


def presets() -> None:
    """The examples as buttons in a row; the chosen one stays for all ideas."""
    mine = work()
    with st.container(horizontal=True, gap="xsmall", key="openers"):
        for preset in PRESETS.values():
            st.button(preset.label, key=f"backprop/preset/{preset.key}", on_click=mine.choose, args=(preset.key,),
                      type="primary" if preset.key == mine.preset else "secondary")
    if mine.preset:
        preset = PRESETS[mine.preset]
        more = told(preset.look, "") if mine.net == preset.net else "**Its numbers are now your own.**"
        st.caption(f"{preset.sentence} {more}")
    else:
        st.caption(markdown(mine.source))


def comparison() -> None:
    """How the example's numbers compare with those of other texts."""
    if preset := work().preset:
        st.info(PRESETS[preset].note, icon=":material/compare_arrows:")


def stepper(name: str, total: int, usual: int, noun: str = "Step") -> int:
    """How many of the steps have been taken. On by N, back by B, all by E."""
    mine = work()
    at = min(mine.at.get(name, usual), total)

    def go(to: int) -> None:
        mine.at[name] = to

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Step back", icon=":material/skip_previous:", key=f"backprop/{name}/back", shortcut="b", disabled=at == 0,
                  on_click=go, args=(at - 1,))
        st.button("Step on", icon=":material/skip_next:", key=f"backprop/{name}/on", shortcut="n", disabled=at == total,
                  type="primary", on_click=go, args=(at + 1,))
        st.button("All", icon=":material/last_page:", key=f"backprop/{name}/all", shortcut="e", disabled=at == total,
                  on_click=go, args=(total,))
        st.markdown(f"{noun} **{at}** of {total}" if at or noun == "Step" else f"All **{total}** at once")
    return at


def editor(expanded: bool = False) -> None:
    """Every number of the network in a field of its own."""
    mine = work()
    with st.expander("Change any number", icon=":material/edit:", expanded=expanded):
        for group, fields in _fields(mine.net):
            row, below = st.container(horizontal=True, gap="small", vertical_alignment="bottom"), st.container()
            row.markdown(f":gray[{group}]", width=110)
            for name, place in fields:
                key = f"backprop/number/{mine.draws}/{name}"
                value: Any = mine.net.model_dump(mode="json")
                for step in place:
                    value = value[step]
                number(symbol(name), 1e-6 if name == "η" else -LARGEST, LARGEST, float(value), key, digits=6, place=row,
                       below=below, on_change=_edit, args=(key, place), width=150)
                if reason := mine.refused.get(key):
                    below.warning(f"**{symbol(name)} stays as it was.** {markdown(reason)}", icon=":material/block:")
        if mine.preset:
            st.button("Back to the example's numbers", icon=":material/undo:", type="tertiary", on_click=mine.choose,
                      args=(mine.preset,), disabled=mine.net == PRESETS[mine.preset].net)


def _fields(net: Net) -> Iterator[tuple[str, list[tuple[str, Location]]]]:
    """Every number of the net: groups of (name, place in the description)."""
    yield "Inputs", [(f"x{i + 1}", ("inputs", i)) for i in range(len(net.inputs))]
    units = weights = 0
    for place, layer in enumerate(net.layers):
        for j in range(layer.units):
            units += 1
            row: list[tuple[str, Location]] = []
            for i in range(len(layer.weights)):
                weights += 1
                row.append((f"w{weights}", ("layers", place, "weights", i, j)))
            if layer.biases is not None:
                row.append((f"b{units}", ("layers", place, "biases", j)))
            yield f"Unit {units}", row
    targets = [(f"y{k + 1}" if len(net.targets) > 1 else "y", ("targets", k)) for k in range(len(net.targets))]
    yield "Target and rate", [*targets, ("η", ("rate",))]


def _edit(key: str, place: Location) -> None:
    """Takes a number from its field, or says why not and puts the one before back."""
    mine = work()
    description: Any = mine.net.model_dump(mode="json")
    part = description
    for step in place[:-1]:
        part = part[step]
    before, part[place[-1]] = part[place[-1]], st.session_state[key]
    mine.refused = {}
    try:
        net = Net.model_validate(description)
        trace(net)
    except ValidationError as error:
        mine.refused = {key: problems(error)[0][1]}
    except ValueError as error:
        mine.refused = {key: str(error)}
    if mine.refused:
        st.session_state[key] = before
    else:
        mine.net = net
