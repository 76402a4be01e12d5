"""The present address as a QR code that fills the teacher's screen: students scan it and stand in the same scene.

The browser says which address it is, as students reach it (`assets/qr/index.js`); here it becomes a code, or a sentence.
"""

import socket
from typing import Any, cast
from urllib.parse import urlsplit

import segno
import streamlit as st
from segno.consts import ERROR_LEVEL_L, SYMBOL_CAPACITY

from ui.assets import mounted

KEY, ASKED = "aside/qr", "aside/qr/asked"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
FINEST, ROOM = 500, 8
"""A phone's camera sees about 65° in a video of 1,920 pixels, so that at a distance d a pixel is d / 1,500 wide. A reader needs
three pixels for one module, the small squares of a code: a module may be d / FINEST wide. From the back row, ROOM times the
code's own width away, the code may then have FINEST / ROOM modules a side, and version v of a code has 17 + 4 v of them."""
MOST_VERSION = (FINEST // ROOM - 17) // 4
LONGEST = (cast(Any, SYMBOL_CAPACITY)[MOST_VERSION][ERROR_LEVEL_L] - 20) // 8
"""Characters of an address, a byte each: of a code's bits 4 say that bytes follow and 16, from version 10 on, how many."""

_component = mounted("qr_code", "qr/index.js")


@st.fragment
def qr_button() -> None:
    """The button that opens the code, and the code. Runs again by itself."""
    st.button("QR code", key="aside/qr/open", on_click=_ask, icon=":material/qr_code_2:", type="tertiary", shortcut="q",
              help="The address of this page, large enough to be scanned from the back row.")
    said = (st.session_state.get(KEY) or {}).get("address")
    code = drawn(said.get("of")) if isinstance(said, dict) else None
    base, words = reached_at(st.context.url)
    _component(key=KEY, on_address_change=lambda: None, data={
        "asked": st.session_state.get(ASKED, 0), "base": base, "words": words, "code": code})


def _ask() -> None:
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1


def reached_at(opened: str | None) -> tuple[str, str]:
    """Where students reach the app that its teacher opened at this address, without the page, and what is to be said of it."""
    found = urlsplit(opened or "")
    if not found.hostname:
        return "", ""  # the browser has not said it yet; it knows itself
    if found.hostname not in LOOPBACK:
        return f"{found.scheme}://{found.netloc}", "Students who reach it at another address? Correct it here."
    if st.get_option("server.address") in LOOPBACK:
        return (f"{found.scheme}://{found.netloc}", "This app was started for this computer alone (server.address). Start it "
                "without that setting, so that others reach it.")
    own = local_address()
    if own is None:
        return (f"{found.scheme}://{found.netloc}", f"You opened this page as {found.hostname}, which every computer "
                "calls itself, and this one is in no network. Join the students' network, then press Q again.")
    return (f"{found.scheme}://{own}{f':{found.port}' if found.port else ''}", f"You opened this page as {found.hostname}, "
            f"which every computer calls itself. In the local network this one is {own}: students in the same network open "
            "that. If their browsers wait in vain, a firewall on this computer stands between.")


def local_address() -> str | None:
    """This machine's address in the local network; None when it is in none. Nothing is sent: a datagram's socket only looks up
    which way it would go."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737), beyond any local network
        except OSError:
            return None
        return str(probe.getsockname()[0])


def drawn(address: Any) -> dict[str, Any] | None:
    """The code of an address as a picture, with its side in modules, margin and all; or why there is none."""
    if not isinstance(address, str) or not address.isascii() or not address:
        return None
    if len(address) > LONGEST:
        return {"of": address, "refused": f"This address has {len(address):,} characters. A code that a phone reads from the "
                f"back row, {ROOM} times its width away, has room for {LONGEST}: {17 + 4 * MOST_VERSION} little squares a side "
                f"(version {MOST_VERSION}), because from there a phone tells no smaller ones apart. Copy the address into the "
                "class's chat instead, or begin from a scene and change less: an address holds the changes."}
    picture, modules = _encoded(address)
    return {"of": address, "picture": picture, "modules": modules}


@st.cache_data(max_entries=20, show_spinner=False)
def _encoded(address: str) -> tuple[str, int]:
    """The code as a picture in an address of its own, and its side."""
    code = segno.make(address, error="l", micro=False)
    return code.svg_data_uri(border=4, light="#fff", omitsize=True), int(code.symbol_size(border=4)[0])
