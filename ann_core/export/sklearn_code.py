"""A network as a multilayer perceptron of scikit-learn, where that can express it."""

from ann_core.export.program import ABOUT, constants, example, preparation, program, spoken, weights
from ann_core.export.steps import Step
from ann_core.export.taken import Taken
from ann_core.export.text import word

BENDS = {None: "identity", "linear": "identity", "sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}
SOLVERS = {"sgd": "sgd", "momentum": "sgd", "nesterov": "sgd", "adam": "adam"}
DOC = f"{ABOUT}\nRun it (`python this_file.py`) and it answers a few rows; it needs NumPy and scikit-learn."


def why_no_sklearn(t: Taken) -> str | None:
    """Why scikit-learn's MLP cannot express it; None where it can."""
    bends = _bends(t.steps)
    if unknown := sorted({step.kind.replace("_", " ") for step in t.steps} - {"dense", "activation"}):
        return f"scikit-learn's MLP is dense layers only; it has no {', '.join(unknown)}."
    if any(len(step.shape) > 1 for step in t.steps) or t.answer.kind not in ("classes", "values"):
        return "scikit-learn's MLP gives one answer for each row only."
    if len(bends) > 1:
        return "scikit-learn's MLP has one activation for all hidden layers; this network has several."
    if bends - set(BENDS):
        return f"scikit-learn's MLP has no {next(iter(bends))}: it has identity, logistic, tanh and relu."
    if t.answer.kind == "values" and t.head.output != "linear":
        return f"scikit-learn's MLP answers numbers without an activation; this network's output has {t.head.output}."
    if any(step.kind == "clipped" for step in t.answering):
        return "scikit-learn's MLP has no output that is cut off at 0 and 1, as least squares between two networks want it."
    if t.answer.kind == "classes" and (t.head.output not in ("sigmoid", "softmax") or
                                       t.head.output == "sigmoid" and t.steps[-1].shape != (1,)):
        return f"scikit-learn's MLP has no output {t.head.output} for classes: it has logistic and softmax."
    return None


def _bends(steps: list[Step]) -> set[str | None]:
    """The activations of the hidden layers; None for a layer without."""
    bent = {value: step.settings["key"] for step in steps if step.kind == "activation" for value in step.takes}
    return {bent.get(step.name) for step in steps[:-1] if step.kind == "dense"}


def to_sklearn(t: Taken) -> bytes:
    """The program: an estimator with the network's numbers, and `answer` around it. Raises ValueError where there is none."""
    if reason := why_no_sklearn(t):
        raise ValueError(reason)
    sections = [("From raw rows to what the network is given", preparation(t.inputs)), ("The network", _estimator(t))]
    data = "\n\n".join([constants(t), weights(t.every_step), "MODEL = model(WEIGHTS)", example(t)])
    imports = ("import numpy as np", "from sklearn.neural_network import MLPClassifier, MLPRegressor",
               "from sklearn.preprocessing import LabelBinarizer")
    return program(t, DOC, imports, sections, data, f'if __name__ == "__main__":\n    {spoken(t)}')


def _estimator(t: Taken) -> str:
    c, dense = t.run.config.training, [step for step in t.steps if step.kind == "dense"]
    classes = t.answer.kind == "classes"
    bend = BENDS[next(iter(_bends(t.steps)), None)]
    solver = SOLVERS.get(c.optimizer, "adam")
    batch = min(c.batch_size, t.run.setup.rows)
    settings = [f"hidden_layer_sizes={tuple(step.shape[-1] for step in dense[:-1])}", f"activation={word(bend)}",
                f"solver={word(solver)}", f"alpha={c.l2 * batch!r}", f"batch_size={batch}",
                f"learning_rate_init={c.learning_rate!r}", f"max_iter={c.epochs}", f"random_state={t.run.config.seed}"]
    settings += {"sgd": [f"momentum={c.momentum if c.optimizer != 'sgd' else 0.0!r}",
                         f"nesterovs_momentum={c.optimizer == 'nesterov'}"],
                 "adam": [f"beta_1={c.momentum!r}", f"beta_2={c.beta2!r}"]}[solver]
    given = "".join(f"        {setting},\n" for setting in settings)
    other = _otherwise(t)
    said = "".join(f"    # {line}\n" for line in other)
    fitted = ["    found.coefs_ = [" + ", ".join(f'w["{step.name}.W"]' for step in dense) + "]",
              "    found.intercepts_ = [" + ", ".join(f'w["{step.name}.b"]' for step in dense) + "]",
              f"    found.n_features_in_, found.n_layers_, found.n_outputs_ = {t.inputs.shape[0]}, {len(dense) + 1}, "
              f"{dense[-1].shape[-1]}",
              f"    found.out_activation_ = {word(BENDS.get(t.head.output, t.head.output))}"]
    if classes:
        fitted += ["    found._label_binarizer = LabelBinarizer().fit(np.arange(len(CLASSES)))",
                   "    found.classes_ = found._label_binarizer.classes_"]
    body = "\n".join(fitted)
    kind = "MLPClassifier" if classes else "MLPRegressor"
    units = 'MODEL.predict(X)[:, None] * WEIGHTS["value.scale"] + WEIGHTS["value.center"]'
    says = "MODEL.predict_proba(X)" if classes else units
    return (f'def model(w):\n    """The estimator with these numbers, as if it had been fitted. `fit` trains another '
            f'one with the same settings."""\n{said}    found = {kind}(\n{given}    )\n{body}\n    return found\n\n\n'
            f"def answer({t.inputs.name}):\n    X = prepare({t.inputs.name})\n    return {says}")


def _otherwise(t: Taken) -> list[str]:
    """What `fit` does otherwise than the playground did, a sentence each."""
    c = t.run.config.training
    found = []
    if c.optimizer not in SOLVERS:
        found.append(f"It was trained with {c.optimizer}, which scikit-learn does not have; `fit` takes adam.")
    if c.schedule != "constant":
        found.append(f"The rate followed the schedule '{c.schedule}'; `fit` keeps it constant.")
    if c.l1 or c.clip_norm is not None or c.clip_value is not None or c.class_weights:
        found.append("L1, clipping and balanced classes are the playground's own; `fit` has none of them.")
    return found
