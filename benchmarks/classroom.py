"""A class at once: visitors over real websockets play the Playground and change a setting every 10 s.

    python -m benchmarks.classroom                      one visitor alone, then 30 for 3 minutes
    python -m benchmarks.classroom --abusive            and again with one visitor at every limit
    python -m benchmarks.classroom --different          each on a page and with settings of one's own (benchmarks/places.py)
    python -m benchmarks.classroom --door               two processes without workers behind nginx, as in deploy/
    python -m benchmarks.classroom --visitors 10 --seconds 20 --lone 10 --settle 0      a short trial

Starts the server itself on a free loopback port and stops it. Prints tables, writes benchmarks/results/.
The visitors need part of a core themselves; their share is printed, since on two cores they compete.
"""

import argparse
import asyncio
import re
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from ann_core.film.shelf import MOST_BYTES
from benchmarks.door import Door, behind_a_door
from benchmarks.places import ALIKE, Place, different
from benchmarks.server import ROOT, Server, keep, running
from benchmarks.streamlit_client import StreamlitClient
from benchmarks.visitor import Visitor

SAMPLE = 0.25                           # seconds between two looks at the server
SOON = 5.0                              # seconds after the last tab closed at which memory is read first
ROWS = ("visitors", "failed visitors", "picture p50 s", "picture p95 s", "picture max s",
        "change n", "change p50 s", "change p95 s", "change max s",
        "answer n", "answer p50 s", "answer p95 s", "answer max s",
        "repeated asks", "frames", "frames/s median", "frames/s worst", "share mean", "share worst", "MB sent",
        "server cores", "worker cores", "client cores", "peak MB", "workers MB")

BY_PAGE = ("picture p95 s", "change p50 s", "change p95 s", "answer p50 s", "frames/s median", "frames/s worst")


