"""Golden numbers from PyTorch for layers of pictures: what they give, and every gradient.

An independent oracle like make_torch.py: torch, numpy and json, never the engine. Pictures are (N, H, W, C) and kernels lie as
matrices (size·size·C, filters), as the engine has them; PyTorch works on them the other way round. 'Same' with a stride is
padded by hand as TensorFlow defines it. Writes torch_layers.npz beside this file; running it again gives the same bytes.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

HERE = Path(__file__).parent
ROWS, FILTERS = 2, 2

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

ACTIVATIONS = {"linear": lambda z: z, "relu": F.relu, "tanh": torch.tanh}


def same(x, size, stride):
    """Zeros around x (N, C, H, W): ⌈length / stride⌉ places along an axis, one more zero behind when they are odd."""
    pads = []
    for length in (x.shape[3], x.shape[2]):
        zeros = max((-(-length // stride) - 1) * stride + size - length, 0)
        pads += [zeros // 2, zeros - zeros // 2]
    return F.pad(x, pads)


class Forward:
    """One pass through layers; takes its parameters one after the other from theta, or draws them when there is none."""

    def __init__(self, rng, theta=None):
        self.rng, self.theta, self.drawn, self.place = rng, theta, [], 0

    def take(self, *shape, low=-0.5, high=0.5):
        count = int(np.prod(shape))
        if self.theta is None:
            self.drawn.append(torch.tensor(self.rng.uniform(low, high, count)))
            return self.drawn[-1].reshape(shape)
        self.place += count
        return self.theta[self.place - count:self.place].reshape(shape)

    def layer(self, x, kind, activation=None, batch_norm=False, skip=False, **own):
        """x: (N, C, H, W) or (N, n)"""
        out = getattr(self, kind)(x, **own)
        if activation is None:
            return out
        if batch_norm:
            gamma, beta = self.take(out.shape[1], low=0.5, high=1.5), self.take(out.shape[1])
            out = F.batch_norm(out, None, None, gamma, beta, training=True, eps=1e-5)
        out = ACTIVATIONS[activation](out)
        if skip and x.shape[2:] == out.shape[2:]:
            shared = min(x.shape[1], out.shape[1])
            out = torch.cat([out[:, :shared] + x[:, :shared], out[:, shared:]], 1)
        return out

    def dense(self, x, units):
        return F.linear(x, self.take(x.shape[1], units).T, self.take(units))

    def conv2d(self, x, filters, size, stride=1, padding="same"):
        kernel, bias = self.take(size * size * x.shape[1], filters), self.take(filters)
        kernel = kernel.reshape(size, size, x.shape[1], filters).permute(3, 2, 0, 1)
        return F.conv2d(same(x, size, stride) if padding == "same" else x, kernel, bias, stride)

    def max_pool2d(self, x, size, stride=None):
        return F.max_pool2d(x, size, stride or size)

    def average_pool2d(self, x, size, stride=None):
        return F.avg_pool2d(x, size, stride or size)

    def global_max_pool(self, x):
        return F.max_pool2d(x, tuple(x.shape[2:])).flatten(1)

    def global_average_pool(self, x):
        return x.mean((2, 3))

    def flatten(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def forward(case, rng, X, theta=None):
    """What the layers give, and their parameters. X: (N, *shape)"""
    passes, x = Forward(rng, theta), X.permute(0, 3, 1, 2) if X.ndim == 4 else X
    around = case["around"]
    for number, layer in enumerate(case["layers"]):
        x = passes.layer(x, **layer, batch_norm=around.get("batch_norm", False), skip=around.get("skip", False) and number > 0)
    if case["classes"]:
        x = passes.dense(x, case["classes"])
    return (x.permute(0, 2, 3, 1) if x.ndim == 4 else x), torch.cat([torch.zeros(0), *passes.drawn])


def draw(number, case):
    """A case's numbers. `value` is what is differentiated: of layers Σ out · dOut, of a network its cross-entropy with Y."""
    rng = np.random.default_rng([11, number])
    X = torch.tensor(rng.standard_normal((case["rows"], *case["shape"]))).requires_grad_()
    theta = forward(case, rng, X)[1].requires_grad_()
    out, _ = forward(case, rng, X, theta)
    if case["classes"]:
        labels = torch.tensor(rng.integers(0, case["classes"], case["rows"]))
        value, found = F.cross_entropy(out, labels), {"Y": F.one_hot(labels, case["classes"]).to(X.dtype)}
    else:
        found = {"dOut": torch.tensor(rng.standard_normal(out.shape))}
        value = (out * found["dOut"]).sum()
    grad, dX = torch.autograd.grad(value, (theta, X), allow_unused=True)
    found |= {"X": X, "theta": theta, "out": out, "grad": theta if grad is None else grad, "dX": dX, "value": value[None]}
    return {name: array.detach().numpy() for name, array in found.items()}


