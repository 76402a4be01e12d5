"""Where the browser finds our own files: one address per content, so that they may be kept for ever; components of them."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly
import streamlit as st

ROOT = Path(__file__).resolve().parent.parent / "assets"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def _fingerprint() -> str:
    """Hash of everything we serve; Plotly, 5 MB of it, counts by its version."""
    digest = hashlib.sha256(plotly.__version__.encode())
    for path in sorted(ROOT.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = _fingerprint()


def url(name: str) -> str:
    """Address of an asset below the server's root, e.g. `/assets/3f…/player/index.js`."""
    return f"/assets/{VERSION}/{name}"


def mounted(name: str, script: str, html: str = "<i></i>") -> Callable[..., Any]:
    """A component of ours: an element, and the asset whose `mount` is given it each time it is drawn."""
    return st.components.v2.component(name, html=html, isolate_styles=False, js=f"""
export default async function (component) {{
  const {{ mount }} = await import(new URL({json.dumps(url(script))}, location.origin).href)
  return mount(component)
}}
""")
