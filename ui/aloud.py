"""Mounts what says aloud, and lets keys reach, what Streamlit's elements do not by themselves (`assets/shared/aloud.js`)."""



from ui.assets import mounted

_component = mounted("aloud", "shared/aloud.js")


def aloud() -> None:
    """Once for all pages, beside them."""
    _component(key="aloud")
