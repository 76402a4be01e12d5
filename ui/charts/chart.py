"""What all charts have in common."""

from typing import Any

import altair as alt

from ui.colors import GREY

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def finished(chart: Chart, height: int, **more: Any) -> Chart:
    """As wide as its place, with no ground and no frame of its own; every number of an axis stands at its line. more:
    what else `properties` takes"""
    return chart.properties(width="container", height=height, background="transparent", **more).configure_view(
        strokeWidth=0).configure_axis(labelFlush=False)


def heading(words: str, below: str = "") -> alt.TitleParams:
    """A title at the left. below: what is measured, in small type"""
    return alt.TitleParams(words, anchor="start", fontSize=13, subtitle=below or alt.Undefined, subtitleFontSize=11.5,
                           subtitleColor=GREY)
