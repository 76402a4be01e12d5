"""What must hold of every kind of layer, and of layers used twice, nested and side by side."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ann_core import NetworkConfig
from ann_core.nn.kinds import LAYERS, Around
from ann_core.nn.layers import PLAIN, BatchNorm, Dense, GlobalMaxPool, MaxPool2D, Pass, Sequential
from ann_core.nn.network import Network
from ann_core.nn.parameters import Parameters
from tests.core.layers_drawn import SAMPLES, settings_of
from tests.core.test_convolution import SHARED, TOLERANCE
from tests.core.test_gradients import directional_error

ROWS = 4
LEADS = {"one network": (), "three seeds": (3,), "two frames of three seeds": (2, 3)}
AROUND = st.builds(Around, st.booleans(), st.sampled_from([0.0, 0.4]), st.booleans())
every_kind = pytest.mark.parametrize("key", LAYERS)
some = settings(max_examples=12, derandomize=True, deadline=None)


class Tried:
    """A layer with random numbers, and what it gives for them. lead: axes of frames and seeds, of the rows too or not"""

    def __init__(self, layer, lead=(), same_rows=False):
        self.layer, self.lead, self.rng = layer, lead, np.random.default_rng(5)
        self.parameters = Parameters([layer])
        self.theta = 0.5 * self.rng.standard_normal((*lead, self.parameters.size))
        self.X = self.rng.standard_normal((*(() if same_rows else lead), ROWS, *layer.inputs))
        self.dOut = self.rng.standard_normal((*lead, ROWS, *layer.outputs))
        self.draws = any(inner.draws() for inner in layer.walk())

    def forward(self, theta, X):
        at = Pass(noise=[np.random.default_rng(0)]) if self.draws else PLAIN
        return self.layer.forward(self.parameters.rows(theta)[0], X, at)

    def value(self, theta, X):
        """Σ out · dOut of each member."""
        return (self.forward(theta, X)[0] * self.dOut).reshape(*self.lead, -1).sum(-1)

    def gradients(self, times=1, inner=True):
        """Of `value` with respect to theta and to X, by the layer; theta's added up over so many uses."""
        grad = np.full_like(self.theta, np.nan)
        p, g = self.parameters.rows(self.theta)[0], self.parameters.rows(grad)[0]
        for _ in range(times):
            dX = self.layer.backward(p, g, self.dOut, self.forward(self.theta, self.X)[1], inner)
        return grad, dX


def a_layer(data, key, around=AROUND):
    """A layer of this kind on samples that it can work on. Its activation is smooth: corners have tests of their own. Its
    gradients are whole: what truncation leaves out, too."""
    config, shape = data.draw(settings_of(key, 4)), data.draw(st.sampled_from(SAMPLES[LAYERS[key].settings.works_on]))
    whole = {"truncation": None} if "truncation" in LAYERS[key].fields else {}
    try:
        return config.bent("tanh").model_copy(update=whole).build(shape, data.draw(around))
    except ValueError:
        assume(False)


@every_kind
@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
@some
@given(st.data())
def test_gradients_agree_with_finite_differences(key, lead, data):
    tried = Tried(a_layer(data, key), lead, same_rows=data.draw(st.booleans()))
    grad, dX = tried.gradients()
    assert directional_error(lambda theta: tried.value(theta, tried.X), grad, tried.theta, tried.rng) < 1e-5
    assert dX.shape == (*lead, ROWS, *tried.layer.inputs)
    flat = tried.X.reshape(*tried.X.shape[:-1 - len(tried.layer.inputs)], -1)
    assert directional_error(lambda X: tried.value(tried.theta, X.reshape(tried.X.shape)), dX.reshape(*lead, -1), flat,
                             tried.rng) < 1e-5


@every_kind
@some
@given(st.data())
def test_a_layer_says_what_it_is_and_leaves_what_came_alone(key, data):
    tried = Tried(a_layer(data, key), (3,))
    before = [array.copy() for array in (tried.theta, tried.X, tried.dOut)]
    out, _ = tried.forward(tried.theta, tried.X)
    grad, _ = tried.gradients()
    assert out.shape == (3, ROWS, *tried.layer.outputs) and tried.layer.n_parameters == grad.shape[-1]
    assert all(np.array_equal(array, old) for array, old in zip((tried.theta, tried.X, tried.dOut), before, strict=True))
    np.testing.assert_array_equal(tried.gradients(inner=False)[0], grad)
    np.testing.assert_allclose(tried.gradients(times=2)[0], 2 * grad, rtol=1e-12)
    if not tried.draws:  # pictures are drawn in single precision
        single, _ = tried.forward(tried.theta.astype(np.float32), tried.X.astype(np.float32))
        assert single.dtype == np.float32
        np.testing.assert_allclose(single, out, rtol=1e-3, atol=1e-3)


@every_kind
@some
@given(st.data())
def test_no_rows_give_no_answers(key, data):
    tried = Tried(a_layer(data, key, st.builds(Around, dropout=st.sampled_from([0.0, 0.4]), skip=st.booleans())), (3,))
    out, _ = tried.forward(tried.theta, tried.X[:, :0])
    assert out.shape == (3, 0, *tried.layer.outputs)


