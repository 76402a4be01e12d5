"""Generalisation: what is learned from some rows, and what it is worth on others."""

from ann_core import RunConfig
from ann_core.data.made.features import Feature, compute
from ann_core.lessons import generalization as core
from ann_core.lessons import generalization_curves as curves
from ann_core.lessons import generalization_scores as scores
from ann_core.nn.layers import Dropout
from ann_core.run.trainer import State, Trainer
from ann_core.run.update import chain
from ui.lesson import Idea, Onward, lesson, to_play
from ui.lessons.generalization import (
    asks_cures,
    asks_fitting,
    asks_inputs,
    asks_scores,
    controls,
    links,
    shows_cures,
    shows_fitting,
    shows_inputs,
    shows_scores,
)
from ui.search.settings import as_the_lesson

IDEAS = (
    Idea("held", "Rows to learn from, rows to be asked",
         "Will it be right about points that it has never seen? A network is trained on a few noisy points, drawn full. The "
         "faint ones are kept aside, *held out*: it never sees them while it learns. What does each kind tell?",
         "Only rows that were not learned from tell what was learned.",
         shows_fitting.held, asks_fitting.held, link=links.held, code=(core.Course.judged, core.fresh), core=True),
    Idea("curve", "A curve that bends too little, or too much",
         "How often should a curve be allowed to bend? Fifteen points of a smooth curve, with noise. Raise the degree of the "
         "polynomial, which may then bend more often. When would you stop?",
         "More freedom always brings a curve nearer to its points. To the truth it comes nearer at first, then it follows the "
         "noise. Too little freedom is *underfitting*, too much *overfitting*.",
         shows_fitting.curve, asks_fitting.curve, link=links.curve, code=(curves.polynomial,)),
    Idea("width", "The same with a network: width and depth",
         "Is a larger network a better one? Networks of growing size learn the same sixty noisy rows to the end. Some more "
         "rows are for *validation*: they choose the size. The *test* rows judge the choice. What does size buy, and what "
         "does it cost?",
         "Size buys a low training error. From some size on, training to the end costs test loss: it is the long training of a "
         "wide network that hurts, not its width as such.",
         shows_fitting.width, asks_fitting.width, link=links.width, code=(core.ending, core.apart)),
    Idea("film", "Overfitting, as a film",
         "Can one learn for too long? Sixty rows of moons, 128 units. Play it: the line winds itself around single points. "
         "What happens meanwhile to rows that it never saw?",
         "The loss on rows held out turns long before the training loss is done. It tells overfitting more surely than the "
         "count of mistakes, and never later.",
         shows_fitting.film, asks_fitting.film, link=links.film, code=(core.train,), core=True),
    Idea("stop", "Stop early",
         "When is the moment to stop? The loss on rows held out turns soon; but it also wavers. How long should one wait, and "
         "what should one keep?",
         "Stop when the validation loss has not fallen for a while, and keep the weights with the lowest. It is the cheapest "
         "cure of all: it saves time.",
         shows_cures.stop, asks_cures.stop, link=links.stop, code=(Trainer._validate, State.waited), core=True),
    Idea("weights", "Pull the weights towards 0",
         "What if something pulled at the weights? A line that winds sharply needs large ones. L2 pulls in proportion to "
         "their size, L1 always equally hard, weight decay beside the gradient. What does each leave of the weights?",
         "L2 shrinks all weights; L1 makes most of them nearly 0, once the rate falls. Too strong a pull leaves nothing to "
         "learn with.",
         shows_cures.weights, asks_cures.weights, link=links.weights, code=(chain,), core=True),
    Idea("dropout", "Dropout: learn with half of the units",
         "Can half of a network learn? At every step of training a random part of the hidden units is switched off, *dropped "
         "out*. No unit can rely on another one. Play the film; then think of the moment when the network is asked.",
         "Dropout trains many thinned networks at once and asks them all together.",
         shows_cures.dropout, asks_cures.dropout, link=links.dropout, code=(Dropout.forward,)),
    Idea("rows", "More rows, less noise",
         "All the cures so far work on the network. What if the data were better: more rows, or less noise in them?",
         "More rows close the gap from both sides: they are harder to learn by heart, and tell more about the rest. Less noise "
         "leaves less to learn by heart.",
         shows_cures.rows, asks_cures.rows, link=links.rows, code=(core.train,), core=True),
    Idea("cures", "All cures, on the same baseline",
         "Which cure helps here, and how much? Each switch changes one thing about the same overfitting network. Which of "
         "them brings the test loss down?",
         "Smaller weights, dropout, stopping early, fewer units, more rows, less noise: each lowers the test loss here. Batch "
         "normalisation does not, on the whole: it is for easier training.",
         shows_cures.cures, asks_cures.cures, link=links.cures, code=(core.ending,), core=True),
    Idea("features", "The right inputs",
         "Can a straight line part a ring from what it surrounds? One class lies in the middle, the other around it, and no "
         "line in x₁ and x₂ parts them. Give the network other inputs that are worked out from the same two numbers.",
         "A good input can take the place of a hidden layer: circles need squares, XOR needs the product, each with a handful "
         "of parameters.",
         shows_inputs.features, asks_inputs.features, link=links.features, code=(Feature, compute)),
    Idea("gain", "Do networks end the work on inputs?",
         "Does a network find good inputs by itself? It is often said so. Let one learn circles with its hidden units, from "
         "few rows; and then give it the squares as well.",
         "Networks do not end feature engineering, the work on inputs: the right ones still make a problem easy, and a network "
         "learns sooner with them.",
         shows_inputs.gain, asks_inputs.gain, link=links.gain, code=(compute,)),
    Idea("dropping", "Leave one out, train again",
         "Which inputs does a network need? Take one away, train again, and compare on rows held out. Then go on without the "
         "one that was missed least.",
         "Choose inputs by what rows held out say: leave one out, train again, compare.",
         shows_inputs.dropping, asks_inputs.dropping, link=links.dropping, code=(core.ending,)),
    Idea("folds", "How sure is a score? One split and k folds",
         "How far can one score be trusted? A hundred rows are all there is. Keep a fifth for the test, or cut the rows into "
         "k parts, *folds*, and hold out one after the other. Ten people do so, each with another shuffle. Do they agree?",
         "A score has a spread, the wider the fewer rows it asks. k folds use every row once for testing, and never one that "
         "was learned from.",
         shows_scores.folds, asks_scores.folds, link=links.folds, code=(scores.estimate,)),
    Idea("search", "Search: a grid, or at random",
         "Which learning rate, and which second setting? Sixteen trials may be laid out on a grid or thrown at random. Which "
         "of them sees more?",
         "Random search tries a new value of every setting in every trial, a grid of sixteen only four. Which of them finds "
         "the better place depends on the problem, and on luck.",
         shows_scores.search, asks_scores.search, link=links.search, code=(scores.grid, scores.at_random, scores.trial)),
    Idea("curse", "The winner's curse",
         "You try sixty-four networks and keep the best: how good is it? Here the labels are shuffled, so that nobody can "
         "learn anything; and yet the best score climbs. What is it worth?",
         "The best of many scores is too good. Ask a third set, the test rows, once, at the end.",
         shows_scores.curse, asks_scores.curse, link=links.curse, code=(scores.tries, scores.Tries.best)),
    Idea("descent", "More features than rows",
         "Can a model have too many features? So far, too much freedom did harm. But the largest networks have far more "
         "parameters than rows. Raise the number of features beyond sixty, the number of rows.",
         "The worst place is where a model can just fit every row. Far beyond, it can be best of all; whether it is, depends "
         "on the problem. This is called *double descent*.",
         shows_scores.descent, asks_scores.descent, code=(curves.Features.fit,)),
)


def onward(there: RunConfig) -> Onward:
    """A search leads to the page Search, all else into the Playground."""
    return Onward("page Search", "play/search", as_the_lesson()) if there == scores.SEARCHED else to_play(there)


lesson("generalization", IDEAS, controls, onward=onward)
