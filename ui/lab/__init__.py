"""The Gradient lab's parts of the page."""
