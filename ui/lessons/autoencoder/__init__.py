"""The lesson "Autoencoder": what its ideas share."""

from ui.lessons.controls import LessonControls

PAGE = "autoencoder"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""
