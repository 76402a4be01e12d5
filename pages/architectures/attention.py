"""Attention: from a sentence squeezed into one state to looking back at all of it."""

from ui.architectures.attention import PAGE, lab
from ui.architectures.views import views

views(PAGE, lab, lab)
