"""What all programs that are taken home have in common: their heading, and the way from a table to the network's inputs."""

import re
from collections.abc import Callable, Mapping
from types import ModuleType

import numpy as np
import pandas as pd

from ann_core.data.table import moments
from ann_core.data.table.encoder import InputColumn, NumberColumn, OrderedColumn
from ann_core.data.table.moment_column import UNITS, MomentColumn
from ann_core.export import parts, parts_moments
from ann_core.export.steps import Step
from ann_core.export.taken import Inputs, Taken
from ann_core.export.text import folded, named, numbers, source, word, words

FEATURE_TEXT = {
    "x1": "X[:, 0]", "x2": "X[:, 1]", "x1_squared": "X[:, 0] ** 2", "x2_squared": "X[:, 1] ** 2", "x1_x2": "X[:, 0] * X[:, 1]",
    "sin_x1": "np.sin(np.pi * X[:, 0])", "sin_x2": "np.sin(np.pi * X[:, 1])"}
MODULES = ("base64", "math", "re", "sys", "zlib")
FROM = (("datetime", "datetime"), ("datetime", "timedelta"), ("math", "sqrt"), ("types", "SimpleNamespace"))
HELPERS = (parts, parts_moments)
"""Modules of functions that any program may be made of."""
RULE = "# " + "-" * 100
ABOUT = "Made with Neural playground. The numbers of the network stand at the end of this file."


def program(t: Taken, doc: str, imports: tuple[str, ...], sections: list[tuple[str, str]], data: str, tried: str,
            *more: ModuleType) -> bytes:
    """A program: sections, each a heading with its code, the functions of `parts` and of more modules that they call, the
    numbers, and what it does when it is run."""
    text = "\n".join([*(code for _, code in sections), data, tried])
    helpers = source(*(function for module in (*more, *HELPERS) for function in named(module, text)))
    shown = [*sections, ("What the functions above are made of", helpers), ("The numbers", data), ("Try it", tried)]
    body = "\n\n\n".join(f"{RULE}\n# {heading}\n{RULE}\n\n{code}" for heading, code in shown if code)
    needs = modules(body)
    head = "\n".join([*needs, *([""] if needs else []), *imports])
    return f'"""{t.title[0].upper()}{t.title[1:]}.\n\n{doc}\n"""\n\n{head}\n\n{body}\n'.encode()


def lines(steps: list[Step], written: Mapping[str, Callable[..., str]], known: Mapping[str, str] | None = None) -> list[str]:
    """One line a step. written: a row a kind   known: what values that come from elsewhere are called"""
    called = known or {}
    return [folded(f"{step.name} = {written[step.kind](step, *(called.get(value, value) for value in step.takes))}")
            for step in steps]


def modules(code: str) -> list[str]:
    """The lines that import what code uses of Python's own library."""
    return [*(f"import {name}" for name in MODULES if re.search(rf"\b{name}\.", code)),
            *(f"from {of} import {name}" for of, name in FROM if re.search(rf"(?<!\.)\b{name}\(", code))]


def _column(c: InputColumn) -> str:
    """What makes a column's inputs."""
    if isinstance(c, MomentColumn):
        seconds = moments.moments(pd.Series([c.fill]), c.order).seconds[0]
        usual = 0.0 if np.isnan(seconds) else float(seconds)
        return (f"moments(table[{word(c.name)}], {c.parts!r}, {c.circles}, {c.order!r}, {c.since!r}, {UNITS[c.unit]!r}, "
                f"{usual!r})")
    if isinstance(c, NumberColumn):
        return f"numbers(table[{word(c.name)}], {c.fill!r})"
    if not isinstance(c, OrderedColumn):
        return f"one_for_each(table[{word(c.name)}], {words(c.values)}, {word(c.fill)}, {c.other})"
    each = f"one_for_each(table[{word(c.name)}], {words(c.values)}, {word(c.fill)}, False)"
    return each if len(c.values) < 3 else f"{each} @ np.arange({len(c.values)})[:, None]"


def preparation(inputs: Inputs) -> str:
    """The function `prepare`."""
    s = inputs.scaler
    scaling = f"scaled(X, CENTER, SCALE, VARIES).reshape(len(X), {', '.join(map(str, inputs.shape))})"
    if not inputs.columns:
        raw = ", ".join(["rows", *map(str, inputs.raw)])
        return (f"def prepare({inputs.name}):\n"
                f'    """Raw numbers as what the network is given. {inputs.name}: ({raw})"""\n'
                f"    X = np.reshape(np.asarray({inputs.name}, float), (len({inputs.name}), -1))\n    return {scaling}")
    lines = [f"        {_column(c)}," for c in inputs.columns]
    features = ""
    if inputs.features:
        computed = "".join(f"        {FEATURE_TEXT[key]},\n" for key in inputs.features)
        features = f"    X = np.column_stack([\n{computed}    ])\n"
    if len(s.center) == 0:
        raise ValueError("Expected at least one input; there are none.")
    listed = "\n".join(lines)
    return ("def prepare(table):\n"
            '    """Columns of a table, by name, as what the network is given. Gaps are None, NaN or empty.\n\n'
            '    table: a dictionary of lists, or a pandas DataFrame   Returns (rows, inputs)"""\n'
            f"    X = np.concatenate([\n{listed}\n    ], axis=1)\n{features}    return {scaling}")


def constants(t: Taken) -> str:
    """What preparation and answers need to know, as numbers."""
    s = t.inputs.scaler
    found = [f"CENTER = {numbers(s.center)}", f"SCALE = {numbers(s.scale)}",
             f"VARIES = {'np.array(True)' if s.varies.all() else f'np.array({s.varies.tolist()})'}"]
    if any(isinstance(column, MomentColumn) for column in t.inputs.columns):
        found.append(_calendar())
    if t.answer.names:
        found.append(f"CLASSES = {words(t.answer.names)}")
    return "\n".join(found)


def _calendar() -> str:
    """What reading dates needs to know."""
    forms = "".join(f"    {form.pattern!r},\n" for form in moments._FORMS)
    return (f"_FORMS = [re.compile(form, re.IGNORECASE) for form in (\n{forms})]\n"
            f"EPOCH, DAY = datetime(1970, 1, 1), {moments.DAY!r}\n\n\n"
            f"def month_names():\n    return {moments.month_names()!r}\n\n")


def weights(steps: list[Step]) -> str:
    """Their arrays in one dictionary, by step and name."""
    rows = [f"    {word(f'{step.name}.{name}')}: {numbers(array, '    ')},\n"
            for step in steps for name, array in step.weights.items()]
    return f"WEIGHTS = {{\n{''.join(rows)}}}"


def example(t: Taken) -> str:
    """EXAMPLE: rows to try the network on."""
    rows = t.example
    if isinstance(rows, dict):
        return "EXAMPLE = {\n" + "".join(f"    {word(name)}: {cells!r},\n" for name, cells in rows.items()) + "}"
    return f"EXAMPLE = {numbers(np.asarray(rows).reshape(len(rows), -1))}.reshape({', '.join(map(str, rows.shape))})"


def spoken(t: Taken) -> str:
    """What the program does when it is run: it answers the example."""
    if t.writes:
        return 'for row in written(answer, EXAMPLE):\n        print("".join(CLASSES[token] for token in row))'
    name = "CLASSES[int(row.argmax())], row.round(3)" if t.answer.kind == "classes" else "row"
    return f"for row in answer(EXAMPLE):\n        print({name})"
