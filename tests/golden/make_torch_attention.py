"""Golden numbers from PyTorch for layers in which steps look at each other: what they give, and every gradient.

An independent oracle like make_torch_recurrent.py: torch, numpy and json, never the engine. Matrices lie as the engine has
them, (n_in, n_out). Attention is torch.nn.functional.multi_head_attention_forward, the block torch.nn.TransformerEncoderLayer,
layer norm F.layer_norm. Writes torch_attention.npz beside this file; running it again gives the same bytes.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

HERE = Path(__file__).parent
ROWS, STEPS, WIDTH, INSIDE, UNITS = 3, 5, 4, 6, 3

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def mask(causal, steps):
    return torch.triu(torch.full((steps, steps), -torch.inf), 1) if causal else None


def self_attention(x, take, heads, causal):
    """x: (N, T, n)"""
    n = x.shape[2]
    W, b, Wo, bo = take(n, 3 * n), take(3 * n), take(n, n), take(n)
    x = x.transpose(0, 1)
    out, _ = F.multi_head_attention_forward(x, x, x, n, heads, W.T, b, None, None, False, 0.0, Wo.T, bo, need_weights=True,
                                            attn_mask=mask(causal, len(x)))
    return out.transpose(0, 1)


def layer_norm(x, take):
    return F.layer_norm(x, x.shape[2:], take(x.shape[2]), take(x.shape[2]), eps=1e-5)


def positions(x, take, learned):
    if learned:
        return x + take(*x.shape[1:])
    steps, n = x.shape[1:]
    rates = torch.tensor([10_000 ** (-2 * (column // 2) / n) for column in range(n)])
    angles = torch.arange(steps)[:, None] * rates
    even = torch.arange(n) % 2 == 0
    return x + torch.where(even, angles.sin(), angles.cos())


def transformer(x, take, heads, units, causal, norm, residual, activation):
    """With residuals PyTorch's own block; without them the same steps by hand."""
    n = x.shape[2]
    W, b, Wo, bo = take(n, 3 * n), take(3 * n), take(n, n), take(n)
    W1, b1, W2, b2 = take(n, units), take(units), take(units, n), take(n)
    norms = [take(n) for _ in range(4)] if norm != "none" else [torch.ones(n), torch.zeros(n)] * 2
    if residual and norm != "none":
        block = torch.nn.TransformerEncoderLayer(n, heads, units, 0.0, activation, batch_first=True,
                                                 norm_first=norm == "before")
        weights = {"self_attn.in_proj_weight": W.T, "self_attn.in_proj_bias": b, "self_attn.out_proj.weight": Wo.T,
                   "self_attn.out_proj.bias": bo, "linear1.weight": W1.T, "linear1.bias": b1, "linear2.weight": W2.T,
                   "linear2.bias": b2, "norm1.weight": norms[0], "norm1.bias": norms[1], "norm2.weight": norms[2],
                   "norm2.bias": norms[3]}
        return torch.func.functional_call(block, weights, (x,), {"src_mask": mask(causal, x.shape[1])})

    def half(x, function, gamma, beta):
        came, x = x, F.layer_norm(x, (n,), gamma, beta) if norm == "before" else x
        x = function(x) + came if residual else function(x)
        return F.layer_norm(x, (n,), gamma, beta) if norm == "after" else x

    given = iter((W, b, Wo, bo))
    x = half(x, lambda x: self_attention(x, lambda *shape: next(given), heads, causal), norms[0], norms[1])
    return half(x, lambda x: getattr(F, activation)(x @ W1 + b1) @ W2 + b2, norms[2], norms[3])


def carried(cell, x, take, first=None):
    """All states of a GRU or RNN. x: (N, T, n)   first: (N, units)"""
    gates = 3 if cell == "gru" else 1
    W, U, b = take(x.shape[2], gates * UNITS), take(UNITS, gates * UNITS), take(gates * UNITS)
    inner = torch.cat([torch.zeros(2 * UNITS), take(UNITS)]) if cell == "gru" else torch.zeros(UNITS)
    layer = (torch.nn.GRU if cell == "gru" else torch.nn.RNN)(x.shape[2], UNITS, batch_first=True)
    weights = {"weight_ih_l0": W.T, "weight_hh_l0": U.T, "bias_ih_l0": b, "bias_hh_l0": inner}
    return torch.func.functional_call(layer, weights, (x, None if first is None else first[None]))[0]


