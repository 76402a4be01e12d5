"""The questions of the lesson "Optimisers" on the rate over time, and on ground that is flat or hilly."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons.ask import Ask
from ann_core.lessons.optimizers_grounds import BEALE, VALLEYS, flat_places, steep_start
from ann_core.lessons.optimizers_surfaces import SURFACES
from ui.lessons.optimizers import LABELS, SHELVES, noisy_runs, over_the_plateau, settings


def schedule() -> Ask:
    rate = 0.1
    end = float(noisy_runs(rate, "constant", 1.0, 1.0)[1][-1])
    expected = np.sqrt(rate / (2 - rate))
    return Ask(f"On ½w², each gradient carries noise N(0, 1), and the rate stays {words(rate)}. Does w come to rest?", {
        "Yes, at 0": "That would be so if the rate fell, or if the noise grew small near the lowest point.",
        f"No, it stays about {words(expected, 2)} off": "That would be so if each step brought new noise of the same size.",
        "No, it drifts ever further away": "That would be so if nothing pulled it back, or with a rate of 2 and more."},
        0 if end < 0.01 else 1 if end < 5 * expected else 2,
        f"Each step brings new noise, and the slope pulls back: they balance at √(η/(2 − η)) = {words(expected, 3)}. Measured "
        f"after 1,000 steps over 200 runs: {words(end, 3)}.",
        scene=[{"schedule/of": name} for name in ("constant", "exponential")])


def warmup() -> Ask:
    home = [bool(BEALE.inside(steep_start("momentum", k).thetas[-1])) for k in (20, 50)]
    return Ask("Momentum at a constant rate leaves the picture at step "
               f"{len(steep_start('momentum', 1))}. Let the rate rise over the first 20 steps, or over the first 50: which of "
               "them stays in the picture?", {
        "both": "That would be so if 20 steps were enough to get past the steep beginning.",
        "only the one over 50 steps": "That would be so if the steep beginning took more than 20 steps to pass.",
        "neither": "That would be so if the steepness went on: then only a small rate for all steps would help."},
        0 if all(home) else 1 if home[1] else 2,
        f"Over 20 steps it still leaves, at step {len(steep_start('momentum', 20))}; over 50 it stays, and f is below 0.001 at "
        f"step {int((BEALE.value(steep_start('momentum', 50).thetas) < 1e-3).argmax())}.",
        scene=({"warmup/of": "momentum", "warmup/k": 50},), plays=9)


def saddle() -> Ask:
    surface = SURFACES["saddle"]
    ways = {key: core.walk(settings(key, 0.1, weight_decay=0.0), lambda theta, t: surface.gradient(theta), [-1.0, 0.0], 300)
            for key in LABELS}
    leave = [key for key, path in ways.items() if path.thetas[-1, 1] != 0]
    return Ask("The start lies exactly on the ridge, at y₀ = 0, where the slope along y is 0. Which optimisers leave it?", {
        "those with momentum": "That would be so if they had some speed along y. They begin at rest, and 0 is all they add up.",
        "those that divide by the gradient's size": "That would be so if the slope were tiny: then they would make a step of "
                                                    "it. It is 0, and 0 divided by anything stays 0.",
        "none of the nine": "That would be so if each of them moved only what has a gradient."},
        2 if not leave else 1 if "adam" in leave else 0,
        "A gradient of 0 moves nothing, in any of them. A little beside the ridge those that divide by its size leave first.",
        scene=[{"saddle/y": y, "saddle/of": "adam"} for y in (1e-6, 0.0)], plays=6)


def plateau() -> Ask:
    names = ("sgd", "momentum", "adam")
    steps = {key: over_the_plateau()[key][SHELVES.index(-8.0)] for key in names}
    return Ask("From w = −8 the slope is about −0.0003. All at η = 0.1: which of these is past w = 0 first?", {
        LABELS["sgd"]: "That would be so if its steps did not shrink with the slope: they are 0.00003 long here.",
        LABELS["momentum"]: "That would be so if adding up made up for it: its steps become ten times as long, no more.",
        LABELS["adam"]: "That would be so if the step did not depend on how small the gradient is."},
        names.index(min(names, key=lambda key: steps[key] or 10**6)),
        f"Adam divides by the size of the gradient and walks on in steps of about η: {steps['adam']} of them. Momentum needs "
        f"{steps['momentum']:,}, plain gradient descent more than 4,000.",
        scene=[{"plateau/start": -8.0, "plateau/of": key} for key in ("sgd", "adam")], plays=5)


def valleys() -> Ask:
    rim, tried = flat_places()[1], (0.5, 0.8, 0.9)
    ends = [core.walk(settings("momentum", 0.01, momentum=mu), VALLEYS.gradient, [2.0], 600).thetas[-1, 0] for mu in tried]
    return Ask("From w = 2 at η = 0.01: how much momentum does it take to get over the rim, into the deep valley?", {
        "μ = 0.5 is enough": "That would be so if the steps, twice as long, carried it up the rim.",
        "μ = 0.8 is enough, 0.5 is not": "That would be so if the steps, five times as long, carried it up the rim.",
        "μ = 0.9 is enough, 0.8 is not": "That would be so if it took steps about ten times as long."},
        [end < rim for end in ends].index(True), "With 0.9 it rolls over the rim and ends in the deep valley; with 0.8 it "
        "swings back into the shallow one. At another rate or from another start it is otherwise.",
        scene=[{"valleys/start": 2.0, "valleys/rate": 0.01, "valleys/noise": 0.0, "valleys/mu": mu} for mu in (0.8, 0.9)],
        plays=8)
