"""Recurrence: a state that is carried on from step to step."""

from ann_core.lessons import recurrence as core
from ann_core.nn.layers import RNN
from ui.lesson import Idea, lesson
from ui.lessons.recurrence import PAGE, asks, controls, links, shows_unit

IDEAS = (
    Idea("state", "A state that is carried on",
         "A sequence comes one number at a time. A *recurrent* unit gets the next input **and its own last state**. Choose the "
         "inputs and both weights: how long does a pulse stay in it?",
         "A recurrent unit makes its new state of the input and of its old state; so what came earlier can still be in it.",
         shows_unit.state, asks.state, link=links.state, code=(core.Unit, RNN._unroll)),
    Idea("unrolled", "Unrolled: the same weights at every step",
         "Written one step beside the other, the unit becomes a deep network, with one layer a step. But all its layers have "
         "**the same** weights. What is the derivative of such a weight?",
         "A weight that is used at every step gets the sum of what all steps add: backpropagation through time.",
         shows_unit.unrolled, asks.unrolled, link=links.unrolled, code=(core.Unit.parts, RNN._back)),
)

lesson(PAGE, IDEAS, controls)
