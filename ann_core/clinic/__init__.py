"""Runs as patients: what is measured on the way, what it is a sign of, and whether a cure helps."""
