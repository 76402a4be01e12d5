"""Layers that carry a state, forward and back through time, as functions that stand in a program word for word.

Inside, arrays are step by step in the order in which they are read: (steps, rows, numbers).
"""

import numpy as np

from ann_core.export.parts import as_rows, sigmoid, total


def in_turn(x, reverse):
    """Step by step, in the order in which they are read: (rows, steps, n) as (steps, rows, n)"""
    found = x.swapaxes(0, 1)
    return found[::-1] if reverse else found


def in_place(x, reverse):
    """The way back: (steps, rows, n) as (rows, steps, n)"""
    return (x[::-1] if reverse else x).swapaxes(0, 1)


def handed_on(t, steps, truncation):
    """Whether a gradient goes from step t to the one before it. Windows of truncation are counted from the last step."""
    return not (truncation and (steps - t) % truncation == 0)


def reaching(d, steps, every_step, reverse):
    """What each state gets from the layers behind: (steps, rows, units). Of one last state the others get nothing."""
    return in_turn(d, reverse) if every_step else np.concatenate([np.zeros((steps - 1, *d.shape)), d[None]])


def wanted(x, W, h, dz, du, reverse):
    """Gradients of x, W, U and b: what every step wants, added up. dz: of its sums, last step first   du: of h @ U in them"""
    dz, du, before = np.stack(dz[::-1]), np.stack(du[::-1]), np.stack(h[:-1])
    flat = as_rows(dz)
    return (in_place(dz @ W.T, reverse), as_rows(in_turn(x, reverse)).T @ flat, as_rows(before).T @ as_rows(du),
            total(flat)[0])


def back_to(x, d, start, stop):
    """The gradient of a sequence x of which only some steps were used."""
    found = np.zeros_like(x)
    found[:, start:stop] = d
    return found


def states(x, W, U, b, bend, every_step, reverse, first=None):
    """A plain recurrent layer: its states, and what the way back needs. x: (rows, steps, numbers)"""
    h, sums = [np.zeros((len(x), len(U))) if first is None else first], []
    for z in in_turn(x @ W + b, reverse):
        sums.append(z + h[-1] @ U)
        h.append(bend(sums[-1]))
    return in_place(np.stack(h[1:]), reverse) if every_step else h[-1], (h, sums)


def states_back(d, x, W, U, kept, slope, every_step, reverse, truncation):
    """Back through time: gradients of x, W, U, b and of the first state."""
    (h, sums), dz, back = kept, [], 0.0
    at_state = reaching(d, len(sums), every_step, reverse)
    for t in reversed(range(len(sums))):
        dh = at_state[t] + back
        dz.append(dh * slope(sums[t], h[t + 1]))
        back = dz[-1] @ U.T * handed_on(t, len(sums), truncation)
    return *wanted(x, W, h, dz, dz, reverse), back


def lstm(x, W, U, b, every_step, reverse):
    """A state h and a cell c; the columns of W, U and b: output gate, input gate, forget gate, candidate.

    Returns the states, and what the way back needs."""
    h, c, gates = [np.zeros((len(x), len(U)))], [np.zeros((len(x), len(U)))], []
    for z in in_turn(x @ W + b, reverse):
        o, i, f, g = np.split(z + h[-1] @ U, 4, axis=-1)
        o, i, f, g = sigmoid(o), sigmoid(i), sigmoid(f), np.tanh(g)
        c.append(f * c[-1] + i * g)
        h.append(o * np.tanh(c[-1]))
        gates.append((o, i, f, g))
    return in_place(np.stack(h[1:]), reverse) if every_step else h[-1], (h, c, gates)


def lstm_back(d, x, W, U, kept, every_step, reverse, truncation):
    """Back through time: gradients of x, W, U, b and of the first state."""
    (h, c, gates), dz, back, dc = kept, [], 0.0, 0.0
    at_state = reaching(d, len(gates), every_step, reverse)
    for t in reversed(range(len(gates))):
        (o, i, f, g), bent, dh = gates[t], np.tanh(c[t + 1]), at_state[t] + back
        dc = dc + dh * o * (1 - bent * bent)
        dz.append(np.concatenate([dh * bent * o * (1 - o), dc * g * i * (1 - i), dc * c[t] * f * (1 - f),
                                  dc * i * (1 - g * g)], -1))
        onward = handed_on(t, len(gates), truncation)
        back, dc = dz[-1] @ U.T * onward, dc * f * onward
    return *wanted(x, W, h, dz, dz, reverse), back


def gru(x, W, U, b, b_hn, every_step, reverse, first=None):
    """A state h with gates; the columns of W, U and b: reset gate, update gate, candidate.

    Returns the states, and what the way back needs."""
    h, gates = [np.zeros((len(x), len(U))) if first is None else first], []
    for sums in in_turn(x @ W + b, reverse):
        (r, z, n), (hr, hz, hn) = np.split(sums, 3, axis=-1), np.split(h[-1] @ U, 3, axis=-1)
        r, z, inner = sigmoid(r + hr), sigmoid(z + hz), hn + b_hn
        n = np.tanh(n + r * inner)
        h.append(z * h[-1] + (1 - z) * n)
        gates.append((r, z, n, inner))
    return in_place(np.stack(h[1:]), reverse) if every_step else h[-1], (h, gates)


def gru_back(d, x, W, U, kept, every_step, reverse, truncation):
    """Back through time: gradients of x, W, U, b, b_hn and of the first state."""
    (h, gates), dz, du, back = kept, [], [], 0.0
    at_state = reaching(d, len(gates), every_step, reverse)
    for t in reversed(range(len(gates))):
        (r, z, n, inner), dh = gates[t], at_state[t] + back
        dn = dh * (1 - z) * (1 - n * n)
        both = [dn * inner * r * (1 - r), dh * (h[t] - n) * z * (1 - z)]
        dz.append(np.concatenate([*both, dn], -1))
        du.append(np.concatenate([*both, dn * r], -1))
        back = (du[-1] @ U.T + dh * z) * handed_on(t, len(gates), truncation)
    inside = as_rows(np.stack(du)[..., 2 * len(U):])
    return *wanted(x, W, h, dz, du, reverse), inside.sum(0), back
