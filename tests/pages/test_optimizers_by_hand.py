"""The update of every optimiser as a formula with its running numbers: true as it stands, and the engine's own."""

import re
from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from ann_core.lessons import optimizers as core
from ann_core.nn.optimizers import OPTIMIZERS
from tests.pages.visit import answered, figures, formula, ok, read, said
from ui.lessons.optimizers import LABELS, formulas, settings

EPSILON = {"adagrad": 1e-10, "adadelta": 1e-6}
"""That of the others is 1e-8."""


def path(optimizer: str) -> core.Path:
    return core.walk(settings(optimizer, 1.0 if optimizer == "adadelta" else 0.1), core.bowl(1.0), [1.0], 50)


def equations(lines: Sequence[str]) -> list[list[str]]:
    """What stands between the signs of equality, line by line; a line that begins with one goes on with the line before."""
    return [equation.split("=") for equation in "\n".join(lines).replace("\n&=", "=").replace("&", "").split("\n")]


def number(spelt: str) -> float:
    return float(re.sub(r"\\cdot10\^\{(-?\d+)\}", r"e\1", spelt))


def calculated(spelt: str, epsilon: float) -> float:
    """A formula of figures as it is written."""
    written = re.sub(r"\\cdot10\^\{(-?\d+)\}", r"e\1", spelt)
    for _ in range(4):  # from the inside out
        written = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", written)
        written = re.sub(r"\\sqrt\{([^{}]*)\}", r"(\1)**.5", written)
    for sign, own in ((r"\cdot", "*"), (r"\epsilon", str(epsilon)), ("^", "**"), (r"\bigl", ""), (r"\bigr", "")):
        written = written.replace(sign, own)
    assert re.fullmatch(r"[\d.e+*/() -]+", written), written
    return eval(written)  # noqa: S307  figures and signs only


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("t", [1, 2, 3, 50])
def test_the_formula_leads_from_the_gradient_to_the_engines_weight_and_memory(optimizer, t):
    step, found = path(optimizer).step(t), equations(formulas.update(path(optimizer), t, digits=12))
    results = [number(sides[-1]) for sides in found]
    assert results[0] == pytest.approx(step.g, rel=1e-10)
    for value in (step.to, *step.after):
        assert any(value == pytest.approx(result, rel=1e-10, abs=1e-15) for result in results), value
    assert len(formulas.MEMORIES.get(optimizer, ())) == len(step.after)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("t", [1, 3])
def test_every_equation_is_true_as_it_stands(optimizer, t):
    checked = 0
    for *_, before, result in equations(formulas.update(path(optimizer), t, digits=12)):
        if re.search(r"\d", before) and not re.search(r"\\(beta|mu|tfrac)", before):
            assert calculated(before, EPSILON.get(optimizer, 1e-8)) == pytest.approx(number(result), rel=1e-8, abs=1e-14)
            checked += 1
    assert checked >= (1 if optimizer == "sgd" else 2)


def put(page: AppTest, label: str, value) -> AppTest:
    next(widget for widget in [*page.slider, *page.selectbox] if widget.label == label).set_value(value)
    return ok(page.run())


def test_memory_before_and_after_stand_beside_the_formula():
    page = put(put(answered("optimizers", "byhand"), "Optimiser", "adam"), "Step t", 2)
    rows = dict(re.findall(r"\| (before|after) \| (.*) \|", said(page)))
    assert [read(number) for number in rows["before"].split(" | ")] == pytest.approx([0.9, 0.1, 0.001])
    assert [read(number) for number in rows["after"].split(" | ")] == pytest.approx([0.800412, 0.18, 0.001809])
    assert r"\hat v&=\frac{v}{1-\beta_2^t}=\frac{0.001809}{0.001999}=0.904952" in formula(page)


def test_the_chosen_one_stands_in_front_of_the_eight_others():
    page = put(answered("optimizers", "byhand"), "Optimiser", "nadam")
    names = [trace["name"] for trace in figures(page)[0]["data"]]
    assert set(LABELS.values()) < set(names) and names.index("NAdam") == 8
