"""How long reading 10 MB takes, beside pandas' own reading, and how much memory: `python -m benchmarks.table`."""

import io
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from ann_core.data.table import Choices, Refusal, read_table

SIZE = 10_000_000
REPEATS = 3


def _lines(names: list[str], row: str, rows: int | None = None) -> bytes:
    """Names, and one row again and again."""
    head = ",".join(names) + "\n"
    return (head + row * (rows or (SIZE - len(head)) // len(row))).encode()


def measures() -> bytes:
    """20 columns of measured numbers."""
    values = np.random.default_rng(0).normal(size=(66_000, 20))
    names = ",".join(f"v{k}" for k in range(20))
    return "\n".join([names, *(",".join(f"{v:.4f}" for v in row) for row in values)]).encode()[:SIZE]


def records() -> bytes:
    """Codes, labels, dates and prices with marks between thousands, as a shop exports them."""
    colours = ("red", "green", "blue")
    rows = (f'P{i:06d},{colours[i % 3]},{i * 0.37:.3f},2024-01-{i % 28 + 1:02d},"{i:,}.50",some words about the article {i},'
            f"{i % 7},{i % 11}.5,yes\n" for i in range(99_000))  # fmt: skip
    return ("code,colour,width,day,price,words,week,rate,sold\n" + "".join(rows)).encode()[:SIZE]


FILES = {
    "20 columns of numbers": (measures, Choices()),
    "a shop's records": (records, Choices()),
    "records in UTF-16": (lambda: records()[: SIZE // 2].decode().encode("utf-16")[:SIZE], Choices()),
    "500 columns of one digit": (lambda: _lines([f"c{k}" for k in range(500)], ",".join("1" * 500) + "\n"), Choices()),
    "2 million rows, a sample": (lambda: _lines(["a", "b"], "12,5\n"), Choices(sample=True)),
    "accents in one byte each": (lambda: _lines(["a", "b"], "é" * 48 + ",1\n", 99_000).decode().encode("cp1252"), Choices()),
    "empty cells": (lambda: _lines(["a", "b"] * 250, "1" + "," * 499 + "\n"), Choices()),
    "all delimiters": (lambda: _lines(["a"], ",;\t|" * 100 + "\n"), Choices()),
    "one line": (lambda: b"1," * (SIZE // 2), Choices()),
    "quotation marks": (lambda: b'"' * SIZE, Choices()),
    "quotation marks in lines": (lambda: b'"a\n",' * (SIZE // 5), Choices()),
}


def _read(data: bytes, choices: Choices) -> str:
    try:
        return "{:,} × {:,}".format(*read_table(data, "file.csv", choices).frame.shape)
    except Refusal as refusal:
        return f"refused: {str(refusal)[:50]}…"


def _pandas(data: bytes, encoding: str) -> None:
    pd.read_csv(io.BytesIO(data), encoding=encoding)


def _seconds(work, *given) -> float:
    """The best of some times, in processor seconds of this process."""
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work(*given)
        taken.append(time.process_time() - begun)
    return min(taken)


def _most_held() -> int:
    """The most memory this process ever held, in bytes. Linux; `ru_maxrss` would begin with that of the process before it."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def _growth(data: bytes, choices: Choices) -> float:
    """By how much reading raised the most memory that a fresh process ever held, as a multiple of the file."""
    _read(b"a,b\n1,x\n2,y\n", Choices())  # what is imported at first use
    before = _most_held()
    _read(data, choices)
    return (_most_held() - before) / len(data)


def main() -> None:
    print(f"{'file':28} {'MB':>5} {'s':>6} {'x read_csv':>11} {'memory':>8}  outcome")
    apart = multiprocessing.get_context("spawn")
    for name, (make, choices) in FILES.items():
        data = make()
        outcome = _read(data, choices)
        took = _seconds(_read, data, choices)
        encoding = {b"\xff\xfe": "utf-16", b"\xe9\xe9": "cp1252"}.get(data[:2] if data[0] > 127 else data[4:6], "utf-8")
        ratio = "" if outcome.startswith("refused") else f"{took / _seconds(_pandas, data, encoding):.1f}"
        with ProcessPoolExecutor(1, mp_context=apart) as pool:
            memory = pool.submit(_growth, data, choices).result()
        print(f"{name:28} {len(data) / 1e6:5.1f} {took:6.2f} {ratio:>11} {memory:7.1f}x  {outcome}", flush=True)


if __name__ == "__main__":
    main()
