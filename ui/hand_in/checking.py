"""Many results at once: read from reports and codes, and run again one after the other beside the visitors."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import PurePath
from threading import RLock
from time import monotonic
from typing import Any

import pandas as pd

from ann_core.base.words import listed
from ann_core.data.table.own import key_of
from ann_core.data.table.reading import Table, read_table
from ann_core.handin.check import Checked, check, cost_of
from ann_core.handin.code import BEGIN, HandedIn, read
from ann_core.handin.spelled import settings_in_words
from ui.hand_in.report import received
from ui.player.workers import workers
from ui.your_data import session
from ui.your_data.class_tables import class_tables
from ui.your_data.samples import SAMPLES
from ui.your_data.samples import read as read_sample

MOST = 100
"""Results that are checked at once."""
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".gz")
REPORTS = (".html", ".htm")
CHANGED = "The report was changed after it was made; what is said here is of the code in it. "
ENDED = Checked("not run", "The check itself ended. Check it again.")
LEFT_OUT = "Not checked: cancelled."
TOO_MUCH = "Not checked: so many large runs are too much at once. Hand it in again afterwards."
MOST_AT_ONCE = 4e11
"""Operations of all runs of a batch: some minutes of one core."""
LEFT = 10.0
"""Seconds after which a visitor who has not been heard of has left; then nothing more begins."""


@dataclass(eq=False)
class Entry:
    """One result. where: the file it came in, or its line   said: what its code says; None with the reason in problem"""

    name: str
    where: str
    code: str = ""
    said: HandedIn | None = None
    changed: bool = False
    problem: str = ""
    running: Future | None = None

    @property
    def checked(self) -> Checked | None:
        """What came of it; None as long as it is not known."""
        if self.problem:
            return Checked("not run", self.problem)
        if self.running is None or not self.running.done():
            return None
        try:
            found: Checked = self.running.result()
            return found
        except Exception:  # a process that died over it, several times
            return ENDED


def entries(files: Iterable[tuple[str, bytes]], typed: str) -> tuple[list[Entry], list[Table], list[str]]:
    """Results, tables that came beside them, and a sentence for each file that is neither. files: (name, content)"""
    found, tables, notes = [], [], []
    for name, data in files:
        if PurePath(name).suffix.lower() in REPORTS:
            found.append(_of_report(name, data))
        else:
            try:
                tables.append(read_table(data, name))
            except ValueError as refusal:
                notes.append(f"{name}: {refusal}")
    codes = [line for line in typed.splitlines() if line.strip()]
    found += [_of_line(number, line) for number, line in enumerate(codes, 1)]
    if len(found) > MOST:
        notes.append(f"{len(found):,} results came; the first {MOST} are checked. Hand in the others afterwards.")
    return found[:MOST], tables, notes


def _of_report(file: str, data: bytes) -> Entry:
    try:
        report = received(data)
    except ValueError as reason:
        return Entry(PurePath(file).stem, file, problem=str(reason))
    entry = _of_code(report.name, file, report.code)
    entry.changed = report.changed
    return entry


def _of_line(number: int, line: str) -> Entry:
    """A line is a code, or a name and a code."""
    begins = re.search(rf"{BEGIN}\d+\.", line)
    at = begins.start() if begins else 0
    return _of_code(" ".join(line[:at].split()).strip(",;: ") or f"code {number}", f"line {number}", line[at:])


def _of_code(name: str, where: str, code: str) -> Entry:
    entry = Entry(name, where, "".join(code.split()))
    try:
        entry.said = read(code)
    except ValueError as reason:
        entry.problem = str(reason)
    return entry


class Batch:
    """The results that a visitor has handed over, one after the other beside all visitors, as long as he looks."""

    def __init__(self, found: Sequence[Entry], tables: Sequence[Table] = ()):
        self.entries, self._lock, self._submit = list(found), RLock(), workers().submit
        self._left: list[tuple[Entry, HandedIn, tuple[Table, ...]]] = []
        total = 0.0
        for entry in self.entries:
            if entry.said is not None:
                total += cost_of(entry.said)
                if total > MOST_AT_ONCE:
                    entry.problem = TOO_MUCH
                else:
                    self._left.append((entry, entry.said, _table_of(entry.said, tables)))
        self.watch()

    def watch(self) -> None:
        """Its visitor is here."""
        self._watched = monotonic()
        with self._lock:
            if all(entry.running is None or entry.running.done() for entry in self.entries):
                self._next()

    def _next(self) -> None:
        if self._left and monotonic() - self._watched < LEFT:
            entry, said, tables = self._left.pop(0)
            entry.running = self._submit(check, said, tables)
            entry.running.add_done_callback(self._go_on)

    def _go_on(self, _: Future) -> None:
        with self._lock:
            self._next()

    @property
    def done(self) -> int:
        """How many are checked."""
        return sum(entry.checked is not None for entry in self.entries)

    @property
    def running(self) -> bool:
        """Whether any is not."""
        return self.done < len(self.entries)

    def cancel(self) -> None:
        """Leaves out what has not begun."""
        with self._lock:
            for entry, _, _ in self._left:
                entry.problem = LEFT_OUT
            self._left.clear()

    def table(self) -> pd.DataFrame:
        """A row for each result."""
        alike = self._alike()
        return pd.DataFrame([_row(entry, alike.get(entry.code, [])) for entry in self.entries])

    def _alike(self) -> dict[str, list[str]]:
        """Names by code."""
        names: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            if entry.code:
                names[entry.code].append(entry.name)
        return names


def _row(entry: Entry, alike: Sequence[str]) -> dict[str, Any]:
    checked, others = entry.checked, [*alike]
    if entry.name in others:
        others.remove(entry.name)
    sentence = checked.sentence if checked else "On its way."
    return {"Name": entry.name, "Result": "…" if checked is None else checked.state,
            "In words": (CHANGED if entry.changed else "") + sentence, "Score": checked.score if checked else "",
            "Settings": _settings(entry.said), "Same code as": listed(others, 5) if others else "", "From": entry.where}


def _settings(said: HandedIn | None) -> str:
    return "" if said is None else "; ".join(f"{label} {value}" for label, value in settings_in_words(said.config))


def _table_of(said: HandedIn, beside: Sequence[Table]) -> tuple[Table, ...]:
    """The table that a result learned from: dropped beside it, of this session, the class's, or an example."""
    shape, preparation = said.config.data.table, said.preparation
    if shape is None or preparation is None:
        return ()
    own = session.own_of(said.config.data)
    known = [*beside, *([own.table] if own else [])]
    for table in (*known, *_offered(shape.name)):
        try:
            if key_of(table, preparation) == shape.key:
                return (table,)
        except (KeyError, ValueError):  # without its columns
            continue
    return ()


def _offered(name: str) -> Iterable[Table]:
    if name in (offered := class_tables()):
        try:
            yield offered[name].read()[0]
        except (ValueError, OSError):
            return
    for sample in SAMPLES.values():
        if name in (sample.file, PurePath(sample.file).stem):
            yield read_table(read_sample(sample), sample.file)


