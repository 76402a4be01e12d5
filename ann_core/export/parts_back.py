"""The way back through pictures, as functions that stand in a program that is taken home, word for word."""

import numpy as np

from ann_core.export.parts import total, windows


def spread(parts, shape, stride, before):
    """What each window gives its pixels, added up. parts: (rows, down, across, size, size, channels)"""
    size = parts.shape[3]
    down, across = (stride * (count - 1) + 1 for count in parts.shape[1:3])
    room = np.zeros((shape[0], shape[1] + 2 * size + down, shape[2] + 2 * size + across, shape[3]))
    for i in range(size):
        for j in range(size):
            room[:, i:i + down:stride, j:j + across:stride] += parts[:, :, :, i, j]
    top, left = before
    return room[:, top:top + shape[1], left:left + shape[2]]


def conv2d_back(d, x, W, size, stride, padding):
    """Gradients of the pictures x, of W and of b."""
    seen = windows(x, size, stride, padding).transpose(0, 1, 2, 4, 5, 3)
    flat, rows = d.reshape(-1, d.shape[-1]), seen.reshape(-1, len(W))
    before = [max((count - 1) * stride + size - length, 0) // 2 if padding == "same" else 0
              for count, length in zip(d.shape[1:3], x.shape[1:3], strict=True)]
    dx = spread((flat @ W.T).reshape(seen.shape), x.shape, stride, before)
    return dx, rows.T @ flat, total(flat)[0]


def max_pool_back(d, x, size, stride):
    """To the largest number of each window; of several equal ones to the first."""
    seen = windows(x, size, stride, "valid").transpose(0, 1, 2, 4, 5, 3)
    flat = seen.reshape(*seen.shape[:3], size * size, seen.shape[-1])
    found = np.zeros(flat.shape)
    np.put_along_axis(found, flat.argmax(3)[:, :, :, None], d[:, :, :, None], 3)
    return spread(found.reshape(seen.shape), x.shape, stride, (0, 0))


def average_pool_back(d, x, size, stride):
    """To every number of each window the same share."""
    each = np.broadcast_to((d / size**2)[:, :, :, None, None], (*d.shape[:3], size, size, d.shape[3]))
    return spread(each, x.shape, stride, (0, 0))


def global_max_back(d, x):
    """To the largest number of each channel; of several equal ones to the first."""
    flat = x.reshape(len(x), -1, x.shape[-1])
    found = np.zeros(flat.shape)
    np.put_along_axis(found, flat.argmax(1)[:, None], d[:, None], 1)
    return found.reshape(x.shape)


def global_average_back(d, x):
    """To every place the same share."""
    return np.broadcast_to(d[:, None, None] / (x.shape[1] * x.shape[2]), x.shape)
