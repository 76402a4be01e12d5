"""The patients that wait when the page opens: each with its complaint, which does not say what is wrong."""

from ann_core import RunConfig
from ann_core.lab.openers import OPENERS, Opener

PATIENTS = (
    Opener("guesses", "It only guesses",
           "Ten layers, two moons, two hundred epochs; and its answers are still those of a coin. Look at its film before you "
           "say what is wrong.", OPENERS["sigmoid_ten"].config),
    Opener("breaks", "It breaks off",
           "It is meant to learn a landscape of hills. A few steps in, there are no more numbers to show.",
           OPENERS["rate_too_high"].config),
    Opener("better_before", "It was better before",
           "Every epoch it fits its training points more closely, and still its owner says that it was better an hour ago.",
           OPENERS["fitting_noise"].config),
    Opener("well", "Just a check-up",
           "Its owner has no complaint and wants to be sure.", RunConfig()),
)
"""Runs of the Playground's openers; that each has what its complaint comes from is tested on several seeds."""
