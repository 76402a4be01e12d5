"""Whether a network fits its rows: too closely, not enough, or with an output that cannot say what is asked for."""

import numpy as np

from ann_core.base.numbers import percent, size
from ann_core.clinic.baseline import guessing, reached_by_neighbours
from ann_core.clinic.rows import flat, more_rows
from ann_core.clinic.signs import Absent, Sign, known, other, over_epochs, over_values
from ann_core.clinic.vitals import Vitals
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.kinds import LayerConfig

GAP = 0.3
"""(held-out − training loss) / loss of always guessing. Of 400 healthy patients 393 lie below."""
REACHED, LEAST = 0.6, 0.15
"""Of what the nearest neighbours reach; where these reach less of the way, there is little to learn."""
BEYOND = 0.2
"""Root mean square of how far the targets lie beyond the output's reach, as a share of their spread."""


def overfitting(v: Vitals) -> Sign | Absent:
    """How much more the rows held out cost than the training rows, as a share of what always guessing costs."""
    if not v.held:
        return Absent("No rows are held out.")
    if v.broke or not v.guess > 0:
        return Absent("The losses cannot be compared: its numbers left all bounds." if v.broke else "All answers are the same.")
    train, held = (np.asarray(loss, dtype=float) for loss in (v.film.train_loss, v.film.test_loss))
    if train[v.kept] >= v.guess:
        return Absent("The training rows are not fitted either: always guessing would cost less.")
    value, best = float((held[v.kept] - train[v.kept]) / v.guess), int(held.argmin())
    validates = v.setup.data.held_out == "validation"
    stop = {"training.patience": 20} if validates else {"training.epochs": max(1, int(v.epochs[best]))}
    fewer = [one.model_copy(update={"units": max(2, one.units // 4)}) if isinstance(one, LayerConfig) else one
             for one in v.config.network.layers]
    return Sign(value, (None, GAP), f"{size(value)} of the loss of guessing", f"at most {size(GAP)} of the loss of guessing",
                f"At epoch {v.epochs[v.kept]:,.0f} the loss of the rows held out is {size(held[v.kept])}, of the training rows "
                f"{size(train[v.kept])}; the held-out loss was lowest, {size(held[best])}, at epoch {v.epochs[best]:,.0f}.",
                over_epochs(v, "Loss on rows learned from and on others", "loss",
                            {"training": train, v.setup.data.held_out: held}, (None, float(train[v.kept]) + GAP * v.guess),
                            float(v.epochs[best])),
                (*other(v, "stop", "Stop early", "Ends where the loss on the rows held out was lowest.", stop),
                 *other(v, "l2", "Small weights (L2)", "A pull towards 0 keeps it from bending for single rows.",
                        {"training.l2": 0.01}),
                 *more_rows(v),
                 *other(v, "smaller", "A quarter of the units", "So few units have no room for single rows.",
                        {"network.layers": fewer})),
                None, float(v.epochs[best]))


def underfitting(v: Vitals) -> Sign | Absent:
    """How far the network comes on its own training rows, of the way that their five nearest neighbours cover."""
    if v.broke:
        return Absent("Its numbers left all bounds.")
    possible = reached_by_neighbours(flat(v.setup.data), v.setup.answers_train, v.setup.target)
    if possible < LEAST:
        return Absent(f"The nearest rows tell little of the answer ({percent(max(possible, 0.0))} of the way): there may be "
                      "nothing more to learn.")
    covered = v.covered
    value = covered / possible
    curve, measure = np.asarray(v.film.train_score, dtype=float), v.setup.target.measure
    worst = guessing(v.setup.answers_train, v.setup.target)
    needed = worst + REACHED * possible * (measure.perfect - worst)
    layers = v.config.network.layers
    wider = [{"units": 32, "activation": "tanh"}] * max(2, len(layers))
    free = {"training.l1": 0.0, "training.l2": 0.0, "network.dropout": 0.0}
    return Sign(value, (REACHED, None), f"{percent(max(value, 0.0))} of what neighbours reach",
                f"at least {percent(REACHED)} of what neighbours reach",
                f"At epoch {v.epochs[v.kept]:,.0f} it has covered {percent(max(covered, 0.0))} of the way from guessing to "
                "perfect on its own training rows. To answer each row as the five rows nearest to it would cover "
                f"{percent(possible)}.",
                over_epochs(v, "Score on the training rows", measure.label, {"training": curve},
                            (needed, None) if measure.kind == "share" else (None, needed), float(v.epochs[v.kept])),
                (*other(v, "free", "Without penalty and dropout", "Nothing pulls the weights back any more.", free),
                 *(other(v, "wider", "More units, and bent ones", "Two layers or more of 32 tanh units.",
                         {"network.layers": wider}) if all(isinstance(one, LayerConfig) for one in layers) else ()),
                 *known(v, "larger_rate"),
                 *other(v, "longer", "Four times the epochs", "More steps of the same size.",
                        {"training.epochs": 4 * v.config.training.epochs})), None, float(v.epochs[v.kept]))


def output(v: Vitals) -> Sign | Absent:
    """How far the targets lie beyond what the last activation can answer."""
    head, Y = v.setup.net.head, v.setup.Y_train
    if v.setup.target.task == "classification":
        return Absent(f"The output, {head.output} with {head.loss.label}, suits classes.")
    lowest, highest = ACTIVATIONS[head.output].range
    beyond = np.maximum(Y - highest, 0) + np.maximum(lowest - Y, 0)
    spread = float(Y.std())
    value = float(np.sqrt((beyond**2).mean())) / spread if spread > 0 else 0.0
    share = float((beyond > 0).mean())
    y = np.sort(Y.ravel())
    limits = {"targets, sorted": y, "what the output reaches": np.clip(y, lowest, highest)}
    return Sign(value, (None, BEYOND), f"{size(value)} of the targets' spread", f"at most {size(BEYOND)}",
                f"The output is {head.output}, which answers from {size(lowest)} to {size(highest)}, but {percent(share)} of "
                f"the targets lie beyond that: even the best such network misses by {size(value)} of their spread."
                if value > 0 else f"The output is {head.output}: it reaches all targets.",
                over_values("What the output can reach", "training rows, by their target", "target", limits, (),
                            (lowest if np.isfinite(lowest) else None, highest if np.isfinite(highest) else None), None),
                other(v, "linear", "Linear output", "It reaches every number.", {"network.output": "linear"}, "score"),
                len(v.setup.net.layers))
