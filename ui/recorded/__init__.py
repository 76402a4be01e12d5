"""Lessons that were recorded by using the app: recorded, edited, and played on the pages with runs."""
