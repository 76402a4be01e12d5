"""The film player and its recordings."""
