"""Small tables to begin with, and a template for one's own."""

from dataclasses import dataclass

from ann_core.base.registry import Registry
from ui.assets import ROOT


@dataclass(frozen=True)
class Sample:
    """A table in assets/samples. target: the column to learn"""

    key: str
    label: str
    sentence: str
    file: str
    target: str


SAMPLES = Registry("sample table", [
    Sample("exams", "Exams", "320 made-up pupils: how they study, sleep and travel, and whether they passed. Some gaps.",
           "exams.csv", "passed"),
    Sample("iris", "Iris", "150 flowers of three iris species, told apart by the size of their petals and sepals.",
           "iris.csv", "species"),
    Sample("wine", "Wine", "178 Italian wines of three grape varieties, told apart by thirteen chemical measurements.",
           "wine.csv", "variety"),
    Sample("diabetes", "Diabetes", "442 patients: a number for how far their diabetes went on in a year, from ten measurements "
           "at its start.", "diabetes.csv", "progression"),
])  # fmt: skip


def read(sample: Sample) -> bytes:
    """The file as it would be uploaded."""
    return (ROOT / "samples" / sample.file).read_bytes()


def template() -> bytes:
    """A small table to write one's own over: one row a thing, one column a property, the one to learn last."""
    return (ROOT / "samples" / "template.csv").read_bytes()
