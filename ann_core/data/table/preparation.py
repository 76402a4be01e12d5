"""What a visitor chooses about a table before a network learns it."""

from typing import Literal

from ann_core.base.fields import Settings, option
from ann_core.data.table.moment_column import PARTS, Part
from ann_core.data.table.moments import Order


class Preparation(Settings):
    """What a visitor chooses about a table."""

    target: str = option(..., "Predict", "The column that the network learns to answer.")
    task: Literal["classification", "regression"] = option(
        ..., "As", "Classes: which one of a few. Number: how much.", choices=("classification", "regression"))
    features: tuple[str, ...] = option(..., "From", "The columns that the network is given.", min_length=1)
    categories: tuple[str, ...] = option((), "Numbers that are names", "Columns whose numbers only tell things apart, as "
                                         "a postcode does. Each value gets an input of its own.")
    moments: tuple[str, ...] = option((), "Dates and times", "Columns that are read as moments: a network gets how much time "
                                      "has passed, and where in the year, the week and the day each one is.")
    moment_parts: tuple[Part, ...] | None = option(None, "Of a moment", "What the network is told of dates and times. By "
                                                   "itself: what differs from row to row.", choices=PARTS)
    circles: bool = option(True, "Round like a clock", "The hour 23 is next to 0, Sunday to Monday, December to January: two "
                           "inputs, a sine and a cosine, say so. Without it they are one plain number.")
    day_first: Order | None = option(None, "In 3/4/2024 first comes the", "Where the cells themselves do not say it.",
                                     choices=("day", "month"))
    ordered: tuple[str, ...] = option((), "Words in order", "Columns whose words stand on a scale, as cold, warm, hot: one "
                                      "input, 0, 1, 2, instead of one for each word.")
    orders: tuple[tuple[str, tuple[int, ...]], ...] = option((), "Order by hand", "Of a column: its words by their usual "
                                                             "places, in the order that is meant.")
    missing: Literal["fill", "drop"] = option("fill", "Gaps", "Fill: a gap gets the usual value of its column. Drop: rows with "
                                              "gaps are left out.", choices=("fill", "drop"))
    most_categories: int = option(10, "Inputs a category", "A column of words gets at most so many inputs; rare words "
                                  "share one.", ge=2, le=100, options=(2, 3, 5, 10, 20, 50, 100))
    validation_share: float = option(0.2, "Validation share", "The share of rows that is watched while training, to see when "
                                     "to stop. The test rows are not looked at before the end.", ge=0, le=0.5, step=0.05)
    split_by: str | None = option(None, "Held out are", "Rows by chance, or the last ones in the order of a column: what comes "
                                  "later is what a forecast is asked for.")
