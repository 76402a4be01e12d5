"""A unit of a recurrent layer at one step: what it reads and the state before add up, gate by gate, to the next state."""

from collections.abc import Sequence
from typing import NamedTuple

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Cell, Choice, Chooser, Passed, Table, Teller
from ann_core.film.accounts.weighed import names_in, terms, total
from ann_core.nn.activations import Activation, activation
from ann_core.nn.layers import GRU, LSTM, RNN, Bidirectional, Layer, Recurrent
from ann_core.nn.layers.base import Views
from ann_core.nn.layers.recurrent import Unrolled
from ann_core.nn.network import Network

STATE = "state"
PARTS: dict[type[Recurrent], dict[str, int]] = {
    LSTM: {"forget gate": LSTM.FORGET, "input gate": LSTM.INPUT, "output gate": LSTM.OUTPUT, "candidate": LSTM.CANDIDATE},
    GRU: {"update gate": GRU.UPDATE, "reset gate": GRU.RESET, "candidate": GRU.CANDIDATE}}
"""What a layer with gates works out before its state, and where it stands among the gates."""
JOINED = ("from", "value", "× value", "=")


class _Step(NamedTuple):
    """One unit at one step. t: in the order in which the layer reads   gates: its own, in the layer's order"""

    layer: Recurrent
    p: Views
    kept: Unrolled
    t: int
    unit: int

    @property
    def read(self) -> Array:
        """x_t, (n_in,)"""
        return self.kept.X[self.t].reshape(-1, self.kept.X.shape[-1])[:, 0]

    @property
    def before(self) -> Array:
        """h_{t−1}, (units,)"""
        return self.state(self.t)

    def state(self, t: int) -> Array:
        """h_t with h₀ before the first step, (units,)"""
        return self.kept.H[t].reshape(self.layer.units, -1)[:, 0]

    def gate(self, number: int) -> float:
        """What one of its gates, or its candidate, is."""
        return float(self.kept.gates[self.t].reshape(self.layer.gates, self.layer.units, -1)[number, self.unit, 0])

    def more(self, which: int, t: int) -> float:
        """One of the other things that the layer keeps for its way back."""
        return float(self.kept.more[which][t].reshape(self.layer.units, -1)[self.unit, 0])


class States(Teller):
    """h_t = φ(x_t W + h_{t−1} U + b); with gates, each of them so, and the state made of them."""

    def fits(self, layer: Layer) -> bool:
        return isinstance(layer, Recurrent | Bidirectional)

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        one = _ways(net.layers[layer])[0]
        parts = (STATE, *PARTS.get(type(one), ()))
        chooser = Chooser(wanted).add("step", one.steps, one.steps - 1)
        return tuple((chooser.add("part", len(parts), 0, parts) if len(parts) > 1 else chooser).found)

    def curve(self, net: Network, layer: int, chosen: Sequence[int], output: str) -> Activation | None:
        one, part = _ways(net.layers[layer])[0], (*chosen, 0)[1]
        if isinstance(one, RNN):
            return one.activation
        if part == 0:
            return activation("tanh") if isinstance(one, LSTM) else None
        return activation("tanh" if _name(one, part) == "candidate" else "sigmoid")

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        one, names = self._step(passed, layer, unit, chosen[0]), names_in(passed, layer)
        if isinstance(one.layer, RNN):
            z, h = float(one.kept.gates[one.t].reshape(one.layer.units, -1)[one.unit, 0]), float(one.state(one.t + 1)[one.unit])
            rows = [*_read(one, names, one.unit), *_remembered(one, one.unit)]
            bent = f"{one.layer.activation.label} bends z to the state of this step, a = {_number(h)}."
            return Account([total(rows, _bias(one, one.unit), z)], [bent], (z, h))
        part = chosen[1]
        if part:
            return _gate(one, names, _name(one.layer, part))
        return _cell(one) if isinstance(one.layer, LSTM) else _mixed(one)

    @staticmethod
    def _step(passed: Passed, layer: int, unit: int, step: int) -> _Step:
        there, p, kept = passed.net.layers[layer], passed.p[layer], passed.caches[layer]
        if isinstance(there, Recurrent):
            return _Step(there, p, kept, step, unit)
        back, unit = divmod(unit, _ways(there)[0].units)
        one = _ways(there)[back]
        return _Step(one, p.parts[back], kept[back], one.steps - 1 - step if back else step, unit)


def _ways(layer: Layer) -> tuple[Recurrent, ...]:
    if isinstance(layer, Bidirectional):
        return layer.forth, layer.back
    assert isinstance(layer, Recurrent)
    return (layer,)


def _name(layer: Recurrent, part: int) -> str:
    return list(PARTS[type(layer)])[part - 1]


def _bias(one: _Step, column: int) -> float:
    return float(one.p["b"].ravel()[column])


def _read(one: _Step, names: Sequence[str], column: int) -> list[list[Cell]]:
    """What the inputs of this step bring."""
    return list(terms(names, one.read, one.p["W"][:, column], still=True))


def _remembered(one: _Step, column: int) -> list[list[Cell]]:
    """What the state before brings."""
    return list(terms([f"state {i + 1} before" for i in range(one.layer.units)], one.before, one.p["U"][:, column]))


def _gate(one: _Step, names: Sequence[str], name: str) -> Account:
    """A gate, or the candidate: its sum, and what bends it."""
    number = PARTS[type(one.layer)][name]
    column = number * one.layer.units + one.unit
    rows, bias, value = _read(one, names, column), _bias(one, column), one.gate(number)
    if isinstance(one.layer, GRU) and name == "candidate":
        offered, reset = one.more(0, one.t), one.gate(GRU.RESET)
        rows.append(["reset · from the state", reset, offered, reset * offered])
    else:
        rows += _remembered(one, column)
    z = sum(float(row[-1]) for row in rows) + bias
    bent = "tanh bends z to the candidate" if name == "candidate" else f"sigmoid makes the {name} of z (0 shut, 1 open)"
    return Account([total(rows, bias, z)], [f"{bent}: {_number(value)}."], (z, value))


def _cell(one: _Step) -> Account:
    """c_t = f c_{t−1} + i g and h_t = o tanh(c_t)."""
    f, i, o, g = (one.gate(number) for number in PARTS[LSTM].values())
    before, cell, h = one.more(0, one.t), one.more(0, one.t + 1), float(one.state(one.t + 1)[one.unit])
    bent = one.more(1, one.t)
    table = Table(JOINED, [["forget gate · cell before", f, before, f * before], ["input gate · candidate", i, g, i * g],
                           ["cell", "", "", cell]], 2)
    return Account([table], [f"tanh bends the cell to {_number(bent)}. The output gate, {_number(o)}, lets "
                             f"{_number(o)} · {_number(bent)} = {_number(h)} through: the state of this step."], (cell, bent))


def _mixed(one: _Step) -> Account:
    """h_t = z h_{t−1} + (1 − z) n."""
    z, n, before = one.gate(GRU.UPDATE), one.gate(GRU.CANDIDATE), float(one.before[one.unit])
    h = float(one.state(one.t + 1)[one.unit])
    table = Table(JOINED, [["update gate · state before", z, before, z * before],
                           ["(1 − gate) · candidate", 1 - z, n, (1 - z) * n], ["state", "", "", h]], 2)
    return Account([table], [f"The update gate keeps {_number(z)} of the state before; the rest is new."])


def _number(value: float) -> str:
    return words(value, 3)


STATES = States()
