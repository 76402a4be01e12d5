"""The same network a layer at a time: matrices with their shapes, and the cycle forward, loss, backward, update, repeated."""

from dataclasses import dataclass

import numpy as np

from ann_core.base.arrays import Array
from ann_core.nn.activations import activation, softmax
from ann_core.scalar import words as write
from ann_core.scalar.net import INFINITE, LARGEST, SOFTMAX, Net, loss_of

MOST_CYCLES = 10_000


@dataclass(frozen=True, eq=False)
class Line:
    """One matrix equation. name, formula, numbers: LaTeX   value: the result   shapes: (1 × 3)(3 × 2) + (1 × 2) → (1 × 2)"""

    name: str
    formula: str
    numbers: str
    value: Array
    shapes: str


@dataclass(frozen=True, eq=False)
class LayerMatrices:
    """One layer in matrices, for m = 1 row: A_before (m, n_in), W and dW (n_in, n_out), b and db (n_out,), the rest (m, n_out).

    dA_before (m, n_in) is what the layer hands back to the one before it. db is None without biases.
    """

    number: int
    kind: str
    A_before: Array
    W: Array
    b: Array | None
    Z: Array
    A: Array
    dA: Array
    dZ: Array
    dW: Array
    db: Array | None
    dA_before: Array
    slope: Array | None
    """g′(Z), (m, n_out); None for softmax, where every answer depends on every sum."""

    @property
    def forward(self) -> tuple[Line, ...]:
        """Z = A W + b, A = g(Z)."""
        l, before = self.number, f"A^{{{self.number - 1}}}"
        plus = rf"+b^{{{l}}}" if self.b is not None else ""
        filled = rf"{_shown(self.A_before)}{_shown(self.W)}" + (f"+{_shown(self.b)}" if self.b is not None else "")
        with_bias = f" + {_shape(self.Z)}" if self.b is not None else ""
        g = "\\mathrm{softmax}" if self.kind == SOFTMAX else f"g_{{{l}}}"
        return (_line(f"Z^{{{l}}}", rf"{before}W^{{{l}}}{plus}", filled, self.Z,
                      f"{_shape(self.A_before)} · {_shape(self.W)}{with_bias}"),
                _line(f"A^{{{l}}}", f"{g}(Z^{{{l}}})", f"{g}{_shown(self.Z)}", self.A, _shape(self.Z)))

    @property
    def backward(self) -> tuple[Line, ...]:
        """dZ = dA ⊙ g′(Z), dW = Aᵀ dZ / m, db = the mean of dZ over rows, dA of the layer before = dZ Wᵀ."""
        l, before = self.number, f"A^{{{self.number - 1}}}"
        dZ, dA, A = f"dZ^{{{l}}}", f"dA^{{{l}}}", f"A^{{{l}}}"
        if self.kind == SOFTMAX:
            mean = write.number(float((self.A * self.dA).sum()), wrap=True)
            through = _line(dZ, rf"{A}\odot({dA}-\textstyle\sum_k A^{{{l}}}_k\,dA^{{{l}}}_k)",
                            rf"{_shown(self.A)}\odot\left({_shown(self.dA)}-{mean}\right)", self.dZ,
                            f"{_shape(self.A)} ⊙ {_shape(self.dA)}")
        else:
            through = _line(dZ, rf"{dA}\odot g_{{{l}}}'(Z^{{{l}}})", rf"{_shown(self.dA)}\odot {_shown(self.slope)}", self.dZ,
                            f"{_shape(self.dA)} ⊙ {_shape(self.slope)}")
        lines = [through, _line(f"dW^{{{l}}}", rf"\tfrac1m\,({before})^{{\top}}{dZ}", _shown(self.A_before.T) + _shown(self.dZ),
                                self.dW, f"{_shape(self.A_before.T)} · {_shape(self.dZ)}")]
        if self.db is not None:
            lines.append(_line(f"db^{{{l}}}", rf"\tfrac1m\textstyle\sum_{{\text{{rows}}}}{dZ}", _shown(self.dZ), self.db,
                               f"mean over the rows of {_shape(self.dZ)}"))
        return (*lines, _line(f"d{before}", rf"{dZ}\,(W^{{{l}}})^{{\top}}", _shown(self.dZ) + _shown(self.W.T), self.dA_before,
                              f"{_shape(self.dZ)} · {_shape(self.W.T)}"))



