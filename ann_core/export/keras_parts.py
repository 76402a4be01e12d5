"""Functions that stand in a Keras program that is taken home, word for word."""

from typing import Any

import numpy as np

keras: Any = None
"""A program imports it; the playground has no need of Keras."""


def holding(name, arrays, function):
    """A layer of its own that holds arrays and calls function(*inputs, *arrays)."""
    class Holding(keras.layers.Layer):
        def __init__(self):
            super().__init__(name=name)
            self.held = [self.add_weight(shape=array.shape, name=f"array_{i}") for i, array in enumerate(arrays)]

        def call(self, *inputs):
            return function(*inputs, *self.held)
    return Holding()


def shares_of(scores):
    """Scores as shares of 1; all the same where there are none."""
    total = keras.ops.sum(scores, -1, keepdims=True)
    return keras.ops.where(total > 0, scores / total, 1 / scores.shape[-1])


def arranged(array, units, order):
    """The gates in Keras's order. order: which of ours each of its is"""
    return np.concatenate([array[..., gate * units:(gate + 1) * units] for gate in order], -1)


def attended(heads, causal):
    """Every step takes in a weighted mean of what all steps offer: the function of (rows, steps, n) and the arrays."""
    def attention(x, Wqkv, bqkv, Wo, bo):
        ops, (_, steps, n) = keras.ops, x.shape
        whole = ops.reshape(ops.matmul(x, Wqkv) + bqkv, (-1, steps, 3, heads, n // heads))
        Q, K, V = (ops.transpose(whole[:, :, part], (0, 2, 1, 3)) for part in range(3))
        scores = ops.matmul(Q, ops.transpose(K, (0, 1, 3, 2))) / (n // heads) ** 0.5
        if causal:
            scores = ops.where(np.triu(np.ones((steps, steps), bool), 1), -1e30, scores)
        taken = ops.transpose(ops.matmul(ops.softmax(scores), V), (0, 2, 1, 3))
        return ops.matmul(ops.reshape(taken, (-1, steps, n)), Wo) + bo
    return attention


def looking_back(score):
    """The decoder's states H with what they take in of the encoder's E; padding, steps of zeros, is not looked at."""
    def look(H, E, question, *arrays):
        ops, (*own, Wc, bc) = keras.ops, arrays
        if score == "additive":
            Wh, We, v = own
            pairs = ops.tanh(ops.matmul(H, Wh)[:, :, None] + ops.matmul(E, We)[:, None])
            scores = ops.matmul(pairs, v)[..., 0]
        else:
            scores = ops.matmul(ops.matmul(H, own[0]) if own else H, ops.transpose(E, (0, 2, 1)))
        real = ops.any(question != 0, axis=-1)
        real = ops.logical_or(real, ops.logical_not(ops.any(real, axis=-1, keepdims=True)))[:, None]
        weights = ops.softmax(ops.where(real, scores, -1e30))
        return ops.tanh(ops.matmul(ops.concatenate([H, ops.matmul(weights, E)], -1), Wc) + bc)
    return look
