"""Names of months and weekdays in many languages."""

from functools import cache

from babel import Locale, localedata

LANGUAGES = tuple("en de fr es it pt nl sv nb da fi pl cs sk hu ro tr el ru uk bg hr sl id".split())
"""One word means the same month in all of them, or it is not read."""


@cache
def of_the_calendar() -> tuple[tuple[str, ...], ...]:
    """Weekdays, Monday first, and months, in full and short, without points, in small letters."""
    return tuple(dict.fromkeys(names for language in filter(localedata.exists, LANGUAGES) for names in _written(language)))


@cache
def month_names() -> dict[str, int]:
    """The number of each month by its names."""
    found: dict[str, set[int]] = {}
    for names in of_the_calendar():
        for month, name in enumerate(names if len(names) == 12 else (), 1):
            found.setdefault(name, set()).add(month)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}


def _written(language: str) -> list[tuple[str, ...]]:
    locale = Locale(language)
    found = [tuple(name.strip(".").casefold() for _, name in sorted(names[context][width].items()))
             for names in (locale.days, locale.months) for width in ("wide", "abbreviated")
             for context in ("format", "stand-alone")]
    localedata.clear_caches()  # all that is known of a language takes a megabyte, of 25 of them 30
    return found
