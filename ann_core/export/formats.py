"""The files that a network can be taken home as."""

from collections.abc import Callable
from dataclasses import dataclass

from ann_core.base.registry import Registry
from ann_core.export.keras_code import to_keras
from ann_core.export.notebook import to_notebook
from ann_core.export.numpy_code import to_numpy
from ann_core.export.onnx_file import onnx_note, to_onnx
from ann_core.export.run_file import to_json
from ann_core.export.sklearn_code import to_sklearn, why_no_sklearn
from ann_core.export.taken import Taken
from ann_core.export.torch_code import to_torch


@dataclass(frozen=True)
class Format:
    """One kind of file. ending: of its name   make: the file   why_not: why a network cannot be one; None where it can
    note: what else is to be known of this network's file"""

    key: str
    label: str
    sentence: str
    ending: str
    mime: str
    make: Callable[[Taken], bytes]
    why_not: Callable[[Taken], str | None] = lambda t: None
    note: Callable[[Taken], str] = lambda t: ""

    def name(self, t: Taken) -> str:
        """What the file is called."""
        return f"{t.file}{self.ending}"


PYTHON = "text/x-python"
FORMATS: Registry[Format] = Registry("file to take home", [
    Format("numpy", "Python with NumPy", "The network line by line in plain Python, with its numbers; where it can, also the "
           "training, from the same first weights to the same losses. To read, to change, to check by hand.",
           "-numpy.py", PYTHON, to_numpy),
    Format("notebook", "Notebook", "The same with words between and pictures of loss, gradients and decisions, for Jupyter, "
           "Colab or a class.", ".ipynb", "application/x-ipynb+json", to_notebook),
    Format("torch", "PyTorch", "A module with these weights, to train on or to build into something larger.",
           "-pytorch.py", PYTHON, to_torch),
    Format("keras", "Keras", "A model of Keras 3 with these weights.", "-keras.py", PYTHON, to_keras),
    Format("sklearn", "scikit-learn", "An estimator of scikit-learn with these weights.", "-sklearn.py", PYTHON, to_sklearn,
           why_no_sklearn),
    Format("onnx", "ONNX", "One file that many programs and languages run, also in a browser or on a phone. Gaps, words and "
           "scaling are in it: it takes rows as they are.", ".onnx", "application/octet-stream", to_onnx, note=onnx_note),
    Format("run", "This playground", "The whole run as JSON: its settings, and the table it learns from. Opened again, it "
           "shows the same film.", "-run.json", "application/json", lambda t: to_json(t.history, t.run.state.step, t.own)),
])
