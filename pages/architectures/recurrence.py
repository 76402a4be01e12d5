"""Recurrence: a state that is carried on from step to step. A lesson, and a lab."""

from functools import partial

from ann_core.data.made.sequences import best_looking_back
from ann_core.lessons import recurrence as core
from ann_core.lessons import recurrence_depth as depth
from ann_core.lessons import recurrence_trained as trained
from ann_core.lessons import recurrence_way as way
from ann_core.nn.layers import GRU, LSTM, RNN, Bidirectional
from ann_core.nn.measures import backward_factors
from ann_core.nn.optimizers import clip_by_norm
from ui.architectures.recurrence import lab, onward
from ui.architectures.views import switch, views
from ui.lesson import Idea, lesson
from ui.lessons.recurrence import (
    PAGE,
    asks,
    asks_gates,
    asks_more,
    asks_way,
    controls,
    links,
    shows_gates,
    shows_more,
    shows_unit,
    shows_way,
)

IDEAS = (
    Idea("state", "A state that is carried on",
         "How long does a unit remember? A sequence comes one number at a time. A *recurrent* unit gets the next input **and "
         "its own last state**. Choose the inputs and both weights: how long does a pulse stay in it?",
         "A recurrent unit makes its new state of the input and of its old state; so what came earlier can still be in it.",
         shows_unit.state, asks.state, link=links.state, code=(core.Unit, RNN._unroll), core=True),
    Idea("unrolled", "Unrolled: always the same weights",
         "What if a weight is used again and again? Written one step beside the other, the unit becomes a deep network, with "
         "one layer a step. But all its layers have **the same** weights. What is the derivative of such a weight?",
         "A weight that is used at every step gets the sum of what all steps add: backpropagation through time.",
         shows_unit.unrolled, asks.unrolled, link=links.unrolled, code=(core.Unit.parts, RNN._back), core=True),
    Idea("through", "What reaches each step",
         "How much of a mistake at the end reaches the beginning? A network shall remember the first symbol of a sequence. "
         "Its mistake is known after the last step only; from there the gradient goes back, step by step.",
         "On its way back the gradient is multiplied at every step, by slopes and by recurrent weights; many "
         "factors in a row can make it vanish or explode.",
         shows_way.through, asks_way.through, link=links.through, code=(way.way_back, backward_factors), core=True),
    Idea("largest", "How much a step can stretch",
         "How much longer can one step make an arrow? A matrix makes some arrows longer and others shorter. The most it can "
         "do is its *largest singular value* s. What does s say of the gradient's way through twenty steps?",
         "Below 1 the gradient of a tanh network must vanish over time; above 1 it may explode, and may vanish all the same.",
         shows_way.largest, asks_way.largest, link=links.largest, code=(way.way_before, RNN._back)),
    Idea("clipping", "Too long a step, cut",
         "One step, and everything learned is gone: what can be done? Here the recurrent weights stretch, and first gradients "
         "are far too long. *Clipping* keeps the direction and limits the length. Is that enough?",
         "Clipping limits how long a gradient is and keeps its direction. It cures what explodes, and not what vanishes.",
         shows_way.clipping, asks_way.clipping, link=links.clipping, code=(clip_by_norm, trained.course)),
    Idea("gates", "Gates: valves for what is kept",
         "How can a network keep something for long? It needs valves. An *LSTM* has a second state, the *cell*, and three "
         "*gates*, numbers between 0 and 1: what is kept of the cell, what comes in, what goes out. Watch them over a "
         "sequence. What do they do to the gradient?",
         "Along the cell a step multiplies the gradient by the forget gate alone: near 1, it passes through many steps.",
         shows_gates.gates, asks_gates.gates, link=links.gates, code=(LSTM._unroll, LSTM._back), core=True),
    Idea("forget", "Where the forget gates begin",
         "Does an LSTM remember? Many texts say so. Here they shall remember the first of forty symbols, twenty for each "
         "*forget bias*: the number that says how far open their forget gates begin. How many do?",
         "An LSTM remembers when its forget gates begin nearly open; with the usual bias of 1 hardly one did here.",
         shows_gates.forget, asks_gates.forget, link=links.forget, code=(LSTM, trained.course)),
    Idea("gru", "Fewer gates: the GRU",
         "Could fewer valves do? A *GRU* has two gates and no cell: one gate says how much of the state is kept, the other "
         "how much of it the new candidate sees. How many parameters does that save?",
         "A GRU has three parts with weights where an LSTM has four. Its update gate is the valve for the state itself.",
         shows_gates.gru, asks_gates.gru, link=links.gru, code=(GRU._unroll, GRU._back)),
    Idea("both", "Looking both ways",
         "Will a marker still come? Some questions have their answer in the future. A network that reads forward has not seen "
         "it yet. Another one reads from both ends. What can each of them know?",
         "A network that reads both ways has at every step what came before and what comes after; no training gives that to "
         "one that reads forward only.",
         shows_more.both, asks_more.both, link=links.both, code=(Bidirectional.forward, best_looking_back)),
    Idea("stacked", "One layer on another",
         "Are two layers better than one? A recurrent layer can stand on another one. Here networks of one layer and of two "
         "forecast the same series. What does the upper layer read, and is more always better?",
         "A second layer reads the states of the first one as its sequence. Whether that pays has to be measured.",
         shows_more.stacked, asks_more.stacked, link=links.stacked, code=(RNN.forward, trained.forecast_error)),
    Idea("depth", "Where depth meets time",
         "Are many layers and many steps the same trouble? In a stack of n layers and in a chain of n steps the gradient goes "
         "back through n products. One slider for both, the same axes. Does the same help?",
         "Depth and time are one problem, many factors in a row; and they have one cure, a way that is multiplied by nearly 1.",
         shows_more.depth, asks_more.depth, link=links.depth, code=(depth.stack, depth.chain, depth.arriving)),
)

views(PAGE, lambda: lesson(PAGE, IDEAS, controls, onward=onward, beside=partial(switch, PAGE)), lab)
