"""Names of columns that are safe to use: one line, not empty, none twice, not too long."""

import re
from collections.abc import Sequence

from ann_core.data.table.choices import count, quoted

LONGEST = 80
CONTROLS = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"
INVISIBLE = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
"""Characters of no width, and those that turn the direction of writing: two texts that look the same could differ by them."""


def cleaned(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names in place of those in the file, and sentences about what was changed. Clean names stay as they are."""
    tidy = [" ".join(re.sub(INVISIBLE, "", re.sub(CONTROLS, " ", name)).split()) for name in names]
    tidy = [name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…" for name in tidy]
    taken, used, given = set(tidy), set[str](), []
    for place, name in enumerate(tidy):
        plain = name or f"column {place + 1}"
        wanted, number = plain, 1
        while wanted in used or (wanted in taken and wanted != name):
            number += 1
            wanted = f"{plain[:LONGEST - 6]} ({number})"
        used.add(wanted)
        given.append(wanted)
    return given, _told(names, tidy, given)


def _told(names: Sequence[str], tidy: list[str], given: list[str]) -> list[str]:
    """What was changed, a sentence for each reason."""
    empty = [new for name, new in zip(tidy, given, strict=True) if not name]
    twice = [new for name, new in zip(tidy, given, strict=True) if name and name != new]
    other = [new for name, mid, new in zip(names, tidy, given, strict=True) if mid and name.strip() != mid]
    reasons = ((empty, "column had no name and is", "columns had no names and are"),
               (twice, "name stood twice and is", "names stood more than once and are"),
               (other, "name, too long or with line breaks or invisible characters, is",
                "names, too long or with line breaks or invisible characters, are"))  # fmt: skip
    return [f"{count(len(found), one, many)} now {quoted(found)}." for found, one, many in reasons if found]
