"""The lesson "Backpropagation": what its ideas share, above all the network that is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from ann_core import RunConfig
from ann_core.base.spelling import words
from ann_core.lessons.backprop_presets import PRESETS
from ann_core.run.run import Run, start
from ann_core.scalar.chain import Net, Trace, from_run, trace
from ui.lesson import Address
from ui.lessons.controls import LessonControls


class BackpropControls(LessonControls):
    """The lesson's controls, and how far an idea was stepped, under "at/" and the idea's name: a scene sets these alike."""

    def value(self, name: str, usual: Any) -> Any:
        return work().at.get(name[3:], usual) if name.startswith("at/") else super().value(name, usual)

    def put(self, name: str, value: Any) -> None:
        if not name.startswith("at/"):
            super().put(name, value)
        elif value is None:
            work().at.pop(name[3:], None)
        else:
            work().at[name[3:]] = value


controls = BackpropControls("backprop/value")
FIRST = "exam"
SMALL = RunConfig.model_validate({"data": {"source": "moons"}, "network": {"layers": ({"units": 3, "activation": "tanh"},)}})
"""A network of the Playground that the graph can draw."""
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

say = partial(words, digits=7)
"""A number as it can be followed by hand."""


def symbol(key: str) -> str:
    """The name of a number in plain characters: w12 → w₁₂."""
    return key.translate(SUBSCRIPTS)


@dataclass
class Work:
    """What the server remembers of one visitor: the network, the example it came from, how far each idea was stepped.

    draws: counts how often the network was set as a whole; its fields then get new keys, and so show the new numbers.
    refused: sentences by field   trained: XOR by the number of the start   source: what the network is, in words
    """

    preset: str | None = FIRST
    net: Net = field(default_factory=lambda: PRESETS[FIRST].net)
    source: str = ""
    draws: int = 0
    at: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    trained: dict[int, Any] = field(default_factory=dict)

    def take(self, net: Net, preset: str | None = None, source: str = "") -> None:
        """Another network for the whole page, or the same one with other numbers throughout."""
        self.net, self.preset, self.source, self.draws = net, preset, source, self.draws + 1
        self.at, self.refused = {}, {}

    def choose(self, preset: str) -> None:
        """One of the examples, as it is given."""
        self.take(PRESETS[preset].net, preset)


def work() -> Work:
    """This visitor's."""
    if "backprop/work" not in st.session_state:
        st.session_state["backprop/work"] = Work()
    return st.session_state["backprop/work"]


def seen(nudge: float = 0.0) -> Trace:
    """The network with all its values and derivatives. A network that cannot be calculated is never taken.

    nudge: is added to w₁
    """
    net = work().net
    if not nudge:
        return trace(net)
    first = net.layers[0]
    weights = [list(row) for row in first.weights]
    weights[0][0] += nudge
    layer = first.model_copy(update={"weights": tuple(map(tuple, weights))})
    return trace(net.model_copy(update={"layers": (layer, *net.layers[1:])}))


def shown_runs() -> tuple[list[Run], str]:
    """Networks of this visitor's Playground that can be drawn, or a small one in their place and why."""
    found, reason = [], "You have not opened the Playground yet, so here is a small network as it would begin there."
    for recording in st.session_state.get("playground/recordings", ()):
        try:
            from_run(recording.latest)
            found.append(recording.latest)
        except ValueError as error:
            reason = f"{error} Until then, here is a small one."
    return (found, "") if found else ([start(SMALL)], reason)


def _read(query: Mapping[str, str]) -> list[str]:
    """An address may name an example: ?idea=chain&preset=two_paths. Returns what is to be said when it does not exist."""
    mine = work()
    name = query.get("preset") or (FIRST if mine.preset else None)  # without a name the first one, or the visitor's own network
    if name and name not in PRESETS:
        return [f"There is no example named {name[:40]}; choose one of those below."]
    if name and name != mine.preset:
        mine.choose(name)
    return []


def _write() -> dict[str, str]:
    """The example for the address."""
    preset = work().preset
    return {} if preset in (FIRST, None) else {"preset": preset}


ADDRESS = Address(_read, _write)
