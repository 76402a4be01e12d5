"""Which samples a layer can work on, and the words of its refusals."""

from ann_core.nn.layers.base import Shape


def spelt(shape: Shape) -> str:
    """The shape of a sample in words: 12 numbers, a picture of 8 × 8 with 1 channel."""
    if len(shape) < 3:
        numbers = f"{shape[-1]:,} number{'' if shape[-1] == 1 else 's'}"
        return numbers if len(shape) == 1 else f"{shape[0]:,} steps of {numbers}"
    *sides, channels = shape
    return f"a picture of {' × '.join(map(str, sides))} with {channels} channel{'' if channels == 1 else 's'}"


def numbers(shape: Shape) -> Shape:
    """The shape of a row of numbers, or of steps of numbers. Raises ValueError for pictures."""
    if len(shape) > 2:
        raise ValueError(f"works on a row of numbers, but gets {spelt(shape)}. Put a flatten layer or a global pool before it.")
    return shape


def picture(shape: Shape) -> Shape:
    """The shape of a picture. Raises ValueError for anything else."""
    if len(shape) != 3:
        raise ValueError(f"works on a picture, but gets {spelt(shape)}. Put it before the flatten, global and dense layers, "
                         "and choose data that are pictures.")
    return shape


def window_fits(size: int, shape: Shape) -> None:
    """Raises ValueError when a window of this size is larger than the picture."""
    if size > min(shape[:2]):
        raise ValueError(f"has a window of {size} × {size}, larger than what it gets, {spelt(shape)}. Choose a smaller size, "
                         "or take out a layer before it that makes the picture smaller.")
