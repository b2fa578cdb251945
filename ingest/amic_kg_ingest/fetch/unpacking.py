"""Unpacking what a server compressed, a small piece at a time: a bomb is stopped by who counts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from amic_kg.errors import DamagedDocument

_BLOCK = 64 * 1024


def inflate(pieces: Iterable[bytes], url: str, *, gzip: bool) -> Iterator[bytes]:
    """RFC 9110 §8.4.1: gzip, or deflate with the zlib wrapping that many servers leave away."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16 if gzip else zlib.MAX_WBITS)
    begun = False
    try:
        for piece in pieces:
            waiting = piece
            if not begun and not gzip and waiting and waiting[0] & 0x0F != 8:
                unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            begun = begun or bool(waiting)
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _BLOCK)
                waiting = unpacker.unconsumed_tail
        while begun and not unpacker.eof and (rest := unpacker.decompress(b"", _BLOCK)):
            yield rest
    except zlib.error as error:
        raise DamagedDocument(
            url, f"its compression is broken ({error})", "Try again; else tell its server's owner"
        ) from None
    if begun and not unpacker.eof:
        raise DamagedDocument(
            url, "its compressed body ends too early", "Try again; else tell its server's owner"
        )
