"""The questions of the lesson "Optimisers" on Adam and its kin, and on three steps by hand."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import optimizers as core
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.optimizers import LABELS, settings


def _length(optimizer: str, g: float, rate: float) -> float:
    """Of the first step for this gradient."""
    return float(-core.walk(settings(optimizer, rate), lambda theta, t: np.full_like(theta, g), [0.0], 1).thetas[1, 0])


def adam(draw: int = 0) -> Ask:
    (g,), rate = numbers(draw, (1000.0,), (0.001, 0.01, 10.0, 100.0)), 0.1
    uncorrected = _length("rmsprop", g, rate)
    values = {f"η · g = {words(rate * g)}": (rate * g, "That would be so for plain gradient descent."),
              f"η itself, {words(rate)}": (rate, "That would be so if the gradient's size cancelled."),
              f"3.16 η = {words(uncorrected, 3)}": (
                  uncorrected, "That would be so for RMSProp, or for Adam without its correction at the start.")}
    found = _length("adam", g, rate)
    right = min(range(3), key=lambda i: abs(list(values.values())[i][0] - found))
    return Ask(f"The first gradient is {words(g)} and η = {words(rate)}. How long is Adam's first step?",
               {option: said for option, (_, said) in values.items()}, right,
               f"After one step m̂ = g and √v̂ = |g|, so m̂ ÷ √v̂ is 1, and the step is {words(found)} whatever the gradient is.",
               scene=[{"adam/g": size, "adam/t": 1} for size in (1.0, g)])


def decay(draw: int = 0) -> Ask:
    (strength,) = numbers(draw, (0.01,), (0.001, 0.1))
    ends = {"AdamW": core.walk(settings("adamw", 0.1, weight_decay=strength), core.bowl(0.0), [1.0], 1).thetas[1, 0],
            "Adam with L2": core.walk(settings("adam", 0.1, l2=strength), core.bowl(0.0), [1.0], 1).thetas[1, 0]}
    return Ask(f"The data's gradient is 0; w = 1, η = 0.1, λ = {words(strength)}. Which of the two moves w to "
               f"{words(ends['Adam with L2'], 3)}?", {
        "AdamW, its decay apart": "That would be so with λ = 1: AdamW multiplies w by 1 − ηλ, which is "
                                  f"{words(ends['AdamW'], 6)} here.",
        "Adam, L2 in its gradient": "That would be so if Adam divided the pull of L2 by its own size.",
        "neither of them": "That would be so if a weight without a gradient from the data could not move."},
        int(np.argmin(np.abs(np.array(list(ends.values())) - 0.9))),
        f"L2 hands Adam the gradient λw = {words(strength)}, and Adam divides it by its own size: the step is η, whatever λ "
        f"is. AdamW goes to {words(ends['AdamW'], 6)}.", scene=({"decay/lambda": strength, "decay/of": "adam", "decay/t": 1},))


def nadam(draw: int = 0) -> Ask:
    (rate,) = numbers(draw, (0.1,), (0.02, 0.05, 0.2))
    found = _length("nadam", 1.0, rate)
    values = {rate: "That would be so for Adam.", found: "That would be so if the look ahead added a little.",
              1.9 * rate: "That would be so if the gradient were added in full once more, as in Nesterov's first step."}
    return Ask.of_values(f"Adam's first step is η = {words(rate)}. How long is NAdam's?", values, found,
                         f"{words(found, 6)}: a little over η. NAdam mixes the next step's share of m with the present "
                         "gradient, and its μₜ starts low.", scene=[{"nadam/rate": rate, "nadam/t": at} for at in (2, 1)])


def _second(path: core.Path) -> str:
    """The second step, worked out in words."""
    s, c = path.step(2), path.c
    w, g, to, *memory = (words(value, 6) for value in (s.w, s.g, s.to, *s.before, *s.after))
    faded = f"{words(c.rho)} · {memory[0]} + {words(1 - c.rho)} ·" if c.optimizer == "rmsprop" else f"{memory[0]} +"
    if c.optimizer in ("momentum", "nesterov"):
        speed = f"v = {words(c.momentum)} · {memory[0]} + {g} = {memory[1]}"
        step = memory[1] if c.optimizer == "momentum" else f"({g} + {words(c.momentum)} · {memory[1]})"
    elif c.optimizer in ("adagrad", "rmsprop"):
        speed, step = f"G = {faded} {g}² = {memory[1]}", f"{g} ÷ √{memory[1]}"
    else:
        m, v = (one[1, 0] for one in core.corrected(path))
        speed = (f"m = {words(c.momentum)} · {memory[0]} + {words(1 - c.momentum)} · {g} = {memory[2]}, "
                 f"corrected {words(m, 6)}; v the same way with g², corrected {words(v, 6)}")
        step = f"{words(m, 6)} ÷ √{words(v, 6)}"
    return f"{speed}. Then {w} − {words(s.rate)} · {step} = {to}."


def byhand(draw: int = 0) -> Ask:
    (key,) = numbers(draw, ("momentum",), ("nesterov", "adagrad", "rmsprop", "adam"))
    paths = {name: core.walk(settings(name, 0.1), core.bowl(1.0), [1.0], 2) for name in LABELS if name != "adadelta"}
    w = {name: float(path.thetas[2, 0]) for name, path in paths.items()}
    others = [name for name in ("sgd", "nesterov", "momentum", "adagrad") if name != key][:2]
    values = {w[name]: f"That would be so for {LABELS[name]}." for name in [key, *others]}
    return Ask.of_values(f"{LABELS[key]} on ½w², from w = 1 with η = 0.1. Its first step goes to "
                         f"{words(paths[key].thetas[1, 0], 6)}. And the second?", values, w[key],
                         "From the gradient now, and what it remembers: " + _second(paths[key]),
                         scene=[{"byhand/of": key, "byhand/t": at} for at in (1, 2)])
