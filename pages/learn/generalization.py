"""Generalisation: what is learned from some rows, and what it is worth on others."""

from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_curves as curves
from ann_core.nn.layers import Dropout
from ann_core.run.trainer import State, Trainer
from ann_core.run.update import chain
from ui.lesson import Idea, lesson
from ui.lessons.generalization import asks, controls, links, shows_cures, shows_fitting

IDEAS = (
    Idea("held", "Rows to learn from, rows to be asked",
         "A network is trained on a few noisy points, drawn full. The faint ones are kept aside, *held out*: it never sees "
         "them while it learns. What does each kind tell?",
         "Only rows that were not learned from tell what was learned.",
         shows_fitting.held, asks.held, link=links.held, code=(core.Course.judged, core.fresh)),
    Idea("curve", "A curve that bends too little, or too much",
         "Fifteen points of a smooth curve, with noise. Raise the degree of the polynomial, which may then bend more often. "
         "When would you stop?",
         "More freedom always brings a curve nearer to its points. To the truth it comes nearer at first, then it follows the "
         "noise. Too little freedom is *underfitting*, too much *overfitting*.",
         shows_fitting.curve, asks.curve, link=links.curve, code=(curves.polynomial,)),
    Idea("width", "The same with a network: width and depth",
         "Networks of growing size learn the same sixty noisy rows to the end. Some rows more are for *validation*: they "
         "choose the size. The *test* rows judge the choice. What does size buy, and what does it cost?",
         "Size buys training error. From some size on, training to the end costs test loss: it is the long training of a wide "
         "network that hurts, not its width as such.",
         shows_fitting.width, asks.width, link=links.width, code=(core.ending, core.apart)),
    Idea("film", "Overfitting, as a film",
         "The same sixty rows, 128 units. Play it: the line winds itself around single points. What happens meanwhile to rows "
         "that were never shown?",
         "The loss on rows held out turns long before the training loss is done. It tells overfitting sooner and more surely "
         "than the count of mistakes.",
         shows_fitting.film, asks.film, link=links.film, code=(core.train,)),
    Idea("stop", "Stop early",
         "If the loss on rows held out turns so soon, stop there. But it also wavers: how long to wait, and what to keep?",
         "Stop when the validation loss has not fallen for a while, and keep the weights with the lowest. It is the cheapest "
         "cure of all: it saves time.",
         shows_cures.stop, asks.stop, link=links.stop, code=(Trainer._validate, State.waited)),
    Idea("weights", "Pull the weights towards 0",
         "A line that winds sharply needs large weights. So let something pull at them: L2 in proportion to their size, L1 "
         "always equally hard, weight decay beside the gradient. What does each leave of the weights?",
         "L2 shrinks all weights; L1 makes most of them nearly 0, once the rate falls. Too strong a pull leaves nothing to "
         "learn with.",
         shows_cures.weights, asks.weights, link=links.weights, code=(chain,)),
    Idea("dropout", "Dropout: learn with half of the units",
         "At every step of training a random part of the hidden units is switched off, *dropped out*. No unit can rely on "
         "another one. Play the film; then think of the moment when the network is asked.",
         "Dropout trains many thinned networks at once and asks them all together.",
         shows_cures.dropout, asks.dropout, link=links.dropout, code=(Dropout.forward,)),
    Idea("rows", "More rows, less noise",
         "All the cures so far work on the network. What if the data were better: more rows, or less noise in them?",
         "More rows close the gap from both sides: they are harder to learn by heart, and tell more about the rest. Less noise "
         "leaves less to learn by heart.",
         shows_cures.rows, asks.rows, link=links.rows, code=(core.train,)),
    Idea("cures", "All cures, on the same baseline",
         "Each switch changes one thing about the same overfitting network. Which of them brings the test loss down, and by "
         "how much?",
         "Smaller weights, dropout, stopping early, fewer units, more rows, less noise: each lowers the test loss here. Batch "
         "normalisation does not, on the whole: it is for easier training.",
         shows_cures.cures, asks.cures, link=links.cures, code=(core.ending,)),
)

lesson("generalization", IDEAS, controls)