def _shown(M: Array | None) -> str:
    return write.matrix(np.atleast_2d(np.empty(0) if M is None else M).tolist())


def _shape(M: Array | None) -> str:
    rows, columns = np.atleast_2d(np.empty(0) if M is None else M).shape
    return f"({rows} × {columns})"


def _line(name: str, formula: str, numbers: str, value: Array, shapes: str) -> Line:
    result = _shown(value)
    filled = f"{name}={numbers}" if numbers == result else f"{name}={numbers}={result}"
    return Line(name, f"{name}={formula}", filled, value, f"{shapes} → {_shape(value)}")


def matrices(net: Net) -> tuple[LayerMatrices, ...]:
    """Every layer of the net in matrices, input side first. X is A⁰, one row."""
    _, layers = _passes(net, *_arrays(net))
    return tuple(layers)


def _arrays(net: Net) -> tuple[list[Array], list[Array]]:
    return ([np.array(layer.weights) for layer in net.layers],
            [np.zeros(layer.units) if layer.biases is None else np.array(layer.biases) for layer in net.layers])


def _passes(net: Net, weights: list[Array], biases: list[Array]) -> tuple[float, list[LayerMatrices]]:
    """Forward and backward with these weights. Returns the loss and all layers."""
    A, seen = np.array([net.inputs]), []
    for layer, W, b in zip(net.layers, weights, biases, strict=True):
        Z = A @ W + b
        function = None if layer.activation == SOFTMAX else activation(layer.activation, layer.alpha)
        out = softmax(Z) if function is None else function.f(Z)
        seen.append((A, Z, out, None if function is None else function.derivative(Z, out)))
        A = out
    loss, Y, found = loss_of(net), np.array([net.targets]), []
    with np.errstate(all="ignore"):  # a loss that is not finite ends the learning; `trace` explains it
        value, dA = float(loss.value(A, Y).sum()), loss.derivative(A, Y)
        for number in range(len(weights), 0, -1):
            layer, W, (A_before, Z, A, slope) = net.layers[number - 1], weights[number - 1], seen[number - 1]
            dZ = A * (dA - (A * dA).sum()) if slope is None else dA * slope
            found.append(LayerMatrices(
                number, layer.activation, A_before, W, None if layer.biases is None else biases[number - 1], Z, A, dA, dZ,
                A_before.T @ dZ / len(A_before), None if layer.biases is None else dZ.mean(0), dZ @ W.T, slope))
            dA = found[-1].dA_before
    return value, found[::-1]


@dataclass(frozen=True)
class Learning:
    """The cycle, repeated. losses, outputs: before the first step and after each   net: with the last weights.

    message: why it stopped early, if it did
    """

    losses: tuple[float, ...]
    outputs: tuple[tuple[float, ...], ...]
    net: Net
    message: str | None = None


def learn(net: Net, times: int) -> Learning:
    """Forward, loss, backward, update, so many times, always on the same sample.

    Raises ValueError, in a sentence, for a count out of bounds and for a loss that is infinite from the start.
    """
    if not 1 <= times <= MOST_CYCLES:
        raise ValueError(f"Expected 1 to {MOST_CYCLES:,} repetitions; {times:,} came.")
    weights, biases = _arrays(net)
    losses, outputs, message, last = [], [], None, (weights, biases)
    for step in range(times + 1):
        loss, layers = _passes(net, weights, biases)
        if not np.isfinite(loss) or max(float(np.abs(M).max()) for M in weights + biases) > LARGEST or not all(
                np.isfinite(layer.dW).all() for layer in layers):
            if step == 0:
                raise ValueError(INFINITE)
            message = (f"Stopped after step {step - 1:,}: the next one goes beyond ±1,000,000 or to a loss that is not "
                       "finite. Use a smaller learning rate.")
            break
        last = (weights, biases)
        losses.append(loss)
        outputs.append(tuple(layers[-1].A[0].tolist()))
        weights = [W - net.rate * layer.dW for W, layer in zip(weights, layers, strict=True)]
        biases = [b if layer.db is None else b - net.rate * layer.db for b, layer in zip(biases, layers, strict=True)]
    return Learning(tuple(losses), tuple(outputs), net.with_parameters(*last), message)
