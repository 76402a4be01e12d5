"""Lists in sentences."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int = 3) -> str:
    """The names as they stand in a sentence: "a", "a and b", "a, b, c and 4 more"."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def in_sentence(layer: str) -> str:
    """A layer's name inside a sentence: layer 3, the output layer."""
    return "the output layer" if layer == "output" else layer
