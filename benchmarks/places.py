"""Where visitors of a class go, and what they change there."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from ann_core.lab import twins
from ann_core.run.config import RunConfig
from ann_core.run.link import edited, to_query

ACTIVATION = ("all_activations",)


@dataclass(frozen=True)
class Place:
    """A page and its address. controls: keys of the switches that are changed; without any it is the sliders   table: a file
    that is brought along   plays: whether films are watched there; else an answer is the page that has run"""

    page: str
    query: str = ""
    controls: Sequence[str] = ACTIVATION
    table: bytes | None = None
    plays: bool = True


ALIKE = Place("playground")
LESSONS = ("losses", "neuron", "activations", "optimizers", "gradients")


def different(number: int) -> Place:
    """A third in the Playground, a third in the Gradient lab with two twins of ten layers, the rest over lessons and Your data
    with a table of one's own; no two alike."""
    kind, turn = number % 3, number // 3
    if kind == 0:
        return Place("playground", urlencode(to_query(edited(RunConfig(), {
            "seed": number, "data.source": ("moons", "circles", "spiral", "xor")[turn % 4], "data.seed": turn,
            "network.layers": [{"units": 4 + turn % 5, "activation": "tanh"}] * (1 + turn % 3)}))))
    if kind == 1:
        return Place("gradient_lab", urlencode(twins.to_query(tuple(edited(twin, {"seed": number}) for twin in twins.DEFAULT))),
                     ("A/all_activations", "B/all_activations"))
    if turn % 2:
        return Place("your_data", table=table(number))
    return Place(LESSONS[turn // 2 % len(LESSONS)], controls=(), plays=False)


def table(number: int, rows: int = 200) -> bytes:
    """A file with four columns of numbers and two classes that depend on them, another one for each number."""
    X = np.random.default_rng(number).normal(size=(rows, 4))
    lines = [",".join([*(f"{x:.3f}" for x in row), "yes" if row[0] * row[1] + row[2] > 0 else "no"]) for row in X]
    return "\n".join(["height,width,weight,age,bought", *lines]).encode()
