"""The first lesson: one neuron, what it can decide, how it learns, and why more than one are needed."""

from ann_core import RunConfig
from ann_core.lessons import neuron as core
from ann_core.lessons import neuron_network
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import Dense
from ann_core.nn.losses import OutputHead
from ann_core.nn.network import Network
from ann_core.run.training import ALL_ROWS
from ui.lesson import Idea, lesson
from ui.lessons import neuron_corners as corners
from ui.lessons import neuron_layers as layers
from ui.lessons import neuron_learning as learning
from ui.lessons import neuron_unit as unit
from ui.lessons.neuron import controls

SLOW = {"optimizer": "sgd", "batch_size": ALL_ROWS, "epochs": 200}


def _two_groups() -> RunConfig:
    """The twelve points of the idea on the bias, for one sigmoid unit."""
    return RunConfig.model_validate({
        "data": {"source": "drawn", "drawn": core.GROUPS, "test_share": 0.0, "scaling": "none"},
        "network": {"layers": ()}, "training": {**SLOW, "learning_rate": 1.0}})


def _table() -> RunConfig:
    """The truth table that is looked at, for one sigmoid unit."""
    return neuron_network.corners_config(controls.value("tables/table", "AND"))


def _xor() -> RunConfig:
    """XOR for two hidden units, with the first weights that are looked at."""
    return neuron_network.corners_config("XOR", 2, int(controls.value("hidden/seed", 0)))


