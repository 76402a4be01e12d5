"""Where a head looks at one step: how well the step fits each other one, the shares of its look, and what it takes in."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.spelling import words
from ann_core.film.accounts.base import Account, Cell, Choice, Chooser, Passed, Table, Teller
from ann_core.film.drawing import spread
from ann_core.nn.activations import Activation
from ann_core.nn.layers import EncoderDecoder, Layer, SelfAttention, TransformerBlock
from ann_core.nn.network import Network

LOOK = ("looks at", "q · k / √d", "share", "× v", "=")
LOOK_BACK = ("looks at", "score", "share", "× e", "=")


class _Look(NamedTuple):
    """One head at one step. scores: of each step, −∞ where it does not look   shares: (S,)   values: (S, d)   taken: (d,)"""

    scores: Array
    shares: Array
    values: Array
    taken: Array


class Heads(Teller):
    """Softmax of q · k / √d over the steps gives the shares; the head takes in Σ share · v. An encoder–decoder looks back."""

    noun = "head"

    def fits(self, layer: Layer) -> bool:
        looks_back = isinstance(layer, EncoderDecoder) and layer.score is not None
        return looks_back or isinstance(layer, SelfAttention | TransformerBlock)

    def units(self, net: Network, layer: int) -> int:
        attention = _attention(net.layers[layer])
        return attention.heads if isinstance(attention, SelfAttention) else 1

    def choices(self, net: Network, layer: int, wanted: Sequence[int]) -> tuple[Choice, ...]:
        attention = _attention(net.layers[layer])
        if isinstance(attention, SelfAttention):
            steps, width = attention.inputs[0], attention.n // attention.heads
        else:
            steps, width = attention.half, attention.units
        return tuple(Chooser(wanted).add("step", steps).add("number", width).found)

    def curve(self, net: Network, layer: int, chosen: Sequence[int], output: str) -> Activation | None:
        return None

    def tell(self, passed: Passed, layer: int, unit: int, chosen: Sequence[int]) -> Account:
        step, number = chosen
        look, names = self._look(passed, layer, unit, step), _tokens(passed)
        there = np.flatnonzero(look.shares > 0) if np.isinf(look.scores).any() else np.arange(len(look.shares))
        products = look.shares * look.values[:, number]
        shown = there[list(spread(len(there)))]
        rows: list[list[Cell]] = [[f"step {s + 1}{names[s]}", float(look.scores[s]), float(look.shares[s]),
                                   float(look.values[s, number]), float(products[s])] for s in shown]
        if others := np.setdiff1d(there, shown).tolist():
            rows.append([f"{len(others)} more", "", float(look.shares[others].sum()), "", float(products[others].sum())])
        back = not isinstance(_attention(passed.net.layers[layer]), SelfAttention)
        rows.append(["sum", "", float(look.shares.sum()), "", float(look.taken[number])])
        most = int(look.shares.argmax())
        share, taken = (words(float(value), 3) for value in (look.shares[most], look.taken[number]))
        said = [f"Softmax makes shares of 1 of the scores: most, {share}, goes to step {most + 1}. What it takes in has "
                f"{taken} as its number {number + 1}."]
        if np.isinf(look.scores).any():
            said.append("Steps without a row are not looked at.")
        return Account([Table(LOOK_BACK if back else LOOK, rows, len(rows) - 1)], said)

    @staticmethod
    def _look(passed: Passed, layer: int, head: int, step: int) -> _Look:
        there, kept = passed.net.layers[layer], passed.caches[layer]
        attention = _attention(there)
        if isinstance(attention, SelfAttention):
            seen = there.attended(kept) if isinstance(there, TransformerBlock) else kept
            Q, K, V, P = (part[0, head] for part in (seen.Q, seen.K, seen.V, seen.P))
            scores = K @ Q[step] / attention.scale
            if attention.causal:
                scores[step + 1:] = -np.inf
            taken = seen.H.reshape(attention.inputs[0], attention.heads, -1)[step, head]
            return _Look(scores, P[step], V, taken)
        assert attention.score is not None
        S, _ = attention.score.forward(passed.p[layer], kept.H, kept.E)
        P, E = kept.P[0, step], kept.E[0]
        taken = kept.both.reshape(attention.half, -1)[step, attention.units:]
        return _Look(np.where(P > 0, S[0, step], -np.inf), P, E, taken)


def _attention(layer: Layer) -> SelfAttention | EncoderDecoder:
    """The part of a layer that looks."""
    found = layer.parts[0][1] if isinstance(layer, TransformerBlock) else layer
    assert isinstance(found, SelfAttention | EncoderDecoder)
    return found


def _tokens(passed: Passed) -> list[str]:
    """What stands at each step, behind its number, where that is one of a few symbols; "" elsewhere."""
    data = passed.run.data
    if passed.run.config.data.task != "classification":
        return [""] * passed.X.shape[1]
    return [f": {data.input_names[k]}" if row[k] else "" for row, k in zip(passed.X[0], passed.X[0].argmax(-1), strict=True)]


HEADS = Heads()
