"""Sheets: numbers of one's own that are kind to work with, blanks that give nothing away, and a key that is `trace`."""

import re
from html.parser import HTMLParser

import pytest

from ann_core.lessons.backprop_presets import PRESETS
from ann_core.lessons.backprop_worksheet import worksheet
from ann_core.nn.activations import ACTIVATIONS
from ann_core.scalar.chain import Net, trace
from ann_core.scalar.words import number, plain

SMALLEST = Net.model_validate({"inputs": [1], "targets": [1], "layers": [{"weights": [[1]]}]})
SHAPES = {**{key: preset.net for key, preset in PRESETS.items()}, "smallest": SMALLEST}


class Outline(HTMLParser):
    """What a page consists of."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.attributes, self.values = [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag not in ("meta", "circle", "line"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["span"] and data.strip():
            self.values.append(data)


def shape_of(net):
    return [(layer.units, layer.activation, layer.biases is None) for layer in net.layers], net.loss, len(net.inputs)


@pytest.mark.parametrize("key", SHAPES)
def test_numbers_are_kind_to_work_with(key):
    for seed in range(12):
        net = worksheet(SHAPES[key], seed).net
        assert shape_of(net) == shape_of(SHAPES[key])
        given = [*net.inputs, *net.targets, *(v for layer in net.layers for row in layer.weights for v in row),
                 *(v for layer in net.layers for v in layer.biases or ())]
        assert all(len(f"{value:g}".strip("-")) <= 3 and value == round(value, 1) for value in given)
        seen = trace(net)
        assert all(0.01 <= abs(node.value) <= 2.9 for node in seen.nodes.values() if node.kind == "sum")
        assert trace(seen.after).loss < seen.loss and abs(seen.outputs[0] - net.targets[0]) >= 0.05


@pytest.mark.parametrize("key", SHAPES)
def test_neighbours_differ_and_the_same_seed_is_the_same_sheet(key):
    nets = [worksheet(SHAPES[key], seed).net for seed in range(100, 145)]
    assert len({(net.inputs[0], net.layers[0].weights[0][0]) for net in nets}) == 45
    assert worksheet(SHAPES[key], 103).sheet.html == worksheet(SHAPES[key], 103).sheet.html
    assert worksheet(SHAPES[key], 103).sheet.key_html == worksheet(SHAPES[key], 103).sheet.key_html


@pytest.mark.parametrize("key", SHAPES)
def test_the_key_has_every_value_of_the_trace_and_the_sheet_none(key):
    sheet = worksheet(SHAPES[key], 4)
    seen = trace(sheet.net)
    after = trace(seen.after)
    backward = [step.value for step in seen.backward if step.key != "L"]
    values = [*(step.value for step in seen.forward), *backward, *(step.value for step in seen.update), *after.outputs,
              after.loss, seen.loss]
    assert Outline(sheet.sheet.key_html).values == [plain(number(value)) for value in values]
    assert sheet.sheet.html.count('class="blank"') == len(values) and 'class="blank"' not in sheet.sheet.key_html
    assert "class=\"value\"" not in sheet.sheet.html
    told = re.sub(r"<table>.*?</table>|<style>.*?</style>|<svg.*?</svg>", "", sheet.sheet.html, flags=re.S)
    for value in values:
        text = plain(number(value))
        assert len(text) < 6 or text not in told, text


@pytest.mark.parametrize("key", SHAPES)
def test_pages_are_whole_and_need_nothing_from_outside(key):
    sheet = worksheet(SHAPES[key], 1)
    for page in (sheet.sheet.html, sheet.sheet.key_html):
        outline = Outline(page)
        assert outline.open == [] and page.startswith("<!DOCTYPE html>") and "size: A4" in page
        assert not {"script", "img", "link", "iframe", "object"} & set(outline.tags)
        assert not any(name in ("src", "href") or name.startswith("on") for name, _ in outline.attributes)
        assert "url(" not in page and "@import" not in page and "http" not in page


def test_a_sheet_has_numbers_of_its_own_and_no_names_of_what_they_are_not():
    shape = PRESETS["exam"].net
    names = *shape.input_names, "<img src=x onerror=alert(1)>"
    hostile = shape.model_copy(update={"input_names": (*names[:2], names[3])})
    for net in (shape, hostile):
        page = worksheet(net, 2).sheet.key_html
        assert not any(name in page for name in names) and "img" not in Outline(page).tags


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_gives_a_sheet(activation):
    layers = [{"weights": [[1, 1], [1, 1]], "biases": [0, 0], "activation": activation},
              {"weights": [[1, 1, 1], [1, 1, 1]], "activation": "softmax"}]
    shape = Net.model_validate({"inputs": [1, 1], "targets": [1, 0, 0], "layers": layers, "loss": "categorical_cross_entropy"})
    sheet = worksheet(shape, 3)
    assert sorted(sheet.net.targets) == [0, 0, 1] and 'class="value"' in sheet.sheet.key_html


@pytest.mark.parametrize("seed", [-1, 2**31])
def test_a_seed_out_of_bounds_is_refused(seed):
    with pytest.raises(ValueError, match="sheet number from 0"):
        worksheet(SMALLEST, seed)
