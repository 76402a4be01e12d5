"""What was found: all that was measured in a list beside the film; below it a card for each finding, with its evidence and its
cures."""

import pandas as pd
import streamlit as st

from ann_core import RunConfig
from ann_core.clinic.examination import AILMENTS
from ann_core.clinic.finding import Check, Diagnosis, Finding
from ann_core.data import Prepared
from ui.charts.clinic import evidence, said
from ui.clinic.cures import cures
from ui.text import markdown

CAUSES = " What stands first is likely to cause what stands below it, so begin there."
BELOW = ":material/arrow_downward: The evidence, and cures to try, stand below the film."
FINE = {True: "healthy", False: "not healthy", None: "does not apply"}


def report(found: Diagnosis) -> None:
    """What was looked for, whether it is there, and the number that says so: what is wrong stands first."""
    st.header("What was measured", anchor=False)
    measured = [check for check in found.checks if check.fine is not None]
    if found.healthy:
        st.markdown(f":material/favorite: **This network is healthy.** All {len(measured)} things that were measured lie "
                    "within their healthy ranges.")
    else:
        st.caption(f"{len(found.findings)} of {len(measured)} things that were measured lie outside of their healthy ranges."
                   + CAUSES * (len(found.findings) > 1))
    when = {finding.key: finding.epoch for finding in found.findings}
    st.markdown("\n".join(_line(check, when.get(check.key)) for check in sorted(measured, key=lambda check: bool(check.fine))))
    for note in found.notes:
        st.caption(f":material/info: {markdown(note)}")
    if found.findings:
        st.caption(BELOW)


def _line(check: Check, epoch: float | None) -> str:
    """epoch: at which something was found"""
    title, value = markdown(check.title, about_networks=True), markdown(check.value)
    when = "" if epoch is None else f", at epoch {epoch:.4g}" if epoch else ", before the first step"
    return f"- {title}: no, {value}" if check.fine else f"- **{title}: yes**, {value}{when}"


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
