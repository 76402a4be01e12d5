"""Walks docs/curriculum.md: every concept's formula, control, numbers, question, sentence stand on its page, once answered."""

import re
from itertools import groupby

import pytest

from tests.pages.visit import ROOT, answered
from ui.path import LESSONS

KINDS = ("button", "checkbox", "multiselect", "button_group", "selectbox", "select_slider", "slider",
         "text_input", "toggle", "radio")


def rows() -> list[list[str]]:
    """The table's rows: concept, place, formula, control, numbers, question, sentence."""
    lines = [line for line in (ROOT / "docs" / "curriculum.md").read_text().splitlines() if "?idea=" in line]
    return [[cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def plain(text: str) -> str:
    """Without marks of emphasis, so that `**2.9**` is found as 2.9."""
    return re.sub(r"[*`]|\\(?=[^A-Za-z])", "", " ".join(text.split()))


def said(page) -> str:
    """Everything written on the page."""
    parts = [str(e.value) for kind in ("markdown", "latex", "caption", "title", "header", "info", "warning", "success")
             for e in getattr(page, kind)]
    parts += [e.value.to_string() for kind in ("dataframe", "table") for e in getattr(page, kind)]
    parts += [f"{m.label} {m.value}" for m in page.metric] + [b.label for b in page.button]
    return plain(" ".join(parts))


PLACES = [(place, list(found)) for place, found in groupby(sorted(rows(), key=lambda row: row[1]), key=lambda row: row[1])]


@pytest.mark.parametrize("place, concepts", PLACES, ids=[place for place, _ in PLACES])
def test_every_concept_is_where_the_table_says(place, concepts):
    file, _, idea = place.partition("?idea=")
    page = answered(file, idea)
    words = said(page)
    labels = {plain(str(w.label)) for kind in KINDS for w in getattr(page, kind)}
    for concept, _, formula, control, numbers, question, sentence in concepts:
        for what, wanted in (("formula", formula), ("numbers", numbers), ("question", question), ("sentence", sentence)):
            assert plain(wanted) in words, (concept, what, wanted)
        assert any(plain(control) in label for label in labels), (concept, "control", control, labels)


def test_the_table_names_every_lesson():
    assert {row[1].partition("?")[0] for row in rows()} == {lesson.page for lesson in LESSONS}
    assert len(rows()) > 40


NAMED = {
    "neuron": ("weighted sum", "weight, bias", "threshold", "linear classifier", "perceptron learning rule", "regression",
               "classification", "convex", "input, hidden, output layer", "supervised and unsupervised"),
    "backprop": ("forward", "flow back", "finite difference", "update", "xor", "worksheet"),
    "activations": ("sigmoid", "tanh", "relu", "leaky", "elu", "selu", "gelu", "mish", "softmax", "zero-centred", "depth"),
    "losses": ("squared error", "absolute error", "huber", "log-cosh", "hinge", "binary cross-entropy",
               "categorical cross-entropy", "rmse", "against cost"),
    "optimizers": ("gradient descent", "batch", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam", "nadam",
                   "adamw", "schedules", "saddle"),
    "initialization": ("zeros", "constant", "uniform", "normal", "xavier", "he/", "lecun", "orthogonal", "symmetry"),
    "gradients": ("vanish", "explod", "saturation", "activation", "batch normalisation", "skip", "clip", "scal", "rate"),
    "generalization": ("test", "l1", "l2", "weight decay", "dropout", "early stopping", "more", "noise", "polynomial",
                       "features", "fold", "double descent"),
    "convolution": ("filter", "channels", "stride", "pool", "shared"),
    "autoencoder": ("unsupervised", "encoder", "denoising"),
    "recurrence": ("state", "unrolled", "lstm", "gru", "both ways", "on top of each other", "time"),
    "attention": ("encoder and decoder", "attention", "query, key and value", "transformer", "mask"),
    "gan": ("generator", "discriminator", "collapse"),
    "J:": ("brains, no imitation", "a sum", "with respect to the parameters", "has a mean", "feature engineering"),
}
"""What the sources name, by lesson, as it stands in the concepts of its rows; under J what they get wrong."""


@pytest.mark.parametrize("section", NAMED)
def test_all_that_the_sources_name_has_a_row(section):
    concepts = " · ".join(row[0].lower() for row in rows() if row[0].startswith(section) or row[1].startswith(f"{section}?"))
    assert [word for word in NAMED[section] if word not in concepts] == []