def shared_dense():
    """y = (x W + b) W + b with one W and b, seen from Σ y: a layer that is used twice."""
    X, layer = torch.tensor([[2.0, 4.0]]).requires_grad_(), torch.nn.Linear(2, 2)
    with torch.no_grad():
        layer.weight[:], layer.bias[:] = torch.eye(2), 0
    layer(layer(X)).sum().backward()
    return {"shared_W": layer.weight.grad.T.numpy(), "shared_b": layer.bias.grad.numpy(), "shared_X": X.grad.numpy()}


def cases():
    """Each layer alone over its settings, then whole networks."""
    def case(shape, *layers, classes=0, rows=ROWS, **around):
        return {"shape": shape, "layers": layers, "classes": classes, "rows": rows, "around": around}

    def conv(size, stride=1, padding="same", filters=FILTERS, activation="linear"):
        return {"kind": "conv2d", "filters": filters, "size": size, "stride": stride, "padding": padding,
                "activation": activation}

    def pool(kind, *window):
        return {"kind": f"{kind}_pool2d", **dict(zip(("size", "stride"), window, strict=False))}

    for size, stride, padding, channels in product((1, 2, 3, 5), (1, 2, 3), ("same", "valid"), (1, 3)):
        yield case((5, 7, channels), conv(size, stride, padding))
    yield from (case((3, 4, 2), conv(5)), case((4, 3, 1), conv(11, 2)), case((6, 5, 2), conv(2, 5)))
    for kind, size, stride in product(("max", "average"), (1, 2, 3), (None, 1, 2, 3)):
        yield case((5, 7, 2), pool(kind, size, stride))
    for kind, shape in product(("global_max_pool", "global_average_pool", "flatten"), ((4, 3, 2), (1, 1, 3))):
        yield case(shape, {"kind": kind})
    yield case((6,), {"kind": "dense", "units": 4, "activation": "linear"})
    for shape in ((5, 4, 2), (1, 3, 1)):
        yield case(shape, conv(3, activation="tanh"), batch_norm=True)
    relu, tanh = {"activation": "relu"}, {"activation": "tanh"}
    ends = {"max": {"kind": "global_max_pool"}, "average": {"kind": "global_average_pool"}, "flat": {"kind": "flatten"}}
    for (kind, end), around in product((("max", "max"), ("average", "average"), ("max", "flat"), ("average", "max")),
                                       ({}, {"batch_norm": True}, {"skip": True}, {"batch_norm": True, "skip": True})):
        yield case((8, 6, 1), conv(3, filters=3, **relu), pool(kind, 2), conv(3, filters=4, **relu), ends[end],
                   classes=3, rows=5, **around)
    yield case((9, 7, 3), conv(5, 2, filters=3, **tanh), conv(2, 1, "valid", 3, **relu), pool("max", 2, 1), ends["flat"],
               {"kind": "dense", "units": 5, **tanh}, classes=4, rows=5)


if __name__ == "__main__":
    listed = list(cases())
    records = [draw(number, case) for number, case in enumerate(listed)]
    columns = {name: np.concatenate([record[name].ravel() for record in records if name in record])
               for name in {name: 0 for record in records for name in record}}
    text = [{**case, "sizes": {name: array.shape for name, array in record.items()}}
            for case, record in zip(listed, records, strict=True)]
    np.savez_compressed(HERE / "torch_layers.npz", cases=np.array(json.dumps(text)), **columns, **shared_dense())
    shared = shared_dense()["shared_W"].tolist()
    print(f"{len(listed)} stacks of layers from PyTorch {torch.__version__}; a shared layer's dW {shared}")
