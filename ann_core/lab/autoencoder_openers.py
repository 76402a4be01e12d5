"""Scenes of the Autoencoder lab. What they claim is tested over 20 seeds (`tests/core/test_autoencoder_openers.py`)."""

from ann_core.base.registry import Registry
from ann_core.lab.openers import Opener
from ann_core.lessons.hourglass import PICTURES, Hourglass, settings

SOURCES = (*PICTURES, "iris", "wine", "breast_cancer", "diabetes")
"""Data that the lab offers: pictures, then tables."""


USUAL = settings(Hourglass((32,), 2))

OPENERS: Registry[Opener] = Registry("opener", [
    Opener("digits", "Digits through two numbers",
           "**What can two numbers say about a digit?** Sixty-four pixels go in, two numbers pass the middle, sixty-four "
           "pixels are to come out. No label is used: do the ten digits find places of their own all the same?", USUAL),
    Opener("deeper", "A deeper one",
           "**Does a second layer on each side help?** It bends the plane of codes more. Compare its error with that of PCA, "
           "the dotted line, which cannot bend.", settings(Hourglass((64, 32), 2, "relu"), 0.003, 80)),
    Opener("linear", "Without bends",
           "**And without any bends?** Nothing but sums: so it can only lay a flat sheet through the digits. How near does it "
           "come to the error of PCA, the dotted line?",
           settings(Hourglass((), 2), epochs=60)),
    Opener("denoise", "Take the noise away",
           "**Can it see a digit through noise?** It gets digits under heavy noise and is asked for the clean ones. How much "
           "of the noise is left in what comes back?", settings(Hourglass((32,), 16), noise=0.5)),
    Opener("odd", "A table's odd rows",
           "**Which wines are odd ones?** Thirteen measurements each go through three numbers. Rows that come back badly are "
           "unlike the others: below the stage they are listed, with the columns that do not fit.",
           settings(Hourglass((8,), 3), epochs=100, source="wine")),
])
