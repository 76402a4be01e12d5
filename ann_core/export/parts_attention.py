"""Attention and what stands around it, forward and back, as functions that stand in a program word for word."""

import numpy as np

from ann_core.export.parts import as_rows, softmax, total


def softmax_back(d, P):
    """The gradient of what softmax made the shares P of."""
    return P * (d - (d * P).sum(-1, keepdims=True))


def layer_norm(x, gamma, beta, epsilon):
    """The numbers of each step at mean 0 and variance 1, then scaled and moved; and what the way back needs."""
    centred = x - x.mean(-1, keepdims=True)
    inverse = 1 / np.sqrt((centred**2).mean(-1, keepdims=True) + epsilon)
    return gamma * (centred * inverse) + beta, (centred * inverse, inverse)


def layer_norm_back(d, gamma, kept):
    """Gradients of x, gamma and beta. The mean and variance of a step move with x."""
    normed, inverse = kept
    dn = d * gamma
    dx = inverse * (dn - dn.mean(-1, keepdims=True) - normed * (dn * normed).mean(-1, keepdims=True))
    return dx, as_rows(d * normed).sum(0), as_rows(d).sum(0)


def attention(x, Wqkv, bqkv, Wo, bo, heads, causal):
    """Every step takes in a weighted mean of what all steps offer; and what the way back needs. x: (rows, steps, n)"""
    rows, steps, n = x.shape
    Q, K, V = (x @ Wqkv + bqkv).reshape(rows, steps, 3, heads, n // heads).transpose(2, 0, 3, 1, 4)
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(n // heads)
    if causal:
        scores = np.where(np.triu(np.ones((steps, steps), bool), 1), -np.inf, scores)
    P = softmax(scores)
    H = (P @ V).swapaxes(1, 2).reshape(rows, steps, n)
    return H @ Wo + bo, (Q, K, V, P, H)


def attention_back(d, x, Wqkv, Wo, kept):
    """Gradients of x, Wqkv, bqkv, Wo and bo."""
    (Q, K, V, P, H), (rows, steps, n) = kept, x.shape
    heads, width = Q.shape[1], Q.shape[-1]
    dH = (d @ Wo.T).reshape(rows, steps, heads, width).swapaxes(1, 2)
    dS = softmax_back(dH @ V.swapaxes(-1, -2), P) / np.sqrt(width)
    dQKV = np.stack([dS @ K, dS.swapaxes(-1, -2) @ Q, P.swapaxes(-1, -2) @ dH])
    dQKV = dQKV.transpose(1, 3, 0, 2, 4).reshape(rows, steps, 3 * n)
    flat, out = as_rows(dQKV), as_rows(d)
    return dQKV @ Wqkv.T, as_rows(x).T @ flat, total(flat)[0], as_rows(H).T @ out, total(out)[0]


def look_at_question(scores, H, E, question, Wc, bc):
    """The decoder's states H with what they take in of the encoder's E; and what the way back needs. Padding, steps of zeros,
    is not looked at."""
    real = (question != 0).any(-1)
    real = (real | ~real.any(-1, keepdims=True))[:, None]
    P = softmax(np.where(real, scores, -np.inf))
    both = np.concatenate([H, P @ E], -1)
    out = np.tanh(both @ Wc + bc)
    return out, (P, both, out)


def look_at_question_back(d, E, Wc, kept):
    """Gradients of the scores, H, E, Wc and bc."""
    P, both, out = kept
    dz = d * (1 - out * out)
    dH, dC = np.split(dz @ Wc.T, 2, axis=-1)
    flat = as_rows(dz)
    return softmax_back(dC @ E.swapaxes(1, 2), P), dH, P.swapaxes(1, 2) @ dC, as_rows(both).T @ flat, total(flat)[0]


def dot_back(d, H, E):
    """Gradients of H and E, from that of the scores H · E."""
    return d @ E, d.swapaxes(1, 2) @ H


def general_back(d, H, E, Wa):
    """Gradients of H, E and Wa, from that of the scores H Wa · E."""
    asks = d @ E
    return asks @ Wa.T, d.swapaxes(1, 2) @ (H @ Wa), as_rows(H).T @ as_rows(asks)


def additive_back(d, H, E, Wh, We, v):
    """Gradients of H, E, Wh, We and v, from that of the scores tanh(H Wh + E We) v."""
    bent = np.tanh((H @ Wh)[:, :, None] + (E @ We)[:, None])
    dz = d[..., None] * v[:, 0] * (1 - bent * bent)
    asks, offers = dz.sum(2), dz.sum(1)
    dv = as_rows(bent).T @ d.reshape(-1, 1)
    return asks @ Wh.T, offers @ We.T, as_rows(H).T @ as_rows(asks), as_rows(E).T @ as_rows(offers), dv
