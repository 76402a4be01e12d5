"""The update of any optimiser at one step of one weight, as formulas with their running numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ann_core.base.spelling import factor, tex
from ann_core.lessons.optimizers import Path, Step
from ann_core.run.training import TrainingConfig

MEMORIES = {"momentum": ("v",), "nesterov": ("v",), "adagrad": ("G",), "adadelta": ("G", "D"), "rmsprop": ("G",),
            "adam": ("m", "v"), "adamw": ("m", "v"), "nadam": ("m", "v", "∏μ")}
"""What an optimiser's memory is called, as its `init` orders it; SGD has none."""


@dataclass(frozen=True)
class _Now:
    """A step, its settings, and how numbers and the weight are spelt in it."""

    s: Step
    c: TrainingConfig
    digits: int
    w: str

    def n(self, value: float) -> str:
        return tex(value, self.digits)

    def f(self, value: float) -> str:
        """Inside a product or a power."""
        return factor(value, self.digits)

    def sum(self, letter: str, i: int, keep: str, by: float, new: str, value: str) -> list[str]:
        """letter ← keep · letter + new, where value spells the new part."""
        kept = self.n(self.s.before[i]) if by == 1 else rf"{self.n(by)}\cdot{self.f(self.s.before[i])}"
        return [rf"{letter}&\leftarrow {keep}{letter}+{new}", rf"&={kept}+{value}={self.n(self.s.after[i])}"]

    def blend(self, letter: str, i: int, beta: str, by: float, new: str, value: str) -> list[str]:
        """A fading mean: letter ← β letter + (1 − β) new."""
        return [rf"{letter}&\leftarrow {beta}\,{letter}+(1-{beta})\,{new}",
                rf"&={self.n(by)}\cdot{self.f(self.s.before[i])}+{self.n(1 - by)}\cdot{value}", "&=" + self.n(self.s.after[i])]

    def corrected(self, letter: str, i: int, beta: str, by: float) -> str:
        share = 1 - by**self.s.t
        return (rf"\hat {letter}&=\frac{{{letter}}}{{1-{beta}^t}}=\frac{{{self.n(self.s.after[i])}}}{{{self.n(share)}}}"
                rf"={self.n(self.s.after[i] / share)}")

    def move(self, formula: str, value: str, w: float | None = None) -> list[str]:
        """w ← w − η · formula. w: where it begins, if not at the step's own"""
        s = self.s
        return [rf"{self.w}&\leftarrow {self.w}-\eta\,{formula}",
                rf"&={self.n(s.w if w is None else w)}-{self.n(s.rate)}\cdot{value}={self.n(s.to)}"]


def _sgd(now: _Now) -> list[str]:
    return now.move("g", now.f(now.s.g))


def _speed(now: _Now) -> list[str]:
    return now.sum("v", 0, r"\mu ", now.c.momentum, "g", now.f(now.s.g))


def _momentum(now: _Now) -> list[str]:
    return _speed(now) + now.move("v", now.f(now.s.after[0]))


def _nesterov(now: _Now) -> list[str]:
    ahead = rf"\bigl({now.n(now.s.g)}+{now.n(now.c.momentum)}\cdot{now.f(now.s.after[0])}\bigr)"
    return _speed(now) + now.move(r"(g+\mu v)", ahead)


def _root(now: _Now) -> list[str]:
    return now.move(r"\frac{g}{\sqrt G+\epsilon}", rf"\frac{{{now.n(now.s.g)}}}{{\sqrt{{{now.n(now.s.after[0])}}}+\epsilon}}")


def _adagrad(now: _Now) -> list[str]:
    return now.sum("G", 0, "", 1, "g^2", now.f(now.s.g) + "^2") + _root(now)


def _faded_squares(now: _Now) -> list[str]:
    return now.blend("G", 0, r"\rho", now.c.rho, "g^2", now.f(now.s.g) + "^2")


def _rmsprop(now: _Now) -> list[str]:
    return _faded_squares(now) + _root(now)


