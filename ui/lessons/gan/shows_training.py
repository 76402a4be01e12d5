"""Ideas on what becomes of a training: a chase, what helps, and what its curves do not tell."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ann_core.base.spelling import tex, words
from ann_core.lessons import gan as core
from ann_core.lessons import gan_course
from ui.figure import figure
from ui.lessons.gan import ASKED, BACK, FOUR, SEED, controls, course, four, pictures_training
from ui.lessons.parts import lined, table, tiles, worked_out
from ui.question import answered, playing, told

CHASES = ("both", "steps", "usual")
RUNS = {"usual": "training A", "small": "training B"}


@st.fragment
def chase() -> None:
    """Where the samples lie, round after round."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.from_list("chase/change", "Training", {key: core.CHANGES[key].label for key in CHASES}, "both")
        seed = int(controls.slider("chase/seed", "Seed", 0, 9, SEED, 1, help="Other first weights, other noise."))
    known = course(key, seed)
    last = ASKED + BACK if answered() else ASKED
    film = replace(pictures_training.samples_film(known, last), autoplay=playing())
    at, rests = controls.rest("chase/at", len(film.frames))
    rounds = int(known.rounds[at])
    shares = known.shares[:, 0]
    most, before = int(shares[at].argmax()), shares[max(0, at - BACK // gan_course.EVERY)]
    gone = float(gan_course.moved(before, shares[at]))
    with left:
        figure(pictures_training.samples(known, last), key="gan/chase", height=400, animation=film, **rests,
               alt=f"True samples in eight clouds, and made ones that move from round to round, up to round {last}. In round "
                   f"{rounds:,} the cloud with the most has {words(100 * float(shares[at, most]), 3)} % of them.")
    with right:
        figure(pictures_training.shares(known, last, rounds), key="gan/chase/shares", height=250,
               alt=f"The share of the samples nearest to each of the eight clouds, from round 0 to {last}.")
        tiles({"round": f"{rounds:,}", "at the fullest cloud": f"{100 * shares[at, most]:.0f} %",
               "moved in 200 rounds": f"{100 * gone:.0f} %"})
        lined((r"\text{moved}&=\tfrac12\sum_{k=1}^{8}|\text{share}_k-\text{share}'_k|", rf"&={tex(gone, 3)}"))
        st.caption("The bluer, the more samples. Clouds count from the right, against the clock. Moved: the least part of the "
                   "samples that has gone to another cloud since share′, 200 rounds before or at the start. β₁: how much of "
                   "the older gradients Adam keeps; usual here: 0.5.")


@st.fragment
def helps() -> None:
    """A change to the training, over several seeds."""
    left, right = st.columns([3, 2])
    changes = {key: change.label for key, change in core.CHANGES.items() if key != "usual"}
    with right:
        key = controls.from_list("helps/change", "Changed", changes, "both")
        seeds = int(controls.series("helps/seeds", "Seeds of each", (4, 8, 20), 4))
        asked = controls.toggle("helps/quality", "Show the share of good samples")
    found = _trained(("usual", *((key,) if answered() else ())), seeds)
    shown = {core.CHANGES[name].label: one for name, one in found.items()}
    with left:
        figure(pictures_training.helps(shown, asked), key="gan/helps", height=420,
               alt=f"{'Share of good samples' if asked else 'Clouds covered'} over the rounds, {seeds} seeds of each. "
                   + "; ".join(f"{name}: {_success(one)} succeeded" for name, one in shown.items()) + ".")
    with right:
        head = ("", *shown, *(() if answered() else (changes[key],)))
        rows = [("succeeded", [_success(one) for one in shown.values()]),
                ("clouds, at round 1,000", [words(float(np.median(one.clouds[one.frame(1000)]))) for one in shown.values()]),
                ("clouds, at the end", [words(float(np.median(one.clouds[-1]))) for one in shown.values()]),
                ("good samples", [f"{100 * np.median(one.quality[-1]):.0f} %" for one in shown.values()])]
        table(head, [(name, *cells, *(() if answered() else ("?",))) for name, cells in rows])
        one = found["usual"]
        good, clouds = float(one.quality[-1, 0]), int(one.clouds[-1, 0])
        lined((r"\text{quality}&=\frac{\text{good samples}}{\text{all samples}}",
               rf"&=\frac{{{round(good * gan_course.SAMPLES)}}}{{{gan_course.SAMPLES}}}={tex(good, 3)}",
               rf"\text{{coverage}}&=\frac{{\text{{clouds}}\ge 2\,\%}}{{8}}=\frac{{{clouds}}}{{8}}"))
        st.caption("Usual: Adam with β₁ = 0.5; the judge has twice the generator's rate, both have two layers of 32 units. In "
                   "the formula: seed 0 of these at the end. Good: within three standard deviations of a centre. Succeeded: "
                   "eight clouds, and at least 70 % good. In the table: medians over the seeds.")


def _success(known: gan_course.Course) -> str:
    return f"{int(known.succeeded[-1].sum())} of {known.succeeded.shape[1]}"


def _trained(keys: tuple[str, ...], seeds: int) -> dict[str, gan_course.Course]:
    """Each change over so many seeds."""
    parts = worked_out([(key, seed) for key in keys for seed in range(0, seeds, FOUR)],
                       lambda part: four(*part, FOUR), "Trainings, four at a time")
    return {key: gan_course.joined([part for (of, _), part in parts.items() if of == key]) for key in keys}


def _moment(place: float) -> int:
    """The nearest round that is looked at."""
    return gan_course.EVERY * round(place / gan_course.EVERY)


@st.fragment
def curves() -> None:
    """Losses of two trainings, and what tells them apart."""
    left, right = st.columns([3, 2])
    with right:
        key = controls.one_of("curves/run", "Training", RUNS)
        rounds = int(controls.slider("curves/round", "Round", 0, core.ROUNDS, core.ROUNDS, gan_course.EVERY))
    known = course(key, SEED)
    at, shown = known.frame(rounds), answered() or key == "usual"
    judge, generator = float(known.judge[at, 0]), float(known.generator[at, 0])
    clouds, good = (f"{int(known.clouds[at, 0])} of 8", f"{100 * known.quality[at, 0]:.0f} %") if shown else ("?", "?")
    with left:
        figure(pictures_training.curves(known, shown), key="gan/curves", height=500,
               **controls.cursor("curves/round", rounds, 0, core.ROUNDS, _moment),
               alt=f"Curves over 2,000 rounds of {RUNS[key]}. In round {rounds:,} {clouds} clouds are covered, {good} of the "
                   f"samples are good, the judge's loss is {words(judge, 3)} and the generator's {words(generator, 3)}.")
    with right:
        tiles({"clouds covered": clouds, "good samples": good})
        lined((rf"L_J&={tex(judge, 3)},\quad L_G={tex(generator, 3)}", r"D&=\tfrac12\text{ everywhere:}",
               r"L_J&=-\ln\tfrac12-\ln\tfrac12=1.386", r"L_G&=-\ln\tfrac12=0.693"))
        st.caption("Both learn from the same data, from first weights of the same seed." + told(
            " In training B the judge has two layers of 4 units: too few to notice what is missing.", ""))
