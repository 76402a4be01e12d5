"""The patient of the page Clinic: which runs can be one, and how an address names it."""

from collections.abc import Mapping

from ann_core import RunConfig
from ann_core.run.link import VERSION, changes, of_this_version, read_changes
from ann_core.run.objectives.config import SupervisedConfig
from ui.clinic.patients import PATIENTS

USUAL = PATIENTS[0].config
ELSEWHERE = ("The clinic examines networks that answer one row at a time and learn from right answers. This link names another "
             "kind, so the first patient stands here.")
OF = "patient."
"""Begins the names of all settings, so that no other page's address means something here."""


def can_come(run: RunConfig) -> bool:
    """Whether a run can be a patient: one that answers a row at a time, for which there are right answers."""
    return run.objective.kind == SupervisedConfig().kind and not run.data.sequence


def write(patient: RunConfig) -> dict[str, str]:
    """What differs from the first patient."""
    query = {f"{OF}{path}": text for path, text in changes(patient, USUAL).items()}
    return {"v": VERSION, **query} if query else {}


def read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    """The patient that an address names, and a sentence for each part that could not be used."""
    found, told = read_changes({path.removeprefix(OF): text for path, text in query.items() if path != "v"}, USUAL)
    notes = [*of_this_version(query), *told]
    return (found, notes) if can_come(found) else (USUAL, [*notes, ELSEWHERE])
