"""Scenes of the Autoencoder lab. What they claim is tested over 20 seeds (`tests/core/test_autoencoder_openers.py`)."""

from ann_core.base.registry import Registry
from ann_core.lab.guess import Guess
from ann_core.lab.openers import Opener
from ann_core.lessons.hourglass import PICTURES, Hourglass, settings

SOURCES = (*PICTURES, "iris", "wine", "breast_cancer", "diabetes")
"""Data that the lab offers: pictures, then tables."""


USUAL = settings(Hourglass((32,), 2))

OPENERS: Registry[Opener] = Registry("opener", [
    Opener("digits", "Digits through two numbers",
           "**What can two numbers say about a digit?** 64 pixels go in, only two numbers pass the *bottleneck* in the middle, "
           "and the same 64 pixels are to come out. The two numbers are the digit's *code*, a place in a plane. No label is "
           "used: do digits of a kind find each other all the same?",
           USUAL, Guess(("no, all lie mixed", "yes, in regions that overlap a little", "yes, all ten clearly apart"), 1,
                        "They lie in regions that overlap: take the kind that most codes near a new digit have, and you are "
                        "right about seven times in ten. By chance it would be once.")),
    Opener("deeper", "A deeper one",
           "**Does a second layer on each side help?** It bends the plane of codes more. PCA (principal component analysis) "
           "also keeps two numbers of a digit, but it cannot bend. Which of the two errs less in the end?",
           settings(Hourglass((64, 32), 2, "relu"), 0.003, 80),
           Guess(("PCA", "the network", "both about the same"), 1,
                 "The network: its error comes below the dotted line, that of PCA, and further below than with one layer on "
                 "each side.")),
    Opener("linear", "Without bends",
           "**And without any bends?** Nothing but sums: so it can only lay a flat sheet through the digits. PCA (principal "
           "component analysis) lays the best one, without training. How near does the network come to it?",
           settings(Hourglass((), 2), epochs=60),
           Guess(("it errs less", "it comes down to it", "it stays far above it"), 1,
                 "It comes down to the error of PCA, the dotted line, to within two hundredths, and no further: there is no "
                 "better flat sheet.")),
    Opener("denoise", "Take the noise away",
           "**Can it see a digit through noise?** It gets digits under heavy noise and is asked for the clean ones. How much "
           "of the noise is left in what comes back?", settings(Hourglass((32,), 16), noise=0.5),
           Guess(("nearly all of it", "about half", "less than a quarter"), 2,
                 "Less than a quarter, as a squared error: it has learned what belongs to a digit, and noise does not.")),
    Opener("odd", "A table's odd rows",
           "**Which wines are odd ones?** Thirteen measurements each go through three numbers. Rows that come back badly are "
           "unlike the others: below the stage they are listed, with the columns that do not fit.",
           settings(Hourglass((8,), 3), epochs=100, source="wine")),
])
