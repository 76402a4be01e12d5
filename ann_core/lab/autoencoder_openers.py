"""Scenes of the Autoencoder lab. What they claim is tested over 20 seeds (`tests/core/test_autoencoder_openers.py`)."""

from ann_core.base.registry import Registry
from ann_core.lab.openers import Opener
from ann_core.lessons.hourglass import PICTURES, Hourglass, settings

SOURCES = (*PICTURES, "iris", "wine", "breast_cancer", "diabetes")
"""Data that the lab offers: pictures, then tables."""


USUAL = settings(Hourglass((32,), 2))

OPENERS: Registry[Opener] = Registry("opener", [
    Opener("digits", "Digits through two numbers",
           "Sixty-four pixels go in, two numbers pass the middle, sixty-four pixels are to come out. No label is used: watch "
           "the ten digits find places of their own all the same.", USUAL),
    Opener("deeper", "A deeper one",
           "Two layers on each side bend the plane of codes more: it fits the digits better than one layer does, and far "
           "better than PCA, which cannot bend.", settings(Hourglass((64, 32), 2, "relu"), 0.003, 80)),
    Opener("linear", "Without bends",
           "Nothing but sums: it can only lay a flat sheet through the digits. It comes down to PCA's error, the dotted line, "
           "and stays there.",
           settings(Hourglass((), 2), epochs=60)),
    Opener("denoise", "Take the noise away",
           "It gets digits under heavy noise and is asked for the clean ones. What comes back has far less noise than what "
           "went in.", settings(Hourglass((32,), 16), noise=0.5)),
    Opener("odd", "A table's odd rows",
           "Wines, thirteen measurements each, through three numbers. Rows that come back badly are unlike the others: below "
           "the stage they are listed, with the columns that do not fit.",
           settings(Hourglass((8,), 3), epochs=100, source="wine")),
])
