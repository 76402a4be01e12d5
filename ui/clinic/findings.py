"""What was found: all that was measured in a list beside the film; below it a card for each finding, with its evidence and its
cures."""

import pandas as pd
import streamlit as st

from ann_core import RunConfig
from ann_core.base.words import listed
from ann_core.clinic.examination import AILMENTS
from ann_core.clinic.finding import Check, Diagnosis, Finding
from ann_core.data import Prepared
from ui.charts.clinic import evidence, said
from ui.clinic.cures import cures
from ui.text import markdown

CAUSES = " What stands first is likely to cause what stands below it, so begin there."
MOMENTS = ("A number here is of the moment that stands beside it, or of the whole training; the film's bars are of the epoch "
           "that it shows.")
BELOW = ":material/arrow_downward: The evidence, and cures to try, stand below the film."
FINE = {True: "healthy", False: "not healthy", None: "does not apply"}


def report(found: Diagnosis) -> None:
    """What is wrong, each with the number that says so and its healthy range; then in one line what is not there."""
    st.header("What was measured", anchor=False)
    measured = [check for check in found.checks if check.fine is not None]
    if found.healthy:
        st.markdown(f":material/favorite: **This network is healthy.** All {len(measured)} things that were measured lie "
                    "within their healthy ranges.")
    else:
        st.caption(f"{len(found.findings)} of {len(measured)} things that were measured lie outside of their healthy ranges."
                   + CAUSES * (len(found.findings) > 1))
    when = {finding.key: finding.epoch for finding in found.findings}
    absent = [check for check in measured if check.fine]
    st.markdown("\n".join(_line(check, when.get(check.key)) for check in measured if not check.fine))
    if absent:
        names = [_said(check.title[0].lower() + check.title[1:]) for check in absent]
        st.markdown(f"Looked for and not found: {listed(names, len(names))}.")
    for note in found.notes:
        st.caption(f":material/info: {markdown(note)}")
    if found.findings:
        st.caption(MOMENTS)
        st.caption(BELOW)


def _line(check: Check, epoch: float | None) -> str:
    """epoch: at which something was found"""
    when = "" if epoch is None else f", at epoch {epoch:.4g}" if epoch else ", before the first step"
    return f"- **{_said(check.title)}**: {_said(check.value)}{when}. Healthy: {_said(check.healthy)}."


def _said(words: str) -> str:
    return markdown(words, about_networks=True)


def findings(patient: RunConfig, data: Prepared | None, found: Diagnosis) -> None:
    """Each finding with its evidence and its cures; then all healthy ranges, folded."""
    checks = {check.key: check for check in found.checks}
    for finding in found.findings:
        with st.container(border=True, key=f"heard_{finding.key}"):
            _card(patient, data, finding, checks[finding.key])
    with st.expander(f"All {len(checks)} things that were looked at, with their healthy ranges", icon=":material/checklist:"):
        st.dataframe(pd.DataFrame([{"Looked at": check.title, "State": FINE[check.fine], "Measured": check.value,
                                    "Healthy": check.healthy} for check in found.checks]),
                     hide_index=True, height="content")


def _card(patient: RunConfig, data: Prepared | None, finding: Finding, check: Check) -> None:
    st.subheader(finding.title, anchor=False)
    st.caption(AILMENTS[finding.key].meaning)
    st.markdown(markdown(finding.says))
    picture, ways = st.columns([3, 2], gap="medium")
    with picture:
        st.altair_chart(evidence(finding.evidence), width="stretch", alt=said(finding.evidence))
        st.caption(f"Healthy: {markdown(check.healthy)}. Where this range comes from: {finding.source}.")
    with ways:
        cures(patient, data, finding)
