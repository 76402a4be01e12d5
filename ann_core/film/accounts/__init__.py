"""Accounts of how a network's numbers come about, one file for each kind of layer."""
