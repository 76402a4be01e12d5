"""The first lesson: one neuron, what it can decide, how it learns, and why more than one are needed."""

from ann_core.lessons import neuron as core
from ann_core.lessons import neuron_kinds, neuron_network
from ann_core.nn.activations import ACTIVATIONS
from ann_core.nn.config import NetworkConfig
from ann_core.nn.layers import Dense
from ann_core.nn.losses import OutputHead
from ann_core.nn.network import Network
from ui.lesson import Idea, lesson
from ui.lessons.neuron import asks, controls, links, shows_learning, shows_network, shows_unit

IDEAS = (
    Idea("what", "A function with numbers to adjust",
         "How many ice creams will a stall sell on a day with five hours of sunshine? A network is a function that answers: "
         "**x**, the hours, goes in, and a prediction **ŷ** comes out. Inside stand numbers that can be adjusted, here two: "
         "**w**, what each hour adds, and **b**, what is sold without any sun. *Supervised learning* adjusts them until the "
         "predictions come near the answers in a set of examples, the *training data*. The true rule behind them, f*, stays "
         "unknown.",
         "A neural network is a function with adjustable numbers, fitted to examples. Brains inspired it; it does not "
         "imitate them.",
         shows_unit.what, asks.what, code=(core.weighted_sum, Dense), core=True),
    Idea("kinds", "Where this stands, and the kinds of learning",
         "A chess program follows rules that somebody wrote by hand: is that artificial intelligence? *Artificial "
         "intelligence* is whatever makes machines do what seems to take intelligence. *Machine learning* is that part of it "
         "which finds its rules in examples, and *deep learning* that part of machine learning which does so with networks of "
         "several hidden layers. Learning is *supervised* where somebody gave the right answer to each example, and "
         "*unsupervised* where there are only the examples.",
         "Artificial intelligence holds machine learning, which holds deep learning. Supervised: the targets are given. "
         "Unsupervised: only the examples are.",
         shows_unit.kinds, asks.kinds, link=links.kinds, code=(neuron_kinds.needs_answers,)),
    Idea("sum", "One neuron: a weighted sum",
         "How does a neuron make one number out of several? It multiplies each input by a number of its own, the **weight**, "
         "and adds the products and one more number, the **bias**. The result is called z, the *pre-activation*.",
         "z = Σ wᵢxᵢ + b: one sum over all inputs, so one number for each example.",
         shows_unit.sum_, asks.sum_, code=(Dense,), core=True),
    Idea("bias", "Weight and bias: turn the line, shift the line",
         "Where does a neuron change its mind? With two inputs, z is 0 along a straight line, the **boundary**: on one side z "
         "is positive, on the other negative. A weight says how much an input counts. Switch the bias off: what can the line "
         "not do any more?",
         "A weight scales how much its input counts; without a bias the boundary must pass through the origin.",
         shows_unit.bias, asks.bias, link=links.bias, code=(core.groups_right, core.distance_to_origin), core=True),
    Idea("threshold", "Activation and threshold",
         "How does a sum become a yes or a no? A neuron passes z through a curve, its **activation**, and decides by a "
         "**threshold** on the output. Three curves and one decision, class 1 where z > 0: the sigmoid σ(z) = 1/(1 + e⁻ᶻ), "
         "tanh, and the step (1 above 0, else 0).",
         "Sigmoid decides at 0.5, tanh and step at 0; in each case the boundary is where z = 0.",
         shows_unit.threshold, asks.threshold, code=(ACTIVATIONS["sigmoid"].f, ACTIVATIONS["step"].f), core=True),
    Idea("shift", "What the bias does to the activation",
         "What does a unit say when nothing comes in? The bias is added to z before the curve bends it. Change b: what "
         "becomes of the curve, and of what the unit says when its input is 0?",
         "The bias moves the activation left and right, and decides what a unit says when every input is 0.",
         shows_unit.shift, asks.shift, code=(core.sums,)),
    Idea("tables", "What one line can decide: AND, OR, XOR",
         "Can one straight line get four corners right? Two inputs that are 0 or 1 make four of them. AND: 1 if both are 1. "
         "OR: 1 if at least one is. XOR: 1 if exactly one is. Try each with one line.",
         "One neuron divides the plane by one line: that is enough for AND and OR, and never for XOR.",
         shows_unit.tables, asks.tables, link=links.tables, code=(core.right_count, core.best_count)),
    Idea("perceptron", "Learning one example at a time",
         "How can a unit learn from its mistakes? The perceptron of 1958 does it one example at a time: compare its "
         "class y with the answer ŷ, and if they differ, move weights and bias by η (y − ŷ) times the input (for the bias the "
         "input is 1). The **learning rate** η scales each correction.",
         "w ← w + η (y − ŷ) x settles where a line can do it (AND, OR) and goes in circles where none can (XOR).",
         shows_unit.perceptron, asks.perceptron, code=(core.perceptron,)),
    Idea("slope", "Which way to move: the sign of the slope",
         "Should this weight grow, or shrink? The **loss** L says how wrong the predictions are, in one number: here the mean "
         "of half the squared error over the eight days of the ice-cream stall (a mean that is later called the cost). Drawn "
         "over a weight it is a curve, and its slope ∂L/∂w tells how steeply it rises or falls there.",
         "∂L/∂w > 0 means: make w smaller. ∂L/∂w < 0 means: make it larger.",
         shows_learning.slope, asks.slope, code=(core.slope, core.cost), core=True),
    Idea("regression", "Predicting a number: the best line",
         "Which line suits these days best? For a number, such as the ice creams that a stall will sell, the activation is "
         "linear: ŷ = z. The loss of one day is half its squared error (the ½ cancels the 2 of the slope); the cost is the "
         "mean over all days. Repeated small steps downhill (**gradient descent**; the *gradient* is all slopes together) "
         "end at the line that can also be solved for exactly.",
         "With L = ½(y − ŷ)², ∂L/∂w = −x (y − ŷ) = (ŷ − y) x: error ŷ − y times input. Small steps end at the least-squares "
         "line, that with the smallest squared error.",
         shows_learning.regression, asks.regression, code=(core.sample_gradient, core.descent, core.least_squares)),
    Idea("classification", "Two classes: the same gradient again",
         "How much should it cost to be sure of the wrong class? For two classes, p = σ(z) is read as the probability of "
         "class 1, and the **log loss** (also called binary cross-entropy) is minus the logarithm of the probability given to "
         "the right class. Its derivative divides by p (1 − p), which is the sigmoid's slope σ′: the two cancel.",
         "Sigmoid with log loss: ∂L/∂w = −x (y − p), the same form as in regression, because σ′ cancels.",
         shows_learning.classification, asks.classification, link=links.classification,
         code=(core.factors, OutputHead.gradient)),
    Idea("convex", "One valley or several",
         "Does every way down lead to the lowest point? On a **convex** curve, which nowhere bends downwards, it does. Is "
         "squared error through a sigmoid like that, and is log loss? Drag the start, and let both points roll.",
         "Through a sigmoid, squared error has flat shelves and can have several valleys; log loss is convex in the "
         "weights.",
         shows_learning.convex, asks.convex, code=(core.shelf_cost, core.roll)),
    Idea("hidden", "Hidden units make features of their own",
         "What if other units look first? Two units in between, a **hidden layer**, each draw a line of their own. Their "
         "outputs h₁ and h₂ are a new place for each corner. Press play: where does training move the corners of XOR?",
         "Hidden layers build their own features, in which the last unit can solve what no single line could.",
         shows_network.hidden, asks.hidden, link=links.hidden, code=(neuron_network.unfolding, Network.forward), core=True),
    Idea("network", "From neuron to network",
         "How do many neurons become one network? They stand in **layers**, and the outputs of one layer are the inputs of "
         "the next. In a **dense** layer every unit is joined with every unit of the layer before. So the whole network is a "
         "function of a function of a function.",
         "Input layer, hidden layers, output layer: ŷ = f₃(f₂(f₁(x))); deep means more than one hidden layer.",
         shows_network.network, asks.network, link=links.network, code=(Network.forward,), core=True),
    Idea("outputs", "One output unit or two",
         "A yes or no: does it take one output unit, or two? One sigmoid unit is enough. Two **softmax** units (each class "
         "gets eᶻ, divided by the sum of all eᶻ) are another way: move both sums and compare. A tanh unit decides at 0 "
         "instead of 0.5.",
         "Output units: 1 for a number or two classes, N for N classes; one sigmoid unit and two softmax units are the same "
         "model.",
         shows_network.outputs, asks.outputs, code=(neuron_network.two_outputs,)),
    Idea("count", "Counting the parameters",
         "How many numbers does a network have to learn? Everything that learning adjusts is a **parameter**: in each layer a "
         "table of weights W, one row for each input and one column for each unit, and a bias for each unit. (Many texts "
         "write W the other way round, its transpose.)",
         "A dense layer has weights of shape (n_in, n_out) and biases of shape (n_out,): n_in · n_out + n_out parameters.",
         shows_network.count, asks.count, code=(neuron_network.shapes, NetworkConfig.count_parameters)),
)

lesson("neuron", IDEAS, controls)
