"""The lesson "Convolution": what its ideas share."""

from ui.lessons.controls import LessonControls

PAGE = "convolution"
controls = LessonControls(f"aside/{PAGE}")
"""They live in fragments: a change is no business of the page around them."""

FILTERS = {"upright": "upright edges", "lying": "lying edges", "all edges": "all edges", "blur": "blur"}
"""The filters by hand, as one reads them."""
