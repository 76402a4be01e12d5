"""Hyperparameters chosen in the open: what is tried, how it is chosen, what came of it, and how far that is to be trusted."""
