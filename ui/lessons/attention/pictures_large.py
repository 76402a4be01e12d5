"""The picture of where the parameters of Transformers are, and of how large they are."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ui.lessons import plot

COLORS = {"tokens": plot.FIRST, "positions": plot.THIRD, "attention": plot.ACCENT, "feed-forward": plot.POSITIVE,
          "norms": plot.INK, "biases": plot.MUTED, "output": plot.SECOND}
"""Of the parts, from the input on."""


def large(counts: Mapping[str, Mapping[str, int]], looks: Mapping[str, int]) -> go.Figure:
    """counts: parameters by part, of each network by its name   looks: weights of attention for one full context"""
    fig = plot.panels(["Where the parameters are", "How many"], column_widths=[0.56, 0.44], horizontal_spacing=0.05)
    names = list(counts)[::-1]
    totals = {name: sum(counts[name].values()) for name in names}
    for part, color in COLORS.items():
        fig.add_trace(go.Bar(y=names, x=[counts[name][part] / totals[name] for name in names], name=part, orientation="h",
                             marker_color=color, width=0.6), 1, 1)
    for what, found, color, symbol in (("parameters", totals, plot.INK, "circle"),
                                       ("weights of attention", looks, plot.ACCENT, "diamond-open")):
        fig.add_trace(plot.dots([found[name] for name in names], names, what, color, 14, symbol, 2), 1, 2)
    fig.update_layout(barmode="stack").update_xaxes(range=[0, 1], tickformat=".0%", row=1, col=1)
    fig.update_xaxes(type="log", exponentformat="power", range=[1.5, 13], dtick=3, row=1, col=2)
    fig.update_yaxes(showticklabels=False, row=1, col=2).update_yaxes(range=[-0.6, len(names) - 0.4])
    return plot.legend_below(fig).update_layout(margin={"l": 96, "b": 96}, legend={"y": -0.2, "traceorder": "normal"})
