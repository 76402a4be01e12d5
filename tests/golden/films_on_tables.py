"""Films and files of networks that learned from a table, for `films.py`."""

from typing import Any

from ann_core import advance, start
from ann_core.data.table.prepare import prepared
from ann_core.export.saved import trained
from tests.core.own_tables import config, own

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "table, two classes": ({}, {}),
    "table, several classes": ({"target": "town", "features": ("hours", "job")}, {}),
    "table, values": ({"target": "mark", "task": "regression"}, {"training": {"patience": 2}}),
    "table, batch norm and skips": ({}, {"network": {"batch_norm": True, "skip": True}}),
    "table, balanced": ({"missing": "drop"}, {"training": {"class_weights": True, "patience": 2}}),
    "table, minmax": ({"most_categories": 3}, {"data": {"scaling": "minmax"}}),
}


def of_tables() -> dict[str, dict[str, Any]]:
    """Columns of the film, the weights that are kept, and the saved file."""
    found = {}
    for name, (changes, parts) in CASES.items():
        table = own(**changes)
        settings = config(table, **parts)
        for plane in (None, "components"):
            run, film = advance(start(settings, prepared(table, settings.data.scaling, plane)), frames=4)
            found[f"{name}, {plane}"] = {
                "theta": run.kept.state.theta, "test_loss": film.test_loss, "boundary": film.boundary, "units": film.units,
                "inputs": run.data.X_train, "points": run.data.points_train, "words": str(film.message),
                "file": trained(run, table).to_json()}
    return found