def encoder_decoder(x, take, units, attention, cell):
    """Half question, half what the decoder is given. Scores are Luong's and Bahdanau's by hand; PyTorch has none of its own."""
    half = x.shape[1] // 2
    shapes = {"none": [], "dot": [], "general": [(units, units)], "additive": [(units, units), (units, units), (units, 1)]}
    own = [take(*shape) for shape in shapes[attention]]
    Wc, bc = (take(2 * units, units), take(units)) if attention != "none" else (None, None)
    E = carried(cell, x[:, :half], take)
    H = carried(cell, x[:, half:], take, E[:, -1])
    if attention != "none":
        if attention == "additive":
            S = (torch.tanh((H @ own[0])[:, :, None] + (E @ own[1])[:, None]) @ own[2])[..., 0]
        else:
            S = (H @ own[0] if own else H) @ E.mT
        padding = (x[:, :half] == 0).all(2)[:, None]
        P = F.softmax(S.masked_fill(padding, -torch.inf), -1)
        H = torch.tanh(torch.cat([H, P @ E], 2) @ Wc + bc)
    return torch.cat([torch.zeros_like(E), H], 1)


KINDS = {"encoder_decoder": encoder_decoder, "self_attention": self_attention, "layer_norm": layer_norm,
         "positions": positions, "transformer": transformer}


def forward(case, x, take):
    for layer in case["layers"]:
        x = KINDS[layer["kind"]](x, take, **{name: value for name, value in layer.items() if name != "kind"})
    return x


def draw(number, case):
    """A case's numbers; what is differentiated is Σ out · dOut."""
    rng = np.random.default_rng([17, number])
    X, drawn = torch.tensor(rng.standard_normal((ROWS, case.get("steps", STEPS), WIDTH))), []
    for row in range(case.get("padded", 0)):
        X[row, :row + 1] = 0
    X.requires_grad_()

    def new(*shape):
        drawn.append(torch.tensor(rng.uniform(-0.8, 0.8, int(np.prod(shape)))))
        return drawn[-1].reshape(shape)

    with torch.no_grad():
        forward(case, X, new)
    theta, place = torch.cat([torch.zeros(0), *drawn]).requires_grad_(), 0

    def take(*shape):
        nonlocal place
        place += int(np.prod(shape))
        return theta[place - int(np.prod(shape)):place].reshape(shape)

    out = forward(case, X, take)
    dOut = torch.tensor(rng.standard_normal(out.shape))
    grad, dX = torch.autograd.grad((out * dOut).sum(), (theta, X), allow_unused=True)
    return {name: array.detach().numpy() for name, array in
            {"X": X, "theta": theta, "out": out, "dOut": dOut, "grad": theta if grad is None else grad, "dX": dX}.items()}


def cases():
    """Each kind over its settings, then blocks on one another."""
    for heads, causal in product((1, 2, 4), (False, True)):
        yield {"layers": [{"kind": "self_attention", "heads": heads, "causal": causal}]}
    yield {"layers": [{"kind": "layer_norm"}]}
    for learned in (True, False):
        yield {"layers": [{"kind": "positions", "learned": learned}]}
    for causal, norm, residual in product((False, True), ("before", "after", "none"), (True, False)):
        yield {"layers": [{"kind": "transformer", "heads": 2, "units": INSIDE, "causal": causal, "norm": norm,
                           "residual": residual, "activation": "relu"}]}
    for attention, cell in product(("none", "dot", "general", "additive"), ("gru", "rnn")):
        yield {"layers": [{"kind": "encoder_decoder", "units": UNITS, "attention": attention, "cell": cell}], "steps": 8,
               "padded": 2}
    block = {"kind": "transformer", "heads": 2, "units": INSIDE, "causal": True, "norm": "before", "residual": True,
             "activation": "relu"}
    yield {"layers": [{"kind": "positions", "learned": True}, block, {**block, "causal": False}, {"kind": "layer_norm"}]}


if __name__ == "__main__":
    listed = list(cases())
    records = [draw(number, case) for number, case in enumerate(listed)]
    columns = {name: np.concatenate([record[name].ravel() for record in records]) for name in records[0]}
    text = [{**case, "sizes": {name: array.shape for name, array in record.items()}}
            for case, record in zip(listed, records, strict=True)]
    np.savez_compressed(HERE / "torch_attention.npz", cases=np.array(json.dumps(text)), **columns)
    print(f"{len(listed)} stacks of attention layers from PyTorch {torch.__version__}")
