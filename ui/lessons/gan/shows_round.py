"""The idea on one round: a turn of the judge, a turn of the generator, with the numbers of three points."""

from dataclasses import replace
from math import log

import streamlit as st

from ann_core.base.spelling import factor, tex, words
from ann_core.lessons.gan_round import POINTS, Round
from ui.figure import figure
from ui.lessons.gan import SEED, controls, pictures_round, slow_motion
from ui.lessons.parts import lined, table
from ui.question import playing, told

STARTS = (0, 50, 100, 200, 300, 500)


@st.fragment
def round_() -> None:
    """Five moments of one round."""
    left, right = st.columns([3, 2])
    with right:
        number = int(controls.series("round/number", "Round", STARTS, 200))
        point = int(controls.slider("round/point", "Point in the formula", 1, POINTS, 1, 1)) - 1
    found = slow_motion(number, SEED)
    film = replace(pictures_round.film(found), autoplay=playing())
    at, rests = controls.rest("round/at", len(film.frames))
    with left:
        figure(pictures_round.plane(found), key=f"gan/round/{number}", height=440, animation=film, **rests,
               alt=f"Three true and three made samples in round {number}. {film.frames[at].caption}.")
    X, Z = found.true[:POINTS], found.noise
    fakes, later = found.before.made(Z[0][:POINTS]), found.judged.made(Z[1][:POINTS])
    moved = found.after.made(Z[1][:POINTS])
    with right:
        if at < 3:
            before, after = found.before.verdicts, found.judged.verdicts
            table(("the judge's turn", "D before", "D after"), [
                *((f"true {i + 1}", words(float(before(X)[i]), 3), words(float(after(X)[i]), 3)) for i in range(POINTS)),
                *(("made "
                   f"{i + 1}", words(float(before(fakes)[i]), 3), words(float(after(fakes)[i]), 3)) for i in range(POINTS)),
                ("its loss, of 64 each", *(words(v) for v in found.losses[0]))])
        else:
            table(("the generator's turn", "before", "after"), [
                *((f"made {i + 1}: D", words(float(found.judged.verdicts(later)[i]), 3),
                   words(float(found.after.verdicts(moved)[i]), 3)) for i in range(POINTS)),
                *((f"made {i + 1}: x", *(f"{words(x[i, 0], 3)}, {words(x[i, 1], 3)}" for x in (later, moved)))
                  for i in range(POINTS)),
                ("its loss, of 64", *(words(v) for v in found.losses[1]))])
        st.caption(f"The formula is that of the moment at which the film rests. A step follows the mean over all 64 samples; "
                   f"single ones may go the other way. Parameters changed: by the judge's turn "
                   f"{told(f'{found.changed[0]:,}')}, by the generator's {told(f'{found.changed[1]:,}')}.")
        lined(_formula(found, at, point))


def _formula(found: Round, at: int, i: int) -> tuple[str, ...]:
    """Of one point, at one of the five moments."""
    z = found.noise[at > 2][:POINTS]
    x = (found.before if at < 3 else found.judged).made(z)[i]
    D = float((found.before if at < 2 else found.judged).verdicts(x[None])[0])
    if at == 0:
        return (rf"z&=({tex(z[i, 0], 3)},\ {tex(z[i, 1], 3)})", rf"x&=G(z)=({tex(x[0], 3)},\ {tex(x[1], 3)})")
    if at < 3:
        real = float((found.before if at == 1 else found.judged).verdicts(found.true[i][None])[0])
        return (rf"-\ln D(x_\text{{true}})&=-\ln{tex(real)}=" + tex(-log(real)),
                rf"-\ln(1-D(x_\text{{made}}))&=-\ln{tex(1 - D)}=" + tex(-log(1 - D)))
    pull = found.judged.pulls(x[None])[0]
    if at == 3:
        return (rf"-\ln D(x)&=-\ln{tex(D)}=" + tex(-log(D)),
                r"-\frac{\partial\ell}{\partial x}&=(1-D)\frac{\partial s}{\partial x}",
                rf"&=({tex(pull[0], 3)},\ {tex(pull[1], 3)})")
    step = found.after.made(z)[i] - x
    return (rf"G(z)&\leftarrow({tex(x[0])},\ {tex(x[1])})", rf"&\quad+({factor(step[0], 3)},\ {factor(step[1], 3)})")


