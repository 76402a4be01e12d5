"""Data that is made, drawn or shipped."""
