"""Which samples a layer can work on, and the words of its refusals."""

from ann_core.nn.layers.base import Shape


def spelt(shape: Shape) -> str:
    """The shape of a sample in words: 12 numbers, a picture of 8 × 8 with 1 channel."""
    if len(shape) < 3:
        numbers = f"{shape[-1]:,} number{'' if shape[-1] == 1 else 's'}"
        return numbers if len(shape) == 1 else f"{shape[0]:,} steps of {numbers}"
    *sides, channels = shape
    return f"a picture of {' × '.join(map(str, sides))} with {channels} channel{'' if channels == 1 else 's'}"


class Unfit(ValueError):
    """A layer cannot work on what it gets. needs: what it asks for; cure: what to do about it"""

    def __init__(self, needs: str, shape: Shape, cure: str):
        super().__init__(f"{needs}, but gets {spelt(shape)}. {cure}")
        self.needs, self.cure = needs, cure


def numbers(shape: Shape) -> Shape:
    """The shape of a row of numbers, or of steps of numbers. Raises Unfit for pictures."""
    if len(shape) > 2:
        raise Unfit("works on a row of numbers", shape, "Put a flatten layer or a global pool before it.")
    return shape


def sequence(shape: Shape) -> Shape:
    """The shape of steps of numbers. Raises Unfit for anything else."""
    if len(shape) != 2:
        raise Unfit("works on a sequence (steps of numbers)", shape,
                    "Choose data that are sequences, and let every recurrent layer before it give every step.")
    return shape


def picture(shape: Shape) -> Shape:
    """The shape of a picture. Raises Unfit for anything else."""
    if len(shape) != 3:
        raise Unfit("works on a picture (height × width with channels)", shape,
                    "Choose data that are pictures, and put it before the first layer that gives numbers.")
    return shape


def window_fits(size: int, shape: Shape) -> None:
    """Raises Unfit when a window of this size is larger than the picture."""
    if size > (most := min(shape[:2])):
        raise Unfit(f"has a window of {size} × {size}", shape, f"Choose a size of at most {most}, or take out a layer that "
                    "makes the picture smaller.")
