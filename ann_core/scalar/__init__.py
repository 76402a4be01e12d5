"""Backpropagation number by number: a graph of scalars."""
