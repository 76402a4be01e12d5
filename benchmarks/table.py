"""How long reading 10 MB takes, beside pandas' own reading, and how much memory: `python -m benchmarks.table`."""

import io
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from ann_core.data.table.reading import Choices, Refusal, read_table

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


def texts(letters: str, encoding: str) -> bytes:
    """A text as long as the size allows in every row, all different but the last two."""
    drawn = np.random.default_rng(0).choice(list(letters), size=(99_000, 96))
    words = ["".join(row) for row in drawn]
    return ("a,b\n" + "".join(f"{word},1\n" for word in [*words, words[-1]])).encode(encoding)[:SIZE]


def nearly_empty(cell: str) -> bytes:
    """500 columns with a cell here and there: all of the table is kept, and a missing cell takes one byte in the file."""
    rows = ("," * (i % 500) + cell + "," * (499 - i % 500) + "\n" for i in range(SIZE // 510))
    return (",".join(f"c{k}" for k in range(500)) + "\n" + "".join(rows)).encode()


def wide(cells: list[str], delimiter: str = ";", columns: int = 500, size: int = 1_000_000) -> bytes:
    """A megabyte of many columns, each with these cells in another order."""
    rows = (delimiter.join(cells[(at * 7 + k * 3) % len(cells)] for k in range(columns)) for at in range(size))
    text, held = [delimiter.join(f"c{k}" for k in range(columns))], 0
    while held < size - 10 * columns:
        text.append(next(rows))
        held += len(text[-1])
    return "\n".join(text).encode()


FILES = {
    "1 MB: decimal commas": (lambda: wide([f"{at},{at % 10}" for at in range(1, 400)]), Choices()),
    "1 MB: thousands": (lambda: wide([f"{at}.{at:03d}" for at in range(1, 400)]), Choices()),
    "1 MB: units": (lambda: wide([f"{at} km/h" for at in range(1, 400)]), Choices()),
    "1 MB: words": (lambda: wide(["Yes", "no", "NO", "-", "4 kg", "maybe"]), Choices()),
    "37 kB: words": (lambda: wide(["a", "bb", "no"], ",", 397, 37_000), Choices()),
    "20 columns of numbers": (measures, Choices()),
    "a shop's records": (records, Choices()),
    "records in UTF-16": (lambda: records()[: SIZE // 2].decode().encode("utf-16")[:SIZE], Choices()),
    "500 columns of one digit": (lambda: _lines([f"c{k}" for k in range(500)], ",".join("1" * 500) + "\n"), Choices()),
    "2 million rows, a sample": (lambda: _lines(["a", "b"], "12,5\n"), Choices(sample=True)),
    "accents in one byte each": (lambda: _lines(["a", "b"], "é" * 48 + ",1\n", 99_000).decode().encode("cp1252"), Choices()),
    "texts in ASCII": (lambda: texts("abcdefghij", "ascii"), Choices()),
    "texts in Cyrillic, cp1251": (lambda: texts("абвгдежзик", "cp1251"), Choices(encoding="cp1251")),
    "texts in Chinese, gb18030": (lambda: texts("中文字母表汉语", "gb18030"), Choices(encoding="gb18030")),
    "empty cells": (lambda: _lines(["a", "b"] * 250, "1" + "," * 499 + "\n"), Choices()),
    "numbers here and there": (lambda: nearly_empty("1"), Choices()),
    "words here and there": (lambda: nearly_empty("x"), Choices()),
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
    """The most memory this process held since it was last asked to forget, in bytes. Linux."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def _growth(data: bytes, choices: Choices) -> float:
    """The most memory that a fresh process held while it read, beyond what it held before, as a multiple of the file.

    The bytes of the file themselves stand in memory before; what allocators keep although it is free counts.
    """
    _read(b"a,b\n1,x\n2,y\n", Choices())  # what is imported at first use
    Path("/proc/self/clear_refs").write_text("5")  # forgets what starting and receiving the file took at most
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
        guess = {b"\xff\xfe": "utf-16", b"\xe9\xe9": "cp1252"}.get(data[:2] if data[0] > 127 else data[4:6], "utf-8")
        encoding = choices.encoding or guess
        ratio = "" if outcome.startswith("refused") else f"{took / _seconds(_pandas, data, encoding):.1f}"
        with ProcessPoolExecutor(1, mp_context=apart) as pool:
            memory = pool.submit(_growth, data, choices).result()
        print(f"{name:28} {len(data) / 1e6:5.1f} {took:6.2f} {ratio:>11} {memory:7.1f}x  {outcome}", flush=True)


if __name__ == "__main__":
    main()
