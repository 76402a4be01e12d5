"""Our own JSON files, with a checksum. Those that are damaged, changed or hostile are refused in a sentence."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ann_core.base.explain import explain

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")
DIGITS = 20
"""A whole number of more digits is none of ours, and slow to read."""


@dataclass(frozen=True)
class Sealed(Generic[T]):
    """A kind of file. content: all of it but the checksum, with its `format` and `version`   noun: what it is a file of
    place: where one is saved"""

    content: type[T]
    noun: str
    place: str
    most_bytes: int

    def write(self, content: T) -> bytes:
        """The file. Numbers are written so that they read back bit for bit."""
        plain = content.model_dump(mode="json")
        return json.dumps({**plain, "checksum": checksum_of(plain)}, allow_nan=False, ensure_ascii=False).encode()

    def read(self, data: bytes, made: Callable[[T], R]) -> R:
        """What is made of the content of a file. Raises ValueError, with the reason, for a file that `write` did not write."""
        plain = self.plain(data)
        checksum = plain.pop("checksum", None)
        try:
            content = self.content.model_validate_json(json.dumps(plain))
        except ValidationError as error:
            where, why = explain(error)[0]
            raise ValueError(f"{self.damaged} at {where or 'its parts'}: {why}") from None
        found = made(content)
        if checksum != checksum_of(plain):
            raise ValueError(f"This file of a {self.noun} was changed after it was saved: its checksum does not fit. "
                             f"Save the {self.noun} again.")
        return found

    @property
    def damaged(self) -> str:
        """How a sentence on damage begins."""
        return f"This file of a {self.noun} is damaged"

    def plain(self, data: bytes) -> dict[str, Any]:
        """The JSON of a file of this kind and version, its parts unchecked. Raises ValueError, with the reason, for others."""
        if len(data) > self.most_bytes:
            raise ValueError(f"Expected a file of at most {self.most_bytes // 10**6} MB; this one has "
                             f"{len(data) / 1e6:.1f} MB.")
        try:
            plain = json.loads(data.decode(), parse_constant=self._no_constant, parse_int=self._short,
                               object_pairs_hook=self._no_twice)
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            raise ValueError(f"This is no file of a {self.noun}: it is not JSON. Choose a file that was saved "
                             f"{self.place}.") from None
        format, version = (self.content.model_fields[name].default for name in ("format", "version"))
        if not isinstance(plain, dict) or plain.get("format") != format:
            raise ValueError(f"This JSON file holds no {self.noun} of this playground. Choose a file that was saved "
                             f"{self.place}.")
        if plain.get("version") != version:
            came = str(plain.get("version"))[:20]
            raise ValueError(f"This file has version {came}; this playground reads version {version}.")
        return plain

    def _no_constant(self, name: str) -> float:
        raise ValueError(f"{self.damaged}: it holds {name}, which is no number.")

    def _short(self, digits: str) -> int:
        if len(digits) > DIGITS:
            raise ValueError(f"{self.damaged}: it holds a number of {len(digits):,} digits.")
        return int(digits)

    def _no_twice(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError(f"{self.damaged}: it holds a name twice.")
        return found


def checksum_of(content: dict[str, Any]) -> str:
    """What tells whether a file's content was changed after it was saved."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
