"""Drawings that are kept as examples of classes: the visitor's draft, and whether a network can learn from it."""

from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from ann_core.data.made.sketches import MOST_SKETCHES, NAMES, SHEET, Sketch, pixels, sketch, sketches_in
from ann_core.data.made.strokes import strokes_in
from ui.controls.fields import Controls

DRAFT = "sketches/draft"
Draft = tuple[Sketch, ...]


def sketch_controls(c: Controls) -> None:
    """The copies that are learned too. The draft is learned from as soon as that is possible; until then the drawings before
    stay."""
    _, draft = c.begin(DRAFT, c.config.data.sketches)
    if not unfit(draft):
        c.put("data.sketches", draft)
    c.field("data.shifted")
    c.field("data.mirrored")


def unfit(draft: Draft) -> str:
    """Why nothing can be learned from these drawings, in words; "" when something can."""
    try:
        sketches_in(draft)
    except ValueError as error:
        return str(error)
    return ""


def take(key: str, said: Any) -> str:
    """Before the page runs: changes the draft under a key as the browser says. Returns why it could not be changed, or ""."""
    draft = st.session_state.get(key)  # gone when the settings were set as a whole just now
    if draft is None:
        return ""
    try:
        st.session_state[key] = changed(draft, said)
    except ValueError as error:
        return str(error)
    return ""


def changed(draft: Draft, said: Any) -> Draft:
    """The draft after {keep: number of a class, strokes}, {away: number of a drawing} or {away: "all"}. Raises ValueError, in
    words for the visitor, for anything else, an empty sheet, or too many drawings."""
    match said:
        case {"keep": int(number), "strokes": strokes} if 0 <= number < len(NAMES):
            if len(draft) >= MOST_SKETCHES:
                raise ValueError(f"{MOST_SKETCHES} drawings are kept already. Take some away before you keep more.")
            return (*draft, sketch(strokes_in(strokes), int(number)))
        case {"away": "all"}:
            return ()
        case {"away": int(place)} if 0 <= place < len(draft):
            return (*draft[:place], *draft[place + 1:])
    raise ValueError("Expected a drawing to keep or to take away; something else came. Try again.")


def travelling(draft: Draft) -> tuple[dict[str, Any], dict[str, NDArray[np.uint8]]]:
    """What the pad needs to know of the draft: a number that changes with it, words, names and classes; and the pixels, 255
    where all is ink."""
    scene = {"draft": crc32(repr(draft).encode()), "names": list(NAMES), "size": [SHEET.height, SHEET.width],
             "of": [number for _, number in draft],
             "words": unfit(draft) and f"{unfit(draft)} Until then the network before stays."}
    shown = np.rint(pixels(draft) * (255 / SHEET.full)).astype(np.uint8) if draft else np.empty((0, 0), np.uint8)
    return scene, {"kept": shown}
