"""What the ideas of the lesson "Neuron" share."""

from ui.lessons.controls import Controls

controls = Controls("neuron/value")
SPLIT = [11, 9]
"""Widths of the picture and of what stands beside it."""
