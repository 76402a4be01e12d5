"""The questions of the lesson "Convolution". A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.spelling import words
from ann_core.lessons import convolution as core
from ann_core.lessons.ask import Ask, numbers


def filter(draw: int = 0) -> Ask:
    pixel, b = numbers(draw, (7.0, 2.0), (3.0, 5.0, 9.0, 12.0), (1.0, 3.0, 4.0, 6.0))
    even = np.full((3, 3, 1), pixel)
    z = float(core.convolved(even, core.BY_HAND["upright"][..., None, None], np.array([b]))[0, 0, 0])
    return Ask.of_values(
        f"All nine pixels under the filter for upright edges are {words(pixel)}, and the bias is {words(b)}. What is the sum "
        "z?", {
            b: "That would be so if the weights at the left and at the right cancelled each other.",
            3 * pixel + b: "That would be so if only the right-hand column of weights counted.",
            9 * pixel + b: "That would be so if every weight were 1."}, z,
        f"Three weights are −1, three are 0, three are 1: on an even surface the products add up to 0, and z = {words(b)}, the "
        "bias. This filter answers to changes from left to right only.",
        scene=[{"filter/kind": "upright", "filter/b": 0.0, "filter/row": 3, "filter/column": at} for at in (1, 2, 4)])
