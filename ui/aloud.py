"""Mounts what says aloud, and lets keys reach, what Streamlit's elements do not by themselves (`assets/shared/aloud.js`)."""

import json

import streamlit as st

from ui.assets import url

_component = st.components.v2.component("aloud", html="<i></i>", isolate_styles=False, js=f"""
export default async function () {{
  const {{ mount }} = await import(new URL({json.dumps(url("shared/aloud.js"))}, location.origin).href)
  mount()
}}
""")


def aloud() -> None:
    """Once for all pages, beside them."""
    _component(key="aloud")
