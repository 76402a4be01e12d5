"""Tables written as people of many countries write them are read back equal, or a question is asked: never silently other."""

import csv
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_core.data.table.reading import Refusal, read_table

LOCALES = {
    "de": (",", ".", ";\t|", ("", "€", "kg", "km/h", "%", "Stück")), "en": (".", ",", ",\t|;", ("", "$", "£", "lbs", "mph",
                                                                                                "%")),
    "fr": (",", "\u202f", ";\t", ("", "€", "kg", "\u00a0€")), "ch": (".", "'", ";,\t", ("", "CHF", "kg")),
    "se": (",", " ", ";\t", ("", "kr", "km")), "tr": (",", ".", ";\t", ("", "TL", "₺", "kg")), "in": (".", "lakh", ",\t",
                                                                                                      ("", "₹", "Rs.")),
    "br": (",", ".", ";\t", ("", "R$", "kg")), "pl": (",", "\u00a0", ";\t", ("", "zł", "%")), "plain": (".", "", ",;\t|",
                                                                                                        ("", "m", "°C")),
}  # fmt: skip


def grouped(digits: str, mark: str) -> str:
    """Whole digits with marks between thousands."""
    if mark == "lakh":
        head, tail = digits[:-3], digits[-3:]
        while len(head) > 2:
            head, tail = head[:-2], f"{head[-2:]},{tail}"
        return f"{head},{tail}" if head else tail
    parts = [digits[max(at - 3, 0):at] for at in range(len(digits), 0, -3)]
    return mark.join(reversed(parts))


@st.composite
def written(draw):
    """A table of numbers and words, and its bytes as a locale writes it."""
    decimal, mark, delimiters, units = LOCALES[draw(st.sampled_from(sorted(LOCALES)))]
    rows, delimiter = draw(st.integers(4, 12)), draw(st.sampled_from(delimiters))
    columns: dict[str, list] = {}
    texts: dict[str, list[str]] = {}
    for place in range(draw(st.integers(1, 3))):
        places, unit, front = draw(st.integers(0, 3)), draw(st.sampled_from(units)), draw(st.booleans())
        whole = draw(st.lists(st.integers(0, 10 ** draw(st.integers(1, 7))), min_size=rows, max_size=rows))
        signs = draw(st.lists(st.sampled_from(["", "", "", "-"]), min_size=rows, max_size=rows))
        parts = draw(st.lists(st.integers(0, 10**places - 1), min_size=rows, max_size=rows))
        cells = [f"{sign if number or part else ''}{grouped(str(number), mark)}" + (f"{decimal}{part:0{places}d}" if places
                                                                                    else "")
                 for sign, number, part in zip(signs, whole, parts, strict=True)]
        columns[f"n {place}"] = [float(f"{sign}{number}.{part:0{max(places, 1)}d}")
                                 for sign, number, part in zip(signs, whole, parts, strict=True)]
        money = unit in ("€", "$", "£", "CHF", "kr", "TL", "₺", "₹", "Rs.", "R$", "zł")
        texts[f"n {place}"] = [f"{unit} {cell}" if money and front else f"{cell} {unit.strip()}" if unit else cell
                               for cell in cells]
    words = draw(st.lists(st.sampled_from(["north", "south", "east"]), min_size=rows, max_size=rows))
    columns["word"] = texts["word"] = words
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(texts)
    writer.writerows(zip(*texts.values(), strict=True))
    return columns, stream.getvalue()


@settings(max_examples=400, deadline=None)
@given(written())
def test_never_silently_other(made):
    columns, text = made
    try:
        table = read_table(text.encode(), "x")
    except Refusal:
        return  # said
    told = " ".join((*table.report.changed, *table.report.ignored, *(question.sentence for question in table.report.questions)))
    for name, values in columns.items():
        if name not in table.frame or table.frame[name].dtype != np.float64:
            assert name in told or name == "word", (name, text)  # it stays text, and why is said
            continue
        if not np.array_equal(table.frame[name], values):
            assert table.report.questions and ("two ways" in told or "other cells of the table" in told), (name, text,
                                                                                                           table.frame)
