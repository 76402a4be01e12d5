"""The one place that escapes text which did not come from us."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&@/=^\"'])")


def markdown(text: str) -> str:
    """Text that shows literally in Streamlit's Markdown: no emphasis, math, colour, image, link or HTML in it."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
