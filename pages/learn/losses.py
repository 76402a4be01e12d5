"""Losses: what counts as a mistake, and how far down it is."""

from ann_core.lessons import losses as core
from ann_core.lessons import losses_surface as surfaces
from ann_core.nn.losses import OutputHead, huber, output_head
from ann_core.nn.network import Network
from ui.lesson import Idea, lesson
from ui.lessons.losses import asks, controls, links, shows_classes, shows_descent, shows_numbers

IDEAS = (
    Idea("cost", "Each answer has a loss, all together have a cost",
         "How wrong is a line? From the hours of sunshine it foretells how many ice creams a stall sells; the dots are four "
         "days as they were. The dotted lines are its **errors**. A **loss** says how bad one answer is: here half of the "
         "squared error. The **cost** is the mean of all losses, one number to make small. Drag the ends of the line: how "
         "small can it get?",
         "The mean squared error has a mean: add up the squared errors and divide by how many there are.",
         shows_numbers.cost, asks.cost, link=links.cost, code=(OutputHead.value, OutputHead.per_row), core=True),
    Idea("unit", "A measure in the target's own unit",
         "By how many kilograms is a forecast off? How much ice cream a stall needs was foretold for five days, and each time "
         "it was a little wrong. The mean squared error, MSE, comes in square kilograms, which say little. Its root, the RMSE, "
         "is in kilograms again, and so is the MAE, the mean absolute error.",
         "Train on the squared error if you like, but report the RMSE: it reads in kilograms, euros or degrees.",
         shows_numbers.unit, asks.unit, link=links.unit, code=(core.cost,)),
    Idea("curves", "Losses as curves",
         "Is a mistake that is twice as large twice as bad? Each loss is a curve. Its height is what a mistake costs; its "
         "slope is how hard the mistake pulls at the weights. Move along the picture to read all of them at one place.",
         "Squared error pulls in proportion to the error, absolute error always equally hard; Huber and log-cosh are "
         "squared near 0 and straight far out.",
         shows_numbers.curves, asks.curves, link=links.curves, code=(huber, output_head), core=True),
    Idea("outlier", "One wild point",
         "How much may one wrong number spoil? Nine days at the stall, and one of them was written down wrongly. Drag the "
         "diamond up and down. Under which loss does the answer go along, and under which does it hardly listen?",
         "One outlier rules MSE and RMSE. MAE counts it in proportion only, and the best answer under absolute error stays "
         "among the other points.",
         shows_numbers.outlier, asks.outlier, link=links.outlier, code=(core.best_fit,)),
    Idea("confident", "Wrong, and sure of it",
         "What should it cost to be wrong, and sure of it? A network says with great confidence the wrong class. How hard do "
         "cross-entropy (here binary, the log loss of the Neuron lesson) and squared error, sent through the sigmoid, pull it "
         "back?",
         "With a sigmoid output, cross-entropy's gradient with respect to z is the error p − y; squared error multiplies it "
         "by p(1 − p), which vanishes exactly where the mistake is most confident.",
         shows_classes.confident, asks.confident, link=links.confident, code=(OutputHead.gradient, core.steps_until_right)),
    Idea("several", "Several classes: the right one's share",
         "Three classes, and one of them is right: what does the answer cost? Softmax turns the sums of the output units into "
         "shares that add up to 1. The loss is minus the logarithm of the share that the right class got: this is "
         "*categorical cross-entropy*.",
         "Cross-entropy is −ln of the probability given to the right class, and its gradient is simply p − y.",
         shows_classes.several, asks.several, link=links.several, code=(core.several, OutputHead.gradient), core=True),
    Idea("hinge", "Hinge: the right side, and a margin of 1",
         "Is it enough to be right, or should there be something to spare? The hinge loss calls the classes y = −1 and +1 and "
         "asks that y·z be at least 1: on the right side, with a margin. Who has a loss, and who has none?",
         "Hinge is 0 once y·z reaches 1; only examples inside the margin or on the wrong side still pull.",
         shows_classes.hinge, asks.hinge, link=links.hinge, code=(core.over_sums,)),
    Idea("roll", "Down the slope, one step after the other",
         "How does a weight find its way down? Training changes it step by step, by the slope of the cost. One weight, no "
         "bias, ŷ = w x, two days of the stall: (1, 2) and (2, 3). Play the film; then try a tiny rate and a large one.",
         "Where ∂J/∂w is above 0, make w smaller; below 0, larger. Backpropagation computes the slope, the optimiser takes "
         "the step.",
         shows_descent.roll, asks.roll, link=links.roll, code=(core.Bowl.slope, core.Bowl.roll), core=True),
    Idea("surface", "The cost of a real network, over two of its weights",
         "What does the cost of a real network look like? A small one learned two moons. Choose two of its weights: the "
         "picture shows how the cost depends on them, and a way down: these two alone, or the real training, in which all "
         "move.",
         "A picture over two weights is a slice: all others stand still. Training moves over the whole cost, by the gradient "
         "with respect to the parameters, not the inputs: the data stays as it is.",
         shows_descent.surface, asks.surface, link=links.surface,
         code=(surfaces.Descent.over, surfaces.Descent.two_alone, Network.loss_and_grad)),
)

lesson("losses", IDEAS, controls)
