"""How well a search uses two processes, and how long another visitor waits meanwhile: python -m benchmarks.search"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from threading import Event, Thread
from typing import Any

import numpy as np

from ann_core import RunConfig, start
from ann_core.film.turns import ASKER, Asker
from ann_core.film.workers import Workers
from ann_core.search.estimate import estimate
from ann_core.search.plan import Plan
from ann_core.search.search import Search, Submit
from ann_core.search.space import applied
from ann_core.search.trial import trials
from ann_core.search.ways import Chance
from ui.search.settings import USUAL, SearchSettings

TRIALS, TIMES, ASKS, PAUSE, BUDGET = 200, 2, 60, 0.15, 100
"""Trials of the default network, and how often; a visitor's asks, with a pause of so many seconds between them, each for so
many ms."""


def searched(submit: Submit, base: RunConfig | None = None, together: int | None = None) -> float:
    """Seconds for a search around the default network, or another one. together: so many trials a piece, else as on the page"""
    wanted = plan(base)
    search, began = Search(wanted, submit, together or estimate(wanted).together), time.perf_counter()
    search.wait()
    return time.perf_counter() - began


def plan(base: RunConfig | None = None) -> Plan:
    """Many trials around the default network, or another one."""
    return Plan(base or RunConfig(), SearchSettings().space, "random", TRIALS)


def part(which: int, of: int) -> None:
    """A share of these trials, without any way to and fro."""
    picks = Chance(plan().space, 0).ask(TRIALS)[which::of]
    trials([(applied(RunConfig(), one), None, 1, 1) for one in picks])


def bare(processes: int) -> float:
    """Seconds for these trials in so many processes that do nothing else: what the machine has to give."""
    with ProcessPoolExecutor(processes, get_context("spawn"), part, (0, TRIALS)) as pool:
        wait([pool.submit(time.sleep, 2) for _ in range(processes)])
        began = time.perf_counter()
        wait([pool.submit(part, which, processes) for which in range(processes)])
        return time.perf_counter() - began


def least(seconds: Callable[..., float], *args: Any) -> float:
    """Of a few times the shortest: whatever else the machine does only makes it longer."""
    return min(seconds(*args) for _ in range(TIMES))


def waited(workers: Workers) -> tuple[float, float]:
    """Milliseconds that a visitor waits for a chunk of a film: the median, and the 95th percentile."""
    ASKER.set(Asker("visitor"))
    fresh = run = start(RunConfig())
    found = []
    for _ in range(ASKS):
        began = time.perf_counter()
        run, _ = workers.advance(run, budget_ms=BUDGET)
        found.append(1_000 * (time.perf_counter() - began))
        run = fresh if run.finished else run
        time.sleep(PAUSE)
    return float(np.median(found)), float(np.percentile(found, 95))


def waited_meanwhile(workers: Workers, submit: Submit) -> tuple[float, float]:
    """As `waited`, while searches go on."""
    over = Event()

    def go_on() -> None:
        while not over.is_set():
            search = Search(plan(), submit)
            while search.state == "running" and not over.is_set():
                search.look()
                time.sleep(0.02)
            search.cancel()

    busy = Thread(target=go_on)
    busy.start()
    time.sleep(1)
    try:
        return waited(workers)
    finally:
        over.set()
        busy.join()


def warm(workers: Workers, count: int) -> None:
    """Every process has begun and imported what it needs."""
    waiting: list[Future] = [workers.submit_short(time.sleep, 0.5) for _ in range(count)]
    for one in waiting:
        one.result()
    Search(Plan(RunConfig(), SearchSettings().space, "random", 8 * count), workers.submit_short).wait()


if __name__ == "__main__":
    one, two = Workers(1), Workers(2)
    try:
        warm(one, 1)
        warm(two, 2)
        alone, both, aside = (least(searched, submit) for submit in (one.submit_short, two.submit_short, two.submit))
        print(f"{TRIALS} trials: one process {alone:.1f} s, two {both:.1f} s, {alone / both:.2f} times as fast; with one place "
              f"left to others {aside:.1f} s, {alone / aside:.2f} times")
        machine = [least(bare, processes) for processes in (1, 2)]
        print(f"Without any way to and fro: {machine[0]:.1f} s, {machine[1]:.1f} s, {machine[0] / machine[1]:.2f} times")
        for name, together in (("one by one", 1), ("as on the page", None)):
            short = [least(searched, workers.submit_short, USUAL, together) for workers in (one, two)]
            print(f"{TRIALS} short trials, {name}: {short[0]:.1f} s, {short[1]:.1f} s, {short[0] / short[1]:.2f} times")
        quiet = waited(two)
        print(f"A visitor waits {quiet[0]:.0f} ms for a chunk, p95 {quiet[1]:.0f}")
        for name, submit in (("in all places", two.submit_short), ("with one place left", two.submit)):
            busy = waited_meanwhile(two, submit)
            print(f"while a search goes on {name}: {busy[0]:.0f} ms, p95 {busy[1]:.0f}, {busy[1] / quiet[1]:.2f} times")
    finally:
        one.close()
        two.close()
