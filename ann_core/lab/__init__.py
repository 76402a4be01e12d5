"""The Gradient lab: twins, cures, questions, scenes."""
