"""A text, cut into windows: at every step the next character is to be told."""

from typing import Any

import numpy as np

from ann_core.data.prepared import Prepared
from ann_core.data.sequence import SequenceData, one_hot, sequences
from ann_core.data.target import tokens

MOST_CHARACTERS, MOST_KINDS = 2_000, 64
EXAMPLE = ("the moon is up and the sea is still. a ship is on the sea. the ship has a lamp and the lamp is lit. the moon sees "
           "the ship and the ship sees the moon. the wind is up and the sea is loud. the lamp is out. the ship is lost and the "
           "moon is gone. the sea is still and the wind is gone. the moon is up. a lamp is lit and the ship is home. ")


class Text(SequenceData):
    """Windows of a text, one from each character on. The end of the text is held out, and no window reaches into both parts."""

    def symbols(self, c: Any) -> tuple[str, ...]:
        return tuple(sorted(set(c.text)))

    def answers(self, c: Any) -> tuple[str, ...]:
        return self.symbols(c)

    def rows(self, c: Any) -> int:
        cut = self._cut(c)
        return sum(max(0, part - c.length) for part in (cut, len(c.text) - cut))

    def check(self, c: Any) -> None:
        characters, kinds = len(c.text), len(set(c.text))
        if kinds < 2:
            said = f"only '{c.text[:1]}'" if c.text else "nothing"
            raise ValueError(f"The text says {said}, so there is nothing to foretell. Paste a text of several characters.")
        if kinds > MOST_KINDS:
            raise ValueError(f"The text has {kinds} different characters; at most {MOST_KINDS} are possible. Paste a text with "
                             "fewer.")
        if characters < 2 * (c.length + 1):
            raise ValueError(f"The text has {characters} characters; windows of {c.length} need at least {2 * (c.length + 1)}. "
                             "Paste a longer text, or choose a smaller T.")

    def _cut(self, c: Any) -> int:
        """Where the part that is held out begins: it has a window at least, or there is none."""
        held = max(round(len(c.text) * c.test_share), c.length + 1) if c.test_share else 0
        return len(c.text) - min(held, len(c.text) // 2)

    def prepare(self, c: Any) -> Prepared:
        kinds, cut = self.symbols(c), self._cut(c)
        ids = np.searchsorted(kinds, [*c.text])
        windows = np.lib.stride_tricks.sliding_window_view(ids, c.length + 1)
        train, held = np.arange(cut - c.length), np.arange(cut, len(windows))
        X, y = one_hot(windows[:, :-1], len(kinds)), windows[:, 1:]
        return sequences(X, y, train, held, target=tokens("next character", kinds, y, train, held), symbols=kinds)
