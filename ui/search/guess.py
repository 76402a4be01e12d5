"""Before it is shown which setting mattered most: what does the visitor think?"""

from collections.abc import Mapping
from zlib import crc32

from ann_core.lessons.ask import Ask
from ui.lessons.controls import LessonControls
from ui.question import answered, begin, question
from ui.search.settings import SearchSettings, write


def guessed(shares: Mapping[str, float], of: SearchSettings) -> bool:
    """Asks; whether the answer may be shown. shares: of the differences between scores, by setting   of: what was searched"""
    begin("search", f"{crc32(repr(write(of)).encode()):08x}")
    question(lambda: ask(shares), LessonControls("search"))
    return answered()


def ask(shares: Mapping[str, float]) -> Ask:
    """Which setting explains the most. They are offered by name: `shares` begins with the answer."""
    shares = dict(sorted(shares.items()))
    best = max(shares, key=shares.__getitem__)
    options = {name: "" if name == best else f"That would be so if scores had moved most with it. It explains {share:.0%} of "
               f"the differences between them, {best} {shares[best]:.0%}." for name, share in shares.items()}
    return Ask("Look at the lines: which setting mattered most?", options, list(shares).index(best),
               f"{best} explains {shares[best]:.0%} of the differences between the scores of these trials.")
