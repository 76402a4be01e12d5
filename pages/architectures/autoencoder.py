"""Autoencoder: learning without labels, through a few numbers and back. A lesson, and a lab."""

from ui.architectures.autoencoder import lab
from ui.architectures.views import views
from ui.lessons.autoencoder import PAGE

views(PAGE, lab, lab)
