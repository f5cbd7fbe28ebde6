"""Titles inside a stream of sound, as SHOUTcast began it and old players read it.

After every `INTERVAL` bytes of sound comes a block: its length in units of 16 bytes in one byte, then the title, padded
with zeros. A length of 0 says that nothing has changed. It is sent to those alone who ask for it by `Icy-MetaData: 1`.
"""

from __future__ import annotations

from .playlist import CONTROLS

INTERVAL = 16_000  # bytes of sound: a second
LONGEST_BYTES = 400  # of a title; a block could hold 4,080, and no display does
UNIT = 16
NOTHING_NEW = b"\0"


class Titled:
    """Puts the blocks into one listener's stream."""

    def __init__(self) -> None:
        self._left = INTERVAL
        self._told: str | None = None

    def mix(self, sound: bytes, title: str) -> bytes:
        """`title` is that of this sound."""
        parts = []
        while len(sound) >= self._left:
            parts += [sound[: self._left], self._block(title)]
            sound, self._left = sound[self._left :], INTERVAL
        self._left -= len(sound)
        return b"".join([*parts, sound])

    def _block(self, title: str) -> bytes:
        if title == self._told:
            return NOTHING_NEW
        self._told = title
        return block(title)


def block(title: str) -> bytes:
    """There is no escape for the quote that ends a title, so it is written as an apostrophe is set."""
    plain = title.translate(CONTROLS).replace("'", "’").encode()
    text = f"StreamTitle='{plain[:LONGEST_BYTES].decode(errors='ignore')}';".encode()
    units = -(-len(text) // UNIT)
    return bytes([units]) + text.ljust(units * UNIT, b"\0")


def header(text: str) -> str:
    """A header can hold bytes only: players expect UTF-8 in these."""
    return text.translate(CONTROLS).encode().decode("latin-1")
