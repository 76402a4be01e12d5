"""What stands between a visitor and Streamlit: our assets, the security headers, and kind words on an error."""

import base64
import gzip
import hashlib
import logging
import mimetypes
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance

from ui.assets import PLOTLY, ROOT, VERSION

log = logging.getLogger("playground")

_PACKABLE = {".js", ".css", ".svg", ".csv", ".json"}


@lru_cache(maxsize=64)
def _content(path: Path) -> tuple[bytes, bool]:
    """The bytes of a file and whether they are gzipped. Packed once: a class opens the page all together."""
    data = path.read_bytes()
    return (gzip.compress(data, 6), True) if path.suffix in _PACKABLE else (data, False)


def _find(name: str) -> Path | None:
    """The file behind an asset's name, or None when there is none inside `assets/`."""
    if name == "plotly.min.js":
        return PLOTLY
    path = (ROOT / name).resolve()
    return path if path.is_relative_to(ROOT) and path.is_file() else None


def asset(request: Request) -> Response:
    """Serve one asset. The version stands in the path, so a browser that has it never asks again."""
    path = _find(request.path_params["name"])
    if path is None:
        return Response("There is no such file.", status_code=404, media_type="text/plain")
    data, packed = _content(path)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.path_params["version"] == VERSION:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    elif packed:
        data = gzip.decompress(data)
    return Response(data, headers=headers, media_type=mimetypes.guess_type(path.name)[0])


def _inline_scripts() -> str:
    """CSP sources for the inline scripts in Streamlit's own index page, by hash."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


UPLOADS, KEPT_UPLOADS, KEPT_BYTES = "/_stcore/upload_file/", 2, 20_000_000
MOST_BYTES = 1_000_000
"""The longest message of a browser: pasted cells (`ui/your_data/source.py`), the longest text that any widget takes."""

SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            # Streamlit imports a component's script from a blob. No 'wasm-unsafe-eval': its messages do without WebAssembly.
            f"script-src 'self' blob: {_inline_scripts()}",
            # Streamlit (emotion) and Plotly write style elements.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "connect-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class ShortMessages:
    """Ends a connection that sends a message longer than any widget needs, before anybody reads it: a million drawn points took
    five seconds of everybody's time to be refused. (Files come another way, with a limit of their own.)"""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_short() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or len(message.get("bytes") or message.get("text") or "") <= MOST_BYTES:
                return message
            log.warning("Ended a connection that sent a message of more than %d bytes", MOST_BYTES)
            await send({"type": "websocket.close", "code": 1009, "reason": "The message is too long."})
            return {"type": "websocket.disconnect", "code": 1009}

        await self.app(scope, receive_short if scope["type"] == "websocket" else receive, send)


class FewUploads:
    """Keeps the last two files of a visitor, and of those before as many as are small together, such as a class's reports. A
    page takes its files at once, so that older ones are nobody's: thirty of 8 MB, sent in a second, stayed as long as their
    session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] == "PUT" and UPLOADS in scope["path"]:
            session = scope["path"].partition(UPLOADS)[2].partition("/")[0]
            files: Any = get_instance().uploaded_file_mgr
            there, room = files.file_storage.get(session, {}), KEPT_BYTES
            for place, (name, file) in enumerate(reversed(list(there.items()))):
                room -= len(file.data)
                if place >= KEPT_UPLOADS and room < 0:
                    files.remove_file(session, name)


SEAT = os.environ.get("PLAYGROUND_SEAT", "")
"""Which of several processes behind one door this is (deploy/nginx.conf); "" for one that stands alone."""


class Seat:
    """Tells a visitor's browser which process has taken its session, so that the door sends files and later connections there,
    too. By a cookie, because a whole class may come from one address; when the connection is accepted, because a visitor whose
    process ended belongs to the one that takes him then."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_seat(message: Message) -> None:
            if message["type"] == "websocket.accept":
                cookie = f"seat={SEAT}; Path=/; HttpOnly; SameSite=Lax"
                message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", cookie.encode())]}
            await send(message)

        await self.app(scope, receive, send_with_seat)


def on_script_error(error: Exception) -> bool:
    """Say in plain words that something broke; the traceback goes to the log, never to the visitor."""
    log.error("A page stopped with %s", type(error).__name__)
    st.error(
        "Something went wrong on this page, and that is our mistake, not yours. Your last settings are kept. "
        "Change a setting or reload the page to go on.",
        icon=":material/error:",
    )
    return True


ROUTES = [Route("/assets/{version}/{name:path}", asset, methods=["GET", "HEAD"])]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(ShortMessages), Middleware(FewUploads),
              *([Middleware(Seat)] if SEAT.isalnum() else [])]
