"""How far training has come: losses, and scores where there are right answers."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_core.base.arrays import Array
from ann_core.data.target import Target, Tokens
from ann_core.film.film import Column, Columns, plain, whole
from ann_core.film.look import GRADIENT_ROWS, Look
from ann_core.film.probes.base import Probe
from ann_core.film.view import View
from ann_core.run.setup import Setup

ANSWERED = ("train_loss", "test_loss", "train_score", "test_score")


class Progress(Probe):
    """step, epoch: (F,). Of objectives with right answers train_loss, test_loss, train_score, test_score: (F[, S]), means of
    the data loss, and accuracy (share) or an error in the target's own units. Else loss_<network> of each network."""

    key, label, pictures = "progress", "Loss and score", ("loss",)
    columns = (Column("step", whole), Column("epoch", plain))

    def columns_of(self, setup: Setup) -> Sequence[Column]:
        objective = setup.objective
        measured = ANSWERED if objective.has_answers else objective.loss_columns
        return *self.columns, *(Column(name, plain) for name in measured)

    def scene(self, view: View) -> tuple[dict[str, Any], dict[str, NDArray]]:
        setup = view.setup
        score = _score(setup.target, setup.data.held_out) if setup.objective.has_answers else None
        held = len(setup.data.X_test) > 0
        seen, Y = (setup.seen_test, setup.Y_test) if held else (setup.seen_train, setup.Y_train)
        references = setup.objective.references(setup.data.X_train, seen, Y)
        return {"series": setup.objective.series(setup.data.held_out), "loss": setup.objective.loss_label, "score": score,
                "references": [asdict(reference) for reference in references]}, {}

    def measure(self, look: Look) -> Columns:
        setup = look.setup
        found = {"step": np.array([s.step for s in look.states]),
                 "epoch": np.array([s.position(setup.rows) for s in look.states])}
        if not setup.objective.has_answers:
            batch = look.batch(GRADIENT_ROWS)
            losses = {turn.network: setup.objective.loss(turn, look.p, batch) for turn in setup.objective.last_turns}
            return {**found, **{f"loss_{name}": loss for name, loss in losses.items()}}
        (Z, n), (Z_held, m) = look.train, look.test
        train = self._judge(setup, Z, setup.Y_train[:n], setup.answers_train[:n], _some(setup.weights_train, n))
        test = self._judge(setup, Z_held, setup.Y_test[:m], setup.answers_test[:m], _some(setup.weights_test, m))
        return {**found, "train_loss": train[0], "test_loss": test[0], "train_score": train[1], "test_score": test[1]}

    @staticmethod
    def _judge(setup: Setup, Z: Array, Y: Array, y: NDArray, weights: Array | None) -> tuple[Array, Array]:
        """Loss and score of the rows behind Z (..., n, n_out)."""
        head = setup.net.head
        if isinstance(setup.target, Tokens) and len(y):  # an answer at every step: those that are asked for, as one long row
            asked = y >= 0
            Z, Y, y = Z[..., asked, :][..., None, :, :], Y[asked][None], y[asked][None]
        score = setup.target.score(Z, head.score(Z), y)
        return setup.objective.value(Z, Y, weights) if len(y) else np.full_like(score, np.nan), score


def _score(target: Target, held_out: str) -> dict[str, Any]:
    measure = target.measure
    needed = float(np.float32(target.needed))  # rounded as the scores that are compared with it
    return {"name": measure.label, "kind": measure.kind, "better": measure.better, "baseline": target.baseline,
            "baseline_text": target.guess, "needed": needed, "failed": target.failed,
            "series": [{"column": "train_score", "name": "training", "dash": "solid"},
                       {"column": "test_score", "name": held_out, "dash": "dash"}]}


def _some(weights: Array | None, n: int) -> Array | None:
    return None if weights is None else weights[:n]


PROBE = Progress()