def _adadelta(now: _Now) -> list[str]:
    s = now.s
    d = (s.w - s.to) / s.rate
    return [*_faded_squares(now), r"d&=\sqrt{\frac{D+\epsilon}{G+\epsilon}}\,g",
            rf"&=\sqrt{{\frac{{{now.n(s.before[1])}+\epsilon}}{{{now.n(s.after[0])}+\epsilon}}}}\cdot{now.f(s.g)}={now.n(d)}",
            *now.move("d", now.f(d)), *now.blend("D", 1, r"\rho", now.c.rho, "d^2", now.f(d) + "^2")]


def _moments(now: _Now) -> list[str]:
    c, g = now.c, now.f(now.s.g)
    return now.blend("m", 0, r"\beta_1", c.momentum, "g", g) + now.blend("v", 1, r"\beta_2", c.beta2, "g^2", g + "^2")


def _hats(now: _Now) -> list[str]:
    return [now.corrected("m", 0, r"\beta_1", now.c.momentum), now.corrected("v", 1, r"\beta_2", now.c.beta2)]


def _adam(now: _Now, w: float | None = None) -> list[str]:
    m, v = (mean / (1 - beta**now.s.t)
            for mean, beta in zip(now.s.after, (now.c.momentum, now.c.beta2), strict=True))
    value = rf"\frac{{{now.n(m)}}}{{\sqrt{{{now.n(v)}}}+\epsilon}}"
    return _moments(now) + _hats(now) + now.move(r"\frac{\hat m}{\sqrt{\hat v}+\epsilon}", value, w)


def _adamw(now: _Now) -> list[str]:
    s = now.s
    decay = 1 - s.rate * now.c.weight_decay
    return [rf"{now.w}&\leftarrow(1-\eta\lambda)\,{now.w}",
            rf"&=(1-{now.n(s.rate)}\cdot{now.n(now.c.weight_decay)})\cdot{now.f(s.w)}={now.n(decay * s.w)}",
            *_adam(now, decay * s.w)]


def _nadam(now: _Now) -> list[str]:
    s, n = now.s, now.n
    product = s.after[2]
    mu = product / s.before[2]
    d = (s.w - s.to) / s.rate
    return [r"\mu_t&=\beta_1\bigl(1-\tfrac12\cdot0.96^{0.004t}\bigr)=" + n(mu),
            rf"\textstyle\prod\mu&={n(s.before[2])}\cdot{n(mu)}={n(product)}", *_moments(now),
            now.corrected("v", 1, r"\beta_2", now.c.beta2),
            r"d&=\frac{\frac{\mu_{t+1}\,m}{1-\mu_{t+1}\prod\mu}+\frac{(1-\mu_t)\,g}{1-\prod\mu}}{\sqrt{\hat v}+\epsilon}="
            + n(d), *now.move("d", now.f(d))]


_LINES: dict[str, Callable[[_Now], list[str]]] = {
    "sgd": _sgd, "momentum": _momentum, "nesterov": _nesterov, "adagrad": _adagrad, "adadelta": _adadelta,
    "rmsprop": _rmsprop, "adam": _adam, "adamw": _adamw, "nadam": _nadam}


def update(path: Path, t: int, i: int = 0, digits: int = 4, slope: str = "", weight: str = "w") -> list[str]:
    """Step t = 1, 2, … of weight i, line by line, from the gradient to the new weight.

    slope: what the gradient is   weight: what it is called
    """
    return of_step(path.step(t, i), path.c, digits, slope, weight)


def remembered(lines: Sequence[str]) -> list[str]:
    """Of an update only the gradient and what becomes of the memory: up to where the step itself is worked out."""
    return list(takewhile(lambda line: not line.startswith((r"\hat", "w")), lines))


def of_step(step: Step, c: TrainingConfig, digits: int = 4, slope: str = "", weight: str = "w") -> list[str]:
    """The same for a step by itself."""
    now = _Now(step, c, digits, weight)
    return [rf"g&={slope}{'=' * bool(slope)}{now.n(step.g)}", *_LINES[c.optimizer](now)]
