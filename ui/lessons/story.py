"""The story of the lessons where a number is predicted from another one: an ice-cream stall, and the sunshine of a day."""

SUN, SOLD = "x, hours of sunshine", "y, ice creams sold, in hundreds"
"""What the axes of its pictures say."""
