"""The questions of the lesson "Gradients". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lab import remedies
from ann_core.lab.remedies import CAUSES, SOON, Pair
from ann_core.lab.twin_openers import normal, twin
from ann_core.lessons import gradients as core
from ann_core.lessons.ask import Ask, numbers
from ann_core.lessons.gradients_norm import BATCH, normed, sums
from ui.lessons.gradients import FAILS, HELPS, all_tried, tried, way_back

ENOUGH = 18
"""So many of the twenty seeds, and an outcome is said of all."""
BACK, LOST, WILD = "It learns", "It still does not learn", "It explodes"


def _outcome(pair: Pair) -> int:
    """What a cure does: 0 it learns, 1 it does not, 2 its gradient is too large to be of use."""
    after = tried(pair.cured)
    if after.learned.sum() >= ENOUGH:
        return 0
    return 2 if np.median(after.gradient[0]) > 1 else 1


def product(draw: int = 0) -> Ask:
    slope, layers = numbers(draw, (0.25, 5), (0.25, 0.5), (3, 4, 6, 7, 8))
    return Ask.of_values(f"Suppose {layers} hidden layers of one unit, where every slope is {words(slope)} and stays "
                         "so. How large must every weight be, so that the gradient arrives at its full size?", {
        slope: f"That would be so if every slope were {words(1 / slope)}.",
        1.0: "That would be so if every slope were 1.", 1 / slope: ""}, _even(slope),
        f"Each layer multiplies by slope times weight, {words(slope)} · {words(1 / slope)} = 1. But weights move the sums, "
        "too: in the picture w is turned up and the slopes fall. The weights cannot simply be chosen to make up for them.",
        lambda w: f"w = {words(w)}",
        scene=[{"product/bend": "sigmoid", "product/layers": layers, "product/w": w} for w in (1.0, 1 / slope)])


def _even(slope: float) -> float:
    """The weight at which slope and weight leave a gradient as it is."""
    return next(w for w in np.round(np.linspace(0.01, 40, 4000), 2) if slope * w >= 1 - 1e-9)


def bound() -> Ask:
    layers, spread = 10, 1.0
    ways = [way_back(twin("sigmoid", layers, SOON | normal(spread) | {"seed": k})) for k in range(core.SEEDS)]
    above = sum(way.ratio > way.bound for way in ways)
    middle = float(np.median([way.ratio for way in ways]))
    return Ask(f"Ten sigmoid layers, first weights of size {words(spread)}. The slopes multiply to at most 0.25¹⁰. And how "
               "much of the output layer's gradient does layer 1 have?", {
        "More than 0.25¹⁰": "That would be so if the weights made up for a part of what the slopes take.",
        "At most 0.25¹⁰": "That would be so if the bound held for slopes and weights together."},
        0 if above >= ENOUGH else 1,
        f"0.25¹⁰ is {words(ways[0].bound, 2)}, and the ratio is about {words(middle, 2)}, more than that for {above} of "
        f"{core.SEEDS} seeds. The bound is one of the slopes alone.",
        scene=[{"bound/layers": layers, "bound/spread": s} for s in (0.3, spread)])


def sizes(draw: int = 0) -> Ask:
    layers, spread = numbers(draw, (10, 0.5), (6, 10, 15), (0.5, 1.0))
    small, large = (way_back(twin("relu", layers, SOON | normal(s))) for s in (spread, 2 * spread))
    times = float((large.by_weights.prod() * large.by_slope.prod()) / (small.by_weights.prod() * small.by_slope.prod()))
    values = (2, 2 * layers, 2 ** layers)
    said = ("That would be so if only one of the layers counted.", "That would be so if the layers' shares were added up.",
            "That would be so if every layer doubled it once more.")
    return Ask(f"Every first weight of a network with {layers} ReLU layers is doubled, from σ = {words(spread)} to "
               f"{words(2 * spread)}. The factor between the output layer and layer 1, on the way back: how many times as "
               "large is it then?",
               {f"about {value:,}": word for value, word in zip(values, said, strict=True)},
               int(np.abs(np.log(values) - np.log(times)).argmin()),
               f"Measured: {words(times, 3)} times. Each of the {layers} layers above doubles it: 2 multiplied by itself "
               f"{layers} times. Going forward the sums grow just as much, and with them the output layer's own gradient: so "
               "both ends of the picture rise, and layer 1's share stays.",
               scene=[{"sizes/bend": "relu", "sizes/layers": layers, "sizes/spread": s} for s in (spread, 2 * spread)])


def causes() -> Ask:
    names = ("large", "rate", "inputs")
    ends = all_tried([list(CAUSES[name].rungs.values())[i] for name in names for i in (0, -1)])
    changes = [float(abs(np.log(np.median(last.gradient[0]) / np.median(first.gradient[0]))))
               for first, last in zip(ends[::2], ends[1::2], strict=True)]
    return Ask("Which of these ruins training and yet leaves the gradient before the first step exactly as it is?", {
        "Large first weights": "That would be so if the weights were no factor of the gradient.",
        "A high rate": "That would be so if the rate came in only with the step.",
        "Unscaled inputs": "That would be so if inputs were no factor of the gradient of layer 1."},
        int(np.argmin(changes)),
        "The rate is no part of ∂L/∂w: it only multiplies the step. Weights and inputs are factors of the gradient itself.",
        scene=[{"causes/cause": "rate", "causes/rung": rung} for rung in (0, 3)])


def activation() -> Ask:
    pair = remedies.activation("relu").fails
    before, after = all_tried([pair.without, pair.cured])
    return Ask("ReLU brings ten sigmoid layers back. And if their first weights are small, of size 0.1?", {
        BACK: "That would be so if small slopes were the only trouble.",
        LOST: "That would be so if something else than the slopes made it small, too.",
        WILD: "That would be so if the weights were large."}, _outcome(pair),
        f"{after.learned.sum()} of {core.SEEDS} seeds learn. The slopes take far less away now, but each layer's weights "
        f"make the gradient smaller: layer 1 gets {words(float(np.median(after.gradient[0])), 2)} instead of "
        f"{words(float(np.median(before.gradient[0])), 2)}, and both are next to nothing.",
        scene=[{"activation/to": "relu", "activation/situation": which} for which in (HELPS, FAILS)])


def weights() -> Ask:
    pair = remedies.first_weights("he_normal").fails
    after = tried(pair.cured)
    return Ask("He's rule brings ten ReLU layers back, whose weights were too small. And ten sigmoid layers?", {
        BACK: "That would be so if small weights were the only trouble.",
        LOST: "That would be so if the slopes took as much as before.",
        WILD: "That would be so if He's weights were much too large for it."}, _outcome(pair),
        f"{after.learned.sum()} of {core.SEEDS} seeds learn. The weights are large enough now, but ten slopes of at most 0.25 "
        f"stand in the product as before: layer 1 gets {words(float(np.median(after.gradient[0])), 2)}.",
        scene=[{"weights/rule": "he_normal", "weights/situation": which} for which in (HELPS, FAILS)])


def batch_norm(draw: int = 0) -> Ask:
    layer, gamma = numbers(draw, (3, 2.0), (2, 4, 5, 8, 11), (1.5, 2.0, 3.0))
    found = normed(sums(remedies.batch_norm().helps.cured, layer), gamma, 0.0)
    spread = found.variance ** 0.5
    return Ask.of_values(f"The sums of one unit in layer {layer} have a variance of {words(found.variance, 3)}, so a standard "
                         f"deviation of {words(spread, 3)}. γ is {words(gamma)}. By how much does batch normalisation multiply "
                         "the gradient on its way back?", {
        gamma * spread: "That would be so if it multiplied by the spread instead of dividing by it.",
        gamma: "That would be so if the spread were 1 already.", gamma / spread: ""}, found.factor,
        f"Forward it divides by the spread, and so it does on the way back: γ/√(var + ε) = {words(found.factor, 3)}. That is "
        "how it makes up for small slopes: in deep sigmoid layers the sums hardly differ from row to row.",
        lambda value: f"by {words(value, 3)}", scene=[{"batch_norm/layer": layer, "batch_norm/gamma": g} for g in (1.0, gamma)])


def in_use(draw: int = 0) -> Ask:
    z, beta = numbers(draw, (2.5, 0.3), (-1.5, 0.8, 4.0), (-0.5, 0.2, 1.0))
    alone = float(normed(np.array([z]), 1.0, beta).out[0])
    return Ask.of_values(f"In use a single row comes, and a unit's sum is z = {words(z)}; γ = 1, β = {words(beta)}. What "
                         "would batch normalisation give if it took mean and variance from this row alone?", {
        z: "That would be so without batch normalisation.", z + beta: "That would be so if the mean were 0 and the variance 1.",
        beta: ""}, alone,
        f"One number is its own mean: z − mean is 0, and β = {words(beta)} is left, whatever the row says. So in use the "
        "running statistics stand in, gathered in training.",
        scene=[{"in_use/company": m} for m in (BATCH, 16, 8, 4, 2, 1)])


def skip() -> Ask:
    pair = remedies.skip().fails
    before, after = all_tried([pair.without, pair.cured])
    return Ask("Skip connections bring twenty sigmoid layers back. Twenty ReLU layers with He's weights learn without them. "
               "And with them?", {
        "They learn as before": "That would be so if a way around could do no harm.",
        "Their gradient vanishes": "That would be so if the skips took something away from the gradient.",
        "Their gradient explodes": "That would be so if what is added to the 1 were large in every layer."}, _outcome(pair),
        "On average, ReLU layers with He's weights keep a gradient's length. With what goes around added to it, it grows in "
        f"every layer: layer 1 gets {words(float(np.median(after.gradient[0])), 2)} instead of "
        f"{words(float(np.median(before.gradient[0])), 2)}. {after.learned.sum()} of {core.SEEDS} seeds learn, without skips "
        f"{before.learned.sum()}.", scene=[{"skip/situation": which} for which in (HELPS, FAILS)])


def clip(draw: int = 0) -> Ask:
    x, y, c = numbers(draw, (4.0, 3.0, 2.0), (4.0, -4.0), (3.0, -3.0), (1.0, 2.5, 1.5))
    by_norm, by_value = core.clipped(np.array([x, y]), c)
    spelt = [f"({words(part[0], 3)}, {words(part[1], 3)})" for part in (by_norm, by_value, np.array([x, y]) / 2)]
    said = ("That would be so if all parts were shortened alike: that keeps the direction.",
            "That would be so if each part were cut for itself.", "That would be so if every gradient were halved.")
    kept = [core.angle(np.array([x, y]), part) < 1e-6 and abs(float(np.linalg.norm(part)) - c) < 1e-9 for part in
            (by_norm, by_value)]
    return Ask(f"The gradient is ({words(x)}, {words(y)}), the limit {words(c)}. What is left after clipping by norm?",
               dict(zip(spelt, said, strict=True)), kept.index(True),
               f"Its length is {words(float(np.hypot(x, y)))}; all of it is multiplied by {words(c / float(np.hypot(x, y)))}, "
               f"so the arrow is shortened. By value it would be {spelt[1]}: bent by "
               f"{words(round(core.angle(np.array([x, y]), by_value), 3), 3)}°.",
               scene=[{"clip/x": x, "clip/y": y, "clip/limit": limit} for limit in (5.0, c)])


def scaling() -> Ask:
    pair = remedies.scaling().fails
    after = tried(pair.cured)
    return Ask("Ten sigmoid layers learn nothing on two moons, whose inputs lie between −2 and 3. They get scaled. And now?", {
        BACK: "That would be so if inputs of hundreds had been the trouble.",
        LOST: "That would be so if the trouble lay between the layers.",
        WILD: "That would be so if scaling made inputs larger by a lot."}, _outcome(pair),
        f"{after.learned.sum()} of {core.SEEDS} seeds learn. Scaling changes what the first layer is given, and nothing about "
        "ten slopes of at most 0.25.", scene=[{"scaling/situation": which} for which in (HELPS, FAILS)])


def rate() -> Ask:
    pair = remedies.rate().helps
    before, after = (np.median(one.gradient[0]) for one in all_tried([pair.without, pair.cured]))
    return Ask.of_values("The rate goes from 1 to 0.1. What becomes of the gradient before the first step?", {
        0.1: "That would be so of the step, η times the gradient.", 1.0: "",
        10.0: "That would be so if the gradient made up for the rate."}, float(after / before),
        "The rate is no part of the gradient. It makes the step shorter: ten times shorter here, and short enough.",
        lambda v: "It stays the same" if v == 1 else f"It is {words(v)} times as large",
        scene=[{"rate/situation": HELPS, "rate/seed": seed} for seed in (1, 2, 3, 0)])
