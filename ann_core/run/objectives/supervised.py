"""Learning from answers: one network, one loss. An autoencoder's answers are its inputs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data import Prepared
from ann_core.data.directions import directions
from ann_core.data.target import Image, Target, image
from ann_core.nn.layers.base import PLAIN, Flow, Pass
from ann_core.nn.network import Network
from ann_core.nn.parameters import Rows
from ann_core.run.objectives.base import Batch, Objective, Reference, Turn
from ann_core.run.training import TrainingConfig

NET = "network"
MOST_WORK = 1e9
"""Products that the directions of the data may take: they are worked out before the first frame."""


class Supervised(Objective):
    """The loss of the network's answers, mean or sum over the rows."""

    has_answers = has_boundary = True
    loss_columns = ("train_loss",)

    def __init__(self, net: Network, training: TrainingConfig):
        super().__init__({NET: net}, (Turn(NET, training),))
        self.net, self.reduction = net, training.reduction

    def encode(self, data: Prepared, X: Array, y: NDArray) -> Array:
        return data.target.encode(y, self.net.head.signed)

    def gradient(self, turn: Turn, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch) -> None:
        self.net.gradient_into(p[NET], g[NET], batch.X, batch.Y, batch.at, self.reduction, batch.weights)

    def loss(self, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> Array:
        Z, _, _ = self.net.forward(p[NET], batch.X, batch.at)
        value = self.net.head.value(Z, batch.Y, batch.weights)
        return value if self.reduction == "mean" else value * batch.rows

    def series(self, held_out: str) -> list[dict[str, str]]:
        return [{"column": "train_loss", "name": "training", "dash": "solid"},
                {"column": "test_loss", "name": held_out, "dash": "dash"}]

    def given(self, batch: Batch) -> Batch:
        """The rows as its network gets them while it learns."""
        return batch

    def counts(self, batch: Batch) -> Any:
        """How much of the loss that frames show each row's own loss is: a number, or one a row (N, 1), or a step (N, T, 1)."""
        return 1 / batch.rows if batch.weights is None else batch.weights / batch.rows

    def inspect(self, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch, flow: Flow | None) -> tuple[Array, list[Any]]:
        Z, caches, _ = self.net.forward(p[NET], batch.X)
        self.net.backward(p[NET], g[NET], self.net.head.gradient(Z, batch.Y, self.counts(batch)), caches, flow)
        return Z, caches

    def watched(self, p: Mapping[str, Rows], batch: Batch) -> float:
        Z, _, _ = self.net.forward(p[NET], batch.X, batch.at)
        return float(self.net.head.value(Z, batch.Y, batch.weights))


class Autoencoder(Supervised):
    """The inputs are to come out again: Y = X. noise: standard deviation of what is added to the inputs while learning."""

    has_boundary = False

    def __init__(self, net: Network, training: TrainingConfig, noise: float):
        super().__init__(net, training)
        self.noise = noise

    @property
    def code(self) -> int | None:
        """The number of the layer that gives the code: the one in the middle of the hidden layers; None where there is none, or
        where it gives no row of numbers."""
        middle, one_more = divmod(len(self.net.layers) - 1, 2)
        return middle if one_more and len(self.net.layers[middle].outputs) == 1 else None

    def codes(self, p: Rows, X: Array, at: Pass = PLAIN) -> Array:
        """What the layers up to the code make of rows. X: (N, *inputs) -> (..., N, k)"""
        return self.net.part(p, X, slice(None, self._middle), at)

    def decoded(self, p: Rows, codes: Array, at: Pass = PLAIN) -> Array:
        """What the layers behind the code make of codes (..., N, k) -> (..., N, n_out)"""
        return self.net.head.activate(self.net.part(p, codes, slice(self._middle, None), at))

    @property
    def _middle(self) -> int:
        if self.code is None:
            raise ValueError("Expected as many hidden layers behind the code as before it, and a row of numbers as the code. "
                             "Use an odd number of hidden layers.")
        return self.code + 1

    def target(self, data: Prepared) -> Target:
        return image(data.X_train, data.X_test)

    def answers(self, X: Array, y: NDArray) -> NDArray:
        return X

    def encode(self, data: Prepared, X: Array, y: NDArray) -> Array:
        return Image.flat(X)

    def gradient(self, turn: Turn, p: Mapping[str, Rows], g: Mapping[str, Rows], batch: Batch) -> None:
        super().gradient(turn, p, g, self.given(batch))

    def loss(self, turn: Turn, p: Mapping[str, Rows], batch: Batch) -> Array:
        return super().loss(turn, p, self.given(batch))

    def seen(self, X: Array, key: Sequence[int]) -> Array:
        return X + self.noise * np.random.default_rng([*key]).standard_normal(X.shape) if self.noise else X

    def references(self, X: Array, seen: Array, Y: Array) -> Sequence[Reference]:
        rows, inputs = len(X), int(np.prod(X.shape[1:]))
        if self.code is None or not len(Y) or rows * inputs**2 > MOST_WORK:
            return ()
        k = min(self.net.layers[self.code].outputs[0], inputs)
        A = directions(Image.flat(X), k).again(Image.flat(seen))
        loss = float(self.net.head.loss.value(A, Y).sum(-1).mean())
        return (Reference(f"PCA with {k} {'number' if k == 1 else 'numbers'}", loss, float(((A - Y) ** 2).mean())),)

    def given(self, batch: Batch) -> Batch:
        if not self.noise:
            return batch
        noise = batch.normal(int(np.prod(self.net.inputs)), 0)
        return replace(batch, X=batch.X + self.noise * noise.reshape(*noise.shape[:-1], *self.net.inputs))
