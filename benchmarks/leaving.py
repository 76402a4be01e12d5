"""What stays in the server's memory after a day's abuse: `python -m benchmarks.leaving`, some minutes.

Sessions with a run each, small ones and large ones, with a table of 8 MB each, and at every idea of every lesson with what it
trains; then all leave. A row says how much memory server and workers hold after each kind, and for how long nobody has been
there; in the end the server says what holds it.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Coroutine, Iterable
from pathlib import Path
from signal import SIGUSR2
from tempfile import TemporaryDirectory

from benchmarks.places import ALIKE, Place
from benchmarks.server import ROOT, Server, keep, running
from benchmarks.streamlit_client import StreamlitClient
from benchmarks.visitor import Visitor
from ui.path import LESSONS

AT_ONCE = 8
STAYS = 150  # MB above the start, the bar
LARGE = "v=1&data.samples=5000&network.layers=64-tanh~64-tanh~64-tanh~64-tanh&seeds=4"
GONE = (5, 30, 60)  # seconds after the last one left at which memory is read


async def run(server: Server, number: int, query: str, seconds: float) -> None:
    """A run of one's own, played."""
    place = Place(ALIKE.page, query)
    await Visitor(StreamlitClient(server.url, place.page, query), place, number, seconds, 3, 1, 20).visit()


async def reading(client: StreamlitClient, seconds: float) -> None:
    """Takes what the server sends, for so long."""
    async def listen() -> None:
        async for _ in client.messages():
            pass
    listening = asyncio.create_task(listen())
    await asyncio.wait([listening], timeout=seconds)
    listening.cancel()


async def idea(server: Server, page: str, key: str, seconds: float) -> None:
    """An idea of a lesson, with what it trains."""
    async with StreamlitClient(server.url, page, f"idea={key}") as client:
        await client.rerun()
        await reading(client, seconds)


async def table(server: Server, number: int, seconds: float) -> None:
    """A table of one's own of 8 MB."""
    rows = b"a,b,c,d\n" + b"".join(b"%d,%d.%d,w%d,%d\n" % (i, i * number % 997, i % 9, i % 7, i % 3) for i in range(400_000))
    async with StreamlitClient(server.url, "your_data") as client:
        await client.rerun()
        while (uploader := client.find("file_uploader")) is None:
            await reading(client, 0.5)
        await client.upload(uploader, f"mine{number}.csv", rows)
        await reading(client, seconds)


async def together(jobs: Iterable[Coroutine]) -> None:
    """All of them, a few at a time."""
    room = asyncio.Semaphore(AT_ONCE)
    async def one(job: Coroutine) -> None:
        async with room:
            await job
    await asyncio.gather(*(one(job) for job in jobs))


async def measure(server: Server, count: int, seconds: float) -> dict[str, tuple[float, float]]:
    """Resident MB of the server and of its workers after each kind of visit."""
    from tests.pages.test_lesson_form import ideas
    held = {"nobody has been there": server.apart()[1]}
    await run(server, 0, "", 5)
    held["start: one visitor"] = server.apart()[1]
    kinds = {f"{count} runs": (run(server, n, f"v=1&seed={n}", seconds) for n in range(count)),
             f"{count // 2} large runs": (run(server, n, f"{LARGE}&seed={n}", seconds) for n in range(count // 2)),
             f"{count // 2} tables": (table(server, n, seconds) for n in range(count // 2)),
             "every idea": (idea(server, lesson.page, key, seconds / 2) for lesson in LESSONS for key in ideas(lesson.page))}
    for name, jobs in kinds.items():
        await together(jobs)
        held[name] = server.apart()[1]
    left = time.monotonic()
    for after in GONE:
        await asyncio.sleep(left + after - time.monotonic())
        held[f"{after} s after all have left"] = server.apart()[1]
    return held


def holders(server: Server, said: Path) -> dict[str, float]:
    """MB by name of what the server keeps, as it says itself."""
    os.kill(server.process.pid, SIGUSR2)
    until = time.monotonic() + 30
    while not said.exists() and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(0.5)
    return json.loads(said.read_text())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="sessions of a kind")
    parser.add_argument("--seconds", type=float, default=6, help="how long each of them stays")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        said = Path(folder, "holders.json")
        with running(ROOT / "app.py", HOLDERS=str(said), PYTHONPATH=str(ROOT / "benchmarks" / "inside")) as server:
            held = asyncio.run(measure(server, options.count, options.seconds))
            kept = holders(server, said)
    print(f"{'':30s} server workers  together, MB")
    for name, (here, there) in held.items():
        print(f"{name:30s} {here:6.0f} {there:7.0f} {here + there:9.0f}")
    print("\nThe server's, in the end, MB")
    for name, megabytes in kept.items():
        print(f"{megabytes:8.1f}  {name}")
    stays = sum(list(held.values())[-1]) - sum(held["start: one visitor"])
    print(f"\n{'ok' if stays <= STAYS else 'FAIL'}    {stays:.0f} MB stay, of {STAYS}")
    keep("leaving", {"options": vars(options), "memory MB": held, "holders MB": kept})


if __name__ == "__main__":
    main()
