"""Streamlit's front end without a browser: one websocket, widgets and element tree (Streamlit 1.67)."""

from __future__ import annotations  # `set` is a method here, too

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from benchmarks.streamlit_widgets import FIELDS, Node, shown_value, widget_state

UPLOADS = "/_stcore/upload_file/"


@dataclass
class Cached:
    """A large message kept so that the server may refer to it by its hash."""

    message: ForwardMsg
    fragment_id: str
    last_used: int


class StreamlitClient:
    """One visitor. `async with` connects; `messages()` yields what the server sends, applied to `nodes`."""

    def __init__(self, base_url: str, page: str = "", query: str = "") -> None:
        self.base_url, self.page, self.query = base_url.rstrip("/"), page, query
        self.nodes: dict[tuple[int, ...], Node] = {}
        self.states: dict[str, WidgetState] = {}
        self.page_hash, self.run_id, self.session_id, self.bytes_received = "", "", "", 0
        self._cache: dict[str, Cached] = {}
        self._cache_age, self._runs = 2, 0

    async def __aenter__(self) -> StreamlitClient:
        cookie = await asyncio.to_thread(self._xsrf_cookie)
        token = cookie.partition("=")[2] or "PLACEHOLDER_AUTH_TOKEN"
        # A browser sends no pings of its own and offers compression; the proxy settings are not for loopback.
        self._socket = await connect(
            self.base_url.replace("http", "ws", 1) + "/_stcore/stream", origin=self.base_url, proxy=None,
            subprotocols=["streamlit", token], additional_headers={"Cookie": cookie} if cookie else None,
            max_size=None, ping_interval=None, open_timeout=15, close_timeout=5)
        answer = self._socket.response
        seats = [said.partition(";")[0] for said in (answer.headers.get_all("Set-Cookie") if answer else ())]
        # Which of several processes behind a door took the visitor.
        self.seat = next((said for said in seats if said.startswith("seat=")), "")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    def vanish(self) -> None:
        """Ends the connection without a word."""
        self._socket.transport.abort()

    def _xsrf_cookie(self) -> str:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.base_url + "/_stcore/health", timeout=15) as answer:
            cookies = answer.headers.get_all("Set-Cookie") or []
        return next((c.partition(";")[0] for c in cookies if c.startswith("_streamlit_xsrf=")), "")

    async def messages(self) -> AsyncIterator[ForwardMsg]:
        """Every message of the server, in order, after it has changed the element tree."""
        async for data in self._socket:
            self.bytes_received += len(data)
            message = self._resolve(ForwardMsg.FromString(data))
            self._apply(message)
            yield message

    def find(self, kind: str, key: str = "", label: str = "", name: str = "") -> Node | None:
        """The newest element of a kind with this key (the end of its id), label or component name.

        The newest: while a run is under way, an element that moved also stands at its old place.
        """
        for node in reversed(self.nodes.values()):
            proto = node.proto
            if (node.kind == kind and (not key or proto.id.endswith(("-" + key, "/" + key)))
                    and (not label or proto.label == label) and (not name or proto.component_name == name)):
                return node
        return None

    async def set(self, node: Node, value: Any) -> None:
        """Change a widget as a click would: remember the value, mirror it in the address, rerun."""
        self.states[node.proto.id] = widget_state(node, value)
        self._mirror_in_address(node, value)
        await self.rerun(node.fragment_id)

    async def trigger(self, node: Node, event: str, value: Any) -> None:
        """`setTriggerValue(event, value)` of a component: sent once, then forgotten."""
        name = f"$$STREAMLIT_INTERNAL_KEY_{node.proto.id}__events"
        events = json.dumps([{"event": event, "value": value}], separators=(",", ":"))
        await self.rerun(node.fragment_id, WidgetState(id=name, json_trigger_value=events))

    async def upload(self, node: Node, name: str, data: bytes) -> None:
        """Drop a file on an uploader: its bytes go to the server's door, its name into the widget's value."""
        await asyncio.to_thread(self.send_file, name, data)
        state = WidgetState(id=node.proto.id)
        info = state.file_uploader_state_value.uploaded_file_info.add(file_id=name, name=name, size=len(data))
        info.file_urls.upload_url = f"{UPLOADS}{self.session_id}/{name}"
        self.states[node.proto.id] = state
        await self.rerun(node.fragment_id)

    def send_file(self, file_id: str, data: bytes) -> int:
        """Sends a file to the server, which keeps it under this id; the status of its answer."""
        cookie = self._xsrf_cookie()
        head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="%b"\r\n\r\n' % file_id.encode()
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": "; ".join(filter(None, (cookie, self.seat))),
                   "X-Xsrftoken": cookie.partition("=")[2]}
        request = urllib.request.Request(f"{self.base_url}{UPLOADS}{self.session_id}/{file_id}",
                                         head + data + b"\r\n--x--\r\n", headers, method="PUT")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            return answer.status

    async def rerun(self, fragment_id: str = "", *triggers: WidgetState) -> None:
        """Ask for a script run with every widget's value, of one fragment or of the whole page."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = self.query, fragment_id
        state.page_script_hash, state.page_name = self.page_hash, "" if self.page_hash else self.page
        state.widget_states.widgets.extend([*self.states.values(), *triggers])
        state.cached_message_hashes.extend(self._cache)
        state.context_info.CopyFrom(ContextInfo(
            timezone="UTC", locale="en", url=f"{self.base_url}/{self.page}", color_scheme="light"))
        await self._socket.send(message.SerializeToString())

    def _resolve(self, message: ForwardMsg) -> ForwardMsg:
        """Keep what may be referred to later; put the kept message in the place of a reference."""
        if message.WhichOneof("type") == "ref_hash":
            cached = self._cache[message.ref_hash]
            cached.last_used = self._runs
            whole = ForwardMsg()
            whole.CopyFrom(cached.message)
            whole.metadata.CopyFrom(message.metadata)
            return whole
        if message.metadata.cacheable and message.hash not in self._cache:
            self._cache[message.hash] = Cached(message, message.delta.fragment_id, self._runs)
        return message

    def _apply(self, message: ForwardMsg) -> None:
        run = message.metadata.run
        match message.WhichOneof("type"):
            case "new_session":
                self.page_hash, self.run_id = message.new_session.page_script_hash, run.script_run_id
                self.session_id = message.new_session.initialize.session_id or self.session_id
                self._cache_age = message.new_session.config.max_cached_message_age or self._cache_age
            case "navigation":
                self.page_hash = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._apply_delta(tuple(message.metadata.delta_path), message.delta)
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._drop_stale(run.script_run_id, set(run.fragment_ids))

    def _apply_delta(self, path: tuple[int, ...], delta: Message) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        node = Node(kind, getattr(delta.new_element, kind), delta.fragment_id, self.run_id)
        self.nodes.pop(path, None)
        self.nodes[path] = node
        if kind in FIELDS and kind != "file_uploader" and (node.proto.id not in self.states or node.proto.set_value):
            self.states[node.proto.id] = widget_state(node, shown_value(node))

    def _drop_stale(self, run_id: str, fragments: set[str]) -> None:
        """A finished run removes what it did not draw again; a fragment's run only within the fragment."""
        self.nodes = {path: node for path, node in self.nodes.items()
                      if node.run_id == run_id or (fragments and node.fragment_id not in fragments)}
        alive = {node.proto.id for node in self.nodes.values() if hasattr(node.proto, "id")}
        self.states = {name: state for name, state in self.states.items() if name in alive}
        self._runs += 1
        self._cache = {name: cached for name, cached in self._cache.items()
                       if (fragments and cached.fragment_id not in fragments)
                       or self._runs - cached.last_used <= self._cache_age}

    def _mirror_in_address(self, node: Node, value: Any) -> None:
        key = getattr(node.proto, "query_param_key", "")
        if not key:
            return
        address = parse_qs(self.query, keep_blank_values=True)
        if value == shown_value(node):
            address.pop(key, None)
        else:
            address[key] = [str(v) for v in value] if isinstance(value, list) else [str(value)]
        self.query = urlencode(address, doseq=True)
