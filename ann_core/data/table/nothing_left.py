"""Why nothing can be learned from a table: no column is left beside its target."""

import pandas as pd

from ann_core.base.numbers import rows
from ann_core.base.words import listed
from ann_core.data.table.columns import is_number, short
from ann_core.data.table.proposal import Proposal

FEW = 0.1
"""A column of which at most this part is no number was probably meant as numbers."""


def nothing_left(proposal: Proposal, frame: pd.DataFrame) -> str:
    """The sentence for a proposal without features: each column with its reason, and what to do."""
    why = "; ".join(f"{short(name)}: {_stray(frame[name]) or reason}" for name, reason in proposal.left_out[:3])
    return (f"Expected a column from which {short(proposal.target)} can be learned; this table has none. {why}. Correct it or "
            "add a column of numbers, or of words that come back, and bring the file again.")


def _stray(series: pd.Series) -> str | None:
    """What keeps a column of numbers from being one."""
    present = series.dropna()
    if is_number(series) or present.empty:
        return None
    no = present[pd.to_numeric(present, errors="coerce").isna()]
    if not 0 < len(no) <= FEW * len(present):
        return None
    shown = listed([short(str(cell)) for cell in no.unique()])
    return f"its cells are numbers but in {rows(len(no))}, where {shown} stand{'s' * (no.nunique() == 1)}"
