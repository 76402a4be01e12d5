"""The one place that escapes text which did not come from us."""

import re

import pandas as pd

from ui.glossary import pattern

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&@/=^\"'])")
_ADDRESS = re.compile(r"(https?:|ftp:|www\.|@)", re.IGNORECASE)
_JOINER = "\u2060"
"""Has no width and no meaning; in an address it keeps Markdown from making a link of it, which no backslash does."""
_WORD, _BEGINS = pattern(), re.compile(r"\b\w")
"""A visitor's word that the glossary has, too, is written with its first letters by number, which Markdown reads as letters."""
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠|%]|[\t\r\n]")  # LibreOffice drops what nobody sees


def markdown(text: str, about_networks: bool = False) -> str:
    """Text that shows literally in Streamlit's Markdown: no emphasis, math, colour, image, link or HTML in it; and a visitor's
    "weight" is no word of the glossary, unless the text is about networks."""
    escaped = _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", " ".join(text.split())))
    if about_networks:
        return escaped
    return _WORD.sub(lambda word: _BEGINS.sub(lambda letter: f"&#{ord(letter[0])};", word[0]), escaped)


def spreadsheet(text: str) -> str:
    """Text that a spreadsheet shows and never calculates: what looks like a formula gets an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def csv(frame: pd.DataFrame) -> bytes:
    """A table for a spreadsheet: with commas, in UTF-8 that also Excel recognises."""
    return frame.map(lambda cell: spreadsheet(cell) if isinstance(cell, str) else cell).to_csv(index=False).encode("utf-8-sig")


def plotly(text: str) -> str:
    """A visitor's text for a title, an annotation or a template of Plotly, which read a little HTML and %{…}."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("%{", "%\u200b{")
