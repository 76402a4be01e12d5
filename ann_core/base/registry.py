"""Named choices: one place that knows which names exist and what they mean."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar


class Record(Protocol):
    """What a registry needs of a record: its own name and the words shown for it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...


R = TypeVar("R", bound=Record)


class Registry(Mapping[str, R], Generic[R]):
    """An immutable mapping key -> record, in the order given.

    Raises KeyError with the nearest existing name when asked for an unknown one.
    """

    def __init__(self, kind: str, records: Iterable[R]):
        self.kind = kind
        self._records = {record.key: record for record in records}

    def __getitem__(self, key: str) -> R:
        try:
            return self._records[key]
        except (KeyError, TypeError):
            raise KeyError(self.unknown(key)) from None

    def __contains__(self, key: object) -> bool:
        """Without looking for the nearest name: settings ask this a thousand times a page."""
        try:
            return key in self._records
        except TypeError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def unknown(self, key: object) -> str:
        """The sentence for a name that does not exist."""
        near = get_close_matches(str(key), self._records, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        return f"Unknown {self.kind} '{str(key)[:40]}'.{hint} Available: {', '.join(self._records)}."
