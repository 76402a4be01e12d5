"""A column of texts in fewer bytes than in the file: one by one, Python's texts would take fifty more for each cell."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

SEPARATOR = "\x00"  # no text from the gate holds it


class Packed:
    """The cells of a column as they stand in the file, in UTF-8, some hundred or thousand rows pressed together at a time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def add(self, cells: Iterable[str]) -> None:
        """Packs the cells of the next rows, at least one."""
        self._parts.append(zlib.compress(SEPARATOR.join(cells).encode(), 1))

    def holds(self, text: str) -> bool:
        """Whether a text stands in any cell."""
        sought = text.encode()
        return any(sought in zlib.decompress(part) for part in self._parts)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(zlib.decompress(part).decode().split(SEPARATOR) for part in self._parts)

    def emptied(self) -> Iterator[str]:
        """The cells for the last time: what has been given is no longer held."""
        self._parts.reverse()
        while self._parts:
            yield from zlib.decompress(self._parts.pop()).decode().split(SEPARATOR)
