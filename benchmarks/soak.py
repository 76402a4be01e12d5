"""A long hour: visitors who differ come, bring tables, reload, vanish, and worker processes are killed under them.

    python -m benchmarks.soak                           30 visitors, 20 minutes, two kills
    python -m benchmarks.soak --minutes 4 --visitors 12      a short trial

Prints memory over time and what failed, except for what was under way when a process was killed; ends with 1 if anything else
did, or if memory at the end is more than 15 % above what it was after a quarter of the time. Starts the server itself.
"""

import argparse
import asyncio
import os
import random
import time
from dataclasses import replace
from pathlib import Path
from signal import SIGKILL

import numpy as np

from benchmarks.classroom import errors
from benchmarks.places import different, table
from benchmarks.server import ROOT, Server, keep, running
from benchmarks.streamlit_client import StreamlitClient
from benchmarks.visitor import GIVE_UP, Visitor

STAY = (20, 90)  # seconds from coming to reloading, leaving or vanishing
GROWS = 1.15
WAYS = ("reloads", "leaves", "vanishes")


async def seat(server: Server, number: int, seats: int, until: float, seen: list[Visitor], ways: dict[str, int]) -> None:
    """One place in the room: a visitor after the other."""
    chance, turn = random.Random(number), 0
    await asyncio.sleep(chance.uniform(0, 5))
    place = different(number)
    while (left := until - time.monotonic()) > 5:
        way = chance.choice(WAYS)
        stays = min(chance.uniform(*STAY), left)
        visitor = Visitor(StreamlitClient(server.url, place.page, place.query), place, number + seats * turn, stays, 10,
                          chance.uniform(1, 8), 20, vanishes=way == "vanishes")
        seen.append(await visitor.visit())
        ways[way] += 1
        turn += 1
        if way != "reloads":
            place = different(number + seats * turn)
        if place.table:
            place = replace(place, table=table(number + seats * turn))


async def soak(server: Server, options: argparse.Namespace) -> dict:
    """What was met, memory in MB by the second, and when processes were killed."""
    start, seconds = time.monotonic(), 60 * options.minutes
    seen, ways, memory, kills = list[Visitor](), dict.fromkeys(WAYS, 0), list[float](), list[float]()
    seats = [asyncio.create_task(seat(server, n, options.visitors, start + seconds, seen, ways))
             for n in range(options.visitors)]
    while not all(task.done() for task in seats):
        await asyncio.sleep(1)
        memory.append(server.usage()[1])
        now = time.monotonic() - start
        if len(kills) < options.kills and now > seconds * (len(kills) + 1) / (options.kills + 1):
            os.kill(server.family()[-1], SIGKILL)  # a worker, not the process that makes them
            kills.append(time.monotonic())
        if len(memory) % 60 == 0:
            print(f"minute {len(memory) // 60}: {memory[-1]:.0f} MB, {len(seen)} visits, {ways}", flush=True)
    await asyncio.gather(*seats)

    def excused(when: float) -> bool:
        return any(0 <= when - kill <= GIVE_UP + 2 for kill in kills)

    failed = [f"{why}, minute {(when - start) / 60:.1f}" for visitor in seen
              for why, when in zip(visitor.failures, visitor.failed_at, strict=True) if not excused(when)]
    changes = [t for visitor in seen for t in visitor.changes]
    return {"visits": len(seen), "ways": ways, "kills": len(kills),
            "uploads": sum(bool(v.place.table and v.brought) for v in seen), "failures": failed,
            "failures when killed": sum(map(len, (v.failures for v in seen))) - len(failed),
            "change p50 s": float(np.median(changes)), "change p95 s": float(np.percentile(changes, 95)), "memory MB": memory,
            "errors in the log": errors(server.text())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--kills", type=int, default=2, help="of worker processes")
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the script to serve")
    options = parser.parse_args()
    with running(options.app.resolve()) as server:
        result = asyncio.run(soak(server, options))
    memory = result["memory MB"]
    window = max(1, len(memory) // 20)
    early, late = (float(np.median(memory[at:][:window])) for at in (len(memory) // 4, len(memory) - window))
    for name, value in result.items():
        if name != "memory MB":
            print(f"{name:24s}{value}")
    grown = f"memory after a quarter of the time {early:.0f} MB, at the end {late:.0f} MB, most {max(memory):.0f} MB"
    good = not result["failures"] and not result["errors in the log"] and late <= GROWS * early
    print(("ok    " if good else "FAIL  ") + grown)
    keep("soak", {"options": {name: str(value) for name, value in vars(options).items()}, **result})
    raise SystemExit(not good)


if __name__ == "__main__":
    main()
