"""Several processes of the app behind the nginx of deploy/, to be measured like one server."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from benchmarks.server import ROOT, Server, free_port, until_ready

SEATS = (1, 2)


class Door:
    """What `Server` says of itself, of all processes together; nginx is not counted."""

    def __init__(self, script: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.servers = [Server(script, PLAYGROUND_SEAT=str(seat), PLAYGROUND_WORKERS="0") for seat in SEATS]

    def wait_until_ready(self) -> None:
        for server in self.servers:
            server.wait_until_ready()

    def settings(self, folder: str) -> str:
        """Those of deploy/, at our ports and with nginx's files in this folder."""
        found = (ROOT / "deploy" / "nginx.conf").read_text()
        for seat, server in zip(SEATS, self.servers, strict=True):
            found = found.replace(f"127.0.0.1:{8500 + seat}", f"127.0.0.1:{server.port}")
        return found.replace("listen 8080", f"listen 127.0.0.1:{self.port}").replace("/tmp/", f"{folder}/")

    def apart(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """CPU seconds so far and resident MB, each of the processes of the app, and of their children."""
        (cpu, more), (memory, beside) = (tuple(map(sum, zip(*each, strict=True)))
                                         for each in zip(*(server.apart() for server in self.servers), strict=True))
        return (cpu, more), (memory, beside)

    def usage(self) -> tuple[float, float]:
        """CPU seconds so far and resident MB."""
        cpu, memory = self.apart()
        return sum(cpu), sum(memory)

    def text(self) -> str:
        return "".join(server.text() for server in self.servers)

    def stop(self) -> None:
        for server in self.servers:
            server.stop()
            server.log.close()


@contextmanager
def behind_a_door(script: Path) -> Iterator[Door]:
    """The processes and their nginx, ready to be visited; stopped in any case."""
    as_we_are = f"user {getuser()};" if os.getuid() == 0 else ""
    door, nginx = Door(script), shutil.which("nginx") or "/usr/sbin/nginx"
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "nginx.conf")
        settings.write_text(door.settings(folder))
        try:
            door.wait_until_ready()
            with subprocess.Popen([nginx, "-c", str(settings), "-g", f"daemon off; {as_we_are}"]) as process:
                try:
                    until_ready(door.url, process, door.text)
                    yield door
                finally:
                    process.terminate()
        finally:
            door.stop()
