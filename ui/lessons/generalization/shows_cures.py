"""Ideas on what helps: stopping early, pulling at the weights, dropout, more rows and less noise, cures side by side."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons import generalization as core
from ann_core.lessons.generalization_changes import CURES, NOISES, PENALTIES, ROWS, pulled, with_noise, with_rows
from ui.figure import figure
from ui.lessons.generalization import (
    BAND,
    DRAWS,
    both_losses,
    controls,
    ended,
    pictures,
    pictures_cures,
    trained,
    watched,
)
from ui.lessons.generalization.pictures import TEST, TRAINING
from ui.lessons.parts import lined, table, tiles, worked_out
from ui.question import answered, playing, told

PATIENCES = (5, 10, 20, 50, 100)
SIZES = (0.001, 0.01, 0.1, 1.0)
RATES = (0.2, 0.5, 0.8)
BASE = "without a cure"


@st.fragment
def stop() -> None:
    """Where training stops, and which weights are kept."""
    left, right = st.columns([3, 2])
    with right:
        patience = controls.series("stop/patience", "Patience in epochs", PATIENCES, 20)
        draw = controls.slider("stop/draw", "Draw of the data", 0, 9, 0, 1)
    whole, test = watched(core.drawn(core.BASELINE, draw), True)
    course, _ = watched(core.changed({"training.patience": patience}, draw))
    best, last = course.run.state.best, course.run.state.epoch
    assert best is not None
    with left:
        figure(pictures_cures.stop(whole, (best.epoch, last) if answered() else None), key="generalization/stop", height=400,
               alt="Training and validation loss over the epochs: the training loss falls to "
                   f"{words(whole.training[0][-1], 3)}, the validation loss ends at {words(whole.held[0][-1], 3)}.")
    kept = replace(whole, thetas=best.theta[None], statistics=best.statistics[None])
    with right:
        end, (loss, error) = whole.judged(test), (float(part[-1]) for part in kept.judged(test))
        table(("on test rows", "weights kept", f"epoch {core.EPOCHS:,}"), [
            ("loss", told(words(loss, 3)), told(words(end[0][-1], 3))),
            ("error", told(words(error, 3)), told(words(end[1][-1], 3)))])
        kept_at = told(rf"\arg\min_t J_\text{{validation}}(t)={best.epoch}")
        lined((rf"\text{{kept}}&={kept_at}",
               rf"\text{{stop}}&=\text{{kept}}+\text{{patience}}={told(f'{best.epoch}+{patience}={last}')}"))
        st.caption("Of 540 rows held out, 270 are validation rows, which decide; the other 270 are test rows, which judge. "
                   "Patience: so many epochs in a row may pass without a lower validation loss.")


@st.fragment
def weights() -> None:
    """What a pull towards 0 does to the weights, and to the line."""
    kind, size, falling, draw = _pull()
    config, plain = pulled(kind, size, falling, draw), pulled("none", 0.0, falling, draw)
    (course, end), (other, before) = ((run, core.concluded(run, test)) for run, test in map(watched, (config, plain)))
    left, right = st.columns(2)
    with left:
        figure(pictures_cures.plain(course.map(pictures.SIDE), course.run.data), key="generalization/weights", height=360,
               alt=f"Sixty training rows and the line of the network with {PENALTIES[kind][0]}.")
    with right:
        if answered():
            figure(pictures_cures.weights(course.weights, other.weights), key="generalization/weights/sizes",
                   height=360, alt=f"How large the weights are: {words(100 * end.tiny, 3)} % are nearly 0.")
        else:
            st.caption("How large the weights are is shown here after the question.")
            lined(_pulls(size))
    if answered():
        lined(_pulls(size))
    both = ((end, course), (before, other))
    table(("", PENALTIES[kind][0], "no pull"), [
        ("training loss, error", *(f"{words(one.losses[0], 3)}, {words(one.errors[0], 3)}" for one, _ in both)),
        ("test loss, error", *(f"{words(one.losses[2], 3)}, {words(one.errors[2], 3)}" for one, _ in both)),
        ("weights nearly 0", *(told(words(one.tiny, 3)) for one, _ in both)),
        ("typical size of a weight", *(told(words(float(np.sqrt((seen.weights**2).mean())), 3)) for _, seen in both))])
    st.caption(f"Nearly 0: a size below 0.001, as a share. The typical size is the root of the mean square. Epoch "
               f"{core.EPOCHS:,}; test: 270 of the rows held out." + told(_died(course), ""))


def _died(course: core.Course) -> str:
    """Whose weights the pull has for itself."""
    off, share = course.off()
    return (f" {off.sum()} of the {len(off)} ReLU units are off for every training row: no gradient reaches their weights any "
            f"more, only the pull does. Theirs are {words(100 * share, 3)} % of the weights that are nearly 0."
            ) * bool(off.sum() and share)


def _pull() -> tuple[str, float, bool, int]:
    """The controls of a pull, in a row."""
    places = st.columns([1.6, 1, 0.9, 1])
    with places[0]:
        kind = controls.one_of("weights/kind", "Pull", {key: label for key, (label, _) in PENALTIES.items()}, "l2")
    with places[1]:
        size = controls.series("weights/size", "Size λ", SIZES, 0.01)
    with places[2]:
        falling = controls.toggle("weights/falling", "Rate falls to 0", True)
    with places[3]:
        draw = controls.slider("weights/draw", "Draw of the data", 0, 9, 0, 1)
    return kind, size, falling, draw


def _pulls(size: float) -> list[str]:
    return [rf"\text{{L2:}}\ g&\leftarrow g+\lambda w=g+{tex(size)}\,w",
            rf"\text{{L1:}}\ g&\leftarrow g+\lambda\,\mathrm{{sign}}(w)=g\pm{tex(size)}",
            rf"\text{{decay:}}\ w&\leftarrow w\,(1-\eta\lambda)={tex(1 - 0.02 * size, 5)}\,w\quad(\eta=0.02)"]


@st.fragment
def dropout() -> None:
    """Units that go dark at random, and the line of those that are left."""
    left, right = st.columns(2)
    with left:
        rate = controls.series("dropout/rate", "Share of units that is off, p", RATES, 0.5)
    with right:
        draw = controls.slider("dropout/draw", "Draw of the data", 0, 9, 0, 1)
    config = core.changed({"network.dropout": rate}, draw)
    (course, end), (_, before) = ((run, core.concluded(run, test)) for run, test in map(
        watched, (config, core.drawn(core.BASELINE, draw))))
    picture, animation = pictures_cures.dropout(course, answered())
    figure(picture, key="generalization/dropout", height=400, least=640, animation=replace(animation, autoplay=playing()),
           alt="Left the 128 hidden units, some of them off; right the line that the others draw.")
    tiles({"training loss": words(end.losses[0], 3), "test loss": words(end.losses[2], 3),
           "test loss without dropout": words(before.losses[2], 3), "error gap": words(end.gap, 3),
           "gap without dropout": words(before.gap, 3)})
    lined((r"\text{training:}\ a&\leftarrow\frac{a\cdot\text{keep}}{1-p}",
           rf"&=a\cdot\{{0\ \text{{or}}\ {tex(1 / (1 - rate))}\}}", r"\text{mean}&=(1-p)\cdot\frac{a}{1-p}=a"))
    st.caption(f"Each step of training draws anew which units are on; on average {words(128 * (1 - rate), 3)} of 128. What is "
               "kept is made larger by 1/(1 − p), so that the next layer gets as much as before, on average.")


@st.fragment
def rows() -> None:
    """The learning curve: loss on training rows and on test rows, over the number of rows or over the noise."""
    choice, place, number = st.columns(3)
    with choice:
        more = controls.one_of("rows/what", "What changes", ("more rows", "less noise"), "more rows") == "more rows"
    with place:
        if more:
            at: float = controls.series("rows/rows", "Training rows in the picture", ROWS, 60)
        else:
            at = controls.series("rows/noise", "Noise in the picture", NOISES, 0.4)
    with number:
        draws = controls.one_of("rows/draws", "Draws of the data", DRAWS, 5)
    places: tuple[float, ...] = ROWS if more else NOISES
    seen = places if answered() else places[:places.index(60 if more else 0.4) + 1]
    make = with_rows if more else with_noise
    found = worked_out([(place, draw) for draw in range(draws) for place in seen],
                       lambda place: both_losses(make(*place)), "Networks trained")  # type: ignore[arg-type]
    values = {name: np.array([[found[place, draw][i] for place in seen] for draw in range(draws)])
              for i, name in ((0, TRAINING), (2, TEST))}
    course = trained(make(at))  # type: ignore[arg-type]
    left, right = st.columns(2)
    with left:
        figure(pictures_cures.plain(course.map(pictures.SIDE), course.run.data), key="generalization/rows", height=360,
               alt=f"The line of the network that learned {len(course.run.data.y_train)} rows.")
    with right:
        figure(pictures_cures.learning(places, values, "training rows" if more else "noise", at), height=360,
               key="generalization/rows/curve", alt=f"Loss on training and test rows over the "
               f"{'number of training rows' if more else 'noise'}.")
    tops = {name: np.median(each, axis=0) for name, each in values.items()}
    errors = np.median([[[found[place, draw][i] for i in (1, 3)] for place in seen] for draw in range(draws)], axis=0)
    table(("training rows" if more else "noise", "training loss", "test loss", "training error", "test error"), [
        (f"{place:g}", words(tops[TRAINING][i], 2, 2), words(tops[TEST][i], 3), *(words(error, 3) for error in errors[i]))
        for i, place in enumerate(seen)])
    i = len(seen) - 1
    lined((rf"\text{{gap at {seen[-1]:g}}}&=\text{{error}}_\text{{test}}-\text{{error}}_\text{{training}}",
           rf"&={tex(errors[i][1], 3)}-{factor(errors[i][0], 3)}={tex(errors[i][1] - errors[i][0], 3)}"))
    if draws > 1:
        st.caption(BAND)


@st.fragment
def cures() -> None:
    """Switches on one overfitting baseline, each measured."""
    chosen = controls.some_of("cures/chosen", "Switch on", {key: cure.label for key, cure in CURES.items()},
                              ("l2", "dropout", "norm"))
    draws = controls.one_of("cures/draws", "Draws of the data", DRAWS, 5)
    makes = {BASE: lambda draw: core.drawn(core.BASELINE, draw)} | {CURES[key].label: CURES[key].make for key in chosen}
    found = worked_out([(name, draw) for draw in range(draws) for name in makes],
                       lambda place: ended(makes[place[0]](place[1])), "Networks trained")
    ends = {name: [found[name, draw] for draw in range(draws)] for name in makes}
    kinds = ((0, TRAINING), (2, TEST)) if answered() else ((0, TRAINING),)
    left, right = st.columns([3, 2])
    with left:
        figure(pictures_cures.cures({name: {kind: np.array([end.losses[i] for end in each]) for i, kind in kinds}
                                     for name, each in ends.items()}), key="generalization/cures",
               height=130 + 44 * len(ends), alt="The loss at the end without a cure and with each one that is switched on: " +
               "; ".join(f"{name} {words(_middle(each, 0), 3)} on training rows" for name, each in ends.items()) + ".")
    with right:
        table(("", "training loss", "test loss", "gap", "lower in"), [
            (name, words(_middle(each, 0), 3), told(words(_middle(each, 2), 3)),
             told(words(np.median([end.gap for end in each]), 3)),
             told("–" if name == BASE else f"{_lower(each, ends[BASE])} of {draws}")) for name, each in ends.items()])
    end = ends[list(ends)[-1]][0]
    lined((r"\text{gap}&=\text{error}_\text{test}-\text{error}_\text{training}",
           rf"&={told(tex(end.errors[2], 3))}-{factor(end.errors[0], 3)}={told(tex(end.gap, 3))}"))
    st.caption(f"The baseline: 60 rows of moons with noise 0.4, 128 ReLU units, {core.EPOCHS:,} epochs; test: 270 rows held "
               "out. Lower in: draws whose test loss it lowers. Formula: the last row, draw 0." +
               (f" {BAND} Five draws say little of one that comes near: look at twenty." if draws == 5 else
                f" {BAND}" if draws > 1 else " One draw says little: look at twenty."))


def _middle(ends: list[core.Ending], part: int) -> float:
    return float(np.median([end.losses[part] for end in ends]))


def _lower(ends: list[core.Ending], others: list[core.Ending]) -> int:
    return sum(end.losses[2] < other.losses[2] for end, other in zip(ends, others, strict=True))
