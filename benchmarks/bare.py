"""What the engine is measured against: the same training in bare NumPy, PyTorch and scikit-learn.

Each function returns `train(epochs)`, which goes on where it stopped. All: tanh hidden units, one sigmoid
output, cross-entropy, float64, X (N, D), Y (N, 1). `order(epoch)` is the order of the rows.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from ann_core.base.arrays import Array

Train = Callable[[int], None]
Order = Callable[[int], NDArray[np.int64]]

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def views(flat: Array, widths: list[int]) -> list[tuple[Array, Array]]:
    """(W, b) of every layer in one flat vector: W row by row, then b."""
    pairs, start = [], 0
    for n_in, n_out in zip(widths, widths[1:], strict=False):
        middle, stop = start + n_in * n_out, start + (n_in + 1) * n_out
        pairs.append((flat[start:middle].reshape(n_in, n_out), flat[middle:stop]))
        start = stop
    return pairs


def numpy_loop(theta: Array, widths: list[int], X: Array, Y: Array, batch: int, optimizer: str, rate: float,
               order: Order) -> Train:
    """The loop a NumPy programmer writes for exactly this network; changes theta. No checks, no classes."""
    grad = np.empty_like(theta)
    parameters, gradients = views(theta, widths), views(grad, widths)
    *hidden, (W_out, b_out) = parameters
    backward = list(zip(parameters, gradients, strict=True))[::-1]
    first = len(backward) - 1
    m, v, t, epoch = np.zeros_like(theta), np.zeros_like(theta), 0, 0
    adam = optimizer == "adam"

    def train(epochs: int) -> None:
        nonlocal t, epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            rows = order(epoch)
            X_epoch, Y_epoch = X[rows], Y[rows]
            for start in range(0, len(X), batch):
                A = X_epoch[start:start + batch]
                outputs = [A]
                for W, b in hidden:
                    A = A @ W
                    A += b
                    np.tanh(A, out=A)
                    outputs.append(A)
                Z = A @ W_out
                Z += b_out
                dZ = expit(Z)
                dZ -= Y_epoch[start:start + batch]
                dZ *= 1 / len(dZ)
                for i, ((W, _), (dW, db)) in enumerate(backward):
                    A = outputs.pop()
                    np.matmul(A.T, dZ, out=dW)
                    np.add.reduce(dZ, 0, out=db)
                    if i < first:
                        dA = dZ @ W.T
                        dZ = 1 - A * A
                        dZ *= dA
                if adam:
                    t += 1
                    np.multiply(m, BETA1, out=m)
                    np.add(m, (1 - BETA1) * grad, out=m)
                    np.multiply(v, BETA2, out=v)
                    np.add(v, (1 - BETA2) * (grad * grad), out=v)
                    d = np.sqrt(v)
                    d *= 1 / (1 - BETA2**t) ** 0.5
                    d += EPSILON
                    np.divide(m, d, out=d)
                    d *= rate / (1 - BETA1**t)
                    np.subtract(theta, d, out=theta)
                else:
                    np.subtract(theta, rate * grad, out=theta)
        epoch += 1

    return train


def torch_loop(theta: Array, widths: list[int], X: Array, Y: Array, batch: int, optimizer: str, rate: float,
               order: Order) -> Train:
    """PyTorch, eager, one thread, as its tutorials have it. Raises ImportError where there is none."""
    import torch

    torch.set_num_threads(1)
    layers: list[torch.nn.Module] = []
    for W, b in views(theta, widths):
        dense = torch.nn.Linear(*W.shape, dtype=torch.float64)
        with torch.no_grad():
            dense.weight.copy_(torch.from_numpy(W.T.copy()))
            dense.bias.copy_(torch.from_numpy(b.copy()))
        layers += [dense, torch.nn.Tanh()]
    net = torch.nn.Sequential(*layers[:-1])
    loss = torch.nn.BCEWithLogitsLoss()
    kind = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
    step = kind(net.parameters(), lr=rate)
    X_all, Y_all, epoch = torch.from_numpy(X), torch.from_numpy(Y), 0

    def train(epochs: int) -> None:
        nonlocal epoch
        for epoch in range(epoch, epoch + epochs):  # noqa: B020
            rows = torch.from_numpy(order(epoch))
            X_epoch, Y_epoch = X_all[rows], Y_all[rows]
            for start in range(0, len(X), batch):
                step.zero_grad()
                loss(net(X_epoch[start:start + batch]), Y_epoch[start:start + batch]).backward()
                step.step()
        epoch += 1
        with torch.no_grad():  # so that results can be compared
            for (W, b), dense in zip(views(theta, widths), layers[::2], strict=True):
                W[:], b[:] = dense.weight.numpy().T, dense.bias.numpy()

    return train


def sklearn_loop(theta: Array, widths: list[int], X: Array, Y: Array, batch: int, optimizer: str, rate: float,
                 order: Order) -> Train:
    """scikit-learn: one partial_fit is one epoch, with first weights and an order of its own."""
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier(tuple(widths[1:-1]), activation="tanh", solver=optimizer, alpha=0.0, batch_size=batch,
                        learning_rate_init=rate, momentum=0.0, nesterovs_momentum=False, random_state=0)
    y = Y[:, 0]
    net.partial_fit(X, y, classes=[0.0, 1.0])

    def train(epochs: int) -> None:
        for _ in range(epochs):
            net.partial_fit(X, y)

    return train
