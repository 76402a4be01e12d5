"""The bytes of a file as UTF-8: by a mark at their beginning, by their pattern, or by the words that they make."""

import codecs
import re

from ann_core.data.table.choices import CHOICES, Choices, Question, Refusal, count, lines_of, quoted
from ann_core.data.table.languages import WORD, likeliness
from ann_core.data.table.letters import CP1252, SURE, Guess, guesses
from ann_core.data.table.letters import decoded as in_encoding

MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"))  # fmt: skip
_NEXT = f"[\x80-\x9f{re.escape(CP1252[0x80:0xC0])}]"
TWICE = re.compile(f"[\u00c2-\u00df]{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}}")
"""Letters as they come out when UTF-8 is taken for Western European and encoded again."""
PLAUSIBLE = -6.5
"""A letter with a smaller logarithm than this is none that a language has."""
Decoded = tuple[bytes, str, tuple[str, ...], tuple[Question, ...]]


def decoded(data: bytes, encoding: str | None, usual: str | None) -> Decoded:
    """The text in UTF-8, the encoding, notes and doubts. A byte order mark decides, then UTF-16 or 32 without one, then UTF-8.
    Raises Refusal."""
    mark, marked = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", None))
    wide = None if marked else _wide(data)
    codec = used = encoding or marked or (wide or "utf-8").removesuffix("-le").removesuffix("-be")
    if marked == "utf-8":
        data = data[len(mark):]
    if used in ("utf-16", "utf-32") and not marked:
        codec = wide if wide and wide.startswith(used) else f"{used}-le"
    if used == "utf-8-twice":
        return _once(data.decode("utf-8", "replace")).encode(), used, (), ()
    try:
        text = in_encoding(data, codec)
    except UnicodeError as error:
        if codec == "utf-8" and (mended := _mended(data)):
            return mended
        if codec == "utf-8" and encoding is None:
            return _guessed(data, usual)
        start = getattr(error, "start", 0)
        raise Refusal(f"Expected text in the encoding {used}; this file breaks its rules at byte {start + 1:,}. Choose "
                      "another encoding, or save the file again as CSV UTF-8.") from None
    if codec != "utf-8":
        return text.encode("utf-8", "replace"), used, (), ()
    return data, used, (), _twice(text) if encoding is None and not text.isascii() else ()


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the bytes of signs and digits have NUL bytes beside them, always on the same side."""
    head = data[:4096]
    nul = [head[place::4].count(0) for place in range(4)]
    if not sum(nul) or len(data) % 2:
        return None
    quarter = len(head) / 4
    if len(data) % 4 == 0 and max(nul[0] + nul[1], nul[2] + nul[3]) >= 1.9 * quarter:
        codec = "utf-32-le" if nul[3] > nul[0] else "utf-32-be"
        return codec if _reads(data, codec) else None
    first, second = nul[0] + nul[2], nul[1] + nul[3]
    if min(first, second) > 0.02 * len(head) or max(first, second) < 0.1 * len(head):
        return None
    codec = "utf-16-le" if second > first else "utf-16-be"
    return codec if max(first, second) >= 0.2 * len(head) or _reads(data, codec) else None


def _reads(data: bytes, codec: str) -> bool:
    """Whether the bytes are lines of text in this encoding."""
    try:
        text = data[:4096].decode(codec) if len(data) <= 4096 else data[:4096].decode(codec, "ignore")
    except UnicodeError:
        return False
    return "\n" in text or "\r" in text


def _mended(data: bytes) -> Decoded | None:
    """UTF-8 of which a small part is damaged or written otherwise; None when so much is that it is no UTF-8."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - damaged
    one_line = "\n" not in text[text.index("\ufffd"):text.rindex("\ufffd")]
    if good <= 4 * damaged and not (good > 2 and one_line):
        return None
    lines = data.split(b"\n")
    wrong = [place for place, line in enumerate(lines) if not line.isascii() and not _is_utf8(line)]
    found = {place: _line(lines[place]) for place in wrong}
    still = [place for place, line in found.items() if line is None]
    for place, line in found.items():
        lines[place] = (line if line is not None else lines[place].decode("utf-8", "replace")).encode()
    notes = []
    if otherwise := [place + 1 for place in wrong if place not in still]:
        notes.append(f"{lines_of(otherwise).capitalize()} {'is' if len(otherwise) == 1 else 'are'} not Unicode as the "
                     f"others are: "
                     "read as Western European (Windows).")
    if still:
        left = b"\n".join(lines[place] for place in still).decode().count("\ufffd")
        notes.append(f"{count(left, 'damaged character')}, the first in line {still[0] + 1:,}, shown as \ufffd.")
    return b"\n".join(lines), "utf-8", tuple(notes), ()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes) -> str | None:
    """One line in the Western European encoding, where its letters make words."""
    text = in_encoding(line, "cp1252")
    odd = sum(not character.isascii() for character in text)
    return text if likeliness(text) >= PLAUSIBLE * odd else None


def _guessed(data: bytes, usual: str | None) -> Decoded:
    """Bytes that are no Unicode, in the encoding in which they make words."""
    ranked = guesses(data)
    names = dict(CHOICES["encoding"])
    if usual in names and usual not in ("utf-8", "utf-8-twice", "utf-16", "utf-32"):
        known = next((guess for guess in ranked if guess.encoding == usual), None)
        if known and known.score >= ranked[0].score - 4 * SURE:
            ranked = [known]
    for best in [*ranked, Guess("cp1252", 0.0, ())]:
        try:
            text = in_encoding(data, best.encoding)
            break
        except UnicodeError:  # beyond the first lines it fits no more
            continue
    near = [guess for guess in ranked if guess.encoding != best.encoding and best.score - guess.score < SURE][:3]
    questions: tuple[Question, ...] = ()
    if near:
        sentence = (f"The file is not Unicode, and its letters can be read in several ways: as {names[best.encoding]} it holds "
                    f"{quoted([*best.words])}.")
        questions = Question(sentence, tuple((f"{names[guess.encoding]}: {', '.join(guess.words)}",
                                              Choices(encoding=guess.encoding))
                                             for guess in near)),
    return text.encode(), best.encoding, (
        f"The file is not Unicode: it is read as {names[best.encoding]}. If letters look wrong, choose another encoding.",
        ), questions


def _once(text: str) -> str:
    """Text that was encoded twice, as it was meant; what does not fit stays."""
    bytes_of = {code: code for code in range(128, 256)} | {ord(character): code for code, character in enumerate(CP1252)}

    def meant(found: re.Match[str]) -> str:
        try:
            return codecs.charmap_encode(found[0], "strict", bytes_of)[0].decode("utf-8")
        except UnicodeError:
            return found[0]

    return TWICE.sub(meant, text)


def _twice(text: str) -> tuple[Question, ...]:
    """The offer to mend a text that was encoded twice."""
    found = TWICE.findall(text[:1_000_000])
    once = _once(text[:1_000_000]) if found else text
    if len(found) < 2 or len(found) < 0.5 * sum(character >= "\u00c0" for character in once if not character.isascii()):
        return ()
    if once == text[:1_000_000] or TWICE.sub("", text[:1_000_000]) and likeliness(once[:20_000]) < likeliness(text[:20_000]):
        return ()
    wrong, right = next(((a, b) for a, b in zip(text.split(), once.split(), strict=False) if a != b and WORD.search(b)),
                        (found[0], once))
    sentence = (f"The letters were encoded twice, it seems: {quoted([wrong])} is probably {quoted([right])}. They are shown as "
                "they stand.")
    return Question(sentence, (("Mend them", Choices(encoding="utf-8-twice")),)),
