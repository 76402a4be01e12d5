"""A recorded lesson as a code that an address has room for, when it is small."""

import json

from ann_core.base.packed import check_of, packed, unpacked
from ann_core.lab.recorded import FILE, MAX_BYTES, Lesson, plain, read

BEGIN, VERSION = "NL", 1
MOST = 2_000
"""Signs of a code: longer addresses do not arrive everywhere."""


def written(lesson: Lesson) -> str:
    """The code. Whether it fits into an address is `fits`' to say."""
    body = packed(json.dumps(plain(lesson), separators=(",", ":"), ensure_ascii=False, allow_nan=False))
    return f"{BEGIN}{VERSION}.{body}.{check_of(body)}"


def fits(code: str) -> bool:
    """Whether an address has room for it."""
    return len(code) <= MOST


def opened(code: str) -> tuple[Lesson, list[str]]:
    """The lesson of a code, and a sentence for each part that could not be used. Raises ValueError, with the reason, where
    nothing of it can be played."""
    if not fits(code):
        raise ValueError(f"Expected a lesson of at most {MOST:,} signs in an address; this one has {len(code):,}.")
    begin, _, rest = code.partition(".")
    body, _, check = rest.rpartition(".")
    if not begin.startswith(BEGIN) or not begin[len(BEGIN):].isdecimal() or not body:
        raise ValueError(f"There is no lesson called {code[:40]!r} here.")
    if begin != f"{BEGIN}{VERSION}":
        raise ValueError(f"This lesson's link has version {begin[len(BEGIN):][:10]}; this playground reads version {VERSION}.")
    if check != check_of(body):
        raise ValueError("This lesson's link was changed, or not copied whole: its last six signs do not fit. Copy it again.")
    try:
        content = unpacked(body, MAX_BYTES)
    except ValueError:
        raise ValueError(f"{FILE.damaged}: its link cannot be unpacked.") from None
    return read(content)
