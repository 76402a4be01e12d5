"""The patient of the page Clinic: which runs can be one, and how an address names it."""

from collections.abc import Mapping

from ann_core import RunConfig
from ann_core.clinic.examination import unsuited
from ann_core.run.link import VERSION, changes, of_this_version, read_changes
from ui.clinic.patients import PATIENTS

USUAL = PATIENTS[0].config
SEQUENCES = "This page shows networks that answer one row at a time; this link names one that goes through sequences."
OF = "patient."
"""Begins the names of all settings, so that no other page's address means something here."""


def refused(run: RunConfig) -> str:
    """Why a run cannot be a patient here, in a sentence; nothing where it can."""
    return unsuited(run) or SEQUENCES * bool(run.data.sequence)


def write(patient: RunConfig) -> dict[str, str]:
    """What differs from the first patient."""
    query = {f"{OF}{path}": text for path, text in changes(patient, USUAL).items()}
    return {"v": VERSION, **query} if query else {}


def read(query: Mapping[str, str]) -> tuple[RunConfig, list[str]]:
    """The patient that an address names, and a sentence for each part that could not be used."""
    found, told = read_changes({path.removeprefix(OF): text for path, text in query.items() if path != "v"}, USUAL)
    notes = [*of_this_version(query), *told]
    why = refused(found)
    return (USUAL, [*notes, f"{why} The first patient stands here instead."]) if why else (found, notes)
