"""In which encoding bytes that are no Unicode were written: the one in which they make words."""

import codecs
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from ann_core.data.table.languages import WORD, likeliness

HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
CP1252 = "".join(chr(code) if code in HOLES else bytes((code,)).decode("cp1252") for code in range(256))
"""The character of each byte; the five holes of cp1252 are filled as in latin-1."""
CANDIDATES = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859-2",
              "iso8859-5",
              "iso8859-7", "iso8859-9", "iso8859-15", "koi8-r", "koi8-u", "cp866", "cp874", "gb18030", "big5", "cp932",
              "euc-jp",
              "cp949", "euc-kr", "mac-roman", "cp437")  # fmt: skip
"""Of two that give the same text the first is taken."""
SAMPLE_BYTES = 6_000
SURE, OPINION = 6.0, 2.0
"""An encoding is taken without a question when its text is e⁶ times as likely as any other; what charset-normalizer's
opinion counts where that is not so."""


@dataclass(frozen=True)
class Guess:
    """An encoding, how likely its text is (a logarithm), and some of its words."""

    encoding: str
    score: float
    words: tuple[str, ...]


def decoded(data: bytes, encoding: str) -> str:
    """Text in an encoding; the holes of cp1252 are filled. Raises UnicodeError."""
    return codecs.charmap_decode(data, "strict", CP1252)[0] if encoding == "cp1252" else data.decode(encoding)


def guesses(data: bytes) -> list[Guess]:
    """The encodings in which the bytes are text, the likeliest first; those that give the same text only once."""
    sample = _sample(data)
    found: dict[str, Guess] = {}
    for encoding in CANDIDATES:
        try:
            text = decoded(sample, encoding)
        except UnicodeError:
            continue
        if text not in found:
            found[text] = Guess(encoding, likeliness(text) + PRIOR.get(encoding, 0.0), _words(text))
    ranked = sorted(found.values(), key=lambda guess: -guess.score)
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < SURE:  # a second opinion
        best = from_bytes(sample, cp_isolation=[guess.encoding for guess in ranked[:4]]).best()
        ranked = [replace(guess, score=guess.score + OPINION) if best
                  and codecs.lookup(best.encoding) == codecs.lookup(guess.encoding)
                  else guess for guess in ranked]  # fmt: skip
    return sorted(ranked, key=lambda guess: -guess.score)


PRIOR = {"cp1252": 3.0, "mac-roman": -3.0, "cp437": -3.0, "iso8859-15": -1.0, "cp866": -1.0, "cp1258": -2.0}
"""Some are met more often than others."""


def _sample(data: bytes) -> bytes:
    """The lines that hold more than ASCII, up to a limit."""
    found, size = [], 0
    for line in data.replace(b"\r", b"\n").split(b"\n"):
        if not line.isascii():
            found.append(line[:SAMPLE_BYTES])
            size += len(found[-1])
            if size > SAMPLE_BYTES:
                break
    return b"\n".join(found)


def _words(text: str, most: int = 3) -> tuple[str, ...]:
    words = (word for word in WORD.findall(text) if not word.isascii())
    return tuple(list(dict.fromkeys(words))[:most])