@every_kind
@some
@given(st.data())
def test_members_and_rows_do_not_see_each_other(key, data):
    tried = Tried(a_layer(data, key, st.builds(Around, skip=st.booleans())), (2, 3))
    out, _ = tried.forward(tried.theta, tried.X)
    for member in np.ndindex(2, 3):
        alone = [tried.forward(tried.theta[member], tried.X[member][row:row + 1])[0] for row in range(ROWS)]
        np.testing.assert_allclose(out[member], np.concatenate(alone), rtol=0, atol=1e-13)


@pytest.mark.parametrize(("layer", "first"), [(MaxPool2D((4, 4, 1)), [(0, 0), (0, 2), (2, 0), (2, 2)]),
                                              (MaxPool2D((3, 3, 1), 2, 1), [(0, 0), (0, 1), (1, 0), (1, 1)]),
                                              (GlobalMaxPool((3, 3, 1)), [(0, 0)])])
def test_of_equal_numbers_the_first_gets_the_gradient(layer, first):
    tried = Tried(layer)
    tried.X[:] = 1.0
    dX, wanted = tried.gradients()[1], np.zeros_like(tried.X)
    for (y, x), d in zip(first, tried.dOut.reshape(ROWS, len(first)).T, strict=True):
        wanted[:, y, x, 0] = d
    np.testing.assert_array_equal(dX, wanted)


@pytest.mark.parametrize("uses", [1, 2, 3])
def test_a_layer_used_several_times_adds_its_gradients(uses):
    layer = Dense(3, 3)
    tried = Tried(Sequential([(f"{place}", layer) for place in range(uses)]), (2,))
    grad, dX = tried.gradients()
    assert tried.theta.shape == (2, 12) and tried.layer.n_parameters == 12
    assert directional_error(lambda theta: tried.value(theta, tried.X), grad, tried.theta, tried.rng) < 1e-6
    assert directional_error(lambda X: tried.value(tried.theta, X.reshape(tried.X.shape)), dX.reshape(2, -1),
                             tried.X.reshape(2, -1), tried.rng) < 1e-6


def in_a_sequence(layer):
    tried = Tried(Sequential([("first", layer), ("second", layer)]))
    tried.theta, tried.X, tried.dOut = np.array([1.0, 0, 0, 1, 0, 0]), np.array([[2.0, 4.0]]), np.ones((1, 2))
    return tried.gradients()


def in_a_network(layer):
    config = SimpleNamespace(output="linear", loss="squared_error", huber_delta=1.0, stack=lambda inputs, n_out: [layer, layer])
    net = Network(config, (2,), 2, "regression")
    theta, X, grad = net.parameters.start(), np.array([[2.0, 4.0]]), np.full(6, np.nan)
    theta[:] = 1, 0, 0, 1, 0, 0
    for _ in range(2):  # a second pass begins anew
        p, g = net.parameters.rows(theta), net.parameters.rows(grad)
        dX = net.backward(p, g, np.ones((1, 2)), net.forward(p, X)[1], inner=True)
    return grad, dX


@pytest.mark.parametrize("place", [in_a_sequence, in_a_network])
def test_a_shared_dense_layer_has_the_gradient_that_pytorch_gives(place):
    """x W W with x = (2, 4) and W = 1: each use gives ((2, 2), (4, 4))."""
    grad, dX = place(Dense(2, 2))
    assert SHARED["W"].tolist() == [[4, 4], [8, 8]]
    np.testing.assert_allclose(grad, [*SHARED["W"].ravel(), *SHARED["b"]], rtol=TOLERANCE)
    np.testing.assert_allclose(dX, SHARED["X"], rtol=TOLERANCE)


def test_parts_nest_under_names_and_roles_say_what_an_array_is_for():
    inner = Sequential([("dense", Dense(2, 2)), ("norm", BatchNorm((2,)))])
    outer = Sequential([("left", inner), ("right", Sequential([("dense", Dense(2, 2))])), ("again", inner)])
    parameters = Parameters([outer])
    assert [entry.name for entry in parameters.entries] == [
        "layers.0.left.dense.W", "layers.0.left.dense.b", "layers.0.left.norm.gamma", "layers.0.left.norm.beta",
        "layers.0.right.dense.W", "layers.0.right.dense.b"]
    assert [entry.name[-1] for entry in parameters.of("weight", "bias")] == ["W", "b"] * 2
    np.testing.assert_array_equal(parameters.start() == 1, parameters.mask("scale"))
    with pytest.raises(ValueError, match="Name the parts"):
        Parameters([Sequential([("", Dense(2, 2)), ("", Dense(2, 2))])])


def test_the_gradient_of_the_inputs_comes_when_it_is_asked_for():
    net = Network(NetworkConfig(), (2,), 1, "regression")
    rng = np.random.default_rng(0)
    theta, X, Y = net.initial(0), rng.standard_normal((5, 2)), rng.standard_normal((5, 1))
    p, g = net.parameters.rows(theta), net.parameters.rows(np.empty_like(theta))
    Z, caches, _ = net.forward(p, X)
    dX = net.backward(p, g, net.head.gradient(Z, Y, 1 / 5), caches, inner=True)
    assert directional_error(lambda flat: net.loss_and_grad(theta, flat.reshape(5, 2), Y)[0], dX.ravel(), X.ravel(), rng) < 1e-6
