"""Sheets on one neuron and on the way back: keys are checked by hand; a class's print has every sheet and one key each."""

import re

import numpy as np
import pytest

from ann_core.base.spelling import words
from ann_core.lessons.backprop_presets import PRESETS
from ann_core.lessons.backprop_worksheet import worksheet
from ann_core.lessons.gradients_worksheet import LAYERS, gradients_sheet
from ann_core.lessons.neuron_worksheet import ETA, neuron_sheet
from ann_core.lessons.sheet import LARGEST_SEED, Sheet, together
from tests.core.test_worksheet import Outline

MAKERS = {"neuron": neuron_sheet, "gradients": gradients_sheet,
          **{key: lambda seed, net=preset.net: worksheet(net, seed).sheet for key, preset in PRESETS.items()}}


def given(sheet: Sheet) -> dict[str, str]:
    return dict(sheet.parts[0].given)


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"(?<== )−?[\d.]+", text)]


def key(sheet: Sheet) -> dict[str, str]:
    """What the page of all keys has of a sheet."""
    return {blank.name: blank.value for part in sheet.parts for blank in part.blanks if blank.name}


@pytest.mark.parametrize("seed", range(30))
def test_the_key_to_one_neuron_is_its_sum_its_decision_and_its_corrections(seed):
    sheet = neuron_sheet(seed)
    w, (b,), x = (np.array(numbers(given(sheet)[name])) for name in ("weights", "bias", "inputs"))
    table = next(name for name in ("AND", "OR") if name in given(sheet))
    z, told = float(w @ x + b), key(sheet)
    assert told["z"] == words(round(z, 9)) and told["class"] == str(int(z > 0))
    assert told["σ(z)"] == words(1 / (1 + np.exp(-z)), 4)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    wanted = corners.all(axis=1) if table == "AND" else corners.any(axis=1)
    assert told["right"] == f"{int(((corners @ w + b > 0) == wanted).sum())} of 4"
    for corner, y in zip(corners, wanted, strict=True):
        error = int(y) - int(corner @ w + b > 0)
        w, b = w + ETA * error * corner, b + ETA * error
    assert [told[f"{name} in the end"] for name in ("w₁", "w₂", "b")] == [words(round(float(v), 9)) for v in (*w, b)]


@pytest.mark.parametrize("seed", range(60))
def test_the_key_to_the_way_back_is_the_derivative(seed):
    sheet = gradients_sheet(seed)
    (w,), (x, y) = numbers(given(sheet)["every weight"]), numbers(given(sheet)["input and target"])

    def loss(first: float, bend) -> float:
        a = bend(first * x)
        for _ in range(LAYERS - 1):
            a = bend(w * a)
        return 0.5 * (w * a - y) ** 2

    def slope(bend) -> float:
        return (loss(w + 1e-5, bend) - loss(w - 1e-5, bend)) / 2e-5

    told = {name: float(value.replace("−", "-").replace(",", "")) for name, value in key(sheet).items() if "·" not in value}
    bent, straight = slope(lambda z: 1 / (1 + np.exp(-z))), slope(lambda z: max(z, 0.0))
    assert told["∂L/∂w₁"] == pytest.approx(bent, rel=1e-4) and told["with ReLU"] == pytest.approx(straight, rel=1e-4)
    assert abs(told["ŷ − y"]) > 0.1 and np.prod([told[f"s{digit}"] for digit in "₁₂₃₄"]) <= 0.25 ** LAYERS


@pytest.mark.parametrize("seed", range(5))
def test_the_way_forward_has_a_blank_for_every_sum_and_every_output(seed):
    sheet = gradients_sheet(seed)
    (w,), (a, _) = numbers(given(sheet)["every weight"]), numbers(given(sheet)["input and target"])
    blanks = {blank.text.partition(" ")[0]: blank.value for blank in sheet.parts[1].blanks}
    for digit in "₁₂₃₄":
        z = w * a
        a = 1 / (1 + np.exp(-z))
        assert blanks[f"z{digit}"] == words(z, 6) and blanks[f"a{digit}"] == words(a, 6)
        assert blanks[f"s{digit}"] == words(a * (1 - a), 6)


def test_a_class_gets_sheets_that_differ():
    for make in (neuron_sheet, gradients_sheet):
        assert len({make(seed).html.partition("<h2>")[2] for seed in range(1, 31)}) == 30


@pytest.mark.parametrize("kind", MAKERS)
def test_the_print_for_a_class_has_every_sheet_and_ends_with_a_key_for_each(kind):
    sheets = [MAKERS[kind](seed) for seed in range(1, 31)]
    outline, page = Outline(together(sheets)), together(sheets)
    assert outline.open == [] and outline.tags.count("h1") == 31 and not {"script", "img", "link"} & set(outline.tags)
    blank, keys = page.split('<div class="keys')
    assert 'class="value"' not in blank and 'class="blank"' not in keys
    for sheet, told in zip(sheets, re.findall(r"<p>(.*?)</p>", keys), strict=True):
        assert told.startswith(f"<b>{sheet.seed}</b>") and sheet.html.split("<body>")[1].split("</body>")[0].strip() in page
        assert list(key(sheet).values())[-1] in told and list(key(sheet).values())[0] in told


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
@pytest.mark.parametrize("make", [neuron_sheet, gradients_sheet])
def test_a_seed_out_of_bounds_is_refused(make, seed):
    with pytest.raises(ValueError, match="sheet number from 0"):
        make(seed)
