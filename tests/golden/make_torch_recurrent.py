"""Golden numbers from PyTorch for layers that carry a state: what they give, and every gradient.

An independent oracle like make_torch_layers.py: torch, numpy and json, never the engine. Matrices lie as the engine has them:
(n_in, gates · units), gates in the order written in GATES. PyTorch's two biases are one here, but for the GRU's candidate.
Writes torch_recurrent.npz beside this file; running it again gives the same bytes.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
ROWS, STEPS, INPUTS, UNITS = 3, 6, 2, 4
GATES = {"rnn": "n", "lstm": "oifn", "gru": "rzn"}
"""Order of the gates here; PyTorch's is "n", "ifno" and "rzn"."""
THEIRS = {"rnn": "n", "lstm": "ifno", "gru": "rzn"}

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def one_way(case, x, take):
    """States of one direction at every step. x: (N, T, n)"""
    kind, units = case["kind"], case["units"]
    gates = len(GATES[kind])
    W, U, b = take(x.shape[2], gates * units), take(units, gates * units), take(gates * units)
    b_hn = take(units) if kind == "gru" else None
    order = [GATES[kind].index(gate) for gate in THEIRS[kind]]

    def theirs(matrix):
        return torch.cat([matrix[..., k * units:(k + 1) * units] for k in order], -1)

    layer = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind]
    made = layer(x.shape[2], units, batch_first=True, **({"nonlinearity": case["activation"]} if kind == "rnn" else {}))
    inner = torch.zeros(gates * units) if b_hn is None else torch.cat([torch.zeros(2 * units), b_hn])
    weights = {"weight_ih_l0": theirs(W).T, "weight_hh_l0": theirs(U).T, "bias_ih_l0": theirs(b), "bias_hh_l0": inner}
    return torch.func.functional_call(made, weights, (x,))[0]


def forward(case, X, take):
    """The layers of a case, one on the other. X: (N, T, n)"""
    for layer in case["layers"]:
        ways = [one_way(layer, X, take)]
        if layer["bidirectional"]:
            ways.append(one_way(layer, X.flip(1), take))
        X = torch.cat([ways[0], *(way.flip(1) for way in ways[1:])], -1) if layer["every_step"] else torch.cat(
            [way[:, -1] for way in ways], -1)
    return X


def draw(number, case):
    """A case's numbers; what is differentiated is Σ out · dOut."""
    rng = np.random.default_rng([13, number])
    X, drawn = torch.tensor(rng.standard_normal((ROWS, case["steps"], INPUTS))).requires_grad_(), []

    def new(*shape):
        drawn.append(torch.tensor(rng.uniform(-0.8, 0.8, int(np.prod(shape)))))
        return drawn[-1].reshape(shape)

    with torch.no_grad():
        forward(case, X, new)
    theta, place = torch.cat(drawn).requires_grad_(), 0

    def take(*shape):
        nonlocal place
        place += int(np.prod(shape))
        return theta[place - int(np.prod(shape)):place].reshape(shape)

    out = forward(case, X, take)
    dOut = torch.tensor(rng.standard_normal(out.shape))
    grad, dX = torch.autograd.grad((out * dOut).sum(), (theta, X))
    return {name: array.detach().numpy() for name, array in
            {"X": X, "theta": theta, "out": out, "dOut": dOut, "grad": grad, "dX": dX}.items()}


def cases():
    """Each kind over its settings, then stacks."""
    def layer(kind, every_step=False, bidirectional=False, activation="tanh", units=UNITS):
        return {"kind": kind, "units": units, "every_step": every_step, "bidirectional": bidirectional,
                **({"activation": activation} if kind == "rnn" else {})}

    for kind, every_step, bidirectional, steps in product(GATES, (False, True), (False, True), (1, STEPS)):
        yield {"layers": [layer(kind, every_step, bidirectional)], "steps": steps}
    for every_step in (False, True):
        yield {"layers": [layer("rnn", every_step, activation="relu")], "steps": STEPS}
    for below, above in product(GATES, GATES):
        yield {"layers": [layer(below, True, units=3), layer(above)], "steps": STEPS}
    yield {"layers": [layer("lstm", True, True, units=2), layer("gru", True, True, units=3), layer("rnn")], "steps": 20}


if __name__ == "__main__":
    listed = list(cases())
    records = [draw(number, case) for number, case in enumerate(listed)]
    columns = {name: np.concatenate([record[name].ravel() for record in records]) for name in records[0]}
    text = [{**case, "sizes": {name: array.shape for name, array in record.items()}}
            for case, record in zip(listed, records, strict=True)]
    np.savez_compressed(HERE / "torch_recurrent.npz", cases=np.array(json.dumps(text)), **columns)
    print(f"{len(listed)} stacks of recurrent layers from PyTorch {torch.__version__}")
