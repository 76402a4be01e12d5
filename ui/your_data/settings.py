"""The settings of the page "Your data": how the table is prepared, and the run on it; proposed, and kept in the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ann_core import RunConfig
from ann_core.data.table.nothing_left import nothing_left
from ann_core.data.table.own import shape_of
from ann_core.data.table.preparation import Preparation
from ann_core.data.table.proposal import Proposal, propose
from ann_core.data.table.proposed import aimed_at, proposed
from ann_core.data.table.reading import Table
from ann_core.run.link import VERSION, changes, edited, of_this_version, read_changes
from ui.your_data import session
from ui.your_data.class_tables import class_tables
from ui.your_data.samples import SAMPLES

START_COST = 1e9
"""The proposed run takes at most about so many operations, so that it may start by itself."""
EPOCHS = (300, 200, 100, 50, 20, 10, 5)
PENDING = "own/pending"
COLUMNS = {"features": "inputs", "categories": "names", "moments": "moments", "ordered": "ordered"}
"""Fields of a preparation that are columns, and what they are called in an address."""
WORDS = ("task", "missing", "most_categories", "validation_share", "circles", "day_first")


@dataclass(frozen=True)
class OwnSettings:
    """What the visitor chose."""

    preparation: Preparation
    run: RunConfig


def proposal(table: Table) -> Proposal:
    """What could be learned from a table, and why; worked out once."""
    return session.proposed(("columns", table.digest), lambda: propose(session.columns(table), table.frame))


def complete(table: Table, preparation: Preparation, run: RunConfig) -> OwnSettings:
    """These settings with the shape of the prepared table in them. Raises ValueError when they do not go together."""
    own = session.own(preparation, run.data.test_share, run.data.seed, table)
    shape = shape_of(own)
    plane = run.data.plane
    if isinstance(plane, tuple) and max(plane) >= shape.inputs:
        plane = None
    changed = {"data.source": "table", "data.table": shape, "data.plane": plane}
    if own.task != run.data.task:  # another task has other outputs and losses
        changed |= {"network.output": "auto", "network.loss": "auto"}
    return OwnSettings(preparation, edited(run, changed))


def usual(table: Table) -> OwnSettings:
    """What is proposed for a table."""
    return session.proposed(("settings", table.digest, table.name), lambda: _usual(table))


def _usual(table: Table) -> OwnSettings:
    found = proposal(table)
    if not found.features:
        raise ValueError(nothing_left(found, table.frame))
    return _proposed(table, proposed(session.columns(table), table.frame, found))


def with_target(table: Table, target: str, before: OwnSettings) -> OwnSettings:
    """Settings to predict this column from the others; the run as before."""
    return complete(table, aimed_at(target, session.columns(table), table.frame, before.preparation), before.run)


def _proposed(table: Table, preparation: Preparation) -> OwnSettings:
    """The proposed run: small enough to start by itself, and stopping early."""
    rows = len(table.frame)
    run = RunConfig.model_validate({
        "data": {"test_share": 0.2}, "network": {"layers": [{"units": 8, "activation": "tanh"}] * 2},
        "training": {"learning_rate": 0.01, "patience": 50, "epochs": EPOCHS[-1],
                     "batch_size": 32 if rows < 5_000 else 128 if rows < 20_000 else 256}})
    found = complete(table, preparation, run)
    each = found.run.cost / found.run.training.epochs
    epochs = next((count for count in EPOCHS if count * each <= START_COST), EPOCHS[-1])
    return OwnSettings(preparation, edited(found.run, {"training.epochs": epochs}))


# ---- in the address: columns by number, never a name or a value of the table ----

def write(value: OwnSettings) -> dict[str, str]:
    """What stands in the address: which table, and what differs from the proposal."""
    table = session.table()
    waits = st.session_state.get(PENDING)
    if waits and value == waits[1]:
        return waits[0]  # a link that waits for its file stays in the address
    names, p, start, offered = list(table.frame), value.preparation, usual(table), session.offered()
    query = {"v": VERSION, **(offered or {"file": f"{table.digest}~{table.name}"})}
    if offered == {"example": next(iter(SAMPLES))} and value == start:
        return {}
    for name, path in COLUMNS.items():
        if getattr(p, name) != getattr(start.preparation, name):
            query[path] = "~".join(str(names.index(column)) for column in getattr(p, name)) or "none"
    if p.target != start.preparation.target:
        query["target"] = str(names.index(p.target))
    for name in WORDS:
        if getattr(p, name) != getattr(start.preparation, name):
            query[name] = str(getattr(p, name))
    if p.moment_parts != start.preparation.moment_parts:
        query["moment_parts"] = "~".join(p.moment_parts or ()) or "none"
    if p.split_by is not None:
        query["split_by"] = str(names.index(p.split_by))
    if p.orders:
        query["orders"] = "~".join(f"{names.index(name)}.{'.'.join(map(str, places))}" for name, places in p.orders)
    run = changes(value.run, start.run)
    return {**query, **{path: text for path, text in run.items() if path != "data.table"}}


def read(query: Mapping[str, str]) -> tuple[OwnSettings, list[str]]:
    """The settings that an address names, and a sentence for each part that could not be used."""
    notes = of_this_version(query)
    if (sample := query.get("example", "")) in SAMPLES:
        session.take_sample(sample)
    if name := query.get("table", ""):
        notes += _class_table(name)
    digest, _, name = query.get("file", "").partition("~")
    waits = bool(digest) and not session.take_back(digest)
    table = session.table()
    st.session_state[PENDING] = (dict(query), usual(table)) if waits else None
    if waits:
        return usual(table), [*notes, f"This link is about the file {name[:80]}, which stays with the one who made it. Bring "
                              f"that file in and the link's settings hold. Until then this is {table.name}."]
    start = usual(table)
    try:
        preparation = _preparation(query, list(table.frame), start.preparation)
    except ValueError:
        return start, [*notes, "What the link says about the columns does not suit this table; the proposal stands."]
    ours = {"v", "example", "table", "file", "target", "moment_parts", "split_by", "orders", *COLUMNS.values(), *WORDS}
    run, more = read_changes({path: text for path, text in query.items() if path not in ours}, start.run)
    try:
        return complete(table, preparation, run), notes + more
    except ValueError:
        return start, [*notes, *more, "The link's settings do not suit this table; the proposal stands."]


def _class_table(name: str) -> list[str]:
    """Takes a table that the teacher offers; a sentence when that cannot be."""
    offered = class_tables().get(name)
    if offered is None:
        return [f"This link is about the table {name[:80]} of a class, which is not offered here: either its file is gone, or "
                "the link belongs to another server."]
    try:
        session.take_offered(offered)
    except (ValueError, OSError) as error:
        return [f"The class's table {name[:80]} cannot be read. {error if isinstance(error, ValueError) else ''}"]
    return []


def _preparation(query: Mapping[str, str], names: list[str], proposal: Preparation) -> Preparation:
    """Raises ValueError for numbers of columns that do not exist and words that are none."""
    def columns(path: str, usual: tuple[str, ...]) -> tuple[str, ...]:
        text = query.get(path)
        return usual if text is None else () if text == "none" else tuple(column(part) for part in text.split("~"))

    def column(text: str) -> str:
        if _whole(text) >= len(names):
            raise ValueError(f"Expected the number of a column from 0 to {len(names) - 1}; {text[:20]} came.")
        return names[_whole(text)]

    def order(text: str) -> tuple[str, tuple[int, ...]]:
        first, *places = text.split(".")
        return column(first), tuple(map(_whole, places))

    parts = query.get("moment_parts")
    circles = query.get("circles", str(proposal.circles))
    return Preparation.model_validate({
        "target": column(query["target"]) if "target" in query else proposal.target,
        "task": query.get("task", proposal.task),
        **{name: columns(path, getattr(proposal, name)) for name, path in COLUMNS.items()},
        "moment_parts": proposal.moment_parts if parts is None else None if parts == "none" else tuple(parts.split("~")),
        "circles": {"True": True, "False": False}.get(circles), "day_first": query.get("day_first", proposal.day_first),
        "split_by": column(query["split_by"]) if "split_by" in query else None,
        "orders": tuple(order(text) for text in query["orders"].split("~")) if "orders" in query else (),
        "missing": query.get("missing", proposal.missing),
        "most_categories": _whole(query.get("most_categories", str(proposal.most_categories))),
        "validation_share": float(query.get("validation_share", proposal.validation_share))})


def _whole(text: str) -> int:
    """int() alone would take 1_0 and ３ too."""
    if not re.fullmatch("[0-9]{1,4}", text):
        raise ValueError(f"Expected a whole number; {text[:20]} came.")
    return int(text)
