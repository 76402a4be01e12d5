"""Runs: settings, the training loop, links."""
