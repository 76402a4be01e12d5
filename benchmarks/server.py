"""The app as a child process on a free loopback port, and where results are kept."""

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM

ROOT = Path(__file__).resolve().parent.parent
MOST_MEMORY = 8 * 2**30


def free_port() -> int:
    """A loopback port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_ready(url: str, process: subprocess.Popen, log: Callable[[], str]) -> None:
    """Waits for the app at an address. process: what answers there"""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(120):
        try:
            opener.open(url + "/_stcore/health", timeout=2).close()
            return
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"The server did not start:\n{log()}") from None
            time.sleep(0.25)
    raise SystemExit(f"The server gave no sign of life within 30 s:\n{log()}")


class Server:
    """The app as a child process, seen from outside: address, CPU seconds, resident memory, log."""

    def __init__(self, script: Path, **env: str) -> None:
        self.script, self.port, self.env = script, free_port(), env
        self.url, self.log = f"http://127.0.0.1:{self.port}", tempfile.TemporaryFile()
        self.start()

    def start(self) -> None:
        """Starts it, also again after `stop`, under the same address."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", self.script.name, "--server.address=127.0.0.1",
             f"--server.port={self.port}", "--server.headless=true"],
            cwd=self.script.parent, env={**os.environ, **self.env}, stdout=self.log, stderr=self.log, start_new_session=True)
        # A run that wants more memory than this shall fail alone, not take the machine with it.
        resource.prlimit(self.process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

    def wait_until_ready(self) -> None:
        until_ready(self.url, self.process, self.text)

    def usage(self) -> tuple[float, float]:
        """CPU seconds so far and resident MB of the process and its children."""
        cpu, memory = self.apart()
        return sum(cpu), sum(memory)

    def apart(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """CPU seconds so far and resident MB, each of the process, and of its children together. What several share counts in
        parts."""
        cpu, memory = [0.0, 0.0], [0.0, 0.0]
        for pid in self.family():
            try:
                values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                resident = Path(f"/proc/{pid}/smaps_rollup").read_text().partition("Pss:")[2].split()[0]
            except (OSError, IndexError):  # it has ended
                continue
            child = pid != self.process.pid
            cpu[child] += (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")
            memory[child] += int(resident) * 1.024e-3
        return (cpu[0], cpu[1]), (memory[0], memory[1])

    def family(self) -> list[int]:
        """The process and all that it started, itself first."""
        family = [self.process.pid]
        for pid in family:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):
                    family += [int(child) for child in children.read_text().split()]
        return family

    def text(self) -> str:
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def stop(self) -> None:
        """Ends the server and whatever it started (its own process group)."""
        for signal in (SIGTERM, SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(10)


@contextmanager
def running(script: Path, **env: str):
    """The server, ready to be visited; stopped in any case."""
    server = Server(script, **env)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        server.log.close()


def keep(name: str, result: dict) -> None:
    """Writes what was measured into benchmarks/results/, with the machine's cores and load, and says where."""
    path = ROOT / "benchmarks" / "results" / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"cores": os.cpu_count(), "load": os.getloadavg()[0], **result}, indent=1) + "\n")
    print(f"\n{path.relative_to(ROOT)}")
