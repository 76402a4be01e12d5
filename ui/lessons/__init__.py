"""What the ideas of the lessons draw, page by page."""
