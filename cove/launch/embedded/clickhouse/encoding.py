"""Compression of bodies, both ways."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import lz4.frame

from cove.launch.embedded.clickhouse.failure import QueryError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CANNOT_DECOMPRESS = 271
GZIP_WINDOW = 16 + zlib.MAX_WBITS
FASTEST = 1


class Encoder(Protocol):
    """Compresses a body piece by piece."""

    def __call__(self, piece: bytes) -> bytes:
        """Give what can be sent after this piece."""

    def finish(self) -> bytes:
        """Give the end of the body."""


class PlainEncoder:
    """Leaves a body as it is."""

    def __call__(self, piece: bytes) -> bytes:
        """Give the piece."""
        return piece

    def finish(self) -> bytes:
        """Give nothing more."""
        return b""


class FrameEncoder:
    """Writes every piece as a frame of its own, so that nothing waits in a buffer for the next one."""

    def __init__(self, compress: Callable[[bytes], bytes]) -> None:
        self.compress = compress

    def __call__(self, piece: bytes) -> bytes:
        """Give the piece as a frame."""
        return self.compress(piece) if piece else b""

    def finish(self) -> bytes:
        """Give nothing more."""
        return b""


class GzipEncoder:
    """Writes one gzip stream, as browsers and curl expect it."""

    def __init__(self) -> None:
        self.stream = zlib.compressobj(FASTEST, wbits=GZIP_WINDOW)

    def __call__(self, piece: bytes) -> bytes:
        """Give the compressed bytes that are ready."""
        return self.stream.compress(piece)

    def finish(self) -> bytes:
        """Give the rest and the trailer."""
        return self.stream.flush()


class Decompressor(Protocol):
    """What the three libraries have in common."""

    @property
    def eof(self) -> bool:
        """True at the end of a frame."""

    @property
    def unused_data(self) -> bytes | None:
        """What came behind the end of the frame."""

    def decompress(self, data: bytes, /) -> bytes:
        """Give what can be read so far."""


ENCODERS: dict[str, Callable[[], Encoder]] = {
    "lz4": lambda: FrameEncoder(lz4.frame.compress),
    "zstd": lambda: FrameEncoder(lambda piece: zstd.compress(piece, FASTEST)),
    "gzip": GzipEncoder,
}
DECOMPRESSORS: dict[str, Callable[[], Decompressor]] = {
    "lz4": lz4.frame.LZ4FrameDecompressor,
    "zstd": zstd.ZstdDecompressor,
    "gzip": lambda: zlib.decompressobj(GZIP_WINDOW),
    "deflate": zlib.decompressobj,
}


class Decoder:
    """Decompresses a body that is one frame or many in a row, as drivers write them."""

    def __init__(self, name: str) -> None:
        if name not in DECOMPRESSORS:
            raise QueryError(CANNOT_DECOMPRESS, f"Unknown Content-Encoding {name}")
        self.new_frame = DECOMPRESSORS[name]
        self.frame = self.new_frame()

    def __call__(self, data: bytes) -> bytes:
        """Give what a piece of the body decompresses to. Raises `QueryError` 271 where it is damaged."""
        pieces = []
        while data:
            if self.frame.eof:
                self.frame = self.new_frame()
            try:
                pieces.append(self.frame.decompress(data))
            except (zlib.error, zstd.ZstdError, RuntimeError, EOFError) as error:
                raise QueryError(CANNOT_DECOMPRESS, f"Cannot decompress the body: {error}") from error
            data = (self.frame.unused_data or b"") if self.frame.eof else b""
        return b"".join(pieces)


def choose_encoding(accepted: str) -> str | None:
    """Choose the cheapest encoding out of an Accept-Encoding header."""
    names = {part.split(";")[0].strip() for part in accepted.split(",")}
    return next((name for name in ENCODERS if name in names), None)
