"""What stands around numbers in cells, taken off: currencies, units, k and millions, brackets of negative ones."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ann_core.data.table.looks import CURRENCY
from ann_core.data.table.numbers import SPACES

CODES = ("EUR USD GBP CHF JPY CNY RMB INR BRL PLN TRY TL SEK NOK DKK ISK CZK HUF RON BGN RUB UAH KRW AUD CAD NZD HKD SGD ZAR "
         "MXN ILS "
         "THB IDR MYR PHP VND NGN KES EGP AED SAR Rs Rp RM Kr kr Kč Ft lei zł руб Fr SFr грн лв din RSD").split()  # fmt: skip
MONEY = rf"(?:{CURRENCY}|R\$|(?:{'|'.join(CODES)})\.?)"
LONG_SIZES = {
    3: "thousand thousands thsd tsd tausend mille mil тыс тысяч 千 천", 4: "万 萬 만", 5: "lakh lakhs lac",
    6: "million millions mio mn mln millones miljoen milj млн", 7: "crore crores cr",
    8: "億 亿 억", 9: "billion billions bn bln mrd milliard milliards miljard mld млрд md", 12: "trillion trillions tn",
}  # fmt: skip
SIZES = {word: power for power, words in LONG_SIZES.items() for word in words.split()}
LETTERS = {"k": 3, "K": 3, "M": 6, "m": 6, "B": 9, "b": 9, "T": 12}
SPACE = f"[{SPACES}]"
_WORD = r"(?:[°º]\s?)?[^\W\d_]{1,15}[€$£]?\.?(?:[²³]|\^?[-−]?[1-4])?|[°º%‰\"″′']|[$€£¥₹₽₺₩₪₫₴₦₱฿]"
_UNIT = rf"(?:{_WORD})(?:\s?[/·*⋅∙. -]\s?(?:100\s?)?(?:{_WORD})){{0,3}}"
AROUND = re.compile(rf"(?P<open>\({SPACE}?)?(?P<sign>[+\-−]?){SPACE}?(?P<money>{MONEY})?{SPACE}*(?P<second>[+\-−]?){SPACE}?"
                    rf"(?P<digits>(?:[0-9][0-9., '’\u00a0\u202f\u2009]*?|[.,][0-9]+)(?:[eE][+\-−]?[0-9]+)?)"
                    rf"(?P<space>{SPACE}*)(?P<unit>{CURRENCY}|{_UNIT}|)(?P<behind>[-−]?)(?P<close>{SPACE}?\))?")  # fmt: skip
FEET = re.compile(r"([0-9]{1,2})\s?['′’]\s?(?:([0-9]{1,2}(?:\.[0-9]+)?)\s?(?:[\"″”]|''|[′’'])?)?")
MONTHS = ("january february march april may june july august september october november december januar februar "
          "märz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre "
          "novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
          "diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre jan feb apr ene abr "
          "ago dic jun jul aug sep sept okt oct nov dez dec").split()
NO_UNITS = re.compile(rf"(?i:uhr|[ap]\.?m\.?|st|nd|rd|th|e|x|[ap]|(?:{'|'.join(MONTHS)})\.?)\Z")
"""Halves of the day, months, and endings whose numbers mean something else without them."""
SEEN = 200
"""Cells of a column that are looked at before all of them are."""
INCHES = "feet and inches"


@dataclass(frozen=True)
class Bare:
    """Cells without what stood around their numbers. Of a cell that is no such number, its number is "".

    numbers: signed, without power   powers: of ten   units: "" where none was   brackets: which were negative by brackets
    """

    numbers: list[str]
    powers: list[int]
    units: list[str]
    brackets: list[bool]

    @cached_property
    def all_units(self) -> tuple[str, ...]:
        """Each unit as it is first spelt, the most frequent first; "" for none."""
        counts, spelt = Counter[str](), dict[str, str]()
        for unit, number in Counter(unit for number, unit in zip(self.numbers, self.units, strict=True) if number).items():
            counts[_normal(unit)] += number
            spelt.setdefault(_normal(unit), unit)
        return tuple(spelt[unit] for unit, _ in counts.most_common())

    def only(self, places: list[int]) -> "Bare":
        """Some of the cells."""
        return Bare([self.numbers[place] for place in places], [self.powers[place] for place in places],
                    [self.units[place] for place in places], [self.brackets[place] for place in places])

    @property
    def unit(self) -> str:
        """The one of most cells, in the form in which units are compared."""
        return _normal(self.all_units[0]) if self.all_units else ""


def promising(cells: Sequence[str]) -> bool:
    """Whether some cells of a column show that most of them are numbers with something around."""
    return sum(bool(AROUND.fullmatch(cell) or FEET.fullmatch(cell)) for cell in cells) >= 0.5 * len(cells)


def bare(cells: Sequence[str], plain: bool) -> Bare:
    """Cells with what stands around their numbers taken off.

    plain: whether plain numbers stand among them: brackets and k mean more beside these
    """
    if feet := _feet(cells):
        return feet
    found = [AROUND.fullmatch(cell) for cell in cells]
    there = [match for match in found if match]
    endings = {match["unit"] for match in there}
    money = any(match["money"] for match in there) or any(re.fullmatch(MONEY, _split(unit, True)[0]) for unit in endings)
    split = {unit: _split(unit, money or len(endings & LETTERS.keys()) > 1) for unit in endings}
    bracketed = not plain and all(match["open"] for match in there)
    one_ending = not plain and len(endings) == 1
    numbers, powers, units, brackets = [], [], [], []
    for match in found:
        if not match or bool(match["open"]) != bool(match["close"]) or match["open"] and (match["sign"] or bracketed):
            number, unit, power = "", "", 0
        else:
            unit, power = split[match["unit"]]
            fraction = "." in match["digits"] or "," in match["digits"]
            if not power and unit in ("k", "K", "M") and not match["space"] and (unit != "M" or not one_ending or fraction):
                unit, power = "", LETTERS[unit]
            before = match["money"] or ""
            number = "" if before and unit or NO_UNITS.match(unit) else _signed(match)
            unit = unit or before
        numbers.append(number)
        powers.append(power)
        units.append(unit)
        brackets.append(bool(number and match and match["open"]))
    return Bare(numbers, powers, units, brackets)


def _signed(match: re.Match[str]) -> str:
    signs = match["sign"] + match["second"] + match["behind"]
    minus = bool(match["open"]) or "-" in signs or "−" in signs
    return "" if len(signs) > 1 else f"{'-' * minus}{match['digits'].strip()}"


def _split(unit: str, letters: bool) -> tuple[str, int]:
    """The unit without a word for thousands or millions, and its power of ten. letters: whether k, M and b are such words"""
    word = re.match(r"[^\W\d_]+", unit)
    if word and (power := SIZES.get(word[0].casefold())) and word[0] not in ("Cr", "MD"):
        return unit[word.end():].lstrip(f".{SPACES}"), power
    if letters and unit and unit[0] in LETTERS:
        rest = unit[1:].strip()
        if not rest or re.fullmatch(MONEY, rest):
            return rest, LETTERS[unit[0]]
    return unit, 0


def _normal(unit: str) -> str:
    """Year and years, lb and lbs are one unit; mW and MW are not."""
    unit = re.sub(f"{SPACE}+", " ", unit.rstrip("."))
    return unit[:-1] if re.fullmatch(r"[^\W\d_]{2,}s", unit) else unit


def _feet(cells: Sequence[str]) -> Bare | None:
    """Feet and inches, 5'11", in inches."""
    if not any(mark in cell for cell in cells[:SEEN] for mark in "'′’"):
        return None
    found = [FEET.fullmatch(cell) for cell in cells]
    if not any(match and match[2] for match in found) or sum(map(bool, found)) < 0.5 * len(cells):
        return None
    sizes = [12 * int(match[1]) + float(match[2] or 0) if match else None for match in found]
    numbers = ["" if size is None else f"{size:g}" for size in sizes]
    return Bare(numbers, [0] * len(cells), [INCHES if number else "" for number in numbers], [False] * len(cells))
