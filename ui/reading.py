"""How long ideas take to read, from the words that they say."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from math import ceil
from typing import Any

PACE = 200
"""Words a minute, a little slower than usual (Brysbaert, 2019: 238): there are numbers between them."""


def minutes(words: int) -> int:
    """So many words take so long, in whole minutes."""
    return ceil(words / PACE)


def spoken(text: str) -> int:
    """How many words a text has."""
    return sum(any(letter.isalpha() for letter in word) for word in text.split())


@cache
def written(function: Callable[..., Any]) -> int:
    """How many words stand in the texts that a function says; those of one word are names, not texts."""
    nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))
    notes = [node.value for node in nodes if isinstance(node, ast.Expr)]  # docstrings
    texts = [node for node in nodes if isinstance(node, ast.Constant) and node not in notes]
    return sum(words for text in texts if isinstance(text.value, str) and (words := spoken(text.value)) > 1)
