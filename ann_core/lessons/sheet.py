"""The form of a sheet to work through by hand: blanks to fill in, and its key. Whole pages to print, no scripts, no links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

LARGEST_SEED = 2**31 - 1
MOST = 18
"""Of a sheet with more values than this the page of all keys has the first ones and the last."""
MANY = 300
"""Values from which on that page is set smaller."""


@dataclass(frozen=True)
class Blank:
    """A number to be worked out. text: what is asked, "z₁ = w₁ · x₁"   value: the number as it is spelt   filled: what the key
    has between both, with the numbers put in   name: its name on the page of all keys; None: it is not there"""

    text: str
    value: str
    filled: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True)
class Part:
    """heading: of this part   given: (name, what it is), as a table above the blanks   short: in two columns"""

    heading: str
    blanks: tuple[Blank, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    short: bool = False


@dataclass(frozen=True)
class Sheet:
    """title: what it is about   told: what is to be done; told_key: what the key says there   picture: our own SVG, or """""

    title: str
    seed: int
    told: str
    told_key: str
    parts: tuple[Part, ...]
    picture: str = ""

    @property
    def html(self) -> str:
        """The sheet."""
        return _page(self._name, _body(self, key=False))

    @property
    def key_html(self) -> str:
        """The key."""
        return _page(f"{self._name}: key", _body(self, key=True))

    @property
    def _name(self) -> str:
        return f"{self.title}, sheet {self.seed}"


def together(sheets: Sequence[Sheet]) -> str:
    """Several sheets as one print, each on a page of its own, and at the end one page of keys."""
    name = f"{sheets[0].title}, sheets {sheets[0].seed} to {sheets[-1].seed}"
    mains = [[blank for part in sheet.parts for blank in part.blanks if blank.name] for sheet in sheets]
    told = [found if len(found) <= MOST else [*found[:MOST - 1], found[-1]] for found in mains]
    rows = "".join(f"<p><b>{sheet.seed}</b> &ensp;{_line(found)}</p>" for sheet, found in zip(sheets, told, strict=True))
    keys = f'<div class="keys{" many" * (sum(map(len, told)) > MANY)}"><h1>{escape(name)}: keys</h1>{rows}</div>'
    return _page(name, "".join(f'<div class="sheet">{_body(sheet, key=False)}</div>' for sheet in sheets) + keys)


def checked(seed: int) -> int:
    """The number of a sheet. Raises ValueError for one out of bounds."""
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"Expected a sheet number from 0 to {LARGEST_SEED:,}; {seed:,} came. Type another number.")
    return seed


STYLE = """
@page { size: A4; margin: 16mm 14mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; max-width: 182mm; margin: 0 auto; }
@media screen { body { padding: 10mm 0; } }
h1 { font-size: 17pt; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 6mm 0 1mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.head { display: flex; justify-content: space-between; gap: 8mm; margin: 3mm 0; }
.head span { flex: 1; border-bottom: 0.3mm solid #000; }
table { border-collapse: collapse; margin: 1mm 0; }
td, th { border: 0.2mm solid #000; padding: 0.6mm 2.5mm; text-align: left; font-weight: normal; }
ol { margin: 0; padding-left: 8mm; }
li { padding: 1.1mm 0; break-inside: avoid; }
.short { columns: 2; }
.blank { display: inline-block; min-width: 34mm; border-bottom: 0.3mm solid #000; }
.value { font-weight: bold; }
svg { display: block; max-width: 100%; max-height: 75mm; margin: 2mm auto; break-inside: avoid; }
svg text { font: 11px Georgia, serif; text-anchor: middle; dominant-baseline: central; paint-order: stroke; stroke: #fff;
           stroke-width: 4px; }
.sheet + * { break-before: page; }
.keys p { font-size: 8pt; line-height: 1.35; margin: 0 0 0.8mm; break-inside: avoid; }
.keys i { font-style: normal; white-space: nowrap; }
.keys.many p { font-size: 6.5pt; line-height: 1.25; }
"""


def _line(blanks: Iterable[Blank]) -> str:
    """The key of a sheet in a line; no name is parted from its number."""
    return ", ".join(f"<i>{escape(one.name or '')} = {_value(one)}</i>" for one in blanks)


def _page(title: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style></head><body>
{body}
</body></html>
"""


def _body(sheet: Sheet, key: bool) -> str:
    rest = "" if key else '<div class="head"><div>Name</div><span></span><div>Date</div><span></span></div>'
    return (f"<h1>{escape(sheet.title)}, sheet {sheet.seed}{': key' * key}</h1>{rest}"
            f"<p>{escape(sheet.told_key if key else sheet.told)}</p>{sheet.picture}"
            f"{''.join(_part(part, key) for part in sheet.parts)}")


def _part(part: Part, key: bool) -> str:
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(what)}</td></tr>" for name, what in part.given)
    steps = _steps(part.blanks, key)
    table, steps = f"<table>{rows}</table>" * bool(rows), f'<div class="short">{steps}</div>' if part.short else steps
    return f"<h2>{escape(part.heading)}</h2>{table}{steps}"


BLANK = '<span class="blank">&nbsp;</span>'


def _steps(blanks: Iterable[Blank], key: bool) -> str:
    rows = [f"<li>{escape(' = '.join([one.text, *(one.filled if key else ())]))} = {_value(one) if key else BLANK}</li>"
            for one in blanks]
    return f"<ol>{''.join(rows)}</ol>" * bool(rows)


def _value(blank: Blank) -> str:
    return f'<span class="value">{escape(blank.value)}</span>'
