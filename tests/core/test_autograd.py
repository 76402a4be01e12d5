"""The scalar engine alone: its derivatives against finite differences, its order, and graphs of any depth."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_core.nn.activations import ACTIVATIONS
from ann_core.scalar.autograd import Value, forward_order

EXPRESSIONS = {
    "sum": lambda a, b: a + b, "difference": lambda a, b: a - b, "product": lambda a, b: a * b, "quotient": lambda a, b: a / b,
    "power": lambda a, b: a**3 + b**-2, "root": lambda a, b: (a * b) ** 0.5, "negative": lambda a, b: -a * b,
    "exp": lambda a, b: (a - b).exp(), "log": lambda a, b: (a * b + 1).log(),
    "plain numbers": lambda a, b: 2 - a + 3 * b / 4 + 1 / b,
    "one number twice": lambda a, b: a * a + a * b + a, "softplus by hand": lambda a, b: (a.exp() + b.exp()).log(),
    "constant power": lambda a, b: a**0 + b**1,
}
POSITIVE = st.floats(0.2, 3)


def central(f, values, i, h=1e-5):
    def at(step):
        return f(*(Value(v + step * (k == i)) for k, v in enumerate(values))).data
    return (at(h) - at(-h)) / (2 * h)


@pytest.mark.parametrize("name", EXPRESSIONS)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(a=POSITIVE, b=POSITIVE)
def test_every_derivative_is_that_of_a_finite_difference(name, a, b):
    f, x, y = EXPRESSIONS[name], Value(a), Value(b)
    f(x, y).backward()
    for i, value in enumerate((x, y)):
        assert value.grad == pytest.approx(central(f, (a, b), i), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_every_activation_of_the_registry(key):
    for z in (-3.7, -1.2, -0.4, 0.3, 1.1, 4.2):
        x = Value(z)
        a = x.activate(ACTIVATIONS[key])
        (a * 2).backward()
        assert a.op == key and type(a.data) is float
        assert x.grad == pytest.approx(2 * central(lambda v: v.activate(ACTIVATIONS[key]), (z,), 0), rel=1e-7, abs=1e-8)


def test_a_sigmoid_made_of_its_parts_is_the_sigmoid():
    x, y = Value(0.7), Value(0.7)
    built, known = 1 / (1 + (-x).exp()), y.activate(ACTIVATIONS["sigmoid"])
    built.backward()
    known.backward()
    assert built.data == pytest.approx(known.data, rel=1e-15) and x.grad == pytest.approx(y.grad, rel=1e-14)


def test_ways_that_part_and_meet_again_add_up():
    """f = (x² + 3x)·x² has f′ = 4x³ + 9x²."""
    x = Value(2.0)
    square = x * x
    ((square + 3 * x) * square).backward()
    assert x.grad == 4 * 8 + 9 * 4


def test_backward_starts_afresh_each_time():
    x = Value(3.0)
    y = x**2
    y.backward()
    y.backward()
    assert x.grad == 6 and y.grad == 1


def test_parents_come_before_children_each_once():
    a, b = Value(1.0), Value(2.0)
    c = a * b
    last = (c + a) * c
    order = forward_order(last)
    assert len({id(node) for node in order}) == len(order) == 5
    assert all(order.index(parent) < order.index(node) for node in order for parent in node.parents)


def test_a_graph_of_any_depth():
    x = y = Value(1.0)
    for _ in range(20_000):
        y = y * 1.0001
    y.backward()
    assert x.grad == pytest.approx(math.exp(20_000 * math.log(1.0001)), rel=1e-9)


@pytest.mark.parametrize("number", [0.0, -1.0])
def test_the_logarithm_says_what_it_needs(number):
    with pytest.raises(ValueError, match="above 0"):
        Value(number).log()


def test_a_value_shows_its_number_and_name():
    assert [repr(v) for v in (Value(1.5, "w"), Value(2), -Value(2))] == ["Value(1.5, w)", "Value(2, given)", "Value(-2, ×)"]
