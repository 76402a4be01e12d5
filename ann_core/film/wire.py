"""The bytes that carry films to the browser (docs/wire.md): a JSON header and blocks of numbers."""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

ALIGNMENT = 8
DEFLATE_FROM = 2048  # bytes; below that packing saves nothing
_SENT_AS = {"f": "<f4", "i": "<i4", "u": "u1", "b": "u1"}

Blocks = Mapping[str, np.ndarray]


def pack(header: Mapping[str, Any], runs: Iterable[tuple[Mapping[str, Any], Blocks]]) -> bytes:
    """One message: `header` with one entry a run, each entry followed by its blocks.

    Floats travel as f4, integers as i4, uint8 and booleans as u1. Blocks start at multiples of 8 bytes. A film of pictures
    (u1 of three axes or more) travels as its first picture and the differences from one to the next, modulo 256.
    Raises TypeError for arrays of other kinds and ValueError for NaN or infinity in a header (JSON has none).
    """
    body, entries = bytearray(), []
    for entry, blocks in runs:
        directory = []
        for name, array in blocks.items():
            array = _as_sent(name, array)
            moving = array.dtype == np.uint8 and array.ndim > 2
            body.extend(bytes(-len(body) % ALIGNMENT))
            directory.append(
                {"name": name, "dtype": array.dtype.str[1:], "shape": array.shape, "offset": len(body), "delta": moving}
            )
            body.extend(_differences(array).tobytes() if moving else array.tobytes())
        entries.append({**entry, "blocks": directory})
    deflate = len(body) >= DEFLATE_FROM
    text = json.dumps({**header, "deflate": deflate, "runs": entries}, allow_nan=False, separators=(",", ":"))
    head = text.encode()
    head += b" " * (-(len(head) + 4) % ALIGNMENT)
    return struct.pack("<I", len(head)) + head + (_deflated(body) if deflate else bytes(body))


def unpack(message: bytes) -> tuple[dict[str, Any], list[tuple[dict[str, Any], dict[str, np.ndarray]]]]:
    """The inverse of `pack`: the header without its runs, and (entry, blocks) for every run."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    body = message[4 + length :]
    if header["deflate"]:
        body = zlib.decompress(body)
    runs = [(entry, {b["name"]: _view(body, b) for b in entry.pop("blocks")}) for entry in header.pop("runs")]
    return header, runs


def _deflated(body: bytearray) -> bytes:
    """zlib, looking for repeated bytes only: pictures that hardly move are mostly zeros, and a deeper search costs twice
    the time for more bytes."""
    packer = zlib.compressobj(1, strategy=zlib.Z_RLE)
    return packer.compress(body) + packer.flush()


def _differences(film: np.ndarray) -> np.ndarray:
    return np.concatenate([film[:1], film[1:] - film[:-1]])  # uint8 wraps around


def _as_sent(name: str, array: np.ndarray) -> np.ndarray:
    array = np.asarray(array)
    if array.dtype.kind not in _SENT_AS or (array.dtype.kind == "u" and array.dtype.itemsize != 1):
        raise TypeError(f"Block '{name}': expected floats, integers or uint8, got {array.dtype}.")
    return np.ascontiguousarray(array, dtype=_SENT_AS[array.dtype.kind])


def _view(body: bytes, block: Mapping[str, Any]) -> np.ndarray:
    count = int(np.prod(block["shape"], dtype=int))
    array = np.frombuffer(body, block["dtype"], count, block["offset"]).reshape(block["shape"])
    return np.cumsum(array, axis=0, dtype=np.uint8) if block["delta"] else array
