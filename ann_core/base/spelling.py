"""How numbers are spelt: in sentences and pictures, and in formulas; and how they are read from what somebody typed."""

import re
from math import isinf

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """10⁻⁵."""
    return f"10{str(exponent).translate(RAISED)}"


def _parts(value: float, digits: int, small: int | None) -> tuple[str, str]:
    """A number as (mantissa, power of ten); no power where it is short without. small: digits of a mantissa with a power."""
    mantissa, _, power = f"{value + 0.0:.{digits}g}".partition("e")
    if power and small:
        mantissa, _, power = f"{value:.{small}g}".partition("e")
    return mantissa, str(int(power)) if power else ""


def words(value: float, digits: int = 4, small: int | None = None) -> str:
    """A number for a sentence, a table or a picture: −0.4887, 2,100,000, 3.4·10⁻⁵."""
    mantissa, power = _parts(value, digits, small)
    if power and not small and 1 <= abs(value) < 1e9:
        text = f"{value:,.0f}"
    elif power:
        text = f"{mantissa}·{power_of_ten(int(power))}"
    else:
        text = f"{float(mantissa):,.10g}" if abs(value) >= 1000 else mantissa
    return text.replace("-", "−")


def tex(value: float, digits: int = 4, small: int | None = None) -> str:
    """A number for a formula: -0.4887, 3.4\\cdot10^{-5}."""
    mantissa, power = _parts(value, digits, small)
    return rf"{mantissa}\cdot10^{{{power}}}" if power else mantissa


def factor(value: float, digits: int = 4) -> str:
    """The same inside a product or a power: a negative one in brackets."""
    return f"({tex(value, digits)})" if value < 0 else tex(value, digits)


def signed(value: float, digits: int = 4) -> str:
    """The same when it is added: with its sign in front."""
    return f"{'-' if value < 0 else '+'} {tex(abs(value), digits)}"


TYPED = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")


def read_number(text: str, whole: bool = False) -> float:
    """The number that was typed: 0.5 and 0,5 alike, −3, 1e5. whole: only a whole one

    Raises ValueError, with a sentence, for everything else, and for 1,000, which some read as a thousand and others as one.
    """
    plain = text.strip().replace("−", "-").lower()
    if GROUPED.fullmatch(plain):
        raise ValueError(f"{text.strip()} can be read in two ways: leave the comma out, or type a point.")
    if not TYPED.fullmatch(plain):
        raise ValueError(f"{text.strip()[:20]} is no number." if plain else "")
    value = float(plain.replace(",", "."))
    if isinf(value):
        raise ValueError(f"{text.strip()} is out of range.")
    if whole and value % 1:
        raise ValueError(f"{text.strip()} is no whole number.")
    return value
