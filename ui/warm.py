"""What the first visitors would wait for, one after the other, when a class arrives: done before they come."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from ann_core import RunConfig, start
from ann_core.data.table import read_table
from ann_core.data.table.columns import describe
from ann_core.data.table.own import fit
from ann_core.data.table.proposal import propose
from ann_core.data.table.proposed import proposed
from ui.your_data.samples import SAMPLES, read

LIBRARIES = ("altair", "plotly.graph_objects", "PIL.Image", "pyarrow")
"""They load their parts when these are used first."""


def warm() -> None:
    """Loads every room and what that loads, prepares data (scikit-learn takes a second or two), and reads a table, for which
    digits and calendars of all languages are looked up."""
    for name in LIBRARIES:
        import_module(name)
    for module in walk_packages([str(Path(__file__).parent)], "ui."):
        if module.name.count(".") > 1:  # of a room: what stands beside the rooms is loaded by them, or runs when it is loaded
            import_module(module.name)
    start(RunConfig())
    sample = next(iter(SAMPLES.values()))
    table = read_table(read(sample), sample.file)
    columns = describe(table.frame)
    fit(table, proposed(columns, table.frame, propose(columns, table.frame)), test_share=0.2, seed=0)
