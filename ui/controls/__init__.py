"""Widgets made from the fields of settings."""
