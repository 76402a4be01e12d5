"""What stands above the values of a table: titles, comments, one or several rows of names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ann_core.data.table.choices import Choices, Refusal, count, lines_of, quoted, short
from ann_core.data.table.looks import is_gap, is_number, is_word
from ann_core.data.table.naming import NAMES, PERHAPS_NAMES, PERHAPS_VALUES, first_row
from ann_core.data.table.subnames import combined, further, is_group
from ann_core.data.table.titles import SEEN, TOP, Row, Top, hashes, is_full_title, is_title

Doubt = tuple[str, tuple[tuple[str, dict[str, Any]], ...]]
"""A sentence, and what else can be taken: words, and the fields of `Choices` that take it."""


@dataclass(frozen=True)
class Heading:
    """names: of the columns, None when there are none   width: cells in a row   body: the line of the first values
    lines: those that hold names   numeric: columns that look like numbers   hashes: whether values begin with #
    labels: what stands before the number in every cell of a column, as in "Temp:20"
    nameless: whether the names are one less than the columns, so that the first is taken to have none
    """

    names: tuple[str, ...] | None
    width: int
    body: int
    numeric: tuple[bool, ...]
    lines: tuple[int, ...] = ()
    hashes: bool = False
    labels: tuple[str, ...] | None = None
    nameless: bool = False
    read: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def described(self, width: int) -> str:
        """In words."""
        if self.labels:
            return "every cell begins with the name of its column"
        if self.names is None:
            return f"no names above the {count(width, 'column')}"
        return "the first row holds the names" if len(self.lines) < 2 else f"{lines_of([*self.lines])} hold the names"


def heading(sample: list[Row], width: int, choices: Choices) -> tuple[Heading, list[Doubt]]:
    """What stands above the values, and what is in doubt about it. Raises Refusal when names and values do not fit."""
    top = Top(sample, _full_width(sample, width))
    if choices.name_lines is not None:
        return _with_lines(top, choices.name_lines), []
    if choices.header is not True and (labels := _labels(top)):
        return Heading(labels, top.width, sample[top.even[0]][0], (True,) * top.width, labels=labels), []
    start = top.even[0]
    while start + 1 < len(sample) and is_title(top, start):
        start += 1
    strong = top.named(start) or (
        start + 1 < len(sample) and top.named(start + 1) and is_group(top.cells(start), top.cells(start + 1)))
    what = NAMES if strong else first_row(top.cells(start), top.below(start), top.numeric)
    before = top.cells(start - 1) if start else []
    above = choices.header is not False and _names_of_another_width(before, top, start, strong, what)
    named = choices.header if choices.header is not None else above or what in (NAMES, PERHAPS_NAMES)
    if not named and _are_names(before, top.width):
        raise Refusal(f"Expected a name for every column; line {sample[start - 1][0]:,} has {len(before)} names and the rows "
                      f"below have {top.width} cells. Add or take away names, so that each stands above its column.")
    found, doubts = _names(top, start - above, above and strong) if named else (_without_names(top, start), [])
    if choices.header is None and not above:
        doubts = [*_about_the_first(top, start, what), *doubts]
    return found, doubts


def _names_of_another_width(before: list[str], top: Top, start: int, strong: bool, what: str) -> bool:
    """Whether the row right above the values holds the names although it has other cells than they: one less, as R writes it,
    some empty ones more, or groups of which the last cells were left out."""
    filled = sum(map(bool, map(str.strip, before)))
    if strong:
        return 1 < len(before) < top.width and is_group([*before, ""], top.cells(start))
    if len(before) == top.width - 1 and before:
        return filled == len(before) and not any(map(is_number, before)) and (top.width > 2 or what != NAMES)
    return len(before) > top.width and (filled == top.width or filled == top.width - 1 and not before[-1].strip())


def _about_the_first(top: Top, start: int, what: str) -> list[Doubt]:
    """The question whether the first row holds names or values."""
    line = f"Line {top.sample[start][0]:,} ({_shown(top.cells(start))})"
    if what == PERHAPS_NAMES:
        return [(f"{line} is read as names, though it could hold values.", (("It holds values", {"header": False}),))]
    if what == PERHAPS_VALUES:
        return [(f"{line} could hold names; it is read as values.", (("It holds the names", {"header": True}),))]
    return []


def _above(top: Top, start: int) -> tuple[str, ...]:
    """What stands above the table and is left out."""
    lines = [line for line, _ in top.sample[:start]]
    return (f"{lines_of(lines).capitalize()} above the table: {_shown(top.cells(0))}",) if lines else ()


def _without_names(top: Top, start: int) -> Heading:
    return Heading(None, top.width, top.sample[start][0], tuple(top.numeric), hashes=hashes(top, start),
                   ignored=_above(top, start))


def _names(top: Top, start: int, groups: bool) -> tuple[Heading, list[Doubt]]:
    """The names in the row at a place, with what further rows add to them. groups: their last cells were left out"""
    first, lines, doubts = top.cells(start), [start], list[Doubt]()
    if groups:
        first = [*first, *[""] * (top.width - len(first))]
    begins_with_hashes, plain = hashes(top, start), first[0].lstrip("# ")
    if first[0].startswith("#") and not begins_with_hashes and is_word(plain):  # names in a comment
        first = [plain, *first[1:]]
    names, told = _fitted(first, top, start)
    nameless = len(first) < top.width and bool(told)
    if nameless and top.numeric[0]:
        doubts.append((f"{told[0]} It holds numbers.", (("There are no names", {"header": False}),)))
    ignored, after = [*_above(top, start)], start + 1
    if len(first) == top.width or not told:
        rows = [top.cells(place) for place in range(after, min(after + TOP, len(top.sample)))]
        low = start + TOP if start + TOP < len(top.sample) - 1 else len(top.sample) - 2
        found = further(names, rows, after < len(top.sample) and top.named(after), top.numeric, top.below(low))
        names, lines = found.names, [start, *(after + place for place in found.kept)]
        told += [f"Line {top.sample[after + place][0]:,}{words}" for place, words in found.read]
        ignored += [f"Line {top.sample[after + place][0]:,}{words}" for place, words in found.left]
        after += found.rows
        if found.doubtful:
            doubts.append(_two_rows(top, start, names))
    if start and is_full_title(top, start - 1):
        title = top.sample[start - 1][0]
        doubts.append((f"Line {title:,} ({_shown(top.cells(start - 1))}) is taken for a title above the names.",
                       ((f"Line {title:,} holds the names", {"name_lines": (title,)}),
                        ("There are no names", {"header": False, "name_lines": ()}))))
    body = top.sample[after][0] if after < len(top.sample) else 2**62
    return Heading(tuple(names), top.width, body, tuple(top.numeric), tuple(top.sample[place][0] for place in lines),
                   begins_with_hashes, nameless=nameless, read=tuple(told), ignored=tuple(ignored)), doubts


def _two_rows(top: Top, start: int, names: list[str]) -> Doubt:
    """The question whether two rows of words are both names."""
    one, two = top.sample[start][0], top.sample[start + 1][0]
    return (f"Lines {one:,} and {two:,} are both read as names, as in {quoted([names[-1]])}.",
            ((f"Only line {one:,} holds names", {"name_lines": (one,)}),
             (f"Only line {two:,} holds names", {"name_lines": (two,)})))


def _shown(cells: Sequence[str]) -> str:
    return short(", ".join(cell.strip() for cell in cells if cell.strip()), 60)


def _full_width(sample: list[Row], width: int) -> int:
    """The cells of a row where rows leave out their last ones: as many as the names."""
    first = next((cells for _, cells in sample if len(cells) >= width), [])
    sizes = {len(cells) for _, cells in sample[1:]}
    ragged = len(first) > width and all(map(is_word, first)) and max(sizes, default=0) == len(first) and len(sizes) > 1
    return len(first) if ragged else width


def _labels(top: Top) -> tuple[str, ...] | None:
    """The names of columns whose every cell begins with it: Temp:20.0."""
    rows = [top.cells(place) for place in top.even]
    if len(rows) < 2 or len(rows) < len(top.sample):
        return None
    keys = [re.match(r"\s*([^\W\d][^:=]{0,30}?)\s*([:=])\s*[+\-]?\.?\d", cell) for cell in rows[0]]
    starts = [(key[1], re.compile(rf"\s*{re.escape(key[1])}\s*{key[2]}\s*[+\-]?\.?\d")) for key in keys if key]
    if len(starts) < top.width:
        return None
    alike = all(start.match(cell) for row in rows[1:SEEN] for (_, start), cell in zip(starts, row, strict=True))
    return tuple(key for key, _ in starts) if alike else None


def _fitted(first: list[str], top: Top, place: int) -> tuple[list[str], list[str]]:
    """The names as many as the columns, and what was assumed for that."""
    line, width = top.sample[place][0], top.width
    if len(first) == width:
        return first, []
    if len(first) > width:
        gone = len(first) - width
        if not any(map(str.strip, first[width:])):
            return first[:width], [f"Line {line:,} has {count(gone, 'cell')} more than the rows below, empty: left out."]
        kept = [cell for cell in first if cell.strip()]
        return kept, [f"Line {line:,} has {count(gone, 'cell')} more than the rows below: it is assumed that the empty "
                      f"one among "
                      "the names is one too many."]
    if not any(cells[-1].strip() for cells in (top.cells(other) for other in top.even if other > place)):
        return [*first, ""], []  # the rows only end with a separator
    if width - len(first) > 1 or is_gap(first[0]):
        return [*first, *[""] * (width - len(first))], []
    # R leaves out the name of its row names.
    return ["", *first], [f"Line {line:,} has one name less than the rows below have cells: it is assumed that the first "
                          f"column "
                          "has no name, as R writes it."]


def _are_names(cells: list[str], width: int) -> bool:
    """Whether a row that is too long or too short for the table may be its names."""
    return len(cells) > 1 and abs(len(cells) - width) <= 3 and all(cell.strip() and not is_number(cell) for cell in cells)


def _with_lines(top: Top, lines: tuple[int, ...]) -> Heading:
    """The names in these lines, the values below them."""
    places = [place for place, (line, _) in enumerate(top.sample) if line in lines]
    wide: Iterator[list[str]] = ((top.cells(place) + [""] * top.width)[:top.width] for place in places)
    names = combined([*wide]) if places else None
    after = places[-1] + 1 if places else top.even[0]
    body = top.sample[after][0] if after < len(top.sample) else 2**62
    above = [line for line, _ in top.sample[:after] if line not in lines]
    ignored = (f"{lines_of(above).capitalize()} above the values.",) if above else ()
    return Heading(tuple(names) if names else None, top.width, body, tuple(top.numeric), tuple(lines),
                   hashes(top, after - 1), ignored=ignored)
