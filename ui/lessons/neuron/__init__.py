"""The lesson "Neuron": what its ideas share."""

from ui.lessons.controls import LessonControls

controls = LessonControls("neuron/value")
SPLIT = [11, 9]
"""Widths of the picture and of what stands beside it."""
