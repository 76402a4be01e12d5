"""Networks taken home."""