async def classroom(server: Server | Door, visitors: int, seconds: float, every: float, options: argparse.Namespace,
                    abusive: str = "") -> dict:
    """Let visitors come, stay, and leave; what they met. `abusive`: the address query of the first one."""
    async def late(visitor: Visitor, delay: float) -> Visitor:
        await asyncio.sleep(delay)
        return await visitor.visit()

    def visitor(n: int) -> Visitor:
        place = Place(ALIKE.page, abusive) if abusive and n == 0 else different(n) if options.different else ALIKE
        return Visitor(StreamlitClient(server.url, place.page, place.query), place, n, seconds, every,
                       every * (0.5 + n / visitors), options.rate)

    most, cpu, own, start = np.zeros(2), np.array(server.apart()[0]), client_cpu(), time.monotonic()
    group = [visitor(n) for n in range(visitors)]
    tasks = [asyncio.create_task(late(v, options.arrival * n / visitors)) for n, v in enumerate(group)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(SAMPLE)
        most = np.maximum(most, server.apart()[1])
    spent = time.monotonic() - start
    ordinary, (here, there) = group[1:] if abusive else group, (np.array(server.apart()[0]) - cpu) / spent
    pages = {page: summary([v for v in group if v.place.page == page]) for page in sorted({v.place.page for v in group})}
    return {"visitors": visitors, "seconds": seconds, "peak MB": float(most.sum()), "workers MB": float(most[1]),
            "server cores": here, "worker cores": there, "client cores": (client_cpu() - own) / spent,
            **summary(ordinary), **({"abusive": summary(group[:1])} if abusive else {}),
            **({"pages": pages} if options.different else {})}


def client_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def summary(visitors: list[Visitor]) -> dict:
    """Medians, 95th percentiles and worst cases over all visitors together."""
    result: dict = {}
    for name, values in (("picture", [t for v in visitors for t in v.pictures]),
                         ("change", [t for v in visitors for t in v.changes]),
                         ("answer", [t for v in visitors for t in v.answers])):
        result[f"{name} n"] = len(values)
        for label, share in (("p50", 50), ("p95", 95), ("max", 100)):
            result[f"{name} {label} s"] = float(np.percentile(values, share)) if values else None
    rates = np.array([v.frames_a_second for v in visitors if v.place.plays] or [np.nan])
    shares = rates / visitors[0].rate
    result |= {"repeated asks": sum(v.repeats for v in visitors), "frames": sum(v.drawn for v in visitors),
               "frames/s median": float(np.median(rates)), "frames/s worst": float(rates.min()),
               "share mean": float(shares.mean()), "share worst": float(shares.min()),
               "MB sent": sum(v.client.bytes_received for v in visitors) / 1e6,
               "failed visitors": sum(bool(v.failures) for v in visitors),
               "failures": sorted({f for v in visitors for f in v.failures})}
    return result


async def measure(server: Server | Door, options: argparse.Namespace) -> dict:
    """The whole morning: a first visit to a cold server, one visitor alone, the class, the empty room."""
    async def group(visitors: int, seconds: float, every: float, abusive: str = "") -> dict:
        print(f"{visitors} visitor(s), {seconds:.0f} s ...", file=sys.stderr, flush=True)
        return await classroom(server, visitors, seconds, every, options, abusive)

    memory = {"started": server.usage()[1]}
    groups = {"cold": await group(1, 5, 60)}
    # Alone, changes come more often: there is one visitor to give as many samples.
    if options.lone:
        groups["alone"] = await group(1, options.lone, min(options.every, 3.0))
    memory["before"] = server.usage()[1]
    groups["class"] = await group(options.visitors, options.seconds, options.every)
    await asyncio.sleep(SOON)
    memory[f"{SOON:.0f} s after"] = server.usage()[1]
    if options.abusive is not None:
        groups["beside abuse"] = await group(options.visitors, options.seconds, options.every,
                                             options.abusive or query_at_the_limits())
    if options.settle:
        # Streamlit keeps closed sessions for a while and drops them when a later tab closes.
        await asyncio.sleep(options.settle)
        groups["later"] = await group(1, 5, 60)
        await asyncio.sleep(SOON)
        memory[f"{options.settle:.0f} s after"] = server.usage()[1]
    return {"groups": groups, "memory MB": memory, "errors in the log": errors(server.text())}


def query_at_the_limits() -> str:
    """The address of the largest run that the settings accept: rows, layers, units, then seeds, epochs."""
    from ann_core.data.config import MAX_ROWS
    from ann_core.nn.config import MAX_LAYERS
    from ann_core.nn.kinds import MAX_UNITS
    from ann_core.run.config import MAX_SEEDS, RunConfig
    from ann_core.run.link import to_query

    for units in range(MAX_UNITS, 0, -1):
        for seeds in (MAX_SEEDS, MAX_SEEDS // 4, 4, 1):
            for epochs in (100_000, 10_000, 1_000, 100, 10, 1):
                with suppress(ValueError):
                    return urlencode(to_query(RunConfig.model_validate({
                        "data": {"samples": MAX_ROWS}, "seeds": seeds,
                        "network": {"layers": [{"units": units, "activation": "tanh"}] * MAX_LAYERS},
                        "training": {"batch_size": MAX_ROWS, "epochs": epochs}})))
    raise SystemExit("Expected some run of the most rows and layers to be accepted; none was.")


def errors(log: str) -> list[str]:
    """The last line of every traceback. A tab closed while Streamlit writes to it is no fault."""
    found = re.findall(r"^Traceback .*\n(?:[ \t].*\n|\n)+(\S.*)$", log, re.M)
    return [line for line in found if "websocket" not in line.lower()]


def verdicts(result: dict, settled: bool) -> list[tuple[str, bool]]:
    """The bars of a class of 30, each with what was measured."""
    groups, memory = result["groups"], result["memory MB"]
    many = groups["class"]
    def ratio(a: dict, b: dict) -> float:
        return (a["change p95 s"] or np.inf) / (b["change p95 s"] or np.nan)
    failed = sum(g["failed visitors"] for g in groups.values())
    soon, first, most = (0.5, 1, 1500) if "pages" in many else (1, 5, 1000)
    found = [
        (f"0 failed sessions: {failed}", failed == 0),
        (f"0 tracebacks: {len(result['errors in the log'])}", not result["errors in the log"]),
        (f"a change answered within {soon} s (p95): {many['change p95 s'] or np.inf:.2f} s",
         (many["change p95 s"] or np.inf) <= soon),
        (f"first picture within {first} s (p95): {many['picture p95 s'] or np.inf:.2f} s",
         (many["picture p95 s"] or np.inf) <= first),
        (f"at least 10 frames a second: {many['frames/s worst']:.1f}", many["frames/s worst"] >= 10),
        (f"the worst at least half of the median: {many['frames/s worst']:.1f}, {many['frames/s median']:.1f}",
         many["frames/s worst"] >= many["frames/s median"] / 2),
        (f"memory below {most} MB: {many['peak MB']:.0f} MB", many["peak MB"] < most)]
    if "pages" not in many and "alone" in groups:
        factor = ratio(many, groups["alone"])
        found.append((f"a change within 4 x of a lone user: {factor:.1f} x", factor <= 4))
    if settled:
        first, last = memory["before"], list(memory.values())[-1]
        shelf = MOST_BYTES / 1e6  # films kept for the next visitors
        found.append((f"memory back to within 30 MB and the shelf's {shelf:.0f}: {first:.0f} -> {last:.0f} MB",
                      last - first <= 30 + shelf))
    if "beside abuse" in groups:
        factor = ratio(groups["beside abuse"], many)
        found.append((f"an abusive session at most doubles the others' p95: {factor:.1f} x", factor <= 2))
    return found


def report(result: dict, settled: bool) -> None:
    groups = result["groups"]
    print(f"{'':20s}" + "".join(f"{name:>14s}" for name in groups))
    for row in ROWS:
        cells = (group.get(row) for group in groups.values())
        print(f"{row:20s}" + "".join(f"{'-' if c is None else f'{c:.3g}' if c < 100 else f'{c:.0f}':>14s}"
                                     for c in cells))
    if pages := groups["class"].get("pages"):
        print(f"\n{'page':16s}" + "".join(f"{name:>16s}" for name in BY_PAGE))
        for page, found in pages.items():
            print(f"{page:16s}" + "".join(f"{np.nan if found[name] is None else found[name]:16.3g}" for name in BY_PAGE))
    print("\nserver memory (MB): " + ", ".join(f"{k} {v:.0f}" for k, v in result["memory MB"].items()))
    for name, group in groups.items():
        for who, found in ((name, group), (f"{name}, the abusive one", group.get("abusive", {}))):
            for text in found.get("failures", [])[:5]:
                print(f"{who}: {text[:200]}")
    for line in sorted(set(result["errors in the log"]))[:5]:
        print(f"server log: {line[:200]}")
    print()
    for text, good in verdicts(result, settled):
        print(("ok    " if good else "FAIL  ") + text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=30, help="1 to 60 (default 30)")
    parser.add_argument("--seconds", type=float, default=180, help="how long the class stays, up to 1200")
    parser.add_argument("--every", type=float, default=10, help="seconds between two changes of a setting")
    parser.add_argument("--arrival", type=float, default=2, help="seconds in which the class arrives")
    parser.add_argument("--rate", type=float, default=20, help="frames a second that a visitor plays")
    parser.add_argument("--different", action="store_true", help="other pages and settings for each")
    parser.add_argument("--door", action="store_true", help="two processes without workers, behind nginx")
    parser.add_argument("--lone", type=float, default=60, help="seconds of the visitor alone; 0: none")
    parser.add_argument("--settle", type=float, default=75, help="seconds until the last look at memory")
    parser.add_argument("--abusive", nargs="?", const="", metavar="QUERY",
                        help="repeat the class with one visitor at every limit (or with this address query)")
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the script to serve")
    options = parser.parse_args()
    if not (1 <= options.visitors <= 60 and 1 <= options.seconds <= 1200):
        parser.error("expected 1 to 60 visitors and 1 to 1200 seconds")
    with (behind_a_door if options.door else running)(options.app.resolve()) as server:
        result = asyncio.run(measure(server, options))
        result["server log"] = server.text()[-20_000:]
    settings = {name: str(value) for name, value in vars(options).items()}
    report(result, bool(options.settle))
    keep("classroom", {"options": settings, **result})


if __name__ == "__main__":
    main()
