"""The lab of recurrence: networks that read the same sequences, side by side, while they learn."""

from ann_core.lab.recurrence_openers import OPENERS, USUAL
from ann_core.lab.recurrence_twins import fits, names, together
from ui.architectures.recurrence_below import below
from ui.architectures.recurrence_sidebar import sidebar
from ui.architectures.side_by_side import SHARED, SideBySide
from ui.lessons.recurrence import PAGE

LAB = SideBySide(PAGE, "Recurrence", OPENERS.values(), USUAL, together, names, sidebar, below,
                 ("forecast", "through_time", "loss", "gates", "gradient"), "gates",
                 f"Your own settings. All networks read the same sequences in the same order; {SHARED}",
                 fits, "networks that read sequences step by step")
lab, onward, settings, _read = LAB.show, LAB.onward, LAB.settings, LAB._read
