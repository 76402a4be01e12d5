"""Ideas on scores: one split and k folds, grid and random search, the best of many, more features than rows."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ui.figure import figure
from ui.lessons.generalization import (
    BAND,
    DRAWS,
    SHUFFLES,
    controls,
    estimated,
    pictures_scores,
    swept,
    tried,
    tries,
    true_error,
)
from ui.lessons.generalization.pictures_scores import AXES, FOLDS, GRID, ONE, RANDOM
from ui.lessons.parts import lined, table, worked_out
from ui.question import answered, told

LABELS = {True: "shuffled: nothing to learn", False: "as they are"}


@st.fragment
def folds() -> None:
    """The same error estimated ten times, from one split and from k folds."""
    left, right = st.columns([3, 2])
    with right:
        rows = controls.one_of("folds/rows", "Rows in all", (50, 100, 200), 100)
        k = controls.one_of("folds/k", "Folds k", (2, 5, 10), 5)
        draw = controls.slider("folds/draw", "Draw of the data", 0, 9, 6, 1)
    shuffles = SHUFFLES if answered() else SHUFFLES[:1]
    found = list(worked_out(shuffles, lambda shuffle: estimated(rows, k, draw, shuffle), "Shuffles").values())
    truth, held = true_error(rows, draw), rows // 5
    single, mean = [one.single for one in found], [one.mean for one in found]
    with left:
        figure(pictures_scores.folds(single, mean, truth if answered() else None), key="generalization/folds", height=320,
               alt=f"Errors on the first shuffle: by one split {words(single[0], 3)}, by {k} folds {words(mean[0], 3)}.")
        first = found[0]
        lined((rf"\text{{one split}}&=\frac{{{round(first.single * held)}}}{{{held}}}={tex(first.single, 3)}",
               rf"\text{{{k} folds}}&=\frac1{{{k}}}\sum_j e_j={tex(first.mean, 3)}",
               rf"\text{{spread}}&\approx\sqrt{{\frac{{e(1-e)}}{{m}}}}=\sqrt{{\frac{{{told(tex(truth, 2))}\cdot"
               rf"{told(tex(1 - truth, 2))}}}{{{held}}}}}={told(tex(float(np.sqrt(truth * (1 - truth) / held)), 2))}"))
    with right:
        table(("estimate", "lowest", "highest", "apart"), [
            (name, *(told(words(value, 3)) for value in (min(each), max(each), max(each) - min(each))))
            for name, each in ((ONE, single), (FOLDS, mean))])
        st.markdown(f"After learning from all {rows} rows the error on 4,000 new ones is **{told(words(truth, 3))}** (dashed).")
        st.caption(f"Ten shuffles of the same rows. One split keeps m = {held} rows for the test; k folds keep each row once. "
                   "Formula: the first shuffle, and what theory says of the spread of one split.")


@st.fragment
def search() -> None:
    """Sixteen trials on a grid and sixteen at random, over the rate and a second setting."""
    left, right = st.columns(2)
    with left:
        second = controls.one_of("search/second", "Searched beside the rate", AXES, "l2")
    with right:
        draw = controls.slider("search/draw", "Draw of data and trials", 0, 9, 0, 1)
    places = {GRID: scores.grid(second), RANDOM: scores.at_random(second, draw)}
    todo = [(name, i) for name in places for i in range(scores.TRIALS)]
    found = worked_out(todo, lambda one: tried(second, tuple(map(float, places[one[0]][one[1]])), draw), "Trials")
    losses = {name: np.array([found[name, i][0] for i in range(scores.TRIALS)]) for name in places}
    best = {name: int(each.argmin()) for name, each in losses.items()}
    said = "; ".join(f"{name} {words(losses[name].min(), 3)}" for name in places)
    left, right = st.columns(2)  # below the controls, also where columns stack
    with left:
        figure(pictures_scores.search(losses), key="generalization/search", height=340,
               alt=f"The lowest validation loss so far over sixteen trials: {said}.")
    with right:
        if answered():
            figure(pictures_scores.places(places, losses, second), key="generalization/search/places", height=340,
                   alt=f"Where the trials lie, over the rate and the {AXES[second]}; the better ones are larger.")
        else:
            st.caption("Where the trials lie is drawn here after the question.")
    rows = {"rates tried": [told(str(len(np.unique(each[:, 0])))) for each in places.values()]} | {
        what: [told(words(float(each[best[name]][i]), 2)) for name, each in places.items()]
        for i, what in enumerate(("best rate", f"its {AXES[second]}"))} | {
        what: [words(found[name, best[name]][i], 3) for name in places]
        for i, what in enumerate(("its validation loss", "its test loss"))}
    low, high = map(tex, scores.RATES)
    with left:
        table(("", *places), [(what, *each) for what, each in rows.items()])
    with right:
        lined((rf"\text{{grid:}}\ \eta&={low}\cdot\left(\tfrac{{{high}}}{{{low}}}\right)^{{i/3}}", told(r"i&=0,1,2,3", "i&=?"),
               rf"\text{{at random:}}\ \eta&={low}\cdot\left(\tfrac{{{high}}}{{{low}}}\right)^{{u}}", r"&0\le u<1"))
    st.caption("Moons, 200 training rows, 400 for validation, 400 for the test; 8 tanh units, plain gradient descent, 50 "
               "epochs. Larger marks are better trials.")


@st.fragment
def curse() -> None:
    """Sixty-four networks, the best of them on the validation rows, and what it is worth."""
    left, right = st.columns([3, 2])
    with right:
        shuffled = controls.one_of("curse/labels", "Labels", LABELS, True)
        rows = controls.one_of("curse/rows", "Validation rows", (40, 100, 270), 40)
        draws = controls.one_of("curse/draws", "Draws of the data", DRAWS, 1)
    first = range(scores.CURSED_FROM, scores.CURSED_FROM + draws)
    found = worked_out(first, lambda draw: tries(shuffled, rows, draw).best(), "Draws")
    validation, test = (np.array([found[draw][i] for draw in first]) for i in (0, 1))
    with left:
        figure(pictures_scores.curse(validation, test if answered() else None), key="generalization/curse", height=400,
               alt=f"Best accuracy on {rows} validation rows so far, from {words(np.median(validation[:, 0]), 3)} to "
                   f"{words(np.median(validation[:, -1]), 3)} over 64 networks.")
    with right:
        middle = [np.median(each, axis=0) for each in (validation, test)]
        table(("best of", "on validation rows", "on test rows", "too good by"), [
            (str(n), words(middle[0][n - 1], 3), told(words(middle[1][n - 1], 3)),
             told(words(float((validation - test)[:, n - 1].mean()), 2))) for n in (1, 4, 16, 64)])
        held = middle[0][-1]
        lined((r"\text{too good}&=\text{acc}_\text{validation}-\text{acc}_\text{test}",
               rf"&={tex(held, 3)}-{told(tex(middle[1][-1], 3))}={told(tex(held - middle[1][-1], 2))}",
               rf"\text{{one score strays by}}&\approx\sqrt{{\frac{{0.5\cdot0.5}}{{{rows}}}}}={tex(0.5 / np.sqrt(rows), 2)}"))
        st.caption("64 networks of 16 ReLU units, 100 epochs on 60 rows; nothing but their first weights differs." + (
            f" {BAND} Too good by: the mean." if draws > 1 else ""))


@st.fragment
def descent() -> None:
    """Least squares on more and more features, beyond the number of rows."""
    left, right = st.columns([3, 2])
    with right:
        at = controls.series("descent/features", "Features P", curves.SIZES, 30)
        draws = controls.one_of("descent/draws", "Draws of the data", DRAWS, 5)
    found = worked_out(range(draws), swept, "Draws")
    train, test, length = np.array([found[draw] for draw in range(draws)]).transpose(1, 0, 2)
    i = curves.SIZES.index(at)
    middle = [float(np.median(part[:, i])) for part in (train, test, length)]
    with left:
        figure(pictures_scores.descent(train, test if answered() else None, at), key="generalization/descent", height=400,
               alt="Distance from the training rows over the number of features: it falls to 0 where there are as many "
                   f"features as rows. At {at} it is {words(middle[0], 3, 1)}.")
    with right:
        table(("features", "on training rows", "on new rows", "length of w"), [
            (f"{size:,}", words(float(np.median(train[:, j])), 3, 1) if size < curves.ROWS else "0",
             told(words(float(np.median(test[:, j])), 3)), told(words(float(np.median(length[:, j])), 3)))
            for j, size in enumerate(curves.SIZES) if size in (1, 10, 30, 50, 60, 70, 100, 400, 1600, at)])
    lined((rf"\hat y&=\sum_{{j=1}}^{{{at}}}w_j\max(0,v_j\cdot x+b_j)",
           rf"&\sum_{{i=1}}^{{{curves.ROWS}}}(\hat y_i-y_i)^2\ \text{{least, and}}\ |w|\ \text{{least of all such}}",
           rf"|w|&={told(tex(middle[2], 3))}"))
    st.caption(f"{curves.ROWS} rows of {curves.INPUTS} normal inputs, targets with noise; the features are drawn at random and "
               "stay as they are: least squares, not a trained network. " + told(
                   "How far down the second descent goes depends on the problem. ", "") + "Medians of the draws.")