IDEAS = (
    Idea("what", "A function with numbers to adjust",
         "A network is a function: **x** goes in, a prediction **ŷ** comes out, and inside stand numbers that can be adjusted. "
         "*Supervised learning* adjusts them until the predictions come near the answers in a set of examples, the *training "
         "data*. The true rule behind them, f*, stays unknown; the hope is to come near it.",
         unit.what_show, "A neural network is a function with adjustable numbers, fitted to examples. Brains inspired it; it "
         "does not imitate them.", unit.what_ask, code=(core.weighted_sum, Dense)),
    Idea("sum", "One neuron: a weighted sum",
         "A neuron multiplies each input by a number of its own, the **weight**, and adds the products and one more number, "
         "the **bias**. The result is called z, the *pre-activation*.", unit.sum_show,
         "z = Σ wᵢxᵢ + b: one sum over all inputs, so one number for each sample.", unit.sum_ask, code=(Dense,)),
    Idea("bias", "Weight and bias: turn the line, shift the line",
         "With two inputs, z is 0 along a straight line, the **boundary**: on one side z is positive, on the other negative. A "
         "weight says how much an input counts. Switch the bias off and see what the line cannot do any more.", unit.bias_show,
         "A weight scales how much its input counts; without a bias the boundary must pass through the origin.", unit.bias_ask,
         _two_groups, (core.groups_right, core.distance_to_origin)),
    Idea("threshold", "Activation and threshold",
         "A neuron passes z through a curve, its **activation**, and decides by a **threshold** on the output. Three curves "
         "and one decision, class 1 where z > 0: the sigmoid σ(z) = 1/(1 + e⁻ᶻ), tanh, and the step (1 above 0, else "
         "0).", unit.threshold_show,
         "Sigmoid decides at 0.5, tanh and step at 0; in each case the boundary is where z = 0.", unit.threshold_ask,
         code=(ACTIVATIONS["sigmoid"].f, ACTIVATIONS["step"].f)),
    Idea("shift", "What the bias does to the activation",
         "The bias is added to z, so it moves the whole curve to the left or to the right. It also decides what the unit says "
         "when its input is 0.", unit.shift_show,
         "The bias moves the activation left and right, and decides what a unit says when every input is 0.", unit.shift_ask,
         code=(core.sums,)),
    Idea("tables", "What one line can decide: AND, OR, XOR",
         "Two inputs that are 0 or 1 make four corners. AND: 1 if both are 1. OR: 1 if at least one is. XOR: 1 if exactly one "
         "is. Try to get all four right with one line.", corners.tables_show,
         "One neuron divides the plane by one line: that is enough for AND and OR, and never for XOR.",
         corners.tables_ask, _table, (core.right_count, core.best_count)),
    Idea("perceptron", "Learning one sample at a time",
         "The perceptron of 1958 learns by correction: look at one sample, compare its class y with the answer ŷ, and if they "
         "differ, move weights and bias by η (y − ŷ) times the input (for the bias the input is 1). The **learning rate** η "
         "scales each correction.",
         corners.perceptron_show,
         "w ← w + η (y − ŷ) x settles where a line can do it (AND, OR) and goes in circles where none can (XOR).",
         corners.perceptron_ask, code=(core.perceptron,)),
    Idea("slope", "Which way to move: the sign of the slope",
         "The **loss** L says how wrong the predictions are, in one number: here the mean of half the squared error over the "
         "eight examples (a mean that is later called the cost). Drawn over a weight it is a curve, and its slope ∂L/∂w "
         "tells which way is down.", learning.slope_show,
         "∂L/∂w > 0 means: make w smaller. ∂L/∂w < 0 means: make it larger.", learning.slope_ask, code=(core.slope, core.cost)),
    Idea("regression", "Predicting a number: the best line",
         "For a number, the activation is linear: ŷ = z. The loss of one sample is half its squared error (the ½ cancels "
         "the 2 of the slope); the cost is the mean over all of them. Repeated small steps downhill "
         "(**gradient descent**; the *gradient* is all slopes together) end at the line that can also be solved for "
         "exactly.", learning.regression_show,
         "With L = ½(y − ŷ)², dL/dw = −x (y − ŷ) = (ŷ − y) x: error ŷ − y times input. Small steps end at the least-squares "
         "line, that with the smallest squared error.",
         learning.regression_ask, code=(core.sample_gradient, core.descent, core.least_squares)),
    Idea("classification", "Two classes: the same gradient again",
         "For two classes, p = σ(z) is read as the probability of class 1, and the **log loss** (also called binary "
         "cross-entropy) is minus the logarithm of the probability given to the right class. Its derivative divides by "
         "p (1 − p), which is the sigmoid's slope σ′: the two cancel.",
         learning.classes_show,
         "Sigmoid with log loss: dL/dw = −x (y − p), the same form as in regression, because σ′ cancels.", learning.classes_ask,
         _two_groups, (core.factors, OutputHead.gradient)),
    Idea("convex", "One valley or several",
         "A curve is **convex** if it nowhere bends downwards: then every way down leads to the lowest point. Squared error "
         "through a sigmoid is not like that: it has a flat shelf, and here two valleys. Log loss has one.",
         learning.convex_show,
         "Through a sigmoid, squared error has flat shelves and can have several valleys; log loss is convex in the weights.",
         learning.convex_ask, code=(core.shelf_cost, core.roll)),
    Idea("hidden", "Hidden units make features of their own",
         "Two units in between, a **hidden layer**, each draw a line of their own. Their outputs h₁ and h₂ are a new place "
         "for each corner. Press play: as training goes, the corners of XOR move until one line divides them.",
         corners.hidden_show,
         "Hidden layers build their own features, in which the last unit can solve what no single line could.",
         corners.hidden_ask, _xor, (neuron_network.unfolding, Network.forward)),
    Idea("network", "From neuron to network",
         "Units stand in **layers**, and the outputs of one layer are the inputs of the next. In a **dense** layer every unit "
         "is joined with every unit of the layer before. So the whole network is a function of a function of a function.",
         layers.network_show,
         "Input layer, hidden layers, output layer: ŷ = f₃(f₂(f₁(x))); deep means more than one hidden layer.",
         layers.network_ask, layers.in_the_playground, (Network.forward,)),
    Idea("outputs", "One output unit or two",
         "For two classes one sigmoid unit is enough. Two **softmax** units (each class gets eᶻ, divided by the sum of all "
         "eᶻ) are the same model: only the difference of their sums counts. A tanh unit decides at 0 instead of 0.5.",
         layers.outputs_show,
         "Output units: 1 for a number or two classes, N for N classes; one sigmoid unit and two softmax units are the same "
         "model.",
         layers.outputs_ask, code=(neuron_network.two_outputs,)),
    Idea("count", "Counting the parameters",
         "Everything that learning adjusts is a **parameter**: in each layer a table of weights W, one row for each input and "
         "one column for each unit, and a bias for each unit. (Many texts write W the other way round, its transpose.)",
         layers.count_show,
         "A dense layer has weights of shape (n_in, n_out) and biases of shape (n_out,): n_in · n_out + n_out parameters.",
         layers.count_ask, code=(neuron_network.shapes, NetworkConfig.count_parameters)),
)

lesson("neuron", "Neuron", IDEAS)
