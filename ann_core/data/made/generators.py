"""Made data: one frozen record a shape or function."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset, Range, Task
from ann_core.data.made import shapes, surfaces
from ann_core.data.made.shapes import Clouds

SQUARE = ((-3.0, 3.0), (-3.0, 3.0))
CURVE = ((-2.25, 2.25), (-1.5, 1.5))
TARGET_WIDTH = 2.0  # every made target runs from about −1 to 1


@dataclass(frozen=True)
class Generator:
    """A recipe for made data.

    place(classes, samples, rng) -> X (N, n_inputs), y (N,), both without noise
    classes: least and most classes, (0, 0) for regression   extent: the plane it is shown on
    Where `place` is `Clouds`, so are its points.
    """

    key: str
    label: str
    task: Task
    n_inputs: int
    sentence: str
    place: Callable
    extent: tuple[Range, Range] = SQUARE
    classes: tuple[int, int] = (0, 0)
    max_noise: float = 0.5

    def class_count(self, wanted: int) -> int:
        """The number of classes nearest to the wanted one that this shape can have."""
        return min(max(wanted, self.classes[0]), self.classes[1])

    def clouds(self, classes: int, noise: float) -> tuple[Array, float] | None:
        """Centres (K, 2) of the clouds that its points are drawn from, and their standard deviation; None of other shapes."""
        if not isinstance(self.place, Clouds):
            return None
        return self.place.centers(self.class_count(classes)), float(np.hypot(self.place.spread, self.strays(noise)))

    def strays(self, noise: float) -> float:
        """Standard deviation in units of the plane."""
        low, high = self.extent[0]
        return noise * (high - low) / 4

    def make(self, samples: int, noise: float, rng: np.random.Generator, classes: int = 2):
        """Draw X (N, n_inputs) and y (N,).

        Gaussian noise is added to the coordinates of classes and to the target of functions. Its standard
        deviation is `noise` quarters of the width of what is shown (the plane; the target's range −1 … 1), so
        the same number looks the same everywhere: 0 none, 0.1 slight, 0.5 heavy.
        Positions and noise have a stream each: another noise moves the same points less or further.
        Raises ValueError for fewer than one sample or a noise that is negative or not finite.
        """
        if samples < 1:
            raise ValueError(f"Expected at least 1 sample, received {samples}. Choose a larger number.")
        if not 0 <= noise < np.inf:
            raise ValueError(f"Expected a noise of 0 or more, received {noise}. Try 0.1.")
        place_rng, noise_rng = rng.spawn(2)
        X, y = self.place(self.class_count(classes), samples, place_rng)
        if self.task == "regression":
            return X, y + noise * TARGET_WIDTH / 4 * noise_rng.standard_normal(y.shape)
        return X + self.strays(noise) * noise_rng.standard_normal(X.shape), y

    def dataset(self, samples: int, noise: float, rng: np.random.Generator, classes: int = 2) -> Dataset:
        """The drawn rows with their names."""
        X, y = self.make(samples, noise, rng, classes)
        regression = self.task == "regression"
        return Dataset(
            self.key, self.label, self.task, X, y,
            feature_names=("x₁", "x₂")[: self.n_inputs],
            class_names=() if regression else usual_class_names(self.class_count(classes)),
            target_name="y" if regression else "class",
            extent=self.extent,
        )  # fmt: skip


def usual_class_names(count: int) -> tuple[str, ...]:
    return ("blue", "orange") if count == 2 else tuple(f"class {k + 1}" for k in range(count))


def _sampled(f, n_inputs, reach, classes, samples, rng):
    """Inputs spread evenly over [−reach, reach], targets from f."""
    X = rng.uniform(-reach, reach, (samples, n_inputs))
    return X, f(X)


def _shape(key, label, sentence, place, classes=(2, 2), extent=SQUARE):
    return Generator(key, label, "classification", 2, sentence, place, extent, classes)


def _surface(key, label, sentence, f):
    return Generator(key, label, "regression", 2, sentence, partial(_sampled, f, 2, 2.5))


def _curve(key, label, sentence, f):
    return Generator(key, label, "regression", 1, sentence, partial(_sampled, f, 1, 2.0), CURVE)


GENERATORS = Registry("generator", [
    _shape("circles", "Circles", "One class in the middle, the other in a ring around it.", shapes.circles),
    _shape("moons", "Moons", "Two half circles that reach into each other.", shapes.moons,
           extent=((-1.5, 2.5), (-1.75, 2.25))),
    _shape("spiral", "Spiral", "Two arms that wind around each other; no line parts them.", shapes.spiral),
    _shape("xor", "XOR", "Four squares: blue where x₁ and x₂ have the same sign, orange where they differ.",
           shapes.xor),
    _shape("blobs", "Blobs", "Two to six round clouds, one a class; lines can part them.",
           Clouds(lambda classes: shapes.on_circle(classes, 1.8, np.pi / 4), 0.35), (2, 6)),
    _shape("three_spirals", "Three spirals", "Three arms wind around one centre, one a class.", shapes.spiral,
           (3, 3)),
    _shape("checkerboard", "Checkerboard", "Sixteen squares of two classes, like a small chess board.",
           shapes.checkerboard, extent=((-2.5, 2.5), (-2.5, 2.5))),
    _shape("eight_clouds", "Eight clouds", "Eight small clouds on a circle; neighbours are of different classes.",
           Clouds(lambda _: shapes.on_circle(8, 2.0), 0.1)),
    _shape("grid", "Grid of clouds", "Sixteen small clouds in rows and columns; neighbours are of different classes.",
           Clouds(lambda _: shapes.on_grid(4, 1.3), 0.1)),
    _shape("line", "Line", "A straight stretch, one class on each half of it.", shapes.line),
    _shape("rings", "Rings", "Three or more rings around one centre, one a class.", shapes.rings, (3, 6)),
    _surface("plane", "Plane", "The value rises evenly towards one corner; a single unit can learn it.",
             surfaces.plane),
    _surface("hills", "Hills", "Two hills and two hollows.", surfaces.hills),
    _surface("ripple", "Ripple", "Waves around the centre, as from a stone in water.", surfaces.ripple),
    _curve("sine", "Sine", "A wave that goes up and down twice.", surfaces.sine),
    _curve("step", "Step", "The value jumps from −1 to 1 at 0.", surfaces.step),
    _curve("abs", "Absolute value", "Straight down, then straight up: a sharp corner.", surfaces.absolute),
    _curve("cubic", "Cubic", "A smooth curve with one bump and one dip.", surfaces.cubic),
])  # fmt: skip
