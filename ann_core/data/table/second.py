"""A second file, read as the first one was: what is in doubt in it has been settled there."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ann_core.base.words import listed
from ann_core.data.table.choices import Refusal, quoted
from ann_core.data.table.columns import short
from ann_core.data.table.reading import Table, read_table


def read_second(data: bytes, name: str, first: Table, needed: Sequence[str], numbers: Sequence[str]) -> tuple[Table, list[str]]:
    """Rows to be answered, and what was different from the first file.

    Marks, gaps, letters and what separates cells are as in the first file, unless this one can only be read otherwise.
    needed: columns that must be there   numbers: those that hold numbers
    Raises Refusal, also for columns that are missing or in another unit.
    """
    used = first.report.choices
    known = replace(used, encoding=None, decimal=None, thousands=None, quote=None, name_lines=None, numbers=tuple(numbers),
                    merge=False, answers=True, sample=False)  # words stay as they are: the network knows its own
    tried: list[Table] = []
    refusal: Refusal | None = None
    fewer: Refusal | None = None
    # A single column holds no separator: then commas in it belong to its numbers.
    alone = [replace(known, delimiter=sign) for sign in ";\t|" if sign.encode() not in data][:1]
    for choices in (known, *alone, replace(known, delimiter=None), replace(known, delimiter=None, header=None)):
        try:
            table = read_table(data, name, choices, used)
        except Refusal as why:
            refusal = refusal or why
            continue
        if table.report.nameless and not first.report.nameless:
            fewer = Refusal("Expected a name for every cell of a row, as in the first file; here is one name less. Put numbers "
                            "with a "
                            "decimal comma in quotation marks, or separate the cells by semicolons.")
            continue
        tried.append(table)
        if all(column in table.frame for column in needed):
            return table, _told(first, table, numbers)
    if fewer:
        raise fewer
    if not tried:
        raise refusal or Refusal("Expected a table; this file holds none.")
    best = max(tried, key=lambda table: (sum(column in table.frame for column in needed), len(table.frame.columns)))
    raise Refusal(_missing(best, needed))


def _missing(table: Table, needed: Sequence[str]) -> str:
    gone = [column for column in needed if column not in table.frame]
    spelt = {_plain(str(column)): str(column) for column in table.frame if column not in needed}
    alike = [(column, spelt[_plain(column)]) for column in gone if _plain(column) in spelt]
    said = f"Expected the columns {listed([*needed], 8)}; {listed(gone, 8)} {'is' if len(gone) == 1 else 'are'} not there."
    if not alike:
        return said
    pairs = "; ".join(f"{quoted([there])} instead of {quoted([column])}" for column, there in alike[:3])
    return (f"{said} The file has {pairs}, which differ{'s' * (len(alike) == 1)} only in letters, accents or spaces: give "
            f"{'it' if len(alike) == 1 else 'them'} the same name.")


def _plain(name: str) -> str:
    """A name without what is easily written in another way: case, accents, spaces, signs."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ß", "ss"))
    plain = re.sub(r"[\W_]|\ufffd", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return re.sub("([aou])e", r"\1", plain)


def _told(first: Table, second: Table, numbers: Sequence[str]) -> list[str]:
    """What is different. Raises Refusal for numbers in another unit."""
    told = []
    before, now = dict(first.report.units), dict(second.report.units)
    for column in numbers:
        was, is_now = before.get(column, ""), now.get(column, "")
        if was and is_now and was != is_now:
            raise Refusal(f"Expected {short(column)} in {was}, as in the table that was learned; here it is in {is_now}. "
                          f"Convert it, and "
                          "bring the file again.")
        if was != is_now:
            told.append(f"{short(column)} has {f'the unit {is_now}' if is_now else 'no unit'} here and had {was or 'none'} "
                        f"before: the numbers "
                        "are taken as they stand.")
    if second.report.choices.decimal != first.report.choices.decimal and any(second.frame[name].notna().any()
                                                                             for name in numbers):
        kind = {",": "comma", ".": "point"}
        told.append(f"Numbers have a decimal {kind[second.report.choices.decimal or '.']} here and had a decimal "
                    f"{kind[first.report.choices.decimal or '.']} before.")
    return told
