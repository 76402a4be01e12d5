"""Firefox, driven by WebDriver BiDi, which it speaks by itself: JSON over one websocket (w3.org/TR/webdriver-bidi)."""

import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 30.0  # seconds


class Firefox:
    """One tab that visits a site. `errors`: what came to the console as an error since the last page was opened."""

    def __init__(self, socket: ClientConnection, site: str) -> None:
        self.socket, self.site, self.numbers, self.errors = socket, site, count(1), list[str]()
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("browsingContext.setViewport", context=self.tab, viewport={"width": 1280, "height": 800})

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its result. Raises RuntimeError with what Firefox says is wrong, TimeoutError without an answer."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(PATIENCE))
            if message["type"] == "event":
                self._hear(message["params"])
            elif message["id"] == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def _hear(self, entry: dict[str, Any]) -> None:
        if entry.get("level") == "error":
            self.errors.append(str(entry["text"]))

    def open(self, page: str) -> None:
        """A page of the site, by its address there."""
        self.call("browsingContext.navigate", context=self.tab, url="about:blank", wait="complete")
        self.errors.clear()  # those of the page before
        self.call("browsingContext.navigate", context=self.tab, url=f"{self.site}/{page}", wait="interactive")

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives, as JSON."""
        answer = self.call("script.evaluate", expression=f"JSON.stringify({expression})", target={"context": self.tab},
                           awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, condition: str) -> None:
        """Until a JavaScript expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.value(f"Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(f"Waited {PATIENCE:.0f} s for {condition}")
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """A letter, or the code that WebDriver has for a key (w3.org/TR/webdriver, keyboard actions)."""
        strokes = [{"type": stroke, "value": key} for stroke in ("keyDown", "keyUp")]
        self.call("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": strokes}])


@contextmanager
def firefox(site: str) -> Iterator[Firefox]:
    """A headless Firefox, with a profile of its own. Raises FileNotFoundError when there is none."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise FileNotFoundError("Expected a Firefox; install it with `apt-get install firefox-esr`.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = next(filter(None, (re.search(r"ws://\S+", line) for line in process.stderr)))
            with connect(f"{found[0]}/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket, site)
        finally:
            process.terminate()
