"""Text as a code to copy: packed, in signs that an address takes as they are, with what tells a slip of copying."""

import hashlib
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

CHECK = 6


def packed(text: str) -> str:
    """The text in letters, digits, - and _."""
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(body: str, most: int) -> bytes:
    """The opposite of `packed`. Raises ValueError for what is damaged, or would unpack to more than so many bytes."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(urlsafe_b64decode(body + "=" * (-len(body) % 4)), most)
    except zlib.error as error:
        raise ValueError(f"Expected packed text: {error}.") from None
    if not unpacking.eof:
        raise ValueError(f"Expected packed text of at most {most:,} bytes, whole.")
    return data


def check_of(body: str) -> str:
    """What stands behind a packed text, to tell that it was not copied whole."""
    return hashlib.sha256(body.encode()).hexdigest()[:CHECK]
