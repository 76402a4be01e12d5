"""Measured data that ships inside scikit-learn: read from the installed package, nothing is downloaded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from ann_core.base.arrays import Array
from ann_core.base.registry import Registry
from ann_core.data.dataset import Dataset, Task
from ann_core.data.made.pictures import pixel


@dataclass(frozen=True)
class Bundled:
    """A data set of scikit-learn with names as plain text.

    rows: how many there are   loader: name of the function in sklearn.datasets   plane: the two columns worth looking at first
    rename: names of the columns -> plain names
    """

    key: str
    label: str
    task: Task
    n_inputs: int
    sentence: str
    rows: int
    loader: str
    target_name: str
    plane: tuple[int, int]
    class_names: tuple[str, ...] = ()
    rename: Callable[[str], str] = str
    picture: tuple[int, int, int] | None = None
    """Height, width and channels, when a row is a picture."""
    rim: int = 0
    """Empty pixels that were added on each side of it."""

    @property
    def names(self) -> tuple[str, ...]:
        """What its inputs are called."""
        return self.dataset().feature_names

    @cache  # noqa: B019  the records live as long as the process, and the rows never change
    def dataset(self) -> Dataset:
        """Read the rows, once. Raw units, as measured."""
        import sklearn.datasets as source  # takes over a second to import: only when it is needed

        # scikit-learn ships the diabetes columns already standardised unless asked for the measured ones.
        options = {"scaled": False} if self.loader == "load_diabetes" else {}
        table = getattr(source, self.loader)(**options)
        X, y, names = np.asarray(table.data, dtype=np.float64), np.asarray(table.target), table.feature_names
        if self.picture and self.rim:
            X, names = _on_canvas(X, self.picture, self.rim)
        X.flags.writeable = y.flags.writeable = False  # shared by all visitors
        return Dataset(
            self.key, self.label, self.task, X, y,
            feature_names=tuple(self.rename(str(name)) for name in names),
            class_names=self.class_names,
            target_name=self.target_name,
        )  # fmt: skip


def _on_canvas(X: Array, picture: tuple[int, int, int], rim: int) -> tuple[Array, list[str]]:
    """Pictures with an empty rim around each, and names as scikit-learn gives them. picture: the size with the rim"""
    height, width, channels = picture
    small = X.reshape(len(X), height - 2 * rim, width - 2 * rim, channels)
    framed = np.pad(small, ((0, 0), (rim, rim), (rim, rim), (0, 0)))
    return framed.reshape(len(X), -1), [f"pixel_{row}_{column}" for row in range(height) for column in range(width)]


def _pixel(name: str) -> str:
    row, column = name.split("_")[1:]
    return pixel(int(row), int(column))


def _without_unit(name: str) -> str:
    return name.removesuffix(" (cm)")


def _words(name: str) -> str:
    return WINE_NAMES.get(name, name.replace("_", " "))


WINE_NAMES = {
    "alcalinity_of_ash": "alkalinity of ash",
    "nonflavanoid_phenols": "non-flavanoid phenols",
    "od280/od315_of_diluted_wines": "OD280/OD315 of diluted wine",
}
DIABETES_NAMES = {
    "bmi": "body mass index", "bp": "blood pressure", "s1": "total cholesterol",
    "s2": "LDL cholesterol", "s3": "HDL cholesterol", "s4": "total to HDL cholesterol",
    "s5": "log of triglycerides", "s6": "blood sugar",
}  # fmt: skip

BUNDLED = Registry("bundled data set", [
    Bundled("iris", "Iris", "classification", 4,
            "150 flowers of three iris species, told apart by the size of their petals and sepals.",
            150, "load_iris", "species", (2, 3), ("setosa", "versicolor", "virginica"), _without_unit),
    Bundled("wine", "Wine", "classification", 13,
            "178 Italian wines from three grape varieties, told apart by thirteen chemical measurements.",
            178, "load_wine", "grape variety", (6, 12), ("variety 1", "variety 2", "variety 3"), _words),
    Bundled("breast_cancer", "Breast cancer", "classification", 30,
            "569 tumours, malignant or benign, described by the shape of their cell nuclei.",
            569, "load_breast_cancer", "diagnosis", (20, 27), ("malignant", "benign")),
    Bundled("digits", "Digits", "classification", 64,
            "1,797 handwritten digits, each a small picture of 8 by 8 pixels.",
            1797, "load_digits", "digit", (21, 42), tuple("0123456789"), _pixel, (8, 8, 1)),
    Bundled("digits_canvas", "Digits on a canvas", "classification", 144,
            "The same handwritten digits, each in the middle of 12 by 12 pixels: there is room to move it.",
            1797, "load_digits", "digit", (53, 78), tuple("0123456789"), _pixel, (12, 12, 1), 2),
    Bundled("diabetes", "Diabetes", "regression", 10,
            "442 patients: how far their diabetes went on in a year, from ten measurements at its start.",
            442, "load_diabetes", "disease progression", (2, 8),
            rename=lambda name: DIABETES_NAMES.get(name, name)),
])  # fmt: skip
