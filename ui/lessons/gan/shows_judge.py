"""Ideas on the judge alone: the best one there could be, and one that is too good."""

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import gan_judge as core
from ui.figure import figure
from ui.lessons.gan import HALF, SEED, ahead, controls, course, on_a_line, pictures_judge
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

TURNS = (0, 20, 50, 100, 200, 400, 800)
LAYERS = ("layer 1", "layer 2", "output")
STARTS = {0: "round 0", 200: "round 200", 1000: "round 1,000"}


@st.fragment
def best() -> None:
    """Numbers on a line: two densities, the best judge of them, and one that learned."""
    left, right = st.columns([3, 2])
    with right:
        mean = controls.slider("best/mean", "Middle of the made numbers", -2.0, 2.0, 0.0, 0.1)
        spread = controls.slider("best/spread", "Their spread", 0.3, 2.0, 1.0, 0.1)
        turns = int(controls.series("best/turns", "Turns of the judge", TURNS, 200))
        at = controls.slider("best/at", "Number x in the formula", -3.0, 3.0, 1.5, 0.1)
    found = on_a_line(mean, spread, turns)
    i = int(np.abs(found.x - at).argmin())
    p, q, D, learned = (float(values[i]) for values in (found.p, found.q, found.best, found.learned))
    with left:
        figure(pictures_judge.best(found, at, answered()), key="gan/best", height=460,
               **controls.cursor("best/at", at, -3.0, 3.0),
               alt=f"Above: how often true and made numbers come. Below: what a judge says after {turns} turns, "
                   f"{words(learned, 3)} at x = {words(at)}; the best one says {told(words(D, 3))}.")
    with right:
        tiles({"it says": words(learned, 3), "the best one": told(words(D, 3)), "the judge's loss": words(found.loss)})
        lined((rf"p(x)&={tex(p, 3)},\quad q(x)={tex(q, 3)}", r"D^*(x)&=\frac{p(x)}{p(x)+q(x)}",
               rf"&=\frac{{{tex(p, 3)}}}{{{tex(p, 3)}+{tex(q, 3)}}}={tex(D, 3)}",
               rf"L(D^*)&={tex(found.least)}\ \le\ {tex(found.loss)}") if answered() else
              (rf"p(x)&={tex(p, 3)},\quad q(x)={tex(q, 3)}", r"L&=\int -p\ln D-q\ln(1-D)\,dx", rf"&={tex(found.loss)}"))
        st.caption("p: how often true numbers come, q: made ones. The judge has two layers of 16 tanh units. " + told(
            "D*, the best judge, is theory (Goodfellow and others, 2014); the other curve was learned, where there were "
            f"numbers. Where p = q everywhere, D* is ½ and its loss 2 ln 2 = {words(HALF)}, the largest that a best judge can "
            "have.", ""))


@st.fragment
def ahead_() -> None:
    """A judge that learns on while the generator stands still."""
    left, right = st.columns([3, 2])
    with right:
        start = int(controls.one_of("ahead/start", "The generator stands still from", STARTS, 0))
        turns = int(controls.series("ahead/turns", "Turns that the judge takes alone", core.AHEAD, 200))
        layer = int(controls.one_of("ahead/layer", "Layer of the generator", dict(enumerate(LAYERS))))
    course("usual", SEED)
    found, i = ahead(start), core.AHEAD.index(turns)
    D = float(found.verdict[i])
    by = {name: found.sizes[key][i] for key, name in core.LOSSES.items()}
    with left:
        figure(pictures_judge.ahead(found, i, layer), key="gan/ahead", height=440,
               alt=f"Size of the gradient in the generator's {LAYERS[layer]} over the judge's turns alone, for both losses. "
                   f"After {turns}: " + "; ".join(
                       f"{name} {words(float(sizes[layer]), 2)}" for name, sizes in by.items()) + ".")
    with right:
        tiles({"mean D(G(z))": words(D, 2)})
        table(("RMS of ∂L/∂W", *by, "times"), [
            (LAYERS[k], *(words(float(sizes[k]), 2) for sizes in by.values()),
             told(words(float(by["non-saturating"][k] / by["minimax"][k]), 3))) for k in range(3)])
        lined((r"\text{minimax:}\quad\ell&=\ln(1-D)", rf"-\frac{{\partial\ell}}{{\partial s}}&=D={tex(D, 3)}",
               r"\text{non-saturating:}\quad\ell&=-\ln D", rf"-\frac{{\partial\ell}}{{\partial s}}&=1-D={tex(1 - D, 3)}"))
        st.caption("The formulas stand for a sample of which the judge says its mean verdict. Measured over 512 made samples; "
                   "both losses with the same judge and the same noise. " + told(
                       "Alternating turns, as in the other ideas, do not let the judge get so far ahead: there both losses led "
                       "to eight clouds in 20 of 20 trainings.", ""))
