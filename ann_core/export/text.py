"""What programs that are taken home are written with: names and numbers as literals, functions as they stand here.

A visitor's own words get into a program in one way only: as a string literal by `word`.
"""

import ast
import base64
import inspect
import re
import zlib
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

import numpy as np

from ann_core.base.arrays import Array

HOUSE = "ann_core."
SPELT_OUT = 100
"""Arrays of so many numbers stand as numbers; larger ones are packed."""
WIDTH = 112


def word(text: str) -> str:
    """A string literal on one line. What is not printed as itself, line separators and marks of direction too, is escaped."""
    return repr(text)


def words(texts: tuple[str, ...]) -> str:
    """A tuple of string literals."""
    return f"({', '.join(map(word, texts))}{',' if len(texts) == 1 else ''})"


def folded(line: str) -> str:
    """A long assignment on several lines, broken behind commas in brackets. It holds no commas in strings."""
    if len(line) <= WIDTH or "\n" in line:
        return line
    targets, _, value = line.partition(" = ")
    whole = f"({targets}) = {value}" if _depth_0_commas(targets) else line
    found, rest, depth, cut = [], "", 0, 0
    for letter in whole:
        depth += (letter in "([{") - (letter in ")]}")
        rest += letter
        if rest.endswith(", ") and depth:
            cut = len(rest)
        if len(rest) > WIDTH and cut:
            found.append(rest[:cut].rstrip())
            rest, cut = " " * 8 + rest[cut:], 0
    return "\n".join([*found, rest])


def _depth_0_commas(targets: str) -> bool:
    return ", " in re.sub(r"\[[^\]]*\]", "", targets)


def numbers(array: Array, indent: str = "") -> str:
    """An expression that gives the array again, bit for bit."""
    array = np.asarray(array, np.float64)
    if array.size > SPELT_OUT:
        text = base64.b64encode(zlib.compress(array.astype("<f8").tobytes(), 6)).decode()
        lines = "\n".join(f'{indent}    "{text[i:i + WIDTH]}"' for i in range(0, len(text), WIDTH))
        return f"unpack(\n{lines},\n{indent}    {array.shape})"
    if array.ndim < 2 or len(array) == 1:
        return f"np.array({array.tolist()!r})"
    rows = "".join(f"{indent}    {row.tolist()!r},\n" for row in array)
    return f"np.array([\n{rows}{indent}])"


def source(*functions: Callable[..., Any]) -> str:
    """The text of functions, and of those of their files that they call, each before the one that calls it."""
    found: dict[str, str] = {}
    for function in functions:
        for each in _with_called(function):
            found.setdefault(each.__name__, _bare(inspect.getsource(each)))
    return "\n\n\n".join(found.values())


def _bare(text: str) -> str:
    """A function without its annotations, which name things that a program does not have."""
    function = ast.parse(text).body[0]
    assert isinstance(function, ast.FunctionDef)
    for argument in function.args.args:
        argument.annotation = None
    body = "\n".join(text.splitlines()[function.body[0].lineno - 1:]).rstrip()
    return f"def {function.name}({ast.unparse(function.args)}):\n{body}"


def _with_called(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    own = vars(inspect.getmodule(function))
    for name in _names(function.__code__):
        called = own.get(name)
        if inspect.isfunction(called) and called.__module__.startswith(HOUSE) and called is not function:
            yield from _with_called(called)
    yield function


def _names(code: CodeType) -> Iterator[str]:
    """What code speaks of, also within its comprehensions."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


def named(functions: Any, text: str) -> list[Callable[..., Any]]:
    """The functions of a module that a program calls by name."""
    called = set(re.findall(r"\b(\w+)\(", text))
    return [each for name, each in vars(functions).items()
            if name in called and inspect.isfunction(each) and each.__module__ == functions.__name__]
