"""Functions that stand in a PyTorch program that is taken home, word for word."""

from typing import Any

torch: Any = None
nn: Any = None
"""A program imports them; the playground has no need of PyTorch."""


def filled(module, **arrays):
    """A module of PyTorch's own with these numbers."""
    module = module.double()
    with torch.no_grad():
        for name, array in arrays.items():
            getattr(module, name).copy_(array)
    return module


def recurrent(module, W, U, b, order, inner=None):
    """An LSTM or GRU with these numbers. order: which of the gates in W, U and b each gate of PyTorch is"""
    n = module.hidden_size

    def arranged(array):
        return torch.cat([array[..., gate * n:(gate + 1) * n] for gate in order], -1)
    within = torch.zeros(len(order) * n, dtype=torch.float64)
    if inner is not None:
        within[-n:] = inner
    return filled(module, weight_ih_l0=arranged(W).T, weight_hh_l0=arranged(U).T, bias_ih_l0=arranged(b), bias_hh_l0=within)


def states(x, W, U, b, bend, first=None):
    """The states of a plain recurrent layer, step by step. x: (rows, steps, numbers)"""
    h = x.new_zeros(len(x), len(U)) if first is None else first
    found = []
    for sums in (x @ W + b).unbind(1):
        h = bend(sums + h @ U)
        found.append(h)
    return torch.stack(found, 1)


def attention(x, Wqkv, bqkv, Wo, bo, heads, causal):
    """Every step takes in a weighted mean of what all steps offer. x: (rows, steps, n)"""
    rows, steps, n = x.shape
    Q, K, V = ((x @ Wqkv + bqkv).reshape(rows, steps, 3, heads, n // heads).permute(2, 0, 3, 1, 4))
    scores = Q @ K.mT / (n // heads) ** 0.5
    if causal:
        scores = scores.masked_fill(torch.ones(steps, steps, dtype=torch.bool).triu(1), float("-inf"))
    taken = torch.softmax(scores, -1) @ V
    return taken.transpose(1, 2).reshape(rows, steps, n) @ Wo + bo


def looked_back(scores, H, E, question, Wc, bc):
    """The decoder's states H with what they take in of the encoder's E; padding, steps of zeros, is not looked at."""
    real = (question != 0).any(-1)
    real = (real | ~real.any(-1, keepdim=True))[:, None]
    weights = torch.softmax(scores.masked_fill(~real, float("-inf")), -1)
    return torch.tanh(torch.cat([H, weights @ E], -1) @ Wc + bc)


def shares_of(scores):
    """Scores as shares of 1; all the same where there are none."""
    total = scores.sum(-1, keepdim=True)
    return torch.where(total > 0, scores / total, 1 / scores.shape[-1])


def channels_first(x):
    """PyTorch wants (rows, channels, height, width)."""
    return x.permute(0, 3, 1, 2)


def channels_last(x):
    """And back: (rows, height, width, channels)."""
    return x.permute(0, 2, 3, 1)
