"""How good a network is, and against what."""
