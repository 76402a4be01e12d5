"""The lab of attention: networks that answer the same questions, side by side, and where they look meanwhile."""

from ann_core.lab.attention_openers import OPENERS, USUAL
from ann_core.lab.attention_twins import fits, names, together
from ui.architectures.attention_below import below
from ui.architectures.attention_sidebar import sidebar
from ui.architectures.side_by_side import SHARED, SideBySide
from ui.lessons.attention import PAGE

LAB = SideBySide(PAGE, "Attention", OPENERS.values(), USUAL, together, names, sidebar, below, ("alignment", "loss", "gradient"),
                 "alignment",
                 f"Your own settings. All networks are asked the same questions in the same order; {SHARED}",
                 fits, "networks that answer questions, or go on with a text, by attention")
lab, onward, settings, _read = LAB.show, LAB.onward, LAB.settings, LAB._read
