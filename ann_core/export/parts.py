"""Functions that stand in a program that is taken home, word for word. They need NumPy and nothing of the playground."""

import base64
import math
import zlib

import numpy as np


def numbers(cells, usual):
    """A column of numbers as one input; a gap gets the usual value. Returns (rows, 1)"""
    gaps = [cell is None or cell == "" or cell != cell for cell in cells]
    return np.array([[usual if gap else float(cell)] for cell, gap in zip(cells, gaps, strict=True)])


def one_for_each(cells, words, usual, other):
    """A column of words as one input for each word, 1 where it stands; two words share one input. Returns (rows, inputs)

    A gap counts as the usual word; so does an unknown word, unless one more input stands for all others."""
    known = {word: place for place, word in enumerate(words)}
    folded = {word.casefold(): place for place, word in enumerate(words)}
    gap = known.get(usual, len(words))
    unknown = len(words) if other else gap
    found = np.zeros((len(cells), len(words) + other))
    for row, cell in enumerate(cells):
        if cell is None or cell == "" or cell != cell:
            found[row, gap] = 1
            continue
        whole = isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15
        word = str(int(cell)) if whole else str(cell)
        place = known.get(word, folded.get(word.casefold(), unknown) if len(folded) == len(words) else unknown)
        found[row, place] = 1
    return found if other or len(words) > 2 else found[:, -1:]


def scaled(X, center, scale, varies):
    """Columns on one scale; those that never varied are held at 0."""
    return np.where(varies, (X - center) / scale, 0.0)


def sigmoid(z):
    """e^z / (1 + e^z), exact in both tails."""
    e = np.exp(np.minimum(z, 700.0))
    return e / (1 + e)


def expit(z):
    """1 / (1 + e^-z) number by number, in C's arithmetic: to the last bit as where this was made."""
    return np.vectorize(lambda x: 1 / (1 + math.exp(-max(x, -700.0))), otypes=[float])(z)


def normal_cdf(z):
    """How much of the normal distribution lies below z."""
    return 0.5 * (1 + erf(z / np.sqrt(2)))


def softmax(z):
    """Shares of 1 along the last axis."""
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def of_their_sum(scores):
    """Scores as shares of 1."""
    total = scores.sum(-1, keepdims=True)
    return np.divide(scores, total, out=np.full_like(scores, 1 / scores.shape[-1]), where=total > 0)


def with_shared(out, came, shared):
    """A skip connection: the first `shared` numbers of what came are added."""
    out = out.copy()
    out[..., :shared] += came[..., :shared]
    return out


def shared_back(d, came, shared):
    """The gradient of what came through a skip connection."""
    found = np.zeros_like(came)
    found[..., :shared] = d[..., :shared]
    return found


def as_rows(x):
    """The steps of all rows one below the other: (rows, steps, n) as (rows * steps, n)"""
    return x.reshape(-1, x.shape[-1])


def total(d):
    """The sum over the rows, as a product: quick, and in the same order of additions as where this was made."""
    return np.ones((1, len(d))) @ d


def batch_norm(z, gamma, beta, mean, var, epsilon):
    """Sums at mean 0 and variance 1, then scaled and moved."""
    return gamma * ((z - mean) * (1 / np.sqrt(var + epsilon))) + beta


def batch_norm_learning(z, gamma, beta, mean, var, epsilon):
    """The same by the batch's own mean and variance; the running ones, mean and var, are moved a tenth of the way."""
    shape, z = z.shape, z.reshape(-1, z.shape[-1])  # the places of pictures count as rows
    m, own_mean, own_var = len(z), z.mean(0), z.var(0)
    mean += 0.1 * (own_mean - mean)
    var += 0.1 * (own_var * (m / max(m - 1, 1)) - var)
    inverse = 1 / np.sqrt(own_var + epsilon)
    normed = (z - own_mean) * inverse
    return (gamma * normed + beta).reshape(shape), (normed, inverse)


def batch_norm_back(d, gamma, kept):
    """Gradients of z, gamma and beta. The batch's own mean and variance move with z."""
    (normed, inverse), shape, d = kept, d.shape, d.reshape(-1, d.shape[-1])
    dn = d * gamma
    dz = inverse * (dn - dn.mean(0) - normed * (dn * normed).mean(0))
    return dz.reshape(shape), (d * normed).sum(0), d.sum(0)


def batches(rows, size):
    """(start, stop) of each batch; a remainder of one row joins the batch before it."""
    start = 0
    while start < rows:
        stop = start + size
        if stop >= rows - (size > 1):
            stop = rows
        yield start, stop
        start = stop


def written(answer, sequence):
    """Answers to questions, token by token: each is the likeliest one after those before it. Returns (rows, steps / 2)

    sequence: (rows, steps, tokens), the first half is the question; what stands in the second half is not looked at"""
    given, half, found = np.array(sequence, float), np.shape(sequence)[1] // 2, []
    given[:, half:] = 0
    for step in range(half):
        found.append(answer(given)[:, half + step].argmax(-1))
        if step + 1 < half:
            given[np.arange(len(given)), half + step + 1, found[-1]] = 1
    return np.stack(found, 1)


def unpack(text, shape):
    """Numbers in double precision, packed as text."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), "<f8").reshape(shape).copy()


def erf(z):
    """The error function."""
    return np.vectorize(math.erf, otypes=[float])(z)


def windows(x, size, stride, padding):
    """What each window of pictures (rows, height, width, channels) sees: (rows, down, across, channels, size, size)"""
    if padding == "same":
        counts = [-(-length // stride) for length in x.shape[1:3]]
        short = [max((count - 1) * stride + size - length, 0) for count, length in zip(counts, x.shape[1:3], strict=True)]
        x = np.pad(x, [(0, 0), *((zeros // 2, zeros - zeros // 2) for zeros in short), (0, 0)])
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride]


def conv2d(x, W, b, size, stride, padding):
    """Small filters at every place. W: (size * size * channels, filters)"""
    seen = windows(x, size, stride, padding).transpose(0, 1, 2, 4, 5, 3)
    return seen.reshape(*seen.shape[:3], -1) @ W + b
