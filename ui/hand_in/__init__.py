"""Handing in what a network did: the report, its code, and the page that checks them."""
