"""A sequence read into a state, and another one written from it. Sutskever et al., 2014; with attention Bahdanau et al., 2015,
and Luong et al., 2015."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.nn.layers.attention import softmax_rows
from ann_core.nn.layers.base import Flow, InTime, Layer, Param, Pass, Views, weight
from ann_core.nn.layers.recurrent import Recurrent, Unrolled, by_row, by_step
from ann_core.nn.layers.scores import SCORES, Score, give


class Written(NamedTuple):
    """A pass. encoder, decoder: their passes   E: (…, N, S, units), the encoder's states   H: (…, N, T, units), the decoder's

    With attention only: scored, what the score needs on its way back   P: (…, N, T, S), row t: the weights of answer t's look
    back   both: (…, N · T, 2 · units), states and what was taken in   out: (…, N · T, units)
    """

    encoder: Unrolled
    decoder: Unrolled
    E: Array
    H: Array
    scored: Any = None
    P: Array | None = None
    both: Array | None = None
    out: Array | None = None


def tokens(question: Array) -> NDArray[np.bool_]:
    """Where a question has a token and no padding; everywhere, if it has none at all. (…, N, S, n) -> (…, N, 1, S)"""
    real = np.any(question != 0, axis=-1)[..., None, :]
    return np.asarray(real | ~real.any(-1, keepdims=True))


class EncoderDecoder(Layer):
    """The first half of the steps is the question, the second half what the decoder is given: its own answers so far.

    The encoder's last state is the decoder's first one. With a score, answer t also looks back:
    P_t = softmax over s of score(h_t, e_s);   c_t = Σ P_ts e_s;   out_t = tanh([h_t c_t] Wc + bc).   Without: out_t = h_t.
    Steps of the question that are all zeros are padding and are not looked at.

    A: (…, N, S + T, tokens), S = T   out: (…, N, S + T, units), zeros where the question stands
    """

    def __init__(self, encoder: Recurrent, decoder: Recurrent, score: str | None):
        self.encoder, self.decoder, self.units = encoder, decoder, encoder.units
        decoder.is_given_its_first_state = True
        self.half = encoder.steps
        self.inputs, self.outputs = (2 * self.half, encoder.n_in), (2 * self.half, self.units)
        self.parts = (("encoder", encoder), ("decoder", decoder))
        self.score: Score | None = None if score is None else SCORES[score]
        self.activation = encoder.activation

    def learns(self) -> Mapping[str, Param]:
        if self.score is None:
            return {}
        return {**self.score.learns(self.units), "Wc": weight(2 * self.units, self.units), "bc": Param((self.units,), "bias")}

    def work(self) -> int:
        looks = 2 * self.half * self.half * self.units if self.score else 0
        own = self.half * sum(param.size for param in self.learns().values())
        return own + looks + sum(part.work() for _, part in self.parts)

    def forward(self, p: Views, A: Array, at: Pass) -> tuple[Array, Written]:
        question, given = A[..., :self.half, :], A[..., self.half:, :]
        E, read = self.encoder.forward(p.parts[0], question, at)
        begun = by_step(given, p.parts[1]["W"].ndim - 2)
        written = self.decoder._unroll(p.parts[1], begun, read.H[-1])
        H = by_row(written.H[1:]).copy()
        kept = Written(read, written, E, H)
        if self.score is not None:
            kept = self._look_back(p, kept, tokens(question))
        answers = H if kept.out is None else kept.out.reshape(H.shape)
        return np.concatenate([np.zeros_like(E), answers], -2), kept

    def _look_back(self, p: Views, kept: Written, real: NDArray[np.bool_]) -> Written:
        """real: (…, N, 1, S), where the question has a token"""
        assert self.score is not None
        S, scored = self.score.forward(p, kept.H, kept.E)
        P = softmax_rows(np.where(real, S, -np.inf) if not real.all() else S)
        both = np.concatenate([kept.H, P @ kept.E], -1)
        both = both.reshape(*both.shape[:-3], -1, 2 * self.units)
        Z = both @ p["Wc"]
        Z += p["bc"]
        return kept._replace(scored=scored, P=P, both=both, out=np.tanh(Z, out=Z))

    def backward(self, p: Views, g: Views, dOut: Array, cache: Written, inner: bool = True, flow: Flow | None = None) -> Array:
        dH, dE = dOut[..., self.half:, :], np.zeros_like(cache.E)
        if self.score is not None:
            dH, dE = self._back_from_look(p, g, dH, cache)
        steps = by_step(dH, 0)
        dStates = np.concatenate([steps, np.zeros_like(steps[:1])])
        decoder, views = self.decoder, g.parts[1]
        dZ, seen, _ = decoder._back(p.parts[1], cache.decoder, dStates)
        decoder._give(views, cache.decoder, dZ, seen)
        dE[..., -1, :] += dStates[-1].mT            # the last state of the one is the first of the other
        through = None if flow is None else Flow()
        dQuestion = self.encoder.backward(p.parts[0], g.parts[0], dE, cache.encoder, inner, through)
        if flow is not None and through is not None:
            flow.append((dOut, dOut))
            flow.in_time += [InTime(dStates[:-1].mT, dZ.mT), *through.in_time]
        return np.concatenate([dQuestion, by_row(p.parts[1]["W"] @ dZ)], -2) if inner else dOut

    def _back_from_look(self, p: Views, g: Views, dOut: Array, cache: Written) -> tuple[Array, Array]:
        """dH and dE."""
        E, H, P, both, out = cache.E, cache.H, cache.P, cache.both, cache.out
        assert self.score is not None and P is not None and both is not None and out is not None
        dZ = dOut.reshape(out.shape) * (1 - out * out)
        fresh, g.fresh = g.fresh, False
        give(g, "Wc", both, dZ, fresh, bias="bc")
        dBoth = (dZ @ p["Wc"].mT).reshape(*dOut.shape[:-1], 2 * self.units)
        dH, dC = dBoth[..., :self.units], dBoth[..., self.units:]
        dS = dC @ E.mT                              # of P
        dS -= (dS * P).sum(-1, keepdims=True)
        dS *= P
        moreH, moreE = self.score.backward(p, g, dS, cache.scored, H, E, fresh)
        return dH + moreH, P.mT @ dC + moreE
