"""How a run is drawn: the points of its picture, the colours of its values, the part of the network that has room."""

from functools import cached_property

from ann_core.base.arrays import Array
from ann_core.film.drawing import Drawing, drawing_of, unit_shapes
from ann_core.nn.activations import Activation
from ann_core.run.setup import Setup

PLANE_POINTS, CLASS_PLANE_POINTS, CURVE_POINTS = 48, 40, 200


class View:
    """The geometry of a run's pictures; follows from its settings and data alone. Runs whose data have no plane have no picture
    points and no drawing."""

    def __init__(self, setup: Setup):
        self.setup = setup

    @classmethod
    def of(cls, setup: Setup) -> "View":
        """The view of these runs, made once."""
        found: View = setup.worked_out.get("view") or setup.worked_out.setdefault("view", cls(setup))
        return found

    @property
    def is_curve(self) -> bool:
        """Whether the picture is a curve over one input."""
        plane = self.setup.data.plane
        return plane is not None and plane.is_curve

    @property
    def grid_size(self) -> int:
        """G, picture points along an axis."""
        return CURVE_POINTS if self.is_curve else CLASS_PLANE_POINTS if self.setup.net.n_out > 1 else PLANE_POINTS

    @cached_property
    def grid(self) -> Array:
        """Network inputs of the picture's points."""
        return self.setup.data.grid(self.grid_size)

    @cached_property
    def field(self) -> tuple[float, float]:
        """The values shown in the two end colours, for values: those of the training targets."""
        y = self.setup.target.in_units(self.setup.answers_train)
        low, high = float(y.min()), float(y.max())
        return (low, high) if high > low else (low - 1, high + 1)

    @cached_property
    def drawing(self) -> Drawing:
        """The part of its networks that is drawn."""
        return drawing_of(self.setup.objective)

    @cached_property
    def shapes(self) -> list[Activation | None]:
        """The activation behind each layer's output."""
        return unit_shapes(self.setup.objective)
