"""The lesson "Optimisers": what its ideas share."""

from ann_core.nn.optimizers import OPTIMIZERS
from ui.lessons.controls import LessonControls

controls = LessonControls("aside/optimizers")
"""They live in fragments: a change is no business of the page around them."""

LABELS = {key: optimizer.label for key, optimizer in OPTIMIZERS.items()}
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 1.5, 1.9)
