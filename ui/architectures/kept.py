"""A network that stays on the stage while the settings change, so that another one is held against it on the same data."""

import streamlit as st
from pydantic import ValidationError

from ann_core import RunConfig, explain
from ann_core.run.differences import differences
from ui.text import markdown


def kept_beside(name: str, config: RunConfig) -> list[RunConfig]:
    """In the sidebar: a button that keeps these settings, and what has become of the kept ones. Returns those that are to be
    shown beside, on the data and with the seeds of `config`. name: of the page's settings"""
    kept: RunConfig | None = st.session_state.get(f"{name}/kept")
    if kept is None:
        st.button("Keep this network on the stage", icon=":material/compare:", type="tertiary", width="stretch",
                  key=f"{name}/keep", on_click=_keep, args=(name, config),
                  help="It stays on the stage while you change the settings: both learn the same data, from the same seed.")
        return []
    with st.container(border=True):
        beside = _on_the_same_data(kept, config)
        st.button("Let the kept network go", key=f"{name}/let_go", type="tertiary", icon=":material/close:",
                  on_click=_keep, args=(name, None))
    return beside


def _on_the_same_data(kept: RunConfig, config: RunConfig) -> list[RunConfig]:
    """The kept network with the data and seeds of these settings; none when it is the same or does not fit them. Says which."""
    try:
        beside = RunConfig.model_validate({**dict(kept), "data": config.data, "seed": config.seed, "seeds": config.seeds})
    except ValidationError as error:
        st.caption(f"The kept network cannot learn these data. {markdown(' '.join(reason for _, reason in explain(error)))}")
        return []
    if beside == config:
        st.caption("**Kept.** Now change something: the network as it is stays beside the new one.")
        return []
    st.caption(f"**Kept beside this one:** {markdown(differences(config, beside))}. "
               "Above the pictures you choose whose are shown.")
    return [beside]


def called(config: RunConfig, kept: RunConfig) -> str:
    """What the kept network is called: what it has otherwise."""
    return f"kept: {differences(config, kept)}"


def _keep(name: str, config: RunConfig | None) -> None:
    st.session_state[f"{name}/kept"] = config
